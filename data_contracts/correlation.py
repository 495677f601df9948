"""Whether one column tells another: in proportion, or by its order alone."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_SAMPLE = 1000
"""Rows that are ranked first: of few columns that are no transcript is the whole ever sorted."""


def follows(values: Numbers, outcomes: Numbers, limit: float) -> bool:
    """Whether the correlation is beyond the limit: of the numbers, or of their ranks.

    A logarithm or a percentile of the outcome is the outcome, though it lies on no straight line.
    """
    if abs(_correlation(values, outcomes)) > limit:
        return True
    few = slice(None, None, max(1, len(values) // _SAMPLE))
    return all(abs(_ofranks(a, b)) > limit for a, b in ((values[few], outcomes[few]), (values, outcomes)))


def _ofranks(a: Numbers, b: Numbers) -> float:
    return _correlation(ranks(a), ranks(b))


def ranks(values: Numbers) -> Numbers:
    """Places in order; equal values have the middle of theirs."""
    _, groups, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middles: Numbers = (ends - (counts + 1) / 2).astype(np.float64)
    return middles[groups]


def _correlation(a: Numbers, b: Numbers) -> float:
    """Of Pearson; nought where a column has one value only."""
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / scale) if scale else 0.0
