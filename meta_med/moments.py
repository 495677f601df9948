"""Mean and spread of columns in any unit: what is constant is told by the values themselves, never by their size."""

import numpy as np

from meta_med.cohorts.record_table import Floats

ROUNDING = 1e-12
"""Of a column's largest magnitude: values that differ by less are one value, rounded in different ways.

Some thousand times the precision of a double, so that sums of decimals (0.1 + 0.2) pass for equal; a column in any
unit has the same verdict, for both sides carry the unit.
"""


def moments(values: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each column of (n, F); NaN is left out, no value gives mean 0.

    The spread is exactly 0 where a column does not vary. Neither tiny nor huge values are lost on the way: they are
    taken in units of the column's own size.
    """
    seen = ~np.isnan(values)
    count = np.maximum(seen.sum(0), 1)
    size = magnitude(values)
    unit = np.exp2(np.floor(np.log2(np.where(size > 0, size, 1.0))))  # a power of two moves no digit
    scaled = np.where(seen, values, 0.0) / unit
    mean = scaled.sum(0) / count
    rest = np.where(seen, scaled - mean, 0.0)
    mean = mean + rest.sum(0) / count  # the second pass takes the first one's rounding away
    rest = np.where(seen, scaled - mean, 0.0)
    step = np.abs(rest).max(0, initial=0.0)
    step = np.where(step > ROUNDING * np.where(size > 0, size / unit, 1.0), step, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.where(step > 0, step * np.sqrt(((rest / step) ** 2).sum(0) / count), 0.0)
    return mean * unit, spread * unit


def magnitude(values: Floats) -> Floats:
    """(F,) largest absolute value of each column of (n, F); 0 where there is none."""
    return np.asarray(np.nan_to_num(np.abs(values), nan=0.0).max(0, initial=0.0))


def spread_or_size(values: Floats) -> Floats:
    """(F,) a column's own unit: how much it varies, else how large it is, else 1 (all zeros have no unit)."""
    _, spread = moments(values)
    size = magnitude(values)
    return np.where(spread > 0, spread, np.where(size > 0, size, 1.0))
