"""Attention over the few records of a subject, for short sequences, and a block built from it.

Softmax with one more, empty key (Miller 2023, "Attention is off by one"): over the present records i

    share_i = exp(s_i) / (1 + sum_j exp(s_j)),    s_i = min(q . k_i / sqrt(d), 30).

The shares sum to less than one, so a query can match no record, and without records the result is exactly zero. Scores
are bounded, so that the largest one need not be found and subtracted: on sequences of ten records that costs more than
the products.

In the attentive path (Kim et al. 2019, Attentive Neural Processes) a query is matched with similar support records: the
keys of support and query are from one embedding of x, so that equal inputs match from the first step on; the values are
the observed outcomes themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.outcomes import OutcomeLayout

MOST = 30.0  # exp(30), summed over a million records, is far below the float32 maximum


def attend(queries: Tensor, memory: Tensor, seen: Tensor, heads: int) -> Tensor:
    """Multi-head attention with an empty key.

    Args:
        queries: (B, Q, W); memory: (B, N, 2 W), keys and values side by side; seen: (B, N), 1 or 0 in the same
            dtype; heads: divides W.

    Returns:
        (B, Q, W): each head's weighted values side by side; zero where nothing is seen.

    """
    keys, values = memory.chunk(2, -1)
    q, k, v = (_by_head(t, heads) for t in (queries, keys, values))
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3)
    weight = scores.clamp(max=MOST).exp() * seen[:, None, None, :]
    share = weight / (1.0 + weight.sum(-1, keepdim=True))
    read: Tensor = (share @ v).transpose(1, 2).flatten(2)
    return read


def _by_head(t: Tensor, heads: int) -> Tensor:
    return t.reshape(*t.shape[:2], heads, t.shape[-1] // heads).transpose(1, 2)


class CrossAttentionBlock(nn.Module):
    """A pre-norm block in which tokens h attend to tokens m.

    x = norm(h),  a = attend(x W_q, norm'(m) W_k, norm'(m) W_v),  h + W_2 relu(x W_1 + a W_a + b_1) + b_2:
    attention and feed-forward layer share one norm and one sum.
    """

    def __init__(self, width: int, attention: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.parts = heads, [attention, width]
        self.norm, self.norm_memory = nn.LayerNorm(width), nn.LayerNorm(width)
        self.enter = nn.Linear(width, attention + width)
        self.to_memory = nn.Linear(width, 2 * attention)
        self.found = nn.Linear(attention, width, bias=False)
        self.leave = nn.Linear(width, width)
        self.drop = nn.Dropout(dropout)

    def memory(self, tokens: Tensor) -> Tensor:
        """Keys and values side by side (B, N, 2 attention) of tokens (B, N, W)."""
        packed: Tensor = self.to_memory(self.norm_memory(tokens))
        return packed

    def forward(self, tokens: Tensor, memory: Tensor, seen: Tensor) -> Tensor:
        """Tokens (B, Q, W) after attention to memory (B, N, 2 attention) where seen (B, N) is 1."""
        query, hidden = torch.split(self.enter(self.norm(tokens)), self.parts, -1)
        found = attend(query, memory, seen, self.heads)
        refined: Tensor = tokens + self.drop(self.leave(torch.relu(hidden + self.found(found))))
        return refined


@dataclass(frozen=True)
class Observed:
    """Support records of B subjects for matching: keys (B, S, E), target columns (B, S, M), mask (B, S, D), time."""

    keys: Tensor
    values: Tensor
    seen: Tensor
    time: Tensor


@dataclass(frozen=True)
class MatchedOutcomes:
    """Matched outcomes of Q queries: `average` by target column (B, Q, M), `mass` by outcome (B, Q, D) in 0..1.

    `evidence` by outcome (B, Q, its columns): the average as a location: of a continuous outcome the average itself,
    of a class the log of its share.
    """

    average: Tensor
    evidence: tuple[Tensor, ...]
    mass: Tensor


class Averages(nn.Module):
    """Averages of matched outcomes, shrunk by a learned floor.

    average = (sum_i w_i y_i + floor_d prior) / (sum_i w_i + floor_d),   mass = sum_i w_i / (1 + sum_i w_i),

    with y_i a value (prior 0) or the one-hot class (prior 1 / classes): the kind's expectation at location 0, so that
    shares of classes are positive. A permutation of the class labels only permutes average and evidence.
    """

    def __init__(self, layout: OutcomeLayout, floor: float = 0.05) -> None:
        super().__init__()
        self.layout = layout
        self.log_floor = nn.Parameter(torch.full((len(layout.outcomes),), floor).log())

    def forward(self, sums: Sequence[Tensor], totals: Tensor) -> MatchedOutcomes:
        """Averages from weighted sums by outcome (B, Q, its columns) and total weights (B, Q, D)."""
        averages, evidence = [], []
        for d, weighted in enumerate(sums):
            floor, kind = self.log_floor[d].exp(), self.layout.kinds[d]
            prior = floor * kind.at_zero(weighted.shape[-1])
            averages.append((weighted + prior) / (totals[..., d : d + 1] + floor))
            evidence.append(kind.location(averages[-1]))
        return MatchedOutcomes(torch.cat(averages, -1), tuple(evidence), totals / (1.0 + totals))


class Matching(nn.Module):
    """Kernel attention from queries to support records, one sharpness, recency and floor per outcome.

    For outcome d, query q and records i in which d is observed, with age a_qi = |t_q - t_i|:

        w_i = exp(-sharp_d |k_q - k_i|^2) (1 + a_qi)^-recency_d,    sharp_d, recency_d > 0.
    """

    def __init__(self, layout: OutcomeLayout, width: int, keys: int) -> None:
        super().__init__()
        self.layout, outcomes = layout, len(layout.outcomes)
        self.key = nn.Linear(width, keys)
        self.log_sharp = nn.Parameter(torch.zeros(outcomes))
        self.log_recency = nn.Parameter(torch.full((outcomes,), -2.0))
        self.averages = Averages(layout)

    def observed(self, placed: Tensor, values: Tensor, support: Records) -> Observed:
        """The support, embedded as `placed` (B, S, W), with its target columns."""
        return Observed(self.key(placed), values, support.y_observed.to(values.dtype), support.time)

    def forward(self, placed: Tensor, time: Tensor, support: Observed) -> MatchedOutcomes:
        """Match queries embedded as `placed` (B, Q, W) at `time` (B, Q)."""
        keys = self.key(placed)
        size = keys.square().sum(-1, keepdim=True) + support.keys.square().sum(-1).unsqueeze(1)
        distance = size - 2.0 * keys @ support.keys.transpose(1, 2)
        age = torch.log1p((time.unsqueeze(2) - support.time.unsqueeze(1)).abs())
        sums, totals = [], []
        for d, columns in enumerate(self.layout.columns):
            score = self.log_sharp[d].exp() * distance + self.log_recency[d].exp() * age
            weight = torch.exp(-score) * support.seen[:, None, :, d]
            sums.append(weight @ support.values[..., columns])
            totals.append(weight.sum(-1, keepdim=True))
        matched: MatchedOutcomes = self.averages(sums, torch.cat(totals, -1))
        return matched
