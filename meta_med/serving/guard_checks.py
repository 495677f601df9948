"""Fitting the guards on calibration patients, and applying them to each patient who is served."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from meta_med.meta_train.predictors import CHAMPION, Answered
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
    watched_columns,
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


@dataclass(frozen=True)
class Watched:
    """What the guards look at, for R patients.

    Attributes:
        over: (R, F) distance of the covariates beyond the training range, below it negative; infinite for an unseen
            level.
        step: (R, D) distance of the newest values above (negative: below) what was expected; NaN without an earlier
            record.
        apart: (R,) largest distance of a learner in use from the nearest other predictor.
        lost: (R,) whether the champion gave no number.

    """

    over: Floats
    step: Floats
    apart: Floats
    lost: Bools

    def take(self, rows: Bools) -> "Watched":
        """These patients only."""
        return Watched(*(values[rows] for values in vars(self).values()))

    @classmethod
    def concatenate(cls, parts: Sequence["Watched"]) -> "Watched":
        """All patients of several."""
        return cls(
            *(np.concatenate(columns) for columns in zip(*(vars(p).values() for p in parts), strict=True))
        )

    def scores(self, columns: Bools) -> dict[str, Floats]:
        """Guard -> (R,) score of each patient, over these columns (F,) of covariates."""
        return {
            COVARIATES: _largest(self.over[:, columns]),
            TRAJECTORY: _largest(self.step),
            DIVERGENCE: self.apart,
        }


def fit_guards(prepared: Prepared, ranges: Ranges, calibration: Watched, held_out: Watched) -> Guards:
    """Cut-offs from calibration patients, and how many held-out patients are beyond them.

    Args:
        prepared: the study; ranges: of the training patients' covariates.
        calibration, held_out: what the guards look at for the patients of the two splits.

    """
    columns = watched_columns(calibration.over, prepared.table.covariates)
    cutoffs = {name: cutoff(name, score) for name, score in calibration.scores(columns).items()}
    guards = Guards(cutoffs, ranges, columns)
    for name, score in held_out.scores(columns).items():
        known = score[~np.isnan(score)]
        flagged = int(guards.beyond(name, known).sum())
        cutoffs[name] = replace(cutoffs[name], n_held_out=len(known), n_held_out_flagged=flagged)
    return guards


def ranges_of(served: Prepared) -> Ranges:
    """Ranges of the training patients' covariates, in their records and the ones predicted next."""
    table = served.table
    level = ["=" in name for name in table.covariates]
    return training_ranges(table.x[served.rows("train")], table.log_covariate, level, served.scaling.x_used)


def newest_queries(prepared: Prepared, queries: Queries) -> Queries:
    """Queries for the record before each predicted one, from the records before that; itself where there is none."""
    first = np.asarray(prepared.table.offsets)[prepared.table.subject[queries.rows]]
    return most_recent(prepared, np.maximum(queries.rows - 1, first))


def watch(
    prepared: Prepared,
    learners: Sequence[str],
    champion: Champion,
    calibration: Calibration,
    ranges: Ranges,
    answers: Sequence[Answered],
    newest: Answered,
) -> Watched:
    """What the guards look at, for the patients whose next record is predicted.

    Args:
        prepared: the study with those records.
        learners: names of the learners that may diverge.
        champion, calibration: what is served, and its intervals; ranges: of the training patients' covariates.
        answers: forecasts of the next records by every predictor and the champion, from several numbers of own records.
        newest: the same for the last known records (`newest_queries`).

    """
    width = half_widths(calibration, newest, prepared)
    step = surprise(_values(prepared, newest.queries.rows), newest.forecasts[CHAMPION], width)
    each = [half_widths(calibration, answer, prepared) for answer in answers]
    apart = [
        _largest(divergence(answer.forecasts, learners, champion, half))
        for answer, half in zip(answers, each, strict=True)
    ]
    lost = [~np.isfinite(answer.forecasts[CHAMPION].mean).all(1) for answer in answers]
    return Watched(
        over=covariates_beyond(prepared, _largest_queries(answers), ranges),
        step=np.where((newest.queries.size > 0)[:, None], step, np.nan),
        apart=np.max(apart, 0),
        lost=np.any(lost, 0),
    )


def _largest_queries(answers: Sequence[Answered]) -> Queries:
    """Each patient's query from the largest number of own records, which does not depend on other patients."""
    first = answers[0].queries
    return Queries(first.rows, first.end, np.max([answer.queries.size for answer in answers], 0))


