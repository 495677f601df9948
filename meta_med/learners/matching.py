"""The attentive path: a query finds the support records like it, and what was observed there.

Kim et al. 2019 (Attentive Neural Processes): keys of the support and of the query come from one embedding of x,
so that equal inputs match from the first step on; the values are the observed outcomes themselves.
"""

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
    """What Q queries found, by target column (B, Q, M): `average` outcome, `evidence`; `mass` (B, Q, D) in 0..1.

    The evidence of a continuous outcome is its average, that of a class the logarithm of its share.
    """

    average: Tensor
    evidence: tuple[Tensor, ...]
    mass: Tensor


class Matching(nn.Module):
    """Kernel attention from queries to support records, one sharpness, recency and floor an outcome.

    For outcome d, query q and records i in which d is observed, with age a_qi = |t_q - t_i|:

        w_i = exp(-sharp_d |k_q - k_i|^2) (1 + a_qi)^-recency_d,    sharp_d, recency_d > 0,
        average = (sum_i w_i y_i + floor_d prior) / (sum_i w_i + floor_d),   mass = sum w / (1 + sum w),

    y_i a value (prior 0) or the one-hot class (prior 1 / classes), so that the shares of the classes stay above
    zero. A permutation of the class labels permutes average and evidence and changes nothing else.
    """

    def __init__(self, layout: OutcomeLayout, width: int, keys: int) -> None:
        super().__init__()
        self.layout, outcomes = layout, len(layout.outcomes)
        self.key = nn.Linear(width, keys)
        self.log_sharp = nn.Parameter(torch.zeros(outcomes))
        self.log_recency = nn.Parameter(torch.full((outcomes,), -2.0))
        self.log_floor = nn.Parameter(torch.full((outcomes,), -3.0))

    def observed(self, placed: Tensor, values: Tensor, support: Records) -> Observed:
        """The support, embedded as `placed` (B, S, W), with its target columns."""
        return Observed(self.key(placed), values, support.y_observed.to(values.dtype), support.time)

    def forward(self, placed: Tensor, time: Tensor, support: Observed) -> Matched:
        """What queries embedded as `placed` (B, Q, W) at `time` (B, Q) find."""
        keys = self.key(placed)
        size = keys.square().sum(-1, keepdim=True) + support.keys.square().sum(-1).unsqueeze(1)
        distance = size - 2.0 * keys @ support.keys.transpose(1, 2)
        age = torch.log1p((time.unsqueeze(2) - support.time.unsqueeze(1)).abs())
        averages, evidence, masses = [], [], []
        for d, columns in enumerate(self.layout.columns):
            score = self.log_sharp[d].exp() * distance + self.log_recency[d].exp() * age
            weight = torch.exp(-score) * support.seen[:, None, :, d]
            average, mass = self._average(d, weight, support.values[..., columns])
            averages.append(average)
            evidence.append(average.log() if d in self.layout.classes else average)
            masses.append(mass)
        return Matched(torch.cat(averages, -1), tuple(evidence), torch.cat(masses, -1))

    def _average(self, d: int, weight: Tensor, values: Tensor) -> tuple[Tensor, Tensor]:
        total, floor = weight.sum(-1, keepdim=True), self.log_floor[d].exp()
        prior = floor / values.shape[-1] if d in self.layout.classes else 0.0
        return (weight @ values + prior) / (total + floor), total / (1.0 + total)
