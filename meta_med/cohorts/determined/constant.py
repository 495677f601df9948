"""Outcomes that do not change within patients, such as sex, or a final diagnosis that is repeated on every record.

One earlier record tells such an outcome, so nothing is predicted. It is judged against chance: if values were dealt at
random to the records, a patient with n of them would have the same value in all with probability sum(p_v ** n). Where
few changes are expected, as for a rare event, none of them is no evidence.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed

LEAST_EXPECTED = 5.0  # patients who would change by chance: with fewer, no change is within chance
MOST_CHANGED = 0.05  # of those expected: a few patients change by errors of entry


@dataclass(frozen=True)
class Constant:
    """Patients with two or more values of an outcome: their number, and how many have the same value in all."""

    patients: int
    same: int


def constant_within_patients(subject: Ints, y: Floats) -> Constant | None:
    """The counts where an outcome is constant within (nearly) all patients and differs between them; else None.

    Args:
        subject: (n,) index of each record's patient, rising; y: (n,) the outcome, NaN where missing.

    """
    known = ~np.isnan(y)
    _, value = np.unique(y[known], return_inverse=True)
    _, patient, count = np.unique(subject[known], return_inverse=True, return_counts=True)
    start = np.concatenate([[0], np.cumsum(count)[:-1]]).astype(np.int64)
    several = count >= 2
    if not several.any():
        return None
    smallest, largest = np.minimum.reduceat(value, start), np.maximum.reduceat(value, start)
    same = several & (smallest == largest)
    changed = int(several.sum() - same.sum())
    expected = _changed_by_chance(value[several[patient]], count[several])
    few = expected < LEAST_EXPECTED or changed > MOST_CHANGED * expected
    if few or not _differs_between(smallest[same]):
        return None
    return Constant(int(several.sum()), int(same.sum()))


def _changed_by_chance(value: Ints, count: Ints) -> float:
    """Patients expected to have two different values, if values were dealt at random to the records."""
    share = np.bincount(value) / len(value)
    sizes, patients = np.unique(count, return_counts=True)
    return float(sum(n * (1.0 - np.sum(share**size)) for size, n in zip(sizes, patients, strict=True)))


def _differs_between(value: Ints) -> bool:
    """Whether enough patients have another value than the most frequent one."""
    return len(value) > 0 and len(value) - int(np.bincount(value).max()) >= needed("an event")
