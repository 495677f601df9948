"""Mean and standard deviation of each cohort, where cohorts measure different things under one name.

A spread from few subjects is uncertain. It is shrunk towards that of other cohorts: their spread in logs, or their
coefficient of variation times this cohort's own mean, with the weight of `PRIOR` subjects:

    variance = (n * own + PRIOR * usual) / (n + PRIOR)        n subjects
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.moments import ROUNDING
from meta_med.outcomes import kind_of
from meta_med.study import OutcomeSpec

PRIOR = 5.0
FEWEST_FOR_USUAL = 10
"""Cohorts with fewer subjects do not enter the usual spread."""


@dataclass(frozen=True)
class CohortScale:
    """Lists, so that it is JSON; C cohorts, F covariates, D outcomes.

    Attributes:
        own: (D,) outcomes that are standardised by cohort.
        centred: (F,) covariates that are centred by cohort.
        log: (C, D) whether the cohort's outcome is on the log scale.
        mean, sd: (C, D); NaN for a cohort without values.
        usual: (2, D) the usual coefficient of variation of cohorts off the log scale, the usual spread of those on it.
        x_mean: (C, F), 0 where not centred.
        clock: (C,) median years between two records of the cohort: its unit of time.

    """

    own: list[bool]
    centred: list[bool]
    log: list[list[bool]]
    mean: list[list[float]]
    sd: list[list[float]]
    usual: list[list[float]]
    x_mean: list[list[float]]
    clock: list[float]

    def standardised(self, y: Floats, cohort: Ints) -> Floats:
        """(n, D) outcomes in standard deviations of their cohort; those that are not `own` unchanged."""
        value = _logged(y, np.asarray(self.log)[cohort])
        z = (value - np.asarray(self.mean)[cohort]) / np.asarray(self.sd)[cohort]
        return np.where(self.own, z, y)

    def clinical(self, z: Floats, outcome: int, cohort: Ints) -> Floats:
        """Values of one outcome back in each cohort's own unit; `cohort` (n,), z (n, ...)."""
        shape = (-1,) + (1,) * (z.ndim - 1)
        mean, sd, log = (
            np.asarray(part)[cohort, outcome].reshape(shape) for part in (self.mean, self.sd, self.log)
        )
        value = z * sd + mean
        return np.where(log, np.exp(np.where(log, value, 0.0)), value)

    def extended(self, columns: int, cohorts: int) -> "CohortScale":
        """The scale with further covariates, which are not centred, and further cohorts without values."""
        nothing = [np.nan] * len(self.own)
        x_mean = [[*row, *[0.0] * columns] for row in self.x_mean]
        return replace(
            self,
            centred=[*self.centred, *[False] * columns],
            log=[*self.log, *[[False] * len(self.own)] * cohorts],
            mean=[*self.mean, *[nothing] * cohorts],
            sd=[*self.sd, *[nothing] * cohorts],
            x_mean=[*x_mean, *[[0.0] * (len(self.centred) + columns)] * cohorts],
            clock=[*self.clock, *[float(np.median(self.clock))] * cohorts],
        )


def fit_cohort_scale(
    table: RecordTable, outcomes: Sequence[OutcomeSpec], rows: Ints, x: Floats
) -> CohortScale | None:
    """Each cohort's scale from records of training subjects.

    Args:
        table: all records; rows: (n,) those of training subjects.
        outcomes: the study's outcomes.
        x: (n, F) covariates of these rows, on log scales where the study declares them.

    Returns:
        The scale; None where no outcome is standardised by cohort.

    """
    own = [o.standardise == "cohort" and kind_of(o.kind).standardised for o in outcomes]
    if not any(own):
        return None
    n, centred = len(table.cohort_names), np.asarray(table.by_cohort or [False] * x.shape[1])
    log = np.asarray(
        [[o.scale == "log" or name in o.log_cohorts for o in outcomes] for name in table.cohort_names]
    )
    cohort, subject = table.cohort[rows], table.subject[rows]
    y = _logged(table.y[rows], log[cohort])
    mean, sd = _moments_by(y, cohort, n)
    people = _people_by(y, cohort, subject, n)
    usual = _usual(mean, sd, people, log)
    x_mean, _ = _moments_by(np.where(centred, x, np.nan), cohort, n)
    return CohortScale(
        own=own,
        centred=centred.tolist(),
        log=log.tolist(),
        mean=mean.tolist(),
        sd=_shrunk(mean, sd, people, log, usual).tolist(),
        usual=usual.tolist(),
        x_mean=np.nan_to_num(x_mean).tolist(),
        clock=[usual_gap(table, rows[cohort == c], default=usual_gap(table, rows)) for c in range(n)],
    )


