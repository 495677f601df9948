"""Calibration on subjects used for nothing else: conformal intervals and recalibrated probabilities.

Split conformal prediction over subjects (Vovk 2005; Lei et al. 2018) with the locally scaled score
|y - mean| / scale, Mondrian by cohort and support-size stratum where enough subjects allow (`conformal`).

Recalibrated probabilities: log-odds moved and stretched as calibration subjects say (Platt 1999).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit, logit

from meta_med.calibrate.conformal import LEVELS, Scores, multipliers_of
from meta_med.calibrate.strata import STRATA, stratum_name, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed, needed_for_level, no_interval, too_few
from meta_med.episodes.withheld import judged_sizes
from meta_med.forecast import Forecast
from meta_med.logistic import fit_logistic
from meta_med.outcomes import OutcomeLayout
from meta_med.risk_bounds import bounds_of_risk

if TYPE_CHECKING:
    from meta_med.episodes.prepared import Prepared


def recalibrate(probability: Floats, y: Floats, subject: Ints, stratum: Ints, prior: float = 4.0) -> Floats:
    """Intercept and slope of log-odds, shrunk to (0, 1); a subject weighs one in each stratum.

    Not one in all: how many records there are may tell of the outcome. Who is readmitted has another encounter, so
    that the first encounters of those who come once would count for more than they are, and rates come out too low.
    """
    x = logit(probability.clip(1e-4, 1 - 1e-4))
    who = np.stack([subject, stratum])
    _, index, count = np.unique(who, axis=1, return_inverse=True, return_counts=True)
    design = np.stack([np.ones(len(x)), x], 1)
    ideal = np.asarray([0.0, 1.0])
    return fit_logistic(design, y, weight=1.0 / count[index], penalty=2 * prior, centre=ideal)


__all__ = ["LEVELS", "Calibration", "calibrate", "describe"]


@dataclass(frozen=True)
class Calibration:
    """Of one predictor.

    Attributes:
        multipliers: (cohorts + 1, D, strata, levels): half-width of an interval in scales; the last cohort
            index is everybody, and stands wherever a cohort has too few subjects. NaN: no interval of that level
            can be told.
        line: (D, 2) intercept and slope of recalibrated log-odds; (0, 1) for continuous outcomes.
        bounds: (D, 2) smallest and largest probability that calibration subjects' records vouch for; (0, 1) for
            continuous outcomes.
        basis: (cohorts + 1, D, strata) calibration subjects of the very group that a multiplier rests on; 0 where
            they were too few and the wider group's multiplier stands in.
        patients: (D,) calibration subjects who have the outcome.

    """

    multipliers: Floats
    line: Floats
    bounds: Floats
    basis: Ints = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))
    patients: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def half_width(self, forecast: Forecast, outcome: int, size: Ints, cohort: Ints, level: float) -> Floats:
        """(R,) half width of the interval on model scale; NaN where no interval can be told."""
        known = np.where(cohort < len(self.multipliers) - 1, cohort, len(self.multipliers) - 1)
        m = self.multipliers[known, outcome, stratum_of(size), LEVELS.index(level)]
        return np.asarray(m * forecast.scale[:, outcome])

    def probability(self, forecast: Forecast, outcome: int) -> Floats:
        """(R,) recalibrated probability of a binary outcome."""
        a, b = self.line[outcome]
        recalibrated = expit(a + b * logit(forecast.mean[:, outcome].clip(1e-4, 1 - 1e-4)))
        return np.asarray(recalibrated.clip(*self.bounds[outcome]))

    def lacks(self, outcome: int) -> list[float]:
        """Levels of which nobody has an interval of a continuous outcome."""
        told = ~np.isnan(self.multipliers[-1, outcome]).all(0)
        return [level for level, some in zip(LEVELS, told, strict=True) if not some]

    def no_interval(self, outcome: int, levels: Sequence[float]) -> str:
        """Why a continuous outcome has no interval of these levels, in words; "" for no levels."""
        if levels and self.patients[outcome] >= needed_for_level(max(levels)):
            return "No prediction interval: errors on calibration patients have no bound."
        return no_interval(levels)

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return {name: values.tolist() for name, values in vars(self).items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Calibration":
        """Read what `to_json` gave."""
        return cls(**{name: np.asarray(values) for name, values in facts.items()})


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
    line, bounds = np.tile([0.0, 1.0], (d, 1)), np.tile([0.0, 1.0], (d, 1))
    basis, patients = np.zeros((n_cohorts + 1, d, strata), dtype=np.int64), np.zeros(d, dtype=np.int64)
    for i in range(d):
        seen = ~np.isnan(y[:, i])
        patients[i] = len(np.unique(subject[seen]))
        if i in layout.classes:
            line[i] = recalibrate(forecast.mean[seen, i], y[seen, i], subject[seen], stratum_of(size[seen]))
            bounds[i] = bounds_of_risk(y[seen, i], subject[seen])
            continue
        score = _scores(y[seen, i], forecast.mean[seen, i], forecast.scale[seen, i])
        scores = Scores(score, subject[seen], stratum_of(size[seen]), cohort[seen])
        multipliers[:, i], basis[:, i] = multipliers_of(scores, n_cohorts)
    return Calibration(multipliers, line, bounds, basis, patients)


def _scores(y: Floats, mean: Floats, scale: Floats) -> Floats:
    """|y - mean| / scale: 0 where there is no error, infinite where no interval in scales could hold the value."""
    error = np.abs(y - mean)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error == 0, 0.0, np.nan_to_num(error / scale, nan=np.inf, posinf=np.inf))


def describe(
    calibration: Calibration, layout: OutcomeLayout, cohort_names: Sequence[str]
) -> list[dict[str, Any]]:
    """What each interval rests on, a row an outcome and stratum: counts of calibration subjects, no values."""
    out = []
    for i in layout.continuous:
        for s in range(len(STRATA)):
            own = [n for n, b in zip(cohort_names, calibration.basis[:-1, i, s], strict=True) if b]
            n = int(calibration.basis[-1, i, s])
            told = [
                f"{100 * p:.0f} %" for j, p in enumerate(LEVELS) if calibration.multipliers[-1, i, s, j] >= 0
            ]
            out.append(
                {
                    "outcome": layout.outcomes[i].name,
                    "support_size": stratum_name(s),
                    "calibration_patients": n or "too few: pooled over numbers of own records",
                    "cohorts_of_their_own": ", ".join(own) or "none: pooled over cohorts",
                    "intervals": ", ".join(told) or "none: too few calibration patients",
                }
            )
    return out


def told_of_too_few(prepared: "Prepared", calibration: "Calibration") -> dict[str, str]:
    """Outcome -> what is withheld or said less of it for want of patients, in words; nothing of the others."""
    judged, most = judged_sizes(prepared), prepared.study.budget.max_support
    rare, out = few_events(prepared), {}
    for d, outcome in enumerate(prepared.layout.outcomes):
        last = int(np.flatnonzero(judged[d]).max(initial=-1))
        if outcome.name in prepared.withheld or last < 0:
            why = prepared.withheld.get(outcome.name) or too_few("held_out")
            out[outcome.name] = f"Withheld for everybody. {why}"
            continue
        lacks = [] if d in prepared.layout.classes else calibration.lacks(d)
        parts = [calibration.no_interval(d, lacks), rare.get(outcome.name, ""), _judged_up_to(last, most)]
        if told := " ".join(part for part in parts if part):
            out[outcome.name] = told
    return out


def _judged_up_to(last: int, most: int) -> str:
    if last >= most:
        return ""
    if last == 0:
        return "Predicted without own records: nobody with own records was judged."
    records = "1 own record" if last == 1 else f"{last} own records"
    return f"Predicted from at most {records}: nobody with more was judged."


def few_events(prepared: "Prepared") -> dict[str, str]:
    """Binary outcome -> a sentence, where too few training patients had the event, or were without it."""
    table, rows, out = prepared.table, prepared.rows("train"), {}
    for d in prepared.layout.classes:
        own = [len(np.unique(table.person[table.subject[rows[table.y[rows, d] == v]]])) for v in (0, 1)]
        if min(own) < needed("an event"):
            what = "were without" if own[0] < own[1] else "had"
            out[prepared.layout.outcomes[d].name] = (
                f"Fewer than {needed('an event')} training patients {what} this event: the risk says little more "
                "than how often it happens."
            )
    return out
