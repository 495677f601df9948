"""Distances between embedded records, and weighted averages by distance, for the metric-based learners.

T tasks, Q query embeddings, N records, E embedding dimensions.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

# Tolerance for equal distances, in eps of the largest one: above the rounding error of sums.
ROUNDING = 64.0


def squared_distances(at: Tensor, keys: Tensor) -> Tensor:
    """Squared Euclidean distances (T, Q, N) of `at` (T, Q, E) to `keys` (T, N, E).

    |a - k|^2 = |a|^2 + |k|^2 - 2 a.k is one matrix product, where the differences would be (T, Q, N, E). It
    loses precision where the norms are large relative to the distance, so the keys' mean is subtracted from both, which
    changes neither distances nor gradients (the mean is treated as a constant).
    """
    if keys.shape[1] == 0:
        return at.new_zeros((*at.shape[:2], 0))
    centre = keys.detach().mean(1, keepdim=True)
    at, keys = at - centre, keys - centre
    squares = at.square().sum(-1, keepdim=True) + keys.square().sum(-1).unsqueeze(1)
    return torch.baddbmm(squares, at, keys.transpose(1, 2), alpha=-2.0).clamp(min=0.0)


def weighted_l1(at: Tensor, keys: Tensor, weight: Tensor) -> Tensor:
    """sum_e weight_e |a_e - k_e|, (T, Q, N), for `at` (T, Q, E), `keys` (T, N, E) and weights (E,) > 0."""
    if keys.shape[1] == 0:
        return at.new_zeros((*at.shape[:2], 0))
    return torch.cdist(at * weight, keys * weight, p=1.0)


@dataclass(frozen=True)
class EmbeddedRecords:
    """Embedded records of T tasks.

    Attributes:
        embedded: (T, N, E).
        values: (T, N, M) target columns, and seen: (T, N, M) float, their weight: 0 where unobserved.
        residual: (T, N, Dc) continuous outcomes minus the population mean; 0 where unobserved.
        observed: (T, N, Dc) float, the weight of a continuous outcome: 0 where unobserved.

    """

    embedded: Tensor
    values: Tensor
    seen: Tensor
    residual: Tensor
    observed: Tensor

    def select(self, index: Tensor) -> "EmbeddedRecords":
        """The evidence of these tasks."""
        return EmbeddedRecords(**{f.name: getattr(self, f.name)[index] for f in fields(self)})

    def weighed_by(self, weigh: Callable[[Tensor], Tensor]) -> "EmbeddedRecords":
        """The same records with weights (T, N, ·) from masks (T, N, ·)."""
        return replace(self, seen=weigh(self.seen), observed=weigh(self.observed))

    def around(self, level: Tensor) -> "EmbeddedRecords":
        """The same records with `level` (T, N, Dc) subtracted from the residuals."""
        mask = (self.observed > 0).to(self.residual.dtype)
        return replace(self, residual=(self.residual - level) * mask)

    def members(self, columns: slice) -> Tensor:
        """(T, N, classes) float: the weight of a record that is known to be of the class, else 0."""
        return self.values[..., columns] * self.seen[..., columns]


def level(
    distance: Tensor,
    evidence: EmbeddedRecords,
    sharpness: Tensor,
    prior: Tensor,
    neighbours: int | None = None,
) -> Tensor:
    """Kernel-weighted residuals, shrunk to zero: (T, Q, Dc) at distances (T, Q, N).

    level_m = sum_i w_i r_im / (prior_m + sum_i w_i), w_i = weight_i exp(-sharpness_m distance_i) over the records where
    outcome m is observed, or the `neighbours` nearest of them: a softmax over similarities with one more record,
    of residual zero and weight `prior`. Nadaraya 1964, Watson 1964.

    Args:
        distance: (T, Q, N) >= 0; evidence: of the T tasks.
        sharpness, prior: (Dc,) > 0.
        neighbours: how many of the nearest records count; None is all. Ties at the last one, up to rounding errors, all
            count.

    """
    if distance.shape[2] == 0:
        return distance.new_zeros((*distance.shape[:2], evidence.residual.shape[-1]))
    # outcomes before places and records, so that the weighted sum is a batch of matrix products
    observed = evidence.observed.transpose(1, 2).unsqueeze(2)
    near = observed if neighbours is None else observed * _nearest(distance, observed, neighbours)
    weight = torch.exp(-sharpness[:, None, None] * distance.unsqueeze(1)) * near
    summed = (weight @ evidence.residual.transpose(1, 2).unsqueeze(-1)).squeeze(-1)
    return (summed / (weight.sum(-1) + prior[:, None])).transpose(1, 2)


def _nearest(distance: Tensor, observed: Tensor, neighbours: int) -> Tensor:
    """(T, Dc, Q, N): 1 for the nearest observed records."""
    distance = distance.detach().unsqueeze(1)
    mask = observed > 0
    apart = torch.where(mask, distance, torch.inf)
    last = apart.topk(min(neighbours, apart.shape[-1]), -1, largest=False).values[..., -1:]
    rounding = ROUNDING * torch.finfo(distance.dtype).eps * (distance * mask).amax(-1, keepdim=True)
    return (apart <= last + rounding).to(distance.dtype)


def prototypes(evidence: EmbeddedRecords, columns: slice, prior: Tensor, start: Tensor) -> Tensor:
    """Class prototypes (T, classes, E): (sum_i weight_i 1[y_i = c] e_i + prior p_c) / (n_c + prior).

    n_c is the sum of the weights of the class.

    `start` (T, classes, E) holds p_c, the prototype of a class without records, also where `prior` () is zero.
    """
    member = evidence.members(columns)
    count = member.sum(1).unsqueeze(-1)
    alone = ((count + prior) == 0).to(member.dtype)
    summed = member.transpose(1, 2) @ evidence.embedded
    return (summed + (prior + alone) * start) / (count + prior + alone)


def log_mean_probability(log_p: Tensor, member: Tensor, prior: Tensor, log_start: Tensor) -> Tensor:
    """log of (sum_{i in c} weight_i p_i + prior g_c) / (n_c + prior), (T, Q, classes), n_c the sum of the weights.

    Args:
        log_p: (T, Q, N) log-probabilities of each record; member: (T, N, classes), its weight in its class, else 0.
        prior: () > 0, the weight of one more record of probability g_c; log_start: (T, Q, classes) its log.

    """
    weight = member.unsqueeze(1)
    of_class = torch.where(weight > 0, log_p.unsqueeze(-1) + weight.clamp(min=1e-30).log(), -torch.inf)
    every = torch.cat([of_class, (log_start + prior.log()).unsqueeze(2)], 2)
    return every.logsumexp(2) - (member.sum(1) + prior).log().unsqueeze(1)
