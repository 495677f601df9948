"""Regression problems of the papers: sinusoids (Finn 2017), and curves of a Gaussian process (Garnelo 2018)."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.bench.papers.episodes_of import SUPPORT_TIME, episodes, records
from meta_med.episodes import EpisodeBatch


@dataclass(frozen=True)
class Sinusoids:
    """y = a sin(x - p) with a in 0.1..5, p in 0..pi and x in -5..5, without noise.

    Attributes:
        own: support records; asked: query records.
        varying: draw the number of support records from 0..own for each task, so that a learner which reads its
            records meets every number of them.

    """

    own: int
    asked: int
    varying: bool = False

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` sinusoids."""
        amplitude = 0.1 + 4.9 * torch.rand(n_cohorts, 1, generator=generator)
        phase = math.pi * torch.rand(n_cohorts, 1, generator=generator)
        x = 10 * torch.rand(n_cohorts, self.own + self.asked, generator=generator) - 5
        return _split(x, amplitude * torch.sin(x - phase), self.own, self.varying, generator)


@dataclass(frozen=True)
class GaussianProcessCurves:
    """Draws of a Gaussian process with kernel exp(-(x - x')^2 / (2 l^2)), l = 0.4, x in -2..2, noise 0.02."""

    own: int
    asked: int
    varying: bool = False
    length: float = 0.4
    noise: float = 0.02

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` curves."""
        n = self.own + self.asked
        x = 4 * torch.rand(n_cohorts, n, generator=generator) - 2
        root = torch.linalg.cholesky(self.kernel(x.double(), x.double()) + self._noise(n))
        y = (root @ torch.randn(n_cohorts, n, 1, generator=generator, dtype=torch.double)).squeeze(-1).float()
        return _split(x, y, self.own, self.varying, generator)

    def kernel(self, a: Tensor, b: Tensor) -> Tensor:
        """(B, N, M) covariance of the curve at a (B, N) and b (B, M)."""
        return torch.exp(-0.5 * ((a.unsqueeze(-1) - b.unsqueeze(-2)) / self.length).square())

    def _noise(self, n: int) -> Tensor:
        return (self.noise**2 + 1e-8) * torch.eye(n, dtype=torch.double)

    def oracle(self, batch: EpisodeBatch) -> tuple[Tensor, Tensor]:
        """(B,) squared error and log-likelihood of the exact posterior: what no learner can beat on average."""
        own, at = (r.x[..., 0].double() for r in (batch.support, batch.query))
        gain = torch.linalg.solve(self.kernel(own, own) + self._noise(own.shape[1]), self.kernel(own, at))
        mean = (gain.transpose(1, 2) @ batch.support.y.double()).squeeze(-1)
        variance = 1.0 + self.noise**2 + 1e-8 - (gain * self.kernel(own, at)).sum(1)
        square = (batch.query.y[..., 0] - mean).square()
        density = -0.5 * (square / variance + variance.log() + math.log(2 * math.pi))
        return square.mean(1), density.mean(1)


def _split(x: Tensor, y: Tensor, own: int, varying: bool, generator: torch.Generator) -> EpisodeBatch:
    x = x.unsqueeze(-1)
    present = None
    if varying:
        size = torch.randint(0, own + 1, (len(x), 1), generator=generator)
        present = torch.arange(own) < size
    return episodes(
        records(x[:, :own], y[:, :own], SUPPORT_TIME, present), records(x[:, own:], y[:, own:], 0.0)
    )
