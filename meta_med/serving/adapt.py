"""Serving, first half: the shared models are adapted to each current subject and watched by the guards."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.cohorts.columns.build import advancing_covariates
from meta_med.cohorts.covariates import match_words
from meta_med.cohorts.record_table import (
    Bools,
    Floats,
    Ints,
    RecordTable,
    with_newest_hidden,
    with_next_records,
)
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.cohorts.splits import Splits
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, most_recent
from meta_med.episodes.withheld import served_sizes
from meta_med.forecast import NORMAL, Forecast, by_outcome
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED, Answered, FittedPredictors
from meta_med.serving.ages import age_at_next, age_of_used
from meta_med.serving.blocks import answers_in_blocks
from meta_med.serving.guard_checks import (
    Alarm,
    alarms,
    fallback,
    newest_queries,
    watch,
    with_champion,
)
from meta_med.serving.guards import Guards
from meta_med.study import ServeSpec, StudyMismatch, StudySpec

FALLBACK = "fallback"


@dataclass(frozen=True)
class Serving:
    """The records that are predicted for the R current subjects.

    Attributes:
        prepared: the study with one empty next record appended per subject, or with the newest one's outcomes hidden.
        rows: (R,) row of that record; subject: (R,) index of the subject.
        age: (R, D) years from the newest observed value of each outcome to the predicted record; NaN where there is
            none, and where times are only an order.
        evaluated: (D, max_support + 1) bool, the support sizes at which predictions of an outcome were evaluated
            (`withheld.evaluated_sizes`); all of them where it is empty.
        most: (R, D) own records that are used at most; empty: no further limit.

    """

    prepared: Prepared
    rows: Ints
    subject: Ints
    age: Floats
    evaluated: Bools = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    most: Ints = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))

    @cached_property
    def queries(self) -> Queries:
        """One query per subject: the predicted record from all earlier own records."""
        return most_recent(self.prepared, self.rows)

    @cached_property
    def sizes(self) -> Ints:
        """(R, D) own records that are used: at most the largest evaluated support size; -1 where none was evaluated."""
        size = self.queries.size
        if self.evaluated.size:
            served = served_sizes(self.evaluated, size)
        else:
            served = np.repeat(size[:, None], len(self.prepared.layout.outcomes), 1)
        return np.minimum(served, self.most) if self.most.size else served

    @property
    def age_used(self) -> Floats:
        """(R, D) years from the newest value that the prediction uses; NaN where it uses none."""
        age = age_of_used(self.queries, np.maximum(self.sizes, 0), self.prepared.table)
        return np.where(self.prepared.study.dated, age, np.nan)

    def only(self, chosen: Bools | Ints) -> "Serving":
        """Some of the current subjects, by a mask (R,) or their places; the records of all stay."""
        return replace(self, rows=self.rows[chosen], subject=self.subject[chosen], age=self.age[chosen])

    @cached_property
    def own_values(self) -> Ints:
        """(R, D) values of each outcome among the own records that its prediction uses."""
        queries, of = self.distinct_queries()
        each = np.stack([self.prepared.own_values(q) for q in queries])  # (distinct, R, D)
        return np.asarray(each[of, :, np.arange(len(of))].T)

    def distinct_queries(self) -> tuple[list[Queries], Ints]:
        """The distinct queries over all outcomes, and (D,) which of them each outcome is predicted from."""
        queries, each = self.queries, np.maximum(self.sizes, 0)
        equal = (each[:, :, None] == each[:, None, :]).all(0)  # (D, D) outcomes of equal sizes for everybody
        first, of = np.unique(equal.argmax(1), return_inverse=True)
        return [Queries(queries.rows, queries.end, each[:, d]) for d in first], of


def next_records(prepared: Prepared, current: Bools, evaluated: Bools | None = None) -> Serving:
    """The next record of each current subject, `serve.horizon_days` after the newest one; or the newest one itself.

    Where times are only an order, it is the next in that order.

    Args:
        prepared: the study.
        current: (n_subjects,) bool.
        evaluated: see `Serving`; by default every support size.

    Raises:
        StudyMismatch: no subject is current.

    """
    require_somebody(current)
    study = prepared.study
    if study.serve.record == "newest":
        extended = with_newest_hidden(prepared.table, current)
    else:
        extended = with_next_records(prepared.table, study.years_ahead, advancing_covariates(study))
    served = prepared.with_table(extended)
    subject = np.flatnonzero(current)
    age = np.where(study.dated, age_at_next(extended)[subject], np.nan)
    sizes = np.zeros((0, 0), dtype=bool) if evaluated is None else evaluated
    return Serving(served, extended.newest[subject], subject, age, sizes)


def require_somebody(current: Bools) -> None:
    """Raise `StudyMismatch` if no subject is current."""
    if not current.any():
        raise StudyMismatch(
            "serve: no patient of this delivery is current, so there is nobody to predict for"
        )


def current_subjects(newest: pd.DataFrame, serve: ServeSpec) -> Bools:
    """(n_subjects,) mask of the subjects whose newest source row (n_subjects rows) meets every `serve.where` condition.

    Raises:
        StudyMismatch: the records lack a column.

    """
    current = np.ones(len(newest), dtype=bool)
    for column, values in serve.where.items():
        if column not in newest:
            raise StudyMismatch(f"serve.where: no column {column} in the records")
        current &= match_words(newest[column], values).notna().to_numpy()
    return current


def served_subjects(study: StudySpec, table: RecordTable, newest: pd.DataFrame) -> Bools:
    """(n_subjects,) mask of the subjects that the study serves; `newest`: each subject's newest source row."""
    if not study.serve.where:
        return np.ones(table.n_subjects, dtype=bool)
    return current_subjects(newest.set_index(SUBJECT).loc[table.subject_ids.tolist()], study.serve)


