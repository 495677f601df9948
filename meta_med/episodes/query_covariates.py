"""The covariates of a predicted record, from what is known at the newest own record that may be used.

Serving does not have the record to come: a covariate known ahead is carried over from the newest one, or follows from
it as the study says (`study.CovariateSpec`). Training, calibration and evaluation form it in the same way, here, for
every predictor, so that what is served is what was evaluated.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.cohorts import doses
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.episodes.queries import usable_end
from meta_med.episodes.scaling import Scaling

SAME = 1e-9  # years and units: a value that advanced by the time between is the record's own


def query_covariates(table: RecordTable, rows: Ints, end: Ints, usable: Ints) -> Floats:
    """(R, F) covariates of the predicted records, as in the table; those that are not known ahead are their own.

    Args:
        table: the records; rows, end: (R,) the predicted records, and one past the newest that may be used.
        usable: (n,) `usable_end` of every record.

    """
    own = table.x[rows]
    if not table.ahead or set(table.ahead) <= {"own", "computed"}:
        return own
    start = table.offsets[:-1][table.subject[rows]]
    newest = np.maximum(end - 1, start)  # the entry record, where there is none to carry over from
    before = table.x[newest]
    years = table.time[rows] - table.time[newest]
    advanced = before + years[:, None]
    decayed = np.where((rows == newest)[:, None], own, doses.decayed(before, table.covariates, years))
    told = table.next_x[newest] if len(table.next_x) else before
    source = np.asarray(table.ahead)
    choices = {
        "carried": before,
        "advances": np.where(np.isclose(advanced, own, rtol=SAME, atol=SAME), own, advanced),
        "doses": decayed,
        "planned": np.where((end > start)[:, None], told, before),
        "fixed": told,
        "window": np.where((end == usable[rows])[:, None], own, np.nan),
    }
    return np.select(
        [np.broadcast_to(source == name, own.shape) for name in choices], list(choices.values()), own
    )


@dataclass(frozen=True)
class QueryCovariates:
    """The covariates on model scale that a predicted record does not have as its own.

    Attributes:
        table, scaling: the records and their scale; usable: (n,) see `usable_end`; moving: (used columns,) those that
            some record would not have as its own.

    """

    table: RecordTable
    scaling: Scaling
    usable: Ints
    moving: Bools

    @classmethod
    def of(cls, table: RecordTable, scaling: Scaling, gap_days: float = 0.0) -> "QueryCovariates | None":
        """None where every covariate known ahead is the record's own in each subject, such as a static one."""
        moving = _moving(table)[scaling.used]
        return cls(table, scaling, usable_end(table, gap_days), moving) if moving.any() else None

    def at(self, rows: Ints, end: Ints) -> Floats:
        """(R, moving) on model scale, NaN where missing."""
        x = query_covariates(self.table, rows, end, self.usable)
        return self.scaling.covariates(x, self.table.cohort[rows])[:, self.moving]


def _moving(table: RecordTable) -> Bools:
    """(F,) columns known ahead whose value in a predicted record may differ from its own."""
    out = np.zeros(len(table.covariates), dtype=bool)
    later = table.position[1:] > 0
    years = np.diff(table.time)[later]
    for j, source in enumerate(table.ahead):
        if not table.known_ahead[j] or source in ("own", "computed"):
            continue
        x, before = table.x[1:, j][later], table.x[:-1, j][later]
        if source == "carried":
            out[j] = not ((x == before) | (np.isnan(x) & np.isnan(before))).all()
        elif source == "advances":
            out[j] = not np.isclose(before + years, x, rtol=SAME, atol=SAME, equal_nan=True).all()
        else:
            out[j] = True
    return out
