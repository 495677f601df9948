"""A study on which nothing is trained: error from the series of twenty of its patients, beside what all of them train.

Twenty training patients are drawn; scaling, contexts and everything else come from their records alone. What is
predicted are the held-out patients of the study's own fold, from one own record on. Baselines that are fitted on all
other patients are what a hospital with data would have.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from meta_med.baselines.registry import create_baseline
from meta_med.cohorts.record_table import Bools, Floats, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits, split_subjects
from meta_med.episodes.contexts import MOST_RECORDS
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, main_setting, queries_of
from meta_med.episodes.scaling import fit_scaling
from meta_med.forecast import Forecast
from meta_med.meta_train.fit import training_queries
from meta_med.meta_train.outer_loop import Trained
from meta_med.meta_train.predictors import FittedPredictors, forecasts_of
from meta_med.meta_train.saved_predictors import new_learner
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import kind_of
from meta_med.study import LearnerSpec, StudySpec

LENDERS, DRAWS = 20, 3
FROM_LENDERS = ("study_core", "hierarchical_mixed", "shrunk_mean", "last_value")
FROM_EVERYBODY = ("boosted_lags", "mixed_model", "hierarchical_mixed")
LEARNER = "hierarchical_mixed"
QUERIES = 4000  # at most, evenly thinned


@dataclass(frozen=True)
class Untrained:
    """One predictor of a study.

    Attributes:
        predictor: its name; patients: whose series it had; untrained: whether meta-parameters are as they come.
        error: mean absolute error, in standard deviations of the study, mean over patients, then over outcomes; of
            several draws of lenders the mean. seconds: of processor time, to read the lenders and to predict.

    """

    predictor: str
    patients: int
    untrained: bool
    error: float
    seconds: float


def why_not(table: RecordTable, study: StudySpec) -> str | None:
    """Why a study cannot be asked this; None where it can."""
    if not any(kind_of(outcome.kind).has_scale for outcome in study.outcomes):
        return "no continuous outcome"
    if np.diff(table.offsets).max(initial=0) < 2:
        return "one record a patient"
    if fit_scaling(table, study.outcomes, np.ones(table.n_subjects, dtype=bool)).cohorts is not None:
        return "outcomes are standardised by cohort; its page has cohorts never seen"
    return None


def untrained(table: RecordTable, study: StudySpec) -> list[Untrained]:
    """Errors of all predictors on the held-out patients of the study's own fold."""
    splits = split_subjects(table, replace(study.splits, parts=1))
    held_out, others = splits.subjects("held_out"), ~splits.subjects("held_out")
    whole = _prepared(table, study, others, held_out)
    queries = _queries(whole)
    asked = _Asked(whole, queries, whole.truth(queries.rows))
    found = [_fitted(asked, whole, name) for name in FROM_EVERYBODY]
    for draw in range(DRAWS):
        lenders = _drawn(others, np.random.default_rng([study.seed, draw]))
        given = replace(study, budget=replace(study.budget, context_records=LENDERS * MOST_RECORDS))
        few = _prepared(table, given, lenders, held_out)
        found += [_untrained_learner(asked, few), *(_fitted(asked, few, name) for name in FROM_LENDERS)]
    return list(_over_draws(found))


@dataclass(frozen=True)
class _Asked:
    """What is predicted: queries, and their outcomes on the scale of all patients who are not held out."""

    whole: Prepared
    queries: Queries
    y: Floats

    def error(self, forecast: Forecast, prepared: Prepared) -> float:
        """The error of a forecast on the scale of `prepared`."""
        cohort = self.queries.cohort(self.whole.table)
        columns = range(forecast.mean.shape[1])
        clinical = [prepared.scaling.clinical(forecast.mean[:, d], d, cohort) for d in columns]
        away = np.abs(self.whole.scaling.outcomes(np.stack(clinical, 1), cohort) - self.y)
        person = self.whole.table.person[self.whole.table.subject[self.queries.rows]]
        each = [per_subject_mean(away[:, d], person)[0].mean() for d in self.whole.layout.scaled]
        return float(np.nanmean(each))


def _prepared(table: RecordTable, study: StudySpec, train: Bools, held_out: Bools) -> Prepared:
    of = np.full(table.n_subjects, -1)
    of[train], of[held_out] = SPLITS.index("train"), SPLITS.index("held_out")
    scaling = fit_scaling(table, study.outcomes, train)
    return Prepared.with_scaling(study, table, Splits(of), scaling, withheld={})


def _queries(prepared: Prepared) -> Queries:
    queries = queries_of(prepared, "held_out", main_setting(prepared.study))
    queries = queries.take(np.flatnonzero(queries.size > 0))
    return queries.take(np.arange(len(queries))[:: max(1, len(queries) // QUERIES)])


def _drawn(others: Bools, rng: np.random.Generator) -> Bools:
    subjects = np.flatnonzero(others)
    chosen = np.zeros(len(others), dtype=bool)
    chosen[rng.choice(subjects, min(LENDERS, len(subjects)), replace=False)] = True
    return chosen


def _fitted(asked: _Asked, prepared: Prepared, name: str) -> Untrained:
    began = time.process_time()
    baseline = create_baseline(name, prepared.layout).fit(prepared.episodes(training_queries(prepared)))
    forecast = forecasts_of({name: [baseline]}, prepared, asked.queries)[name]
    seconds = time.process_time() - began
    train = int(prepared.splits.subjects("train").sum())
    return Untrained(name, train, name == "study_core", asked.error(forecast, prepared), seconds)


def _untrained_learner(asked: _Asked, prepared: Prepared) -> Untrained:
    began = time.process_time()
    learner = new_learner(LearnerSpec(name=LEARNER), prepared, 0).eval().requires_grad_(False)
    predictors = FittedPredictors({LEARNER: [Trained(learner)]}, {})
    forecast = predictors.learner_forecast(LEARNER, prepared, asked.queries)
    seconds = time.process_time() - began
    return Untrained(
        LEARNER, int(prepared.splits.subjects("train").sum()), True, asked.error(forecast, prepared), seconds
    )


def _over_draws(found: list[Untrained]) -> Iterator[Untrained]:
    """The means over draws of the lenders, in the order of first appearance."""
    groups: dict[tuple[str, int, bool], list[Untrained]] = {}
    for one in found:
        groups.setdefault((one.predictor, one.patients, one.untrained), []).append(one)
    for several in groups.values():
        error, seconds = (float(np.mean([getattr(one, n) for one in several])) for n in ("error", "seconds"))
        yield replace(several[0], error=error, seconds=seconds)