def with_rows(scale: CohortScale, table: RecordTable, x: Floats, rows: Ints, cohort: int) -> CohortScale:
    """The scale with one cohort's mean and spread from these rows, whose covariates (logged) are x (n, F)."""
    y, subject = table.y[rows], table.subject[rows]
    here = np.zeros(len(y), dtype=np.int64)
    log = np.asarray(scale.log)[[cohort]]
    values = _logged(y, log[here])
    mean, sd = _moments_by(values, here, 1)
    shrunk = _shrunk(mean, sd, _people_by(values, here, subject, 1), log, np.asarray(scale.usual))
    x_mean, _ = _moments_by(np.where(scale.centred, x, np.nan), here, 1)
    return replace(
        scale,
        mean=_replaced(scale.mean, cohort, mean[0]),
        sd=_replaced(scale.sd, cohort, shrunk[0]),
        x_mean=_replaced(scale.x_mean, cohort, np.nan_to_num(x_mean[0])),
        clock=[usual_gap(table, rows, old) if c == cohort else old for c, old in enumerate(scale.clock)],
    )


def usual_gap(table: RecordTable, rows: Ints, default: float = 1.0) -> float:
    """Median years between consecutive records of a subject, over these rows; `default` where there are none."""
    later = rows[table.position[rows] > 0]
    gaps = table.time[later] - table.time[later - 1]
    return float(np.median(gaps)) if len(gaps) else default


def _replaced(rows: list[list[float]], index: int, row: Floats) -> list[list[float]]:
    return [row.tolist() if i == index else old for i, old in enumerate(rows)]


def _logged(y: Floats, log: Bools) -> Floats:
    return np.where(log, np.log(np.where(log & (y > 0), y, np.nan)), y)


def _moments_by(values: Floats, cohort: Ints, n: int) -> tuple[Floats, Floats]:
    """(n, columns) mean and standard deviation of each cohort; NaN where it has no value."""
    seen = ~np.isnan(values)
    count = _sums(seen.astype(np.float64), cohort, n)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 0, _sums(np.nan_to_num(values), cohort, n) / count, np.nan)
        square = np.where(seen, (values - mean[cohort]) ** 2, 0.0)
        sd = np.sqrt(np.where(count > 0, _sums(square, cohort, n) / count, np.nan))
    return mean, sd


def _sums(values: Floats, cohort: Ints, n: int) -> Floats:
    out = np.zeros((n, values.shape[1]))
    np.add.at(out, cohort, values)
    return out


def _people_by(values: Floats, cohort: Ints, subject: Ints, n: int) -> Floats:
    """(n, D) subjects with a value in each cohort."""
    out = np.zeros((n, values.shape[1]))
    for d in range(values.shape[1]):
        seen = ~np.isnan(values[:, d])
        pairs = np.unique(np.column_stack([cohort[seen], subject[seen]]), axis=0)
        out[:, d] = np.bincount(pairs[:, 0], minlength=n)
    return out


def _usual(mean: Floats, sd: Floats, people: Floats, log: Bools) -> Floats:
    """(2, D) medians over cohorts with enough subjects; NaN where there is none."""
    enough = people >= FEWEST_FOR_USUAL
    with np.errstate(invalid="ignore", divide="ignore"):
        variation = sd / np.abs(mean)
    return np.stack([_median(variation, enough & ~log), _median(sd, enough & log)])


def _median(values: Floats, which: Bools) -> Floats:
    return np.asarray(
        [
            np.median(v[w & np.isfinite(v)]) if (w & np.isfinite(v)).any() else np.nan
            for v, w in zip(values.T, which.T, strict=True)
        ]
    )


def _shrunk(mean: Floats, sd: Floats, people: Floats, log: Bools, usual: Floats) -> Floats:
    """(n, D) spreads shrunk to the usual one; where 0, the cohort's magnitude, or 1 for logs and zeros."""
    expected = np.where(log, usual[1], usual[0] * np.abs(mean))
    expected = np.where(np.isfinite(expected) & (expected > 0), expected, sd)
    out = np.sqrt((people * sd**2 + PRIOR * expected**2) / (people + PRIOR))
    size = np.where(log | (mean == 0), 1.0, np.abs(mean))
    return np.where(out > ROUNDING * np.abs(mean), out, np.where(np.isnan(mean), np.nan, size))
