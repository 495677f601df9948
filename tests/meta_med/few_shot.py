"""Few-shot problems that are no tables of patients: each task is a cohort of one, without context."""

import math

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch, Records


def records(x: Tensor, y: Tensor, time: float) -> Records:
    """Everything present and observed; x (B, N, ...), y (B, N)."""
    present = torch.ones(x.shape[:2], dtype=torch.bool)
    return Records(
        x, torch.ones_like(x, dtype=torch.bool), torch.full(x.shape[:2], time), y.unsqueeze(-1),
        present.unsqueeze(-1), present,
    )  # fmt: skip


def episodes(support: Records, query: Records) -> EpisodeBatch:
    """A task a subject, C = 0."""
    n = len(support)
    return EpisodeBatch(Records.empty(n, support), torch.arange(n), support, query)


class Sinusoids:
    """Finn 2017: amplitude 0.1-5, phase 0-pi, x in -5..5; here scaled to a tenth so that few steps suffice."""

    def __init__(self, support: int = 10, query: int = 10) -> None:
        self.support, self.query = support, query

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` sinusoids."""
        n = self.support + self.query
        amplitude = 0.1 + 1.9 * torch.rand(n_cohorts, 1, generator=generator)
        phase = math.pi * torch.rand(n_cohorts, 1, generator=generator)
        x = 2 * torch.rand(n_cohorts, n, generator=generator) - 1
        y = amplitude * torch.sin(3 * x + phase)
        x = x.unsqueeze(-1)
        k = self.support
        return episodes(records(x[:, :k], y[:, :k], -1.0), records(x[:, k:], y[:, k:], 0.0))


class Glyphs:
    """N-way one-channel 8 x 8 images: a class is a drawn pattern, an example the pattern with noise.

    Labels 0..N-1 are drawn anew for each task, so that nothing but the support says which class is which.
    """

    def __init__(self, ways: int = 5, shots: int = 2, kinds: int = 40) -> None:
        self.ways, self.shots = ways, shots
        self.patterns = torch.randn(kinds, 1, 8, 8, generator=torch.Generator().manual_seed(8))

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` tasks of N classes."""
        each = self.shots + 1
        kinds = torch.rand(n_cohorts, len(self.patterns), generator=generator).argsort(1)[:, : self.ways]
        image = self.patterns[kinds].repeat_interleave(each, 1)
        image = image + 0.5 * torch.randn(image.shape, generator=generator)
        label = torch.arange(self.ways).repeat_interleave(each).expand(n_cohorts, -1).to(image.dtype)
        own = (torch.arange(self.ways * each) % each) < self.shots
        return episodes(
            records(image[:, own], label[:, own], -1.0), records(image[:, ~own], label[:, ~own], 0.0)
        )


def small_encoder() -> nn.Module:
    """A tiny convolutional encoder, (N, 1, 8, 8) -> (N, 16)."""
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(64, 16),
    )  # fmt: skip
