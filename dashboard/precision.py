"""With how many decimals an outcome is written: as many as its measured values have."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

SAMPLE, FEWEST = 500, 5
MOST_DECIMALS = 4
NEARLY_ALL = 0.98
SMALL_SCORE = 100.0


@dataclass(frozen=True)
class Precision:
    """Decimals of an outcome; None where its values have no common precision.

    Attributes:
        measured: of measured values.
        predicted: of predictions, which of a small score lie between its whole numbers.

    """

    measured: int | None
    predicted: int | None


def precision_of(values: pd.Series) -> Precision:
    """The precision of an outcome from some of its measured values."""
    decimals = _decimals(values.to_numpy(dtype=float))
    if decimals != 0:
        return Precision(decimals, decimals)
    small = float(values.abs().quantile(0.95)) < SMALL_SCORE
    return Precision(0, 1 if small else 0)


def _decimals(values: np.ndarray) -> int | None:
    """The fewest decimals with which nearly all values are written in full."""
    if len(values) < FEWEST:
        return None
    for decimals in range(MOST_DECIMALS + 1):
        if np.isclose(values, values.round(decimals), rtol=0.0, atol=1e-9).mean() >= NEARLY_ALL:
            return decimals
    return None
