"""Simulated studies as training data: lenders' series as context, and patients of whom every record is predicted."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from meta_med.pretraining.prior import FACTORS, Draws, Hyper, draw_hyper
from meta_med.pretraining.trajectories import visits
from meta_med.study_core.simulated.courses import covariates_of, widened_courses
from meta_med.study_core.simulated.measurement import measured
from meta_med.study_core.simulated.widened_prior import draw_widened
from meta_med.study_core.study import Series

VISITS = 13
OWN = 11  # visits of a patient who is predicted: at most 10 own records before the last
LENDERS = (0, 2, 3, 5, 8, 12, 20, 30)


@dataclass(frozen=True)
class SimulatedStudies:
    """Z studies: lenders (Z, L, N), and patients (Z, R, N) of whom each record is predicted from those before it.

    `patients.y` holds NaN for values that later predictions must not read, too; `truth` (Z, R, N, D) is what is
    predicted, NaN where not observed.
    """

    lenders: Series
    patients: Series
    truth: Tensor

    def to(self, device: torch.device) -> "SimulatedStudies":
        """The same on a device."""
        return SimulatedStudies(self.lenders.to(device), self.patients.to(device), self.truth.to(device))


@dataclass(frozen=True)
class Sizes:
    """Z studies with D outcomes and F covariates, L lenders and R predicted patients each."""

    studies: int
    outcomes: int
    covariates: int
    lenders: int
    patients: int


def draw_sizes(generator: torch.Generator, series: int = 24, patients: int = 16) -> Sizes:
    """Few studies with many outcomes, or many with one: `series` outcomes in all."""
    draws = Draws(generator)
    outcomes = (1, 1, 2, 4, 6)[int(draws.whole(0, 5, 1))]
    covariates = (0, 0, 1, 2, 4)[int(draws.whole(0, 5, 1))]
    lenders = LENDERS[int(draws.whole(0, len(LENDERS), 1))]
    return Sizes(series // outcomes, outcomes, covariates, lenders, patients)


def draw_studies(generator: torch.Generator, sizes: Sizes) -> SimulatedStudies:
    """Simulate studies from the widened prior; time and values in arbitrary units."""
    draws = Draws(generator)
    time, y, x = simulate(draws, sizes, sizes.lenders + sizes.patients)
    if sizes.lenders == 0:
        y = y * (0.2 * draws.normal(sizes.studies, 1, 1, 1)).exp() + 0.3 * draws.normal(
            sizes.studies, 1, 1, 1
        )
        time = time * (0.3 * draws.normal(sizes.studies, 1, 1)).exp()
    lenders = _windows(draws, Series(time[:, : sizes.lenders], y[:, : sizes.lenders], x[:, : sizes.lenders]))
    return _predicted(draws, lenders, Series(*(t[:, sizes.lenders :] for t in (time, y, x))))


def simulate(draws: Draws, sizes: Sizes, patients: int) -> tuple[Tensor, Tensor, Tensor]:
    """Times (Z, P, N), outcomes (Z, P, N, D) with NaN where not observed, covariates (Z, P, N, F)."""
    hyper = _without_classes(draw_hyper(draws, sizes.studies, sizes.outcomes))
    wide = draw_widened(draws, sizes.studies, sizes.outcomes, sizes.covariates)
    common = draws.normal(sizes.studies, patients, FACTORS)
    when = visits(draws, hyper, common[..., 0], VISITS)
    facts = covariates_of(draws, when, sizes.covariates)
    value, louder = widened_courses(draws, hyper, wide, when, facts, common)
    y, seen = measured(draws, hyper, wide, value, louder)
    return when, torch.where(seen, y, torch.nan), facts


def _without_classes(hyper: Hyper) -> Hyper:
    return replace(hyper, binary=torch.zeros_like(hyper.binary))


def _windows(draws: Draws, series: Series) -> Series:
    """A random stretch of each lender's records; in some draws only every second or third one of it."""
    shape, last = series.time.shape[:2], series.time.shape[2]
    size = draws.whole(1, last + 1, *shape)
    start = (draws.uniform(0.0, 0.6, *shape) * (last - size)).long()
    place = torch.arange(last)
    inside = (place >= start.unsqueeze(-1)) & (place < (start + size).unsqueeze(-1))
    every = (1, 1, 1, 1, 2, 3)[int(draws.whole(0, 6, 1))]
    return _only(series, inside & (place % every == 0)).in_order()


def _only(series: Series, kept: Tensor) -> Series:
    return Series(
        torch.where(kept, series.time, torch.nan),
        torch.where(kept.unsqueeze(-1), series.y, torch.nan),
        torch.where(kept.unsqueeze(-1), series.x, torch.nan),
    )


def _predicted(draws: Draws, lenders: Series, series: Series) -> SimulatedStudies:
    """OWN visits of each patient, often the first ones; some patients have lost records, which widens the gaps."""
    shape = series.time.shape[:2]
    start = draws.whole(0, VISITS - OWN + 1, *shape) * draws.chance(0.5, *shape).long()
    at = start.unsqueeze(-1) + torch.arange(OWN)
    wide = at.unsqueeze(-1)
    time = series.time.gather(2, at)
    y = series.y.gather(2, wide.expand(-1, -1, -1, series.y.shape[-1]))
    x = series.x.gather(2, wide.expand(-1, -1, -1, series.x.shape[-1]))
    lost = _lost(draws, shape).unsqueeze(-1)
    return SimulatedStudies(lenders, Series(time, torch.where(lost, torch.nan, y), x), y)


def _lost(draws: Draws, shape: tuple[int, ...]) -> Tensor:
    """(Z, R, OWN) records that no later prediction may read: single ones of some patients, a stretch of others."""
    single = draws.uniform(0.0, 0.6, *shape, 1) * draws.chance(0.35, *shape, 1)
    place = torch.arange(OWN)
    start, size = draws.whole(1, OWN, *shape, 1), draws.whole(1, 8, *shape, 1)
    stretch = (place >= start) & (place < start + size) & (draws.chance(0.2, *shape, 1) > 0)
    return (draws.chance(single, *shape, OWN) > 0) | stretch
