"""Model scale: logarithms where the study uses them, then standardised by training subjects only."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.episodes.cohort_scaling import CohortScale, fit_cohort_scale, usual_gap, with_rows
from meta_med.moments import moments, spread_or_size
from meta_med.outcomes import kind_of
from meta_med.study import OutcomeSpec

USUAL_GAP = (0.1, 5.0)
"""Range of the median gap in years within which a model's time unit is a year; outside, the gap is the unit."""


@dataclass(frozen=True)
class Scaling:
    """Affine maps of covariates and outcomes, as lists so that it is JSON; binary outcomes are unchanged.

    Attributes:
        x_used: (F,) the columns that models use: levels of a category that no training subject has are left out, and
            so are those beyond the most frequent ones where the study limits them.
        x_log, x_mean, x_sd: (F,); y_log, y_mean, y_sd: (D,).
        clock: years per unit of a model's time.
        cohorts: each cohort's own mean and spread, where the study standardises by cohort; None elsewhere.
        y_limits: (D, 2) the hard range of each outcome in clinical units, None where it has no limit; empty: no limits.

    """

    x_used: list[bool]
    x_log: list[bool]
    x_mean: list[float]
    x_sd: list[float]
    y_log: list[bool]
    y_mean: list[float]
    y_sd: list[float]
    clock: float = 1.0
    cohorts: CohortScale | None = field(default=None)
    y_limits: list[list[float | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        given: Any = self.cohorts
        if isinstance(given, dict):  # as read from JSON
            object.__setattr__(self, "cohorts", CohortScale(**given))

    def covariates(self, x: Floats, cohort: Ints | None = None) -> Floats:
        """Covariates on model scale.

        Args:
            x: (n, F) as in the table; NaN where missing.
            cohort: (n,), needed where the study standardises by cohort.

        Returns:
            (n, used columns); NaN where missing, or without a logarithm on a log scale.

        """
        logged = log_where(x, self.x_log)
        if self.cohorts is not None:
            logged = logged - np.asarray(self.cohorts.x_mean)[_needed(cohort)]
        scaled = (logged - np.asarray(self.x_mean)) / np.asarray(self.x_sd)
        return np.asarray(scaled[:, self.used])

    @property
    def used(self) -> Ints:
        """Indices of the used columns."""
        return np.flatnonzero(self.x_used)

    def outcomes(self, y: Floats, cohort: Ints | None = None) -> Floats:
        """(n, D) from clinical units to model scale; `cohort` (n,) as in `covariates`."""
        if self.cohorts is not None:
            y = self.cohorts.standardised(y, _needed(cohort))
            return np.where(self.cohorts.own, y, self._by_study(y))
        return self._by_study(y)

    def _by_study(self, y: Floats) -> Floats:
        return np.asarray((log_where(y, self.y_log) - np.asarray(self.y_mean)) / np.asarray(self.y_sd))

    def clinical(self, z: Floats, outcome: int, cohort: Ints | None = None) -> Floats:
        """Values of one outcome from model scale back to clinical units (medians and quantiles map exactly).

        They are clipped to the outcome's hard range: an interval loses no true value by that. An outcome that is
        standardised by cohort stays in standard deviations unless `cohort` (n,) is given.
        """
        if self.cohorts is not None and self.cohorts.own[outcome]:
            if cohort is None:
                return z
            value = self.cohorts.clinical(z, outcome, cohort)
        else:
            value = z * self.y_sd[outcome] + self.y_mean[outcome]
            value = np.exp(value) if self.y_log[outcome] else value
        low, high = self._limits()[:, outcome]
        return np.clip(value, low, high)

    def limits(self, cohort: Ints) -> tuple[Floats, Floats]:
        """The hard ranges on model scale: (n, D) lower and upper limits for records of these cohorts (n,)."""
        low, high = (self.outcomes(np.tile(side, (len(cohort), 1)), cohort) for side in self._limits())
        # NaN is a limit without a logarithm, or of a cohort without a scale
        return np.nan_to_num(low, nan=-np.inf, neginf=-np.inf), np.nan_to_num(high, nan=np.inf, posinf=np.inf)

    def bounded(self, z: Floats, outcome: int) -> Floats:
        """Values of one outcome on model scale, clipped to its hard range; unchanged if standardised by cohort."""
        if self.cohorts is not None and self.cohorts.own[outcome]:
            return z
        low, high = (side[0, outcome] for side in self.limits(np.zeros(1, dtype=np.int64)))
        return np.clip(z, low, high)

    def _limits(self) -> Floats:
        """(2, D) lower and upper limits in clinical units, infinite where there is none."""
        given = self.y_limits or [[None, None]] * len(self.y_mean)
        sides = zip(*given, strict=True)
        return np.asarray(
            [
                [none if v is None else v for v in side]
                for side, none in zip(sides, (-np.inf, np.inf), strict=True)
            ],
            dtype=np.float64,
        )

    def time(self, years: Floats, cohort: Ints | None = None) -> Floats:
        """(n,) years to units of a model's time: the study's, or each cohort's own; `cohort` as in `covariates`."""
        return years / (
            self.clock if self.cohorts is None else np.asarray(self.cohorts.clock)[_needed(cohort)]
        )

    def with_cohort(self, table: RecordTable, rows: Ints, cohort: int) -> "Scaling":
        """The scaling with the mean and spread of a new cohort from its records `rows`.

        Without rows the cohort has no scale: its values are missing on model scale. The scaling is unchanged where
        the study does not standardise by cohort.
        """
        if self.cohorts is None:
            return self
        x = log_where(table.x[rows], self.x_log)
        return replace(self, cohorts=with_rows(self.cohorts, table, x, rows, cohort))

    def extended(self, columns: int, cohorts: int) -> "Scaling":
        """The scaling with further columns, which no model uses, and further cohorts, which have no scale."""
        own = None if self.cohorts is None else self.cohorts.extended(columns, cohorts)
        return replace(
            self,
            x_used=[*self.x_used, *[False] * columns],
            x_log=[*self.x_log, *[False] * columns],
            x_mean=[*self.x_mean, *[0.0] * columns],
            x_sd=[*self.x_sd, *[1.0] * columns],
            cohorts=own,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return asdict(self)


def fit_scaling(table: RecordTable, outcomes: Sequence[OutcomeSpec], train: Bools) -> Scaling:
    """Means and standard deviations over the records of training subjects (n_subjects mask)."""
    rows = table.rows_of(train)
    x = log_where(table.x[rows], table.log_covariate)
    y_log = [o.scale == "log" for o in outcomes]
    y = log_where(table.y[rows], y_log)
    standardised = np.asarray([kind_of(o.kind).standardised for o in outcomes])
    cohorts = fit_cohort_scale(table, outcomes, rows, x)
    if cohorts is not None:
        x = x - np.asarray(cohorts.x_mean)[table.cohort[rows]]
    x_mean, x_sd = _moments(x, table.log_covariate)
    y_mean, y_sd = _moments(y, y_log)
    return Scaling(
        x_used=_used(table, rows).tolist(),
        x_log=list(table.log_covariate),
        x_mean=x_mean.tolist(),
        x_sd=x_sd.tolist(),
        y_log=y_log,
        y_mean=np.where(standardised, y_mean, 0.0).tolist(),
        y_sd=np.where(standardised, y_sd, 1.0).tolist(),
        clock=_clock(table, rows),
        cohorts=cohorts,
        y_limits=[list(o.hard_range or (None, None)) for o in outcomes],
    )


def _used(table: RecordTable, rows: Ints) -> Bools:
    """(F,) columns that models use: all numbers, and the (most frequent) levels among training subjects."""
    category = np.asarray(["=" in name for name in table.covariates])
    count = (np.nan_to_num(table.x[rows]) > 0).sum(0)
    used = ~category | (count > 0)
    limits = np.asarray(table.most or [0] * len(category))
    names = np.asarray([name.partition("=")[0] for name in table.covariates])
    for name in np.unique(names[category & (limits > 0)]):
        levels = np.flatnonzero(category & (names == name))
        ranked = levels[np.argsort(-count[levels], kind="stable")]
        used[ranked[limits[levels[0]] :]] = False
    return np.asarray(used)


def _clock(table: RecordTable, rows: Ints) -> float:
    """Years per unit of model time: the median gap between records where it is far from a year, else 1."""
    gap = usual_gap(table, rows)
    return 1.0 if USUAL_GAP[0] <= gap <= USUAL_GAP[1] else gap


def log_where(values: Floats, where: Sequence[bool]) -> Floats:
    """The values (n, F) with logarithms in the columns of `where`; NaN where there is none."""
    out = values.astype(np.float64, copy=True)
    columns = np.flatnonzero(np.asarray(where, dtype=bool))
    part = out[:, columns]
    out[:, columns] = np.log(np.where(part > 0, part, np.nan))
    return out


def _moments(values: Floats, log: Sequence[bool]) -> tuple[Floats, Floats]:
    """Mean and divisor of each column: its standard deviation, or its magnitude where it is constant.

    The magnitude of a logarithm depends on the unit, so a constant one is divided by 1.
    """
    mean, spread = moments(values)
    return mean, np.where((spread > 0) | ~np.asarray(log, dtype=bool), spread_or_size(values), 1.0)


def _needed(cohort: Ints | None) -> Ints:
    if cohort is None:
        raise ValueError("scaling: this study standardises by cohort; expected the cohort of each row")
    return cohort
