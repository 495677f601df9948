"""Calibration on subjects used for nothing else: conformal intervals and recalibrated probabilities.

Split conformal prediction over subjects (Vovk 2005; Lei et al. 2018) with the locally scaled score
|y - mean| / scale, Mondrian by cohort and support-size stratum where enough subjects allow (`conformal`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import expit, logit

from meta_med.conformal import LEVELS, Scores, multipliers_of
from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.recalibration import recalibrate
from meta_med.records import Floats, Ints
from meta_med.strata import STRATA, stratum_name, stratum_of

__all__ = ["LEVELS", "Calibration", "calibrate", "describe"]


@dataclass(frozen=True)
class Calibration:
    """Of one predictor.

    Attributes:
        multipliers: (cohorts + 1, D, strata, levels): half-width of an interval in scales; the last cohort
            index is everybody, and stands wherever a cohort has too few subjects.
        line: (D, 2) intercept and slope of recalibrated log-odds; (0, 1) for continuous outcomes.
        floor: (D,) smallest probability that n calibration subjects can vouch for, 1 / (n + 2) by Laplace's rule;
            1 - floor is the largest.
        basis: (cohorts + 1, D, strata) calibration subjects of the very group that a multiplier rests on; 0 where
            they were too few and the wider group's multiplier stands in.

    """

    multipliers: Floats
    line: Floats
    floor: Floats
    basis: Ints = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))

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
        return cls(*(np.asarray(facts[name]) for name in ("multipliers", "line", "floor", "basis")))


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
    d, strata = len(layout.outcomes), len(STRATA)
    multipliers = np.full((n_cohorts + 1, d, strata, len(LEVELS)), np.nan)
    line, floor = np.tile([0.0, 1.0], (d, 1)), np.zeros(d)
    basis = np.zeros((n_cohorts + 1, d, strata), dtype=np.int64)
    for i in range(d):
        seen = ~np.isnan(y[:, i])
        if i in layout.classes:
            line[i] = recalibrate(forecast.mean[seen, i], y[seen, i], subject[seen], stratum_of(size[seen]))
            floor[i] = 1.0 / (len(np.unique(subject[seen])) + 2)
            continue
        score = np.abs(y[seen, i] - forecast.mean[seen, i]) / forecast.scale[seen, i]
        scores = Scores(score, subject[seen], stratum_of(size[seen]), cohort[seen])
        multipliers[:, i], basis[:, i] = multipliers_of(scores, n_cohorts)
    return Calibration(multipliers, line, floor, basis)


def describe(
    calibration: Calibration, layout: OutcomeLayout, cohort_names: Sequence[str]
) -> list[dict[str, Any]]:
    """What each interval rests on, a row an outcome and stratum: counts of calibration subjects, no values."""
    out = []
    for i in layout.continuous:
        for s in range(len(STRATA)):
            own = [n for n, b in zip(cohort_names, calibration.basis[:-1, i, s], strict=True) if b]
            n = int(calibration.basis[-1, i, s])
            out.append(
                {
                    "outcome": layout.outcomes[i].name,
                    "support_size": stratum_name(s),
                    "calibration_patients": n or "too few: pooled over numbers of own records",
                    "cohorts_of_their_own": ", ".join(own) or "none: pooled over cohorts",
                }
            )
    return out
