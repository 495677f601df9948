"""Records that the champion predicts from own records at the distance of a horizon, with their truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meta_med.calibrate.champion import Champion
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import Split
from meta_med.episodes.horizon_queries import queries_at_horizons
from meta_med.forecast import Forecast, concatenate
from meta_med.meta_train.predictors import PartFit

FOR_ONE_TIME = ("computed", "window")
"""Covariates of a record to come that are computed for the study's own horizon only."""


def looks_over_time(table: RecordTable) -> bool:
    """Whether the covariates of a record to come are known at any horizon, not only at the study's own."""
    return not set(table.ahead) & set(FOR_ONE_TIME)


@dataclass(frozen=True)
class HorizonRecords:
    """R records and D outcomes.

    Attributes:
        horizon: (R,) index of the horizon that each is predicted from; forecast: the champion's.
        y: (R, D) truth on model scale, NaN where not observed; own: (R, D) own values of each outcome that were used.
        cohort, subject: (R,) index of the cohort, index of the person.

    """

    horizon: Ints
    forecast: Forecast
    y: Floats
    own: Ints
    cohort: Ints
    subject: Ints

    def __len__(self) -> int:
        """Number of records."""
        return len(self.horizon)

    def take(self, rows: Bools) -> "HorizonRecords":
        """Some of the records, by a mask (R,)."""
        forecast = self.forecast.take(rows)
        kept = {n: getattr(self, n)[rows] for n in ("horizon", "y", "own", "cohort", "subject")}
        return HorizonRecords(forecast=forecast, **kept)

    @classmethod
    def of(cls, fit: PartFit, champion: Champion, split: Split) -> "HorizonRecords":
        """The records of a split from each horizon of the study that its covariates are known at."""
        prepared, fitted = fit.prepared, fit.fitted
        table, study = prepared.table, prepared.study
        queries, horizon = queries_at_horizons(prepared, split, study.horizons)
        if not looks_over_time(table):
            kept = np.flatnonzero(horizon == study.horizons.index(study.serve.horizon_days))
            queries, horizon = queries.take(kept), horizon[kept]
        own, cohort = prepared.own_values(queries), queries.cohort(table)
        forecast = champion.forecast(fitted.forecasts(prepared, queries), prepared.layout, own, cohort)
        person = table.person[table.subject[queries.rows]]
        return cls(horizon, forecast, prepared.truth(queries.rows), own, cohort, person)


def join_horizon_records(parts: Sequence[HorizonRecords]) -> HorizonRecords:
    """The records of several, such as those of each part of the patients."""
    arrays = {
        n: np.concatenate([getattr(p, n) for p in parts])
        for n in ("horizon", "y", "own", "cohort", "subject")
    }
    return HorizonRecords(forecast=concatenate([p.forecast for p in parts]), **arrays)
