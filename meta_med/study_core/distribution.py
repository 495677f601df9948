"""Predictive distribution: a mixture of normal distributions, and a point mass at the last own value."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

WINDOW = 0.02  # spreads of the study: an exact repeat counts as a density over this width in the log score
STEPS = 48  # halvings of the interval that holds a quantile


@dataclass(frozen=True)
class RepeatMixture:
    """Mixture with weights, locations and scales (..., J), and probability `repeat` (...) of the value `last` (...).

    The log score of an exact repeat is that of its probability spread over `window` (...).
    """

    log_weight: Tensor
    location: Tensor
    scale: Tensor
    repeat: Tensor
    last: Tensor
    window: Tensor

    def log_density(self, y: Tensor) -> Tensor:
        """(...) log density; of an exact repeat, with its probability spread over `window`."""
        away = (y.unsqueeze(-1) - self.location) / self.scale
        each = self.log_weight - 0.5 * away.square() - self.scale.log() - 0.5 * math.log(2.0 * math.pi)
        free = torch.log1p(-self.repeat) + each.logsumexp(-1)
        again = torch.logaddexp(self.repeat.clamp(min=1e-20).log() - self.window.log(), free)
        return torch.where((y == self.last) & (self.repeat > 0), again, free)

    def cdf(self, y: Tensor) -> Tensor:
        """(...) probability of values up to y."""
        return (1.0 - self.repeat) * self._free(y) + self.repeat * (y >= self.last)

    def _free(self, y: Tensor) -> Tensor:
        below = torch.special.ndtr((y.unsqueeze(-1) - self.location) / self.scale)
        free: Tensor = (self.log_weight.exp() * below).sum(-1)
        return free

    def mean(self) -> Tensor:
        """(...) expectation."""
        free = (self.log_weight.exp() * self.location).sum(-1)
        return (1.0 - self.repeat) * free + self.repeat * self.last

    def quantile(self, p: float) -> Tensor:
        """(...) smallest value with at least probability p up to it; the last own value itself where the mass is."""
        reach = 9.0 * self.scale
        low = torch.minimum((self.location - reach).amin(-1), self.last)
        high = torch.maximum((self.location + reach).amax(-1), self.last)
        for _ in range(STEPS):
            middle = 0.5 * (low + high)
            enough = self.cdf(middle) >= p
            low, high = torch.where(enough, low, middle), torch.where(enough, middle, high)
        under = (1.0 - self.repeat) * self._free(self.last)
        at_last = (self.repeat > 0) & (under < p) & (under + self.repeat >= p)
        return torch.where(at_last, self.last, high)

    def moved(self, centre: Tensor, spread: Tensor, last: Tensor) -> "RepeatMixture":
        """The distribution of centre + spread * value; `last` (...) is the last own value as it was given."""
        c, s = centre.unsqueeze(-1), spread.unsqueeze(-1)
        location, scale = c + s * self.location, s * self.scale
        return RepeatMixture(self.log_weight, location, scale, self.repeat, last, spread * self.window)