def not_trained_on(table: RecordTable, splits: Splits) -> Bools:
    """(n_subjects,) mask of the subjects whose newest record has no outcome yet, or whom no fit has seen."""
    unknown = np.isnan(table.y[table.newest]).all(1)
    fitted_on = np.logical_or.reduce([splits.subjects(s) for s in ("train", "tuning", "calibration")])
    return np.asarray(unknown | ~fitted_on)


@dataclass(frozen=True)
class AdaptedSubjects:
    """The result of adaptation for R current subjects.

    Attributes:
        forecasts: of CHAMPION, UN_ADAPTED (where it was wanted) and FALLBACK, on model scale.
        alarm: the guards' flags.
        instead: (R, D) name of the best baseline, which FALLBACK is the forecast of.
        lost: (R, D) where neither the champion nor, after a fallback, the baseline gave a number.

    """

    forecasts: dict[str, Forecast]
    alarm: Alarm
    instead: np.ndarray
    lost: Bools


def adapt_subjects(
    serving: Serving,
    fitted: FittedPredictors,
    champion: Champion,
    calibration: Calibration,
    guards: Guards,
    *,
    un_adapted: bool = True,
) -> AdaptedSubjects:
    """Adapt every predictor to each current subject's own records, blend the champion, and apply the guards.

    Args:
        serving: the records to predict.
        fitted, champion, calibration: all predictors, the choice among them, and the champion's intervals.
        guards: the fitted guards.
        un_adapted: whether the forecasts of UN_ADAPTED are wanted, which move no other one.

    """
    prepared = serving.prepared
    queries, of = serving.distinct_queries()
    asked = [*queries, newest_queries(prepared, serving.queries)]
    each, newest = _with_champions(
        answers_in_blocks(fitted, prepared, asked, un_adapted=un_adapted), champion, prepared
    )
    watched = watch(prepared, list(fitted.personalised), champion, calibration, guards.ranges, each, newest)
    alarm = alarms(watched, guards)
    plain = [fallback(answer, champion, prepared) for answer in each]
    wanted = (CHAMPION, UN_ADAPTED) if un_adapted else (CHAMPION,)
    kept = {name: by_outcome([a.forecasts[name] for a in each], of) for name in wanted}
    kept[FALLBACK] = by_outcome([forecast for forecast, _ in plain], of)
    instead = np.stack([who for _, who in plain])[of, :, np.arange(len(of))].T
    served = np.where(alarm.diverged[:, None], kept[FALLBACK].mean, kept[CHAMPION].mean)
    return AdaptedSubjects(kept, alarm, instead, ~np.isfinite(served))


def champion_forecast(serving: Serving, fitted: FittedPredictors, champion: Champion) -> Forecast:
    """The champion's forecast of the predicted records; predictors that do not move it are not asked."""
    prepared = serving.prepared
    queries, of = serving.distinct_queries()
    answers = answers_in_blocks(fitted.only(champion.used), prepared, queries, un_adapted=False)
    each = [with_champion(_complete(answer, champion), champion, prepared) for answer in answers]
    return by_outcome([answer.forecasts[CHAMPION] for answer in each], of)


def _complete(answer: Answered, champion: Champion) -> Answered:
    """With forecasts that are not a number of the predictors that were not asked."""
    shape = next(iter(answer.forecasts.values())).mean.shape
    unused = Forecast(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape[1], NORMAL))
    missing = dict.fromkeys(champion.predictors, unused)
    return Answered(answer.queries, {**missing, **answer.forecasts})


def answers_of(
    serving: Serving, fitted: FittedPredictors, champion: Champion
) -> tuple[list[Answered], Answered]:
    """Forecasts of the predicted records by every predictor and the champion; and of the newest known ones."""
    prepared = serving.prepared
    queries, _ = serving.distinct_queries()
    asked = [*queries, newest_queries(prepared, serving.queries)]
    return _with_champions(fitted.answers(prepared, asked), champion, prepared)


def _with_champions(
    answers: Sequence[Answered], champion: Champion, prepared: Prepared
) -> tuple[list[Answered], Answered]:
    """The answers with the champion's forecasts; the last one is of the newest known records."""
    *each, newest = (with_champion(answer, champion, prepared) for answer in answers)
    return each, newest
