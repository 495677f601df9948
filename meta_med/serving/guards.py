"""Guards: what is watched in each patient before a prediction is shown, each with a stated false-alarm share.

Three questions, each answered by a score that is large where something is wrong: do the covariates lie where
training patients' did; does the newest value fit the earlier ones; did adaptation take a learner away from
everybody else. Cut-offs are conformal quantiles over calibration patients, so that the share of patients who are
flagged for nothing is known beforehand; they are fixed once, so a patient's flags do not depend on who else is served.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats
from meta_med.enough import needed_for_level
from meta_med.forecast import Forecast

COVARIATES, TRAJECTORY, DIVERGENCE = "covariates", "trajectory", "divergence"
FALSE_ALARMS: Mapping[str, float] = {COVARIATES: 0.05, TRAJECTORY: 0.05, DIVERGENCE: 0.02}
LEAST: Mapping[str, float] = {
    COVARIATES: 0.05,  # of the training range beyond its ends: less is no other kind of patient
    TRAJECTORY: 1.0,  # half-widths of the 90 % interval: what lies inside is no surprise
    DIVERGENCE: 1.0,  # half-widths of the 90 % interval away from the nearest other predictor
}
BINARY_HALF_WIDTH = 0.5  # what stands for a half-width where the forecast is a probability


@dataclass(frozen=True)
class Cutoff:
    """One guard's cut-off: the share of `n` calibration patients beyond it, who are flagged for nothing.

    NaN where they are too few to tell so small a share.
    """

    value: float
    false_alarms: float
    n: int


@dataclass(frozen=True)
class Ranges:
    """Where training patients' covariates lie, by column of the record table.

    Attributes:
        low, high: (F,) on the covariate's own scale (logs where it is modelled so); log: (F,);
        level: (F,) whether the column says that a category has a level; known: (F,) whether training had it.

    """

    low: Floats
    high: Floats
    log: Bools
    level: Bools
    known: Bools

    def beyond(self, x: Floats) -> Floats:
        """(R, F) how far x (R, F) lies below (negative) or above the range, in ranges; infinite: an unseen level."""
        scaled = np.where(self.log, np.log(np.where(x > 0, x, np.nan)), x)
        span = np.where(self.high > self.low, self.high - self.low, np.maximum(np.abs(self.high), 1.0))
        over = np.maximum(scaled - self.high, 0.0) - np.maximum(self.low - scaled, 0.0)
        unseen = np.where((x > 0) & ~self.known, np.inf, 0.0)
        return np.nan_to_num(np.where(self.level, unseen, over / span), posinf=np.inf, neginf=-np.inf)


@dataclass(frozen=True)
class Guards:
    """Cut-offs by guard, and the training ranges."""

    cutoffs: Mapping[str, Cutoff]
    ranges: Ranges

    def beyond(self, guard: str, score: Floats) -> Bools:
        """Which scores lie beyond the guard's cut-off."""
        return np.abs(score) > self.cutoffs[guard].value

    def to_json(self) -> dict[str, Any]:
        """Plain lists and numbers."""
        return {
            "cutoffs": {name: vars(c) for name, c in self.cutoffs.items()},
            "ranges": {name: values.tolist() for name, values in vars(self.ranges).items()},
        }

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Guards":
        """Read what `to_json` gave."""
        low, high = (np.asarray(facts["ranges"][n], dtype=np.float64) for n in ("low", "high"))
        log, level, known = (np.asarray(facts["ranges"][n], dtype=bool) for n in ("log", "level", "known"))
        cutoffs = {name: Cutoff(**c) for name, c in facts["cutoffs"].items()}
        return cls(cutoffs, Ranges(low, high, log, level, known))


def training_ranges(x: Floats, log: Sequence[bool], level: Sequence[bool], known: Sequence[bool]) -> Ranges:
    """Ranges of the training subjects' records x (n, F); a column without any value has no range."""
    logged = np.asarray(log, dtype=bool)
    scaled = np.where(logged, np.log(np.where(x > 0, x, np.nan)), x)
    seen = ~np.isnan(scaled)
    low = np.where(seen, scaled, np.inf).min(0, initial=np.inf)
    high = np.where(seen, scaled, -np.inf).max(0, initial=-np.inf)
    never = ~seen.any(0)
    low, high = np.where(never, -1e300, low), np.where(never, 1e300, high)
    return Ranges(low, high, logged, np.asarray(level, dtype=bool), np.asarray(known, dtype=bool))


def cutoff(guard: str, score: Floats) -> Cutoff:
    """The smallest value that at least 1 - FALSE_ALARMS of one more patient's scores do not exceed.

    Args:
        guard: its name; score: (n,) of calibration patients, one each, NaN where it cannot be told. With too few
        of them for that share it is their largest score: the share is then 1 / (n + 1) at most.

    """
    known = np.sort(np.abs(score[~np.isnan(score)]))
    if len(known) == 0:
        return Cutoff(LEAST[guard], float("nan"), 0)
    place = int(np.ceil((1.0 - FALSE_ALARMS[guard]) * (len(known) + 1))) - 1
    found = float(known[min(place, len(known) - 1)])
    value = max(found if np.isfinite(found) else np.finfo(np.float64).max, LEAST[guard])
    told = len(known) >= needed_for_level(1.0 - FALSE_ALARMS[guard])
    return Cutoff(value, float((known > value).mean()) if told else float("nan"), len(known))


def surprise(y: Floats, forecast: Forecast, half_width: Floats) -> Floats:
    """(R, D) how far the values seen lie above (or, negative, below) what was expected, in half-widths.

    Args:
        y: (R, D) the values on model scale, NaN where not observed; forecast: of them, from earlier records;
        half_width: (R, D) of its 90 % interval, NaN for binary outcomes, which are not watched: a yes after
        many a no is what is waited for, not an error.

    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.nan_to_num((y - forecast.mean) / half_width, posinf=0.0, neginf=0.0)


def isolation(learners: Floats, others: Floats, half_width: Floats) -> Floats:
    """(L, R, D) distance of each learner's mean from the nearest other predictor, in half-widths.

    Args:
        learners: (L, R, D) means; others: (P, R, D) means of all predictors, the learners first;
        half_width: (R, D) the champion's. A mean that is not finite is infinitely far.

    """
    width = np.where(np.isnan(half_width), BINARY_HALF_WIDTH, half_width)
    out = np.empty(learners.shape)
    for i, own in enumerate(learners):
        apart = np.abs(np.delete(others, i, axis=0) - own)
        out[i] = np.where(np.isnan(apart), np.inf, apart).min(0, initial=np.inf) / width
    return np.where(np.isfinite(learners), out, np.inf)
