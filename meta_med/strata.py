"""Support-size strata: numbers of own records that are judged and calibrated together."""

import numpy as np

from meta_med.records import Ints

STRATA: tuple[tuple[int, int], ...] = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 10**6))


def stratum_of(size: Ints) -> Ints:
    """(R,) index of the stratum that each support size belongs to."""
    starts = np.asarray([a for a, _ in STRATA])
    return np.searchsorted(starts, size, side="right") - 1


def stratum_name(stratum: int) -> str:
    """How a stratum is called on screens: "0", "3-5", "6+"."""
    low, high = STRATA[stratum]
    return f"{low}" if low == high else (f"{low}+" if high >= 10**6 else f"{low}-{high}")
