"""Serving, first half: the shared models adapted to each current subject, under the eyes of the guards."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.cohorts.assemble import advancing_covariates
from meta_med.cohorts.covariates import named_by
from meta_med.cohorts.record_table import (
    Bools,
    Floats,
    Ints,
    RecordTable,
    with_newest_hidden,
    with_next_records,
)
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, most_recent
from meta_med.episodes.withheld import served_sizes
from meta_med.forecast import Forecast, by_outcome
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED, FittedPredictors
from meta_med.serving.guard_checks import Alarm, alarms, fallback, newest_queries, with_champion
from meta_med.serving.guards import Guards
from meta_med.study import ServeSpec, StudyMismatch

FALLBACK = "fallback"


@dataclass(frozen=True)
class Serving:
    """What is predicted for whom.

    Attributes:
        prepared: the study with one empty next record a subject appended, or with the newest one's outcomes hidden.
        rows: (R,) that record of each current subject; subject: (R,) its index.
        age: (R, D) years from the newest observed value of each outcome to the predicted record; NaN if none, and
            where times are an order.
        judged: (D, max_support + 1) numbers of own records that predictions of an outcome were judged at
            (`lacking.judged_sizes`); everything where it is empty.

    """

    prepared: Prepared
    rows: Ints
    subject: Ints
    age: Floats
    judged: Bools = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))

    @property
    def queries(self) -> Queries:
        """What could be asked: each of these records from the most recent own ones."""
        return most_recent(self.prepared, self.rows)

    @cached_property
    def sizes(self) -> Ints:
        """(R, D) own records that are used: no more than somebody was judged with; -1 where nobody was judged."""
        size = self.queries.size
        if not self.judged.size:
            return np.repeat(size[:, None], len(self.prepared.layout.outcomes), 1)
        return served_sizes(self.judged, size)

    @property
    def age_used(self) -> Floats:
        """(R, D) the same for the newest value that the prediction rests on; NaN if it rests on none."""
        age = _age_used(self.queries, np.maximum(self.sizes, 0), self.prepared.table)
        return np.where(self.prepared.study.dated, age, np.nan)

    def asked(self) -> tuple[list[Queries], Ints]:
        """What is asked, and (D,) which of it an outcome is predicted from: outcomes judged alike are asked at once."""
        queries, each = self.queries, np.maximum(self.sizes, 0)
        sizes, of = np.unique(each, axis=1, return_inverse=True)
        return [Queries(queries.rows, queries.end, s) for s in sizes.T], of.ravel()


def next_records(prepared: Prepared, current: Bools, judged: Bools | None = None) -> Serving:
    """The next record of each current subject, `serve.horizon_days` after the newest one; or that one itself.

    Where times are an order it is the next in line. `judged`: numbers of own records that predictions were judged at,
    by outcome (`Serving`); all of them if None.

    Raises:
        StudyMismatch: nobody is current.

    """
    if not current.any():
        raise StudyMismatch(
            "serve: no patient of this delivery is current, so there is nobody to predict for"
        )
    study = prepared.study
    if study.serve.record == "newest":
        extended = with_newest_hidden(prepared.table)
    else:
        extended = with_next_records(prepared.table, study.years_ahead, advancing_covariates(study))
    served = Prepared.with_scaling(
        study, extended, prepared.splits, prepared.scaling, withheld=prepared.withheld
    )
    served = replace(served, context=prepared.context)
    subject = np.flatnonzero(current)
    age = np.where(study.dated, _age(extended)[subject], np.nan)
    known = np.zeros((0, 0), dtype=bool) if judged is None else judged
    return Serving(served, extended.newest[subject], subject, age, known)


def _age(table: RecordTable) -> Floats:
    """(n_subjects, D) years from the newest observed value in the whole history to the last record; NaN if none."""
    when = np.where(np.isnan(table.y), -np.inf, table.time[:, None])
    age = table.time[table.newest][:, None] - np.maximum.reduceat(when, table.offsets[:-1])
    return np.where(np.isfinite(age), age, np.nan)


def _age_used(queries: Queries, size: Ints, table: RecordTable) -> Floats:
    """(R, D) years to the predicted record from the newest value of the `size` (R, D) records that are used."""
    start = queries.end[:, None] - size
    row = np.arange(table.n_records)[:, None]
    # of each row: the newest one up to it, of whichever subject, that has the value
    newest = np.maximum.accumulate(np.where(np.isnan(table.y), -1, row), axis=0)
    found = np.where(size > 0, newest[np.maximum(queries.end - 1, 0)], -1)
    age = table.time[queries.rows][:, None] - table.time[np.maximum(found, 0)]
    return np.where(found >= start, age, np.nan)


def current_subjects(prepared: Prepared, newest: pd.DataFrame, serve: ServeSpec) -> Bools:
    """(n_subjects,) mask: whose newest source row meets every `serve.where` condition.

    A condition that nobody meets is a mistake of the study's words, or nobody is current: `next_records` refuses.

    Raises:
        StudyMismatch: a column that the records lack.

    """
    current = np.ones(prepared.table.n_subjects, dtype=bool)
    for column, values in serve.where.items():
        if column not in newest:
            raise StudyMismatch(f"serve.where: no column {column} in the records")
        current &= named_by(newest[column], values).notna().to_numpy()
    return current


def not_trained_on(prepared: Prepared) -> Bools:
    """(n_subjects,) mask: whose newest record has no outcome yet, or is a held-out subject's."""
    table = prepared.table
    unknown = np.isnan(table.y[table.newest]).all(1)
    return np.asarray(unknown | prepared.splits.subjects("held_out"))


@dataclass(frozen=True)
class AdaptedSubjects:
    """What adaptation gave R current subjects.

    Attributes:
        forecasts: of CHAMPION, UN_ADAPTED and FALLBACK, on model scale.
        alarm: what the guards say; instead: (R, D) the best baseline, who made FALLBACK.
        lost: (R, D) where neither the champion nor, if it fell back, the baseline gave a number.

    """

    forecasts: dict[str, Forecast]
    alarm: Alarm
    instead: np.ndarray
    lost: Bools


def adapt_subjects(
    serving: Serving, fitted: FittedPredictors, champion: Champion, calibration: Calibration, guards: Guards
) -> AdaptedSubjects:
    """Every predictor adapted to each current subject's own records, watched, and blended into the champion.

    Args:
        serving: whom; fitted, champion, calibration: all predictors, the choice among them, and its intervals;
        guards: what watches each patient.

    """
    prepared = serving.prepared
    asked, of = serving.asked()
    *each, newest = (
        with_champion(answer, champion, prepared)
        for answer in fitted.answers(prepared, [*asked, newest_queries(prepared, serving.queries)])
    )
    alarm = alarms(prepared, list(fitted.learners), champion, calibration, guards, each, newest)
    names = [o.name for o in prepared.layout.outcomes]
    plain = [fallback(answer, champion, names) for answer in each]
    kept = {name: by_outcome([a.forecasts[name] for a in each], of) for name in (CHAMPION, UN_ADAPTED)}
    kept[FALLBACK] = by_outcome([forecast for forecast, _ in plain], of)
    instead = np.stack([who for _, who in plain])[of, :, np.arange(len(of))].T
    served = np.where(alarm.diverged[:, None], kept[FALLBACK].mean, kept[CHAMPION].mean)
    return AdaptedSubjects(kept, alarm, instead, ~np.isfinite(served))
