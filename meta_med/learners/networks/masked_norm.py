"""Batch normalisation in which no prediction depends on the other queries, and padding does not count.

An encoder that adapts (`fast_weights`) is normalised by the statistics of the task's context and support, pooled. An
encoder that all tasks share is normalised by running statistics, which are updated only in a training step, by the
present records of the batch. A frozen batch normalisation (`frozen_modules`) has fixed running statistics in both.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

LEAST = 2.0  # records: fewer have no variance
MASK, COUNT, MEAN, VARIANCE = "record_counts", "told_count", "told_mean", "told_variance"
_in_training_step: ContextVar[bool] = ContextVar("learning", default=False)


@contextmanager
def training_step() -> Iterator[None]:
    """Context of a training step: running statistics of an encoder in training mode are updated."""
    token = _in_training_step.set(True)
    try:
        yield
    finally:
        _in_training_step.reset(token)


@dataclass(frozen=True)
class Statistics:
    """Statistics of records: count (...,), mean and variance (..., C) of each channel."""

    count: Tensor
    mean: Tensor
    variance: Tensor

    @classmethod
    def of(cls, x: Tensor, present: Tensor) -> "Statistics":
        """Statistics of the present records (N,) of x (N, C, ...), over all positions of a record."""
        spatial = list(range(2, x.ndim))
        if spatial:  # reduce to (N, C) first, so that the mask is not applied to the large tensor
            within, mean = torch.var_mean(x, spatial, correction=0)
        else:
            within, mean = torch.zeros_like(x), x
        share = present.to(x.dtype).unsqueeze(1)
        count = share.sum()
        share = share / count.clamp(min=1.0)
        centre = (mean * share).sum(0)
        return cls(count, centre, ((within + (mean - centre).square()) * share).sum(0))

    def pooled(self, other: "Statistics") -> "Statistics":
        """Statistics of the records of both."""
        count = self.count + other.count
        share = self.count / count.clamp(min=1.0)
        rest = other.count / count.clamp(min=1.0)
        mean = share * self.mean + rest * other.mean
        spread = [s.variance + (s.mean - mean).square() for s in (self, other)]
        return Statistics(count, mean, share * spread[0] + rest * spread[1])

    def or_else(self, mean: Tensor, variance: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and variance; the given ones where there are too few records."""
        enough = self.count >= LEAST
        return torch.where(enough, self.mean, mean), torch.where(enough, self.variance, variance)


class ToldNorm(nn.Module):
    """(x - mean) / sqrt(variance + eps) * weight + bias, by the statistics of a task's context and support.

    These are the statistics of the records x (N, C, ...) that count (MASK), pooled with earlier ones (COUNT, MEAN,
    VARIANCE); with fewer than two records in total, or frozen, the running statistics. Where every record counts this
    is `torch.nn.BatchNorm*` in training mode without an update of the running statistics.

    Attributes:
        found: the statistics of the last run.

    """

    def __init__(self, like: _BatchNorm, frozen: bool) -> None:
        super().__init__()
        self.weight, self.bias, self.eps, self.frozen = like.weight, like.bias, like.eps, frozen
        some = next((t for t in (like.running_mean, like.weight) if t is not None), torch.ones(()))
        blank = some.detach().new_zeros(like.num_features)
        self.mean, self.variance = running_statistics(like, blank)
        self.register_buffer(MASK, torch.ones(1, dtype=torch.bool), persistent=False)
        for name, shape in ((COUNT, ()), (MEAN, blank.shape), (VARIANCE, blank.shape)):
            self.register_buffer(name, blank.new_zeros(shape), persistent=False)
        self.found = self._earlier()

    def _earlier(self) -> Statistics:
        return Statistics(*(self.get_buffer(name) for name in (COUNT, MEAN, VARIANCE)))

    def forward(self, x: Tensor) -> Tensor:
        """Normalised x (N, C, ...)."""
        if self.frozen:
            return normalised(x, self.mean, self.variance, self.weight, self.bias, self.eps)
        self.found = Statistics.of(x, self.get_buffer(MASK)).pooled(self._earlier())
        by = self.found.or_else(self.mean, self.variance)
        return normalised(x, *by, self.weight, self.bias, self.eps)