def alarms(watched: Watched, guards: Guards) -> Alarm:
    """The guards' flags."""
    over = np.where(guards.watched, watched.over, 0.0)
    sign = np.where(np.isinf(over), 2, np.sign(np.nan_to_num(over)).astype(np.int64))
    step = np.nan_to_num(watched.step)
    return Alarm(
        covariates=sign * guards.beyond(COVARIATES, over),
        trajectory=np.sign(step).astype(np.int64) * guards.beyond(TRAJECTORY, step),
        diverged=guards.beyond(DIVERGENCE, watched.apart) | watched.lost,
    )


def with_champion(answer: Answered, champion: Champion, prepared: Prepared) -> Answered:
    """The answer with the champion's forecast added."""
    queries, cohort = answer.queries, answer.queries.cohort(prepared.table)
    found = champion.forecast(answer.forecasts, prepared.layout, prepared.own_values(queries), cohort)
    return Answered(queries, {**answer.forecasts, CHAMPION: found})


def half_widths(calibration: Calibration, answer: Answered, prepared: Prepared) -> Floats:
    """(R, D) half-width of the champion's 90 % interval on model scale; NaN for outcomes without a scale.

    Where calibration patients are too few for an interval, that of the uncalibrated forecast.
    """
    forecast, queries = answer.forecasts[CHAMPION], answer.queries
    out = np.full(forecast.mean.shape, np.nan)
    cohort, values = queries.cohort(prepared.table), prepared.own_values(queries)
    for d in prepared.layout.scaled:
        calibrated = calibration.half_width(forecast, d, values[:, d], cohort, 0.9)
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
    return ranges.beyond(np.where(ahead, prepared.covariates_of(queries), newest))


def divergence(
    forecasts: Mapping[str, Forecast], learners: Sequence[str], champion: Champion, half_width: Floats
) -> Floats:
    """(R, L * D) distance of each learner in use from the nearest other predictor, in the champion's half-widths."""
    others = [n for n in champion.predictors if n not in learners and n in forecasts]
    every = np.stack([forecasts[n].mean for n in (*learners, *others)])
    apart = isolation(every[: len(learners)], every, half_width)
    apart = np.where(_in_use(champion, learners)[:, None, :], apart, 0.0)
    return np.asarray(apart.transpose(1, 0, 2).reshape(every.shape[1], -1))


def fallback(answer: Answered, champion: Champion, prepared: Prepared) -> tuple[Forecast, np.ndarray]:
    """The best baseline's forecast of each record and outcome, and (R, D) its name."""
    outcomes = [o.name for o in prepared.layout.outcomes]
    forecasts, stratum = answer.forecasts, stratum_of(prepared.own_values(answer.queries))
    first: dict[tuple[str, int], str] = {}
    for decision in champion.decisions:
        first.setdefault((decision.outcome, decision.stratum), decision.best_baseline)
    names = np.asarray([[first[o, s] for o in outcomes] for s in range(int(stratum.max(initial=0)) + 1)])
    chosen = names[stratum, np.arange(len(outcomes))]
    mean, scale = np.full(chosen.shape, np.nan), np.full(chosen.shape, np.nan)
    for name in np.unique(chosen):
        mean = np.where(chosen == name, forecasts[name].mean, mean)
        scale = np.where(chosen == name, forecasts[name].scale, scale)
    return Forecast(mean, scale, np.full(chosen.shape[1], NORMAL)), chosen


def guards_table(guards: Guards, alarm: Alarm, person: Ints) -> pd.DataFrame:
    """Rows of the published `guards` table; `person` (R,): of each prediction, so that each is counted once."""
    raised = alarm.raised()
    return pd.DataFrame(
        [
            {
                "guard": name,
                "rule": RULES[name],
                "cut_off": cut.value,
                "false_alarms": cut.false_alarms,
                "n_calibration": cut.n,
                "n_held_out": cut.n_held_out,
                "n_held_out_flagged": cut.n_held_out_flagged,
                "n_flagged": len(np.unique(person[raised[name]])),
            }
            for name, cut in guards.cutoffs.items()
        ]
    )


def _largest(score: Floats) -> Floats:
    """(R,) the largest absolute score of each patient; NaN where there is none."""
    largest = np.abs(np.nan_to_num(score, nan=0.0, posinf=np.inf, neginf=-np.inf)).max(1, initial=0.0)
    return np.where(np.isnan(score).all(1) & (score.shape[1] > 0), np.nan, largest)


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
