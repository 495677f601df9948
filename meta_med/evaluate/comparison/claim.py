"""A claim about all studies, and how figures over cells are counted and written.

Shares of cells are given both ways, over all cells and with each study weighing the same: over cells alone the study
with the most outcomes would decide.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools
from meta_med.evaluate.number_text import percent

LOSS = 0.02  # of error: the loss that a cell's interval should rule out


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes:
        name, text: its key, and what is claimed.
        wanted, found: the required figure and the measured one.
        met: whether it is met; None without data.
        note: a remark.
        words: the finding as a sentence, for the verdict in plain words; "" where the table is enough.

    """

    name: str
    text: str
    wanted: str
    found: str
    met: bool | None
    note: str = ""
    words: str = ""


@dataclass(frozen=True)
class BothWays:
    """A mean over cells, and the mean over studies of each study's mean over its cells; NaN without cells."""

    over_cells: float
    over_studies: float

    @classmethod
    def of(cls, values: Bools, study: "pd.Series[Any]") -> "BothWays":
        """From the value (N,) and the study (N,) of each cell."""
        series = pd.Series(np.asarray(values, dtype=np.float64))
        return cls(float(series.mean()), float(series.groupby(study.to_numpy()).mean().mean()))

    def at_least(self, share: float) -> bool:
        """Whether both means are at least `share`."""
        return min(self.over_cells, self.over_studies) >= share


def share_text(hits: Bools, study: "pd.Series[Any]") -> str:
    """Number and share of the cells that hold, both ways."""
    both = BothWays.of(hits, study)
    counted = f"{hits.sum()} of {len(hits)} cells"
    shares = (percent(share, 0) for share in (both.over_cells, both.over_studies))
    return "{} ({}); each study weighing the same: {}".format(counted, *shares)


def share_of(hits: Bools, of: str) -> str:
    """Number and share of what holds: "3 of 4 pairs (75 %)"."""
    return f"{hits.sum()} of {len(hits)} {of}" + (f" ({percent(hits.mean(), 0)})" if len(hits) else "")


def better(table: pd.DataFrame) -> Bools:
    """Cells in which the champion is better than the cross-chosen baseline: the 95 % interval is below zero."""
    return np.asarray(table["cross_relative_high"] < 0)


def worse(table: pd.DataFrame) -> Bools:
    """Cells in which the champion is worse than the cross-chosen baseline: the 95 % interval is above zero."""
    return np.asarray(table["cross_relative_low"] > 0)


def loss_ruled_out(table: pd.DataFrame) -> Bools:
    """Cells whose 95 % interval lies wholly below a loss of 2 % of error."""
    return np.asarray(table["cross_relative_high"] < LOSS)


def narrow(table: pd.DataFrame, half_width: float = LOSS) -> Bools:
    """Cells whose 95 % interval has at most this half-width, in shares of error."""
    wide = (table["cross_relative_high"] - table["cross_relative_low"]) / 2
    return np.asarray(wide <= half_width)
