"""A figure over all studies, taken both ways: over cells, and over studies of which each weighs the same.

Over cells alone the study of most outcomes would decide; over studies alone, that of fewest patients.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.records import Bools, Floats


@dataclass(frozen=True)
class BothWays:
    """Means: over cells; over studies, of each study's mean over its own cells. NaN without a cell."""

    over_cells: float
    over_studies: float

    @classmethod
    def of(cls, values: Floats | Bools, study: "pd.Series[Any]") -> "BothWays":
        """From each cell's value (N,) and its study (N,)."""
        series = pd.Series(np.asarray(values, dtype=np.float64))
        return cls(float(series.mean()), float(series.groupby(study.to_numpy()).mean().mean()))

    def at_least(self, share: float) -> bool:
        """Whether both reach it."""
        return min(self.over_cells, self.over_studies) >= share

    def at_most(self, value: float) -> bool:
        """Whether both stay under it."""
        return max(self.over_cells, self.over_studies) <= value


def share(hits: Bools, study: "pd.Series[Any]") -> str:
    """How many cells, and what share they are, both ways."""
    both = BothWays.of(hits, study)
    counted = f"{hits.sum()} of {len(hits)} cells"
    return f"{counted} ({both.over_cells:.0%}); each study weighing the same: {both.over_studies:.0%}"


def mean(values: Floats, study: "pd.Series[Any]") -> str:
    """A mean difference, both ways."""
    both = BothWays.of(values, study)
    return f"{both.over_cells:+.1%} over cells; each study weighing the same: {both.over_studies:+.1%}"
