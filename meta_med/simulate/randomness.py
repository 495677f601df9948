"""Random numbers of one generator, in the few shapes the simulation needs."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Draws:
    """Draws tensors from one generator: randomness is an argument, never global."""

    generator: torch.Generator

    def normal(self, *shape: int) -> Tensor:
        """Standard normal."""
        return torch.randn(shape, generator=self.generator)

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Uniform in [low, high)."""
        return low + (high - low) * torch.rand(shape, generator=self.generator)

    def log_uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Uniform on the log scale."""
        return self.uniform(math.log(low), math.log(high), *shape).exp()

    def chance(self, p: float | Tensor, *shape: int) -> Tensor:
        """1.0 with probability p, else 0.0."""
        return (torch.rand(shape, generator=self.generator) < p).float()

    def whole(self, low: int, high: int, *shape: int) -> Tensor:
        """Whole numbers low..high-1."""
        return torch.randint(low, high, shape, generator=self.generator)

    def student_t(self, df: Tensor, *shape: int) -> Tensor:
        """Student t with df > 2, scaled to variance 1 (Bailey 1994, the polar form)."""
        u = torch.rand(shape, generator=self.generator).clamp(min=1e-6)
        angle = 2.0 * math.pi * torch.rand(shape, generator=self.generator)
        unscaled = (df * (u.pow(-2.0 / df) - 1.0)).sqrt() * angle.cos()
        return unscaled * ((df - 2.0) / df).sqrt()