class SharedNorm(nn.Module):
    """A batch normalisation in a training step of an encoder that all tasks share.

    It uses the statistics of the present records (N,) of the batch, and updates the running statistics as torch does;
    with fewer than two records it uses the running ones.
    """

    def __init__(self, like: _BatchNorm, present: Tensor) -> None:
        super().__init__()
        self.like, self.present = like, present
        self.weight, self.bias, self.eps = like.weight, like.bias, like.eps

    def forward(self, x: Tensor) -> Tensor:
        """Normalised x (N, C, ...)."""
        found = Statistics.of(x, self.present)
        mean, variance = running_statistics(self.like, x.new_zeros(x.shape[1]))
        out = normalised(x, *found.or_else(mean, variance), self.weight, self.bias, self.eps)
        self._move(found, x[0, 0].numel())
        return out

    @torch.no_grad()
    def _move(self, found: Statistics, places: int) -> None:
        """Update running mean and (unbiased) variance by torch's rule, unless there are too few records."""
        like = self.like
        if like.running_mean is None or like.running_var is None or like.num_batches_tracked is None:
            return
        enough = (found.count >= LEAST).to(found.mean.dtype)
        like.num_batches_tracked.add_(enough.to(torch.long))
        tracked = like.num_batches_tracked.clamp(min=1).to(found.mean.dtype)
        pace = enough * (1.0 / tracked if like.momentum is None else like.momentum)
        n = found.count * places
        unbiased = found.variance * n / (n - 1.0).clamp(min=1.0)
        like.running_mean.add_(pace * (found.mean - like.running_mean))
        like.running_var.add_(pace * (unbiased - like.running_var))


class StillNorm(nn.Module):
    """A batch normalisation by its running statistics in any mode."""

    def __init__(self, like: _BatchNorm) -> None:
        super().__init__()
        self.like = like

    def forward(self, x: Tensor) -> Tensor:
        """Normalised x (N, C, ...)."""
        n = self.like
        return F.batch_norm(x, n.running_mean, n.running_var, n.weight, n.bias, False, 0.0, n.eps)


def normalised(
    x: Tensor, mean: Tensor, variance: Tensor, weight: Tensor | None, bias: Tensor | None, eps: float
) -> Tensor:
    """x (N, C, ...) normalised by mean and variance (C,), then scaled by weight and shifted by bias (C,)."""
    scale = torch.rsqrt(variance + eps)
    scale = scale if weight is None else scale * weight
    shift = -mean * scale
    shift = shift if bias is None else shift + bias
    places = (-1, *(1 for _ in range(2, x.ndim)))
    return torch.addcmul(shift.reshape(places), x, scale.reshape(places))


def running_statistics(norm: _BatchNorm, blank: Tensor) -> tuple[Tensor, Tensor]:
    """Running mean and variance (C,); 0 and 1 (like `blank`) where there are none."""
    if norm.running_mean is None or norm.running_var is None:
        return blank, torch.ones_like(blank)
    return norm.running_mean, norm.running_var


def frozen_modules(encoder: nn.Module) -> frozenset[str]:
    """Names of frozen modules: those in evaluation mode, or all where no parameter requires a gradient."""
    parameters = list(encoder.parameters())
    learns = not parameters or any(p.requires_grad for p in parameters)
    return frozenset(name for name, module in encoder.named_modules() if not (learns and module.training))


def embed(encoder: nn.Module, x: Tensor, present: Tensor) -> Tensor:
    """Run an encoder that all tasks share on x (N, ...); only present records (N,) enter statistics.

    Raises:
        ValueError: a batch normalisation has no running statistics, so that a record's embedding would depend on the
            other records of the batch.

    """
    norms = [module for module in encoder.modules() if isinstance(module, _BatchNorm)]
    if any(norm.running_mean is None for norm in norms):
        raise ValueError(
            "encoder: batch normalisation without running statistics (track_running_stats=False) makes the prediction "
            "of one record depend on the others; track them, or use a learner that adapts the encoder (such as maml)"
        )
    if any(norm.training for norm in norms):
        in_step = _in_training_step.get()
        encoder = replace_norms(
            encoder, lambda _, n: SharedNorm(n, present) if in_step and n.training else StillNorm(n)
        )
    found: Tensor = encoder(x)
    return found


def replace_norms(module: nn.Module, norm: Callable[[str, _BatchNorm], nn.Module]) -> nn.Module:
    """A copy that shares parameters and buffers, with every batch normalisation replaced by norm(name, module)."""
    made: dict[int, nn.Module] = {}

    def of(part: nn.Module, at: str) -> nn.Module:
        if id(part) not in made:
            made[id(part)] = norm(at, part) if isinstance(part, _BatchNorm) else _with_children(part, at)
        return made[id(part)]

    def _with_children(part: nn.Module, at: str) -> nn.Module:
        other = copy.copy(part)
        children = part._modules.items()
        other._modules = {k: None if m is None else of(m, f"{at}.{k}".lstrip(".")) for k, m in children}
        return other

    return of(module, "")
