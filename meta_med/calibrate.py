"""Calibration on subjects used for nothing else: conformal intervals and recalibrated probabilities.

Split conformal prediction over subjects (Vovk 2005; Lei et al. 2018) with the locally scaled score
|y - mean| / scale, Mondrian by support-size stratum, and by cohort where enough subjects allow. Records of one
subject are not exchangeable with each other, so a subject's scores share one unit of weight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Bools, Floats, Ints
from meta_med.strata import STRATA, stratum_of

LEVELS = (0.5, 0.8, 0.9)
MIN_SUBJECTS = 19  # below: the 90 % quantile rests on fewer than two subjects; pool with neighbouring strata
MIN_COHORT_SUBJECTS = 60  # a cohort gets its own multipliers from this many calibration subjects in a stratum


@dataclass(frozen=True)
class Calibration:
    """Of one predictor.

    Attributes:
        multipliers: (cohorts + 1, D, strata, levels): half-width of an interval in scales; the last cohort
            index is everybody, and stands wherever a cohort has too few subjects.
        line: (D, 2) intercept and slope of recalibrated log-odds; (0, 1) for continuous outcomes.
        floor: (D,) smallest probability that n calibration subjects can vouch for, 1 / (n + 2) by Laplace's rule;
            1 - floor is the largest.

    """

    multipliers: Floats
    line: Floats
    floor: Floats

    def half_width(self, forecast: Forecast, outcome: int, size: Ints, cohort: Ints, level: float) -> Floats:
        """(R,) half width of the interval on model scale."""
        known = np.where(cohort < len(self.multipliers) - 1, cohort, len(self.multipliers) - 1)
        m = self.multipliers[known, outcome, stratum_of(size), LEVELS.index(level)]
        return np.asarray(m * forecast.scale[:, outcome])

    def probability(self, forecast: Forecast, outcome: int) -> Floats:
        """(R,) recalibrated probability of a binary outcome."""
        (a, b), floor = self.line[outcome], self.floor[outcome]
        recalibrated = expit(a + b * logit(forecast.mean[:, outcome].clip(1e-4, 1 - 1e-4)))
        return np.asarray(recalibrated.clip(floor, 1 - floor))

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return {name: values.tolist() for name, values in vars(self).items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Calibration":
        """Read what `to_json` gave."""
        return cls(*(np.asarray(facts[name]) for name in ("multipliers", "line", "floor")))


def calibrate(
    forecast: Forecast,
    y: Floats,
    size: Ints,
    cohort: Ints,
    subject: Ints,
    layout: OutcomeLayout,
    n_cohorts: int,
) -> Calibration:
    """Conformalize one predictor on calibration subjects' records: forecast and y are (R, D)."""
    d = len(layout.outcomes)
    multipliers = np.full((n_cohorts + 1, d, len(STRATA), len(LEVELS)), np.nan)
    line, floor = np.tile([0.0, 1.0], (d, 1)), np.zeros(d)
    for i in range(d):
        seen = ~np.isnan(y[:, i])
        if i in layout.classes:
            line[i] = _recalibrate(forecast.mean[seen, i], y[seen, i], subject[seen])
            floor[i] = 1.0 / (len(np.unique(subject[seen])) + 2)
            continue
        score = np.where(seen, np.abs(y[:, i] - forecast.mean[:, i]) / forecast.scale[:, i], np.nan)
        for s in range(len(STRATA)):
            _fill(multipliers[:, i, s], score, stratum_of(size), s, cohort, subject)
    return Calibration(multipliers, line, floor)


def _fill(out: Floats, score: Floats, stratum: Ints, s: int, cohort: Ints, subject: Ints) -> None:
    """Multipliers (cohorts + 1, levels) of one outcome and stratum, in place."""
    rows = _pooled_rows(score, stratum, s, subject)
    out[-1] = [conformal_quantile(score[rows], subject[rows], level) for level in LEVELS]
    for c in range(len(out) - 1):
        own = rows & (cohort == c)
        enough = len(np.unique(subject[own])) >= MIN_COHORT_SUBJECTS
        out[c] = (
            [conformal_quantile(score[own], subject[own], level) for level in LEVELS] if enough else out[-1]
        )


def _pooled_rows(score: Floats, stratum: Ints, s: int, subject: Ints) -> Bools:
    """Rows of the stratum, with its neighbours while too few subjects are in it."""
    seen = ~np.isnan(score)
    rows = seen
    for reach in range(len(STRATA)):
        rows = seen & (np.abs(stratum - s) <= reach)
        if len(np.unique(subject[rows])) >= MIN_SUBJECTS:
            break
    return rows


def conformal_quantile(score: Floats, subject: Ints, level: float) -> float:
    """Smallest q with weighted share of scores <= q at least level (n + 1) / n, each subject weighing one in all.

    With one record a subject this is the usual split-conformal quantile. With too few subjects for the level the
    largest score is returned: the interval is then as wide as anything seen, and coverage is not promised.
    """
    if len(score) == 0:
        return float("inf")
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    order = np.argsort(score)
    weight = (1.0 / count[index])[order]
    needed = level * (len(count) + 1)
    place = int(np.searchsorted(np.cumsum(weight), needed - 1e-9))
    return float(score[order][min(place, len(score) - 1)])


def _recalibrate(probability: Floats, y: Floats, subject: Ints, prior: float = 4.0) -> Floats:
    """Intercept and slope of log-odds (Platt 1999), shrunk to (0, 1); a subject weighs one in all."""
    x = logit(probability.clip(1e-4, 1 - 1e-4))
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    weight = 1.0 / count[index]

    def objective(line: Floats) -> float:
        z = line[0] + line[1] * x
        misfit = weight @ (np.logaddexp(0, z) - y * z)
        return float(misfit + prior * (line[0] ** 2 + (line[1] - 1) ** 2))

    return np.asarray(minimize(objective, np.array([0.0, 1.0]), method="BFGS").x)
