"""Support-size strata: numbers of own records that are judged and calibrated together."""

import numpy as np

from meta_med.cohorts.record_table import Bools, Ints
from meta_med.enough import POOLED_BELOW

STRATA: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 10**6))
ENOUGH = POOLED_BELOW  # subjects; a stratum with fewer asks its neighbours too


def stratum_of(size: Ints) -> Ints:
    """(R,) index of the stratum that each support size belongs to."""
    starts = np.asarray([a for a, _ in STRATA])
    return np.searchsorted(starts, size, side="right") - 1


def stratum_name(stratum: int) -> str:
    """How a stratum is called on screens: "0", "3-5", "6+"."""
    low, high = STRATA[stratum]
    return f"{low}" if low == high else (f"{low}+" if high >= 10**6 else f"{low}-{high}")


def with_neighbours(stratum: Ints, subject: Ints, s: int) -> Bools:
    """(R,) mask of a stratum's records, and of its neighbours' while fewer than ENOUGH subjects are among them.

    k = 0 is its own kind: it never borrows from subjects who have records, nor lends to them.

    Args:
        stratum, subject: (R,) of each record; s: the stratum that is meant.

    """
    rows = np.zeros(len(stratum), dtype=bool)
    for reach in range(len(STRATA)):
        rows = (np.abs(stratum - s) <= reach) & ((stratum == 0) == (s == 0))
        if len(np.unique(subject[rows])) >= ENOUGH:
            break
    return rows
