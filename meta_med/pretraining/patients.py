"""Simulated patients as training data: own records, cohort context, later records, and the hyper-parameters."""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.pretraining.prior import FACTORS, Draws, draw_hyper
from meta_med.pretraining.trajectories import courses, measure, visits

COHORTS = 4  # per study; each patient belongs to one
SUPPORT, QUERY = 10, 2


@dataclass(frozen=True)
class SimulatedPatients:
    """B patients of several studies, D outcomes; a binary outcome is 0 or 1, the others standard deviations.

    Attributes:
        time (B, S) < 0, y, y_seen (B, S, D): own records, right-aligned.
        later (B, Q) >= 0, y_later, later_seen (B, Q, D): the records to predict.
        others, others_seen (B, C, D): records of other patients of the cohort, one each.
        binary (B, D) bool; described (B, D, H): hyper-parameters; loadings (B, D, FACTORS).

    """

    time: Tensor
    y: Tensor
    y_seen: Tensor
    later: Tensor
    y_later: Tensor
    later_seen: Tensor
    others: Tensor
    others_seen: Tensor
    binary: Tensor
    described: Tensor
    loadings: Tensor


def draw_patients(
    generator: torch.Generator, *, studies: int = 12, patients: int = 96, outcomes: int = 4
) -> SimulatedPatients:
    """Simulate `patients` patients of each of `studies` studies, each study with its own hyper-parameters.

    Args:
        generator: the source of randomness.
        studies, outcomes: their numbers.
        patients: per study; a multiple of COHORTS.

    Raises:
        ValueError: patients cannot be divided among the cohorts, or are fewer than two in each.

    """
    if patients % COHORTS or patients < 2 * COHORTS:
        raise ValueError(f"patients: must be a multiple of {COHORTS}, at least {2 * COHORTS}, got {patients}")
    draws = Draws(generator)
    hyper = draw_hyper(draws, studies, outcomes)
    common = draws.normal(studies, patients, FACTORS)
    when = visits(draws, hyper, common[..., 0], SUPPORT + QUERY + 1)
    value = courses(draws, hyper, when, common)
    y, seen = measure(draws, hyper, value, COHORTS)
    rows = studies * patients
    when, y, seen = when.reshape(rows, -1), y.reshape(rows, -1, outcomes), seen.reshape(rows, -1, outcomes)
    at, unit = _predicted(draws, when, studies)
    others, others_seen = _others(draws, y, seen, patients)
    by_patient = {
        "binary": hyper.binary > 0,
        "described": hyper.described(),
        "loadings": hyper.loadings,
    }
    origin = when[:, SUPPORT : SUPPORT + 1]
    later = when.gather(1, at)
    return SimulatedPatients(
        time=(when[:, :SUPPORT] - origin) / unit,
        y=y[:, :SUPPORT],
        y_seen=seen[:, :SUPPORT] & _kept(draws, rows),
        later=(later - origin) / unit,
        y_later=y.gather(1, at.unsqueeze(-1).expand(-1, -1, outcomes)),
        later_seen=seen.gather(1, at.unsqueeze(-1).expand(-1, -1, outcomes)),
        others=others,
        others_seen=others_seen,
        **{k: v.repeat_interleave(patients, 0) for k, v in by_patient.items()},
    )


def _predicted(draws: Draws, when: Tensor, studies: int) -> tuple[Tensor, Tensor]:
    """The visits to predict (B, Q), the next and a later one; and the study's time unit (B, 1)."""
    rows = len(when)
    at = torch.stack([torch.full((rows,), SUPPORT), draws.whole(SUPPORT + 1, SUPPORT + QUERY + 1, rows)], 1)
    ahead = (when[:, SUPPORT] - when[:, SUPPORT - 1]).clamp(min=1e-4).log().reshape(studies, -1)
    unit = (ahead.mean(1) + 0.3 * draws.normal(studies)).exp()
    return at, unit.repeat_interleave(rows // studies).unsqueeze(1)


def _kept(draws: Draws, rows: int) -> Tensor:
    """(B, S, 1) bool: the newest k own records, with k often small; sometimes the very newest are missing."""
    size = torch.where(
        draws.chance(0.7, rows) > 0, draws.whole(0, 6, rows), draws.whole(0, SUPPORT + 1, rows)
    )
    missed = draws.whole(1, 5, rows) * draws.chance(0.2, rows).long()
    back = torch.arange(SUPPORT, 0, -1)
    return ((back <= (size + missed).unsqueeze(1)) & (back > missed.unsqueeze(1))).unsqueeze(-1)


def _others(draws: Draws, y: Tensor, seen: Tensor, patients: int) -> tuple[Tensor, Tensor]:
    """One record of each other patient of the cohort (B, C, D), for a random number of patients per cohort."""
    rows, each = len(y), patients // COHORTS
    pick = draws.whole(0, y.shape[1], rows).reshape(-1, 1, 1).expand(-1, 1, y.shape[2])
    one = y.gather(1, pick).reshape(-1, each, y.shape[2])
    known = seen.gather(1, pick).reshape(-1, each, y.shape[2])
    lends = draws.whole(0, each + 1, rows // each).unsqueeze(1) > torch.arange(each)
    known = known & lends.unsqueeze(-1)
    other = ~torch.eye(each, dtype=torch.bool)
    values = one.unsqueeze(1).expand(-1, each, -1, -1)
    return values.reshape(rows, each, -1), (known.unsqueeze(1) & other[None, ..., None]).reshape(
        rows, each, -1
    )
