"""The attentive path: a query finds the support records like it, and what was observed there.

Kim et al. 2019 (Attentive Neural Processes): keys of the support and of the query come from one embedding of x,
so that equal inputs match from the first step on; the values are the observed outcomes themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.outcomes import OutcomeLayout


@dataclass(frozen=True)
class Observed:
    """What B subjects' support offers to be matched: keys (B, S, E), target columns (B, S, M), mask (B, S, D), time."""

    keys: Tensor
    values: Tensor
    seen: Tensor
    time: Tensor


@dataclass(frozen=True)
class Matched:
    """What Q queries found: `average` outcome by target column (B, Q, M), `mass` by outcome (B, Q, D) in 0..1.

    `evidence` by outcome (B, Q, its columns): of a continuous outcome its average, of a class the log of its share.
    """

    average: Tensor
    evidence: tuple[Tensor, ...]
    mass: Tensor


class Averages(nn.Module):
    """Averages of what was found, shrunk by a learned floor.

    average = (sum_i w_i y_i + floor_d prior) / (sum_i w_i + floor_d),   mass = sum_i w_i / (1 + sum_i w_i),

    with y_i a value (prior 0) or the one-hot class (prior 1 / classes), so that shares of classes stay above
    zero. A permutation of the class labels permutes average and evidence and changes nothing else.
    """

    def __init__(self, layout: OutcomeLayout, floor: float = 0.05) -> None:
        super().__init__()
        self.layout = layout
        self.log_floor = nn.Parameter(torch.full((len(layout.outcomes),), floor).log())

    def forward(self, sums: Sequence[Tensor], totals: Tensor) -> Matched:
        """Of weighted sums by outcome (B, Q, its columns) and total weights (B, Q, D)."""
        averages, evidence = [], []
        for d, weighted in enumerate(sums):
            floor, is_class = self.log_floor[d].exp(), d in self.layout.classes
            prior = floor / weighted.shape[-1] if is_class else 0.0
            averages.append((weighted + prior) / (totals[..., d : d + 1] + floor))
            evidence.append(averages[-1].log() if is_class else averages[-1])
        return Matched(torch.cat(averages, -1), tuple(evidence), totals / (1.0 + totals))


class Matching(nn.Module):
    """Kernel attention from queries to support records, one sharpness, recency and floor an outcome.

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

    def forward(self, placed: Tensor, time: Tensor, support: Observed) -> Matched:
        """What queries embedded as `placed` (B, Q, W) at `time` (B, Q) find."""
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
        matched: Matched = self.averages(sums, torch.cat(totals, -1))
        return matched
