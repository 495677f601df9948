"""Mixtures of P normal distributions: exact log density, and quantiles with exact derivatives.

All tensors are (P, ...): the members first.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

STEPS = 60
CLOSE = 1e-7  # of the narrowest member's deviation: one more of Newton's steps squares it
LOG_ROOT_TWO_PI = 0.5 * math.log(2 * math.pi)


@dataclass(frozen=True)
class Mixture:
    """Members with logarithms of weights that sum to one, means and standard deviations."""

    log_weight: Tensor
    mean: Tensor
    sd: Tensor

    def log_density(self, at: Tensor) -> Tensor:
        """(...) at values (...)."""
        z = (at - self.mean) / self.sd
        each = self.log_weight - 0.5 * z.square() - self.sd.log() - LOG_ROOT_TWO_PI
        return torch.logsumexp(each, 0)

    def cumulative(self, at: Tensor) -> Tensor:
        """(...) probability of at most (...)."""
        below: Tensor = torch.special.ndtr((at - self.mean) / self.sd)
        return (self.log_weight.exp() * below).sum(0)

    def quantile(self, p: float) -> Tensor:
        """(...) with its derivatives by weights, means and deviations: one more step, from where it stops.

        At the quantile q the derivative is that of q - (F(q) - p) / f(q) with q and f held (implicit function theorem).
        """
        with torch.no_grad():
            at, density = self._solved(p)
        return at - (self.cumulative(at) - p) / density

    def _solved(self, p: float) -> tuple[Tensor, Tensor]:
        """The quantile, and the density there, by Newton's method inside the bracket of the members' own quantiles."""
        unit = torch.special.ndtri(torch.full((), p, dtype=self.mean.dtype, device=self.mean.device))
        each = self.mean + self.sd * unit
        low, high, narrow = each.amin(0), each.amax(0), CLOSE * self.sd.amin(0)
        weight, rate = self.log_weight.exp(), self.sd.reciprocal()
        peak = weight * rate
        at = (weight * each).sum(0)
        for _ in range(STEPS):
            z = (at - self.mean) * rate
            density = (peak * torch.exp(-0.5 * z.square() - LOG_ROOT_TWO_PI)).sum(0)
            off = (weight * torch.special.ndtr(z)).sum(0) - p
            step = off / density
            if _all_close(step, narrow):
                break
            low, high = torch.where(off < 0, at, low), torch.where(off > 0, at, high)
            at = torch.where((at - step >= low) & (at - step <= high), at - step, 0.5 * (low + high))
        return at, density.clamp(min=torch.finfo(density.dtype).tiny)


def _all_close(step: Tensor, narrow: Tensor) -> bool:
    """Whether to stop; only on the CPU, because on a GPU it would wait for the device."""
    return step.device.type == "cpu" and not bool((step.abs() > narrow).any())
