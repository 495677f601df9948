"""Fitting the guards on calibration patients, and applying them to each patient who is served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.strata import stratum_of
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, most_recent
from meta_med.forecast import NORMAL, Forecast
from meta_med.meta_train.predictors import CHAMPION, Answered, FittedPredictors
from meta_med.serving.guards import (
    COVARIATES,
    DIVERGENCE,
    TRAJECTORY,
    Guards,
    Ranges,
    cutoff,
    isolation,
    surprise,
    training_ranges,
)

IN_USE = 0.02  # a learner with less weight than this in every decision moves no prediction
RULES: Mapping[str, str] = {
    COVARIATES: "A covariate lies beyond the range of training patients, or has a level that none of them had.",
    TRAJECTORY: "The newest own value lies far from what is expected from the earlier ones.",
    DIVERGENCE: "Adaptation moved a learner far away from every other predictor: the patient is served by the "
    "best baseline instead.",
}


@dataclass(frozen=True)
class Alarm:
    """The guards' flags for R patients.

    Attributes:
        covariates: (R, F) -1 or 1 where a covariate is below or above the training range, 2 for an unseen level,
            else 0.
        trajectory: (R, D) -1 or 1 where the newest value is far below or above the expected one, else 0.
        diverged: (R,) whether the patient is served by the best baseline instead.

    """

    covariates: Ints
    trajectory: Ints
    diverged: Bools

    def raised(self) -> dict[str, Bools]:
        """Guard -> (R,) whether the patient is flagged."""
        return {
            COVARIATES: np.asarray((self.covariates != 0).any(1)),
            TRAJECTORY: np.asarray((self.trajectory != 0).any(1)),
            DIVERGENCE: self.diverged,
        }


def fit_guards(
    prepared: Prepared, fitted: FittedPredictors, champion: Champion, calibration: Calibration
) -> Guards:
    """Fit training ranges, and cut-offs on the newest record of each calibration patient."""
    table = prepared.table
    level = ["=" in name for name in table.covariates]
    train = table.x[prepared.rows("train")]
    ranges = training_ranges(train, table.log_covariate, level, prepared.scaling.x_used)
    rows = table.newest[prepared.splits.subjects("calibration")]
    queries = most_recent(prepared, rows)
    answer = with_champion(Answered(queries, fitted.forecasts(prepared, queries)), champion, prepared)
    half = half_widths(calibration, answer, prepared)
    own, seen = answer.forecasts[CHAMPION], queries.size > 0
    scores = {
        COVARIATES: _largest(covariates_beyond(prepared, queries, ranges)),
        TRAJECTORY: np.where(seen, _largest(surprise(_values(prepared, rows), own, half)), np.nan),
        DIVERGENCE: _largest(divergence(answer.forecasts, list(fitted.learners), champion, half)),
    }
    return Guards({name: cutoff(name, score) for name, score in scores.items()}, ranges)


def newest_queries(prepared: Prepared, queries: Queries) -> Queries:
    """Queries for the record before each predicted one, from the records before that; itself where there is none."""
    first = np.asarray(prepared.table.offsets)[prepared.table.subject[queries.rows]]
    return most_recent(prepared, np.maximum(queries.rows - 1, first))


def alarms(
    prepared: Prepared,
    learners: Sequence[str],
    champion: Champion,
    calibration: Calibration,
    guards: Guards,
    answers: Sequence[Answered],
    newest: Answered,
) -> Alarm:
    """Apply the guards to the patients whose next record is predicted.

    Args:
        prepared: the study with those records.
        learners: names of the learners that may diverge.
        champion, calibration, guards: what is served, its intervals, and the fitted guards.
        answers: forecasts of the next records by every predictor and the champion, in ascending order of own records.
        newest: the same for the last known records (`newest_queries`).

    """
    over = covariates_beyond(prepared, answers[-1].queries, guards.ranges)
    unseen = np.isinf(over)
    sign = np.where(unseen, 2, np.sign(np.nan_to_num(over)).astype(np.int64))
    width = half_widths(calibration, newest, prepared)
    values = _values(prepared, newest.queries.rows)
    step = surprise(values, newest.forecasts[CHAMPION], width) * (newest.queries.size > 0)[:, None]
    diverged = [_diverged(prepared, learners, champion, calibration, guards, answer) for answer in answers]
    return Alarm(
        covariates=sign * guards.beyond(COVARIATES, over),
        trajectory=np.sign(step).astype(np.int64) * guards.beyond(TRAJECTORY, step),
        diverged=np.any(diverged, 0),
    )


def _diverged(
    prepared: Prepared,
    learners: Sequence[str],
    champion: Champion,
    calibration: Calibration,
    guards: Guards,
    answer: Answered,
) -> Bools:
    """(R,) where a learner in use is far from all other predictors, or the champion gave no number."""
    half = half_widths(calibration, answer, prepared)
    apart = _largest(divergence(answer.forecasts, learners, champion, half))
    lost = ~np.isfinite(answer.forecasts[CHAMPION].mean).all(1)
    return np.asarray(guards.beyond(DIVERGENCE, apart) | lost)


def with_champion(answer: Answered, champion: Champion, prepared: Prepared) -> Answered:
    """The answer with the champion's forecast added."""
    queries = answer.queries
    own = champion.forecast(answer.forecasts, prepared.layout, queries.size, queries.cohort(prepared.table))
    return Answered(queries, {**answer.forecasts, CHAMPION: own})


