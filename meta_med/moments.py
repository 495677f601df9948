"""Mean and standard deviation of columns in any unit, with exact detection of constant columns."""

import numpy as np

from meta_med.cohorts.record_table import Floats

ROUNDING = 1e-12
"""Relative to a column's largest magnitude: values that differ by less count as equal.

A few thousand times the precision of a double, so that sums of decimals (0.1 + 0.2) count as equal, in any unit.
"""


def moments(values: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each column; NaN is ignored.

    Values are scaled by the column's own magnitude first, so that neither tiny nor huge ones underflow or overflow.

    Args:
        values: (n, F).

    Returns:
        (F,) means, 0 where a column has no value; (F,) standard deviations, exactly 0 where it does not vary.

    """
    seen = ~np.isnan(values)
    count = np.maximum(seen.sum(0), 1)
    size = magnitude(values)
    unit = np.exp2(np.floor(np.log2(np.where(size > 0, size, 1.0))))  # scaling by a power of two is exact
    scaled = np.where(seen, values, 0.0) / unit
    mean = scaled.sum(0) / count
    rest = np.where(seen, scaled - mean, 0.0)
    mean = mean + rest.sum(0) / count  # the second pass removes the first one's rounding error
    rest = np.where(seen, scaled - mean, 0.0)
    step = np.abs(rest).max(0, initial=0.0)
    step = np.where(step > ROUNDING * np.where(size > 0, size / unit, 1.0), step, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.where(step > 0, step * np.sqrt(((rest / step) ** 2).sum(0) / count), 0.0)
    return mean * unit, spread * unit


def magnitude(values: Floats) -> Floats:
    """(F,) largest absolute value of each column of (n, F); 0 where it has no value."""
    return np.asarray(np.nan_to_num(np.abs(values), nan=0.0).max(0, initial=0.0))


def spread_or_size(values: Floats) -> Floats:
    """(F,) a column's own unit: its standard deviation, else its magnitude, else 1."""
    _, spread = moments(values)
    size = magnitude(values)
    return np.where(spread > 0, spread, np.where(size > 0, size, 1.0))
