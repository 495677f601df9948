"""Guards: checks of each patient before a prediction is shown, each with a stated false-alarm rate.

Each of the three guards is a score that is large where something is wrong: covariates beyond the training range, a
newest value that does not fit the earlier ones, a learner that adaptation moved far from all other predictors. Cut-offs
are conformal quantiles over calibration patients, asked about the same kind of record as the patients served, so the
false-alarm rate is known in advance (Vovk 2005); it is counted on held-out patients too. They are fixed once, so a
patient's flags do not depend on the other patients served.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats
from meta_med.forecast import Forecast

COVARIATES, TRAJECTORY, DIVERGENCE = "covariates", "trajectory", "divergence"
FALSE_ALARMS: Mapping[str, float] = {COVARIATES: 0.05, TRAJECTORY: 0.05, DIVERGENCE: 0.02}
LEAST: Mapping[str, float] = {
    COVARIATES: 0.05,  # of the training range, beyond its ends
    TRAJECTORY: 1.0,  # half-widths of the 90 % interval
    DIVERGENCE: 1.0,  # half-widths of the 90 % interval away from the nearest other predictor
}
BINARY_HALF_WIDTH = 0.5  # in place of a half-width where the forecast is a probability
MOST_FALSE_ALARMS = 0.10  # a guard with a higher rate is off


@dataclass(frozen=True)
class Cutoff:
    """One guard's cut-off, and how often it raises a false alarm.

    Attributes:
        value: the cut-off; NaN where the guard is off, because calibration patients are too few.
        false_alarms: the most that the probability of a score beyond it can be for one more patient; NaN where off.
        n: calibration patients.
        n_held_out, n_held_out_flagged: held-out patients, and those of them beyond the cut-off.

    """

    value: float
    false_alarms: float
    n: int
    n_held_out: int = 0
    n_held_out_flagged: int = 0


@dataclass(frozen=True)
class Ranges:
    """The range of training patients' covariates, by column of the record table.

    Attributes:
        low, high: (F,) on the covariate's own scale, or its logarithm where `log`.
        log: (F,) whether the covariate is on a log scale.
        level: (F,) whether the column is the indicator of a category's level.
        known: (F,) whether the level occurs in training.

    """

    low: Floats
    high: Floats
    log: Bools
    level: Bools
    known: Bools

    def beyond(self, x: Floats) -> Floats:
        """(R, F) distance of x (R, F) below (negative) or above the range, in ranges; infinite for an unseen level."""
        scaled = np.where(self.log, np.log(np.where(x > 0, x, np.nan)), x)
        span = np.where(self.high > self.low, self.high - self.low, np.maximum(np.abs(self.high), 1.0))
        over = np.maximum(scaled - self.high, 0.0) - np.maximum(self.low - scaled, 0.0)
        unseen = np.where((x > 0) & ~self.known, np.inf, 0.0)
        return np.nan_to_num(np.where(self.level, unseen, over / span), posinf=np.inf, neginf=-np.inf)


@dataclass(frozen=True)
class Guards:
    """Cut-offs by guard, the training ranges, and (F,) which columns of covariates are watched."""

    cutoffs: Mapping[str, Cutoff]
    ranges: Ranges
    watched: Bools

    def beyond(self, guard: str, score: Floats) -> Bools:
        """Whether each score is beyond the guard's cut-off; none is where the guard is off."""
        return np.nan_to_num(np.abs(score), posinf=np.finfo(np.float64).max) > self.cutoffs[guard].value

    def extended(self, covariates: Sequence[str]) -> "Guards":
        """The guards for a table with these covariates, of which those after the guards' own are levels never seen."""
        more = len(covariates) - len(self.watched)
        stems = [name.partition("=")[0] for name in covariates]
        seen = {stem for stem, watched in zip(stems, self.watched, strict=False) if watched}
        ranges = Ranges(
            low=np.append(self.ranges.low, np.full(more, -1e300)),
            high=np.append(self.ranges.high, np.full(more, 1e300)),
            log=np.append(self.ranges.log, np.zeros(more, dtype=bool)),
            level=np.append(self.ranges.level, np.ones(more, dtype=bool)),
            known=np.append(self.ranges.known, np.zeros(more, dtype=bool)),
        )
        watched = [stem in seen for stem in stems[len(stems) - more :]]
        return Guards(self.cutoffs, ranges, np.append(self.watched, watched).astype(bool))

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return {
            "cutoffs": {name: vars(c) for name, c in self.cutoffs.items()},
            "ranges": {name: values.tolist() for name, values in vars(self.ranges).items()},
            "watched": self.watched.tolist(),
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Guards":
        """Read what `to_json` returned."""
        low, high = (np.asarray(facts["ranges"][n], dtype=np.float64) for n in ("low", "high"))
        log, level, known = (np.asarray(facts["ranges"][n], dtype=bool) for n in ("log", "level", "known"))
        cutoffs = {name: Cutoff(**c) for name, c in facts["cutoffs"].items()}
        watched = np.asarray(facts["watched"], dtype=bool)
        return cls(cutoffs, Ranges(low, high, log, level, known), watched)


def training_ranges(x: Floats, log: Sequence[bool], level: Sequence[bool], known: Sequence[bool]) -> Ranges:
    """Ranges of the training subjects' records x (n, F); a column without values gets an unlimited one."""
    logged = np.asarray(log, dtype=bool)
    scaled = np.where(logged, np.log(np.where(x > 0, x, np.nan)), x)
    seen = ~np.isnan(scaled)
    low = np.where(seen, scaled, np.inf).min(0, initial=np.inf)
    high = np.where(seen, scaled, -np.inf).max(0, initial=-np.inf)
    never = ~seen.any(0)
    low, high = np.where(never, -1e300, low), np.where(never, 1e300, high)
    return Ranges(low, high, logged, np.asarray(level, dtype=bool), np.asarray(known, dtype=bool))


def cutoff(guard: str, score: Floats) -> Cutoff:
    """The smallest score that one more patient's score does not exceed with probability 1 - FALSE_ALARMS or more.

    With too few patients for that probability it is their largest score, exceeded with probability 1 / (n + 1); the
    guard is off where that is more than MOST_FALSE_ALARMS.

    Args:
        guard: its name.
        score: (n,) one score per calibration patient, NaN where there is none.

    """
    known = np.sort(np.abs(score[~np.isnan(score)]))
    if 1.0 / (len(known) + 1) > MOST_FALSE_ALARMS:
        return Cutoff(float("nan"), float("nan"), len(known))
    place = min(_place(guard, len(known)), len(known) - 1)
    # an infinite cut-off as a number that JSON and databases know; infinite scores are then not beyond it
    value = max(min(float(known[place]), float(np.finfo(np.float64).max)), LEAST[guard])
    beyond = len(known) - 1 - place
    if value > known[place]:  # the least cut-off, which does not depend on the patients
        beyond = int((known > value).sum())
    # tied scores are not counted as not beyond: without one of them the cut-off would be lower
    return Cutoff(value, (beyond + 1) / (len(known) + 1), len(known))


def _place(guard: str, n: int) -> int:
    """Index of the conformal quantile among n ascending scores; n or more where they are too few."""
    return int(np.ceil((1.0 - FALSE_ALARMS[guard]) * (n + 1))) - 1


def watched_columns(over: Floats, names: Sequence[str]) -> Bools:
    """(F,) the columns of covariates that can be watched at the stated false-alarm rate.

    A category of which many patients have a level that no training patient had, such as a ward or a room, would make
    the cut-off infinite and so blind the guard for all covariates. Covariates are left out, the one with the most such
    patients first, until it is finite.

    Args:
        over: (n, F) distance of calibration patients beyond the training range, infinite for an unseen level.
        names: of the columns; levels of a category are "name=level".

    """
    source = np.asarray([name.partition("=")[0] for name in names])
    covariates, column = np.unique(source, return_inverse=True)
    unseen = np.stack([np.isinf(over[:, source == c]).any(1) for c in covariates], 1)
    ascending = np.argsort(unseen.sum(0), kind="stable")
    patients = np.logical_or.accumulate(unseen[:, ascending], 1).sum(0)
    allowed = max(len(over) - 1 - _place(COVARIATES, len(over)), 0)
    kept = np.zeros(len(covariates), dtype=bool)
    kept[ascending[patients <= allowed]] = True
    return np.asarray(kept[column])


def surprise(y: Floats, forecast: Forecast, half_width: Floats) -> Floats:
    """(R, D) distance of observed values above (or, negative, below) the forecast, in half-widths.

    Args:
        y: (R, D) the values on model scale, NaN where not observed.
        forecast: of them, from earlier records.
        half_width: (R, D) of its 90 % interval; NaN for binary outcomes, which are not watched, because the first
            event of a patient is not an error.

    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num((y - forecast.mean) / half_width, posinf=0.0, neginf=0.0)


def isolation(learners: Floats, others: Floats, half_width: Floats) -> Floats:
    """(L, R, D) distance of each learner's mean from the nearest other predictor, in half-widths.

    Args:
        learners: (L, R, D) means; a mean that is not finite is infinitely far.
        others: (P, R, D) means of all predictors, the learners first.
        half_width: (R, D) the champion's.

    """
    width = np.where(np.isnan(half_width), BINARY_HALF_WIDTH, half_width)
    out = np.empty(learners.shape)
    for i, own in enumerate(learners):
        apart = np.abs(np.delete(others, i, axis=0) - own)
        out[i] = np.where(np.isnan(apart), np.inf, apart).min(0, initial=np.inf) / width
    return np.where(np.isfinite(learners), out, np.inf)