def half_widths(calibration: Calibration, answer: Answered, prepared: Prepared) -> Floats:
    """(R, D) half-width of the champion's 90 % interval on model scale; NaN for outcomes without a scale.

    Where calibration patients are too few for an interval, that of the uncalibrated forecast.
    """
    forecast, queries = answer.forecasts[CHAMPION], answer.queries
    out = np.full(forecast.mean.shape, np.nan)
    cohort = queries.cohort(prepared.table)
    for d in prepared.layout.scaled:
        calibrated = calibration.half_width(forecast, d, queries.size, cohort, 0.9)
        own = stats.t.ppf(0.95, forecast.df[d]) * forecast.scale[:, d]
        out[:, d] = np.where(np.isnan(calibrated), own, calibrated)
    return out


def covariates_beyond(prepared: Prepared, queries: Queries, ranges: Ranges) -> Floats:
    """(R, F) distance beyond the training range, in ranges.

    Of a covariate known ahead, at the predicted record; of any other, at the newest own record used.
    """
    table = prepared.table
    ahead = np.asarray(table.known_ahead)
    newest = np.where((queries.size > 0)[:, None], table.x[queries.end - 1], np.nan)
    return ranges.beyond(np.where(ahead, table.x[queries.rows], newest))


def divergence(
    forecasts: Mapping[str, Forecast], learners: Sequence[str], champion: Champion, half_width: Floats
) -> Floats:
    """(R, L * D) distance of each learner in use from the nearest other predictor, in the champion's half-widths."""
    others = [n for n in champion.predictors if n not in learners and n in forecasts]
    every = np.stack([forecasts[n].mean for n in (*learners, *others)])
    apart = isolation(every[: len(learners)], every, half_width)
    apart = np.where(_in_use(champion, learners)[:, None, :], apart, 0.0)
    return np.asarray(apart.transpose(1, 0, 2).reshape(every.shape[1], -1))


def fallback(answer: Answered, champion: Champion, outcomes: Sequence[str]) -> tuple[Forecast, np.ndarray]:
    """The best baseline's forecast of each record and outcome, and (R, D) its name."""
    forecasts, stratum = answer.forecasts, stratum_of(answer.queries.size)
    first: dict[tuple[str, int], str] = {}
    for decision in champion.decisions:
        first.setdefault((decision.outcome, decision.stratum), decision.best_baseline)
    names = np.asarray([[first[o, s] for o in outcomes] for s in range(int(stratum.max(initial=0)) + 1)])
    chosen = names[stratum]
    mean, scale = np.full(chosen.shape, np.nan), np.full(chosen.shape, np.nan)
    for name in np.unique(chosen):
        mean = np.where(chosen == name, forecasts[name].mean, mean)
        scale = np.where(chosen == name, forecasts[name].scale, scale)
    return Forecast(mean, scale, np.full(chosen.shape[1], NORMAL)), chosen


def guards_table(guards: Guards, alarm: Alarm) -> pd.DataFrame:
    """Rows of the published `guards` table."""
    raised = alarm.raised()
    return pd.DataFrame(
        [
            {
                "guard": name,
                "rule": RULES[name],
                "cut_off": cut.value,
                "false_alarms": cut.false_alarms,
                "n_calibration": cut.n,
                "n_flagged": int(raised[name].sum()),
            }
            for name, cut in guards.cutoffs.items()
        ]
    )


def _largest(score: Floats) -> Floats:
    """(R,) the largest absolute score of each patient."""
    return np.asarray(np.abs(score).max(1, initial=0.0))


def _values(prepared: Prepared, rows: Ints) -> Floats:
    y = prepared.records.y[rows].double().cpu().numpy()
    return np.where(prepared.records.y_observed[rows].cpu().numpy(), y, np.nan)


def _in_use(champion: Champion, learners: Sequence[str]) -> Bools:
    """(L, D) whether a learner has weight in any decision about the outcome."""
    outcomes = list(dict.fromkeys(d.outcome for d in champion.decisions))
    out = np.zeros((len(learners), len(outcomes)), dtype=bool)
    for decision in champion.decisions:
        weight = [decision.weights.get(name, 0.0) for name in learners]
        out[:, outcomes.index(decision.outcome)] |= np.asarray(weight) >= IN_USE
    return out
