"""Calibration on subjects used for nothing else: conformal intervals and recalibrated probabilities.

Split conformal prediction over subjects (Vovk 2005; Lei et al. 2018) with the locally scaled score
|y - mean| / scale, Mondrian by cohort and support-size stratum where there are enough subjects (`conformal`).
Recalibration of probabilities is part of the kind of outcome (`OutcomeKind.recalibration`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from meta_med import run_files
from meta_med.calibrate.conformal import LEVELS, Scores, interval_multipliers
from meta_med.calibrate.strata import STRATA, stratum_name, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed, needed_for_level, no_interval, too_few
from meta_med.episodes.queries import main_setting, support_sizes
from meta_med.episodes.withheld import evaluated_sizes
from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeKind, OutcomeLayout

if TYPE_CHECKING:
    from meta_med.episodes.prepared import Prepared


__all__ = ["LEVELS", "Calibration", "calibrate", "describe", "read_calibrations"]


@dataclass(frozen=True)
class Calibration:
    """Calibration of one predictor.

    Attributes:
        multipliers: (cohorts + 1, D, strata, levels) half-width of an interval in scales; the last cohort index is
            one more cohort, of which nothing is known. NaN: there is no interval of that level.
        line: (D, 2) intercept and slope of recalibrated log-odds; (0, 1) for kinds that are not recalibrated.
        bounds: (D, 2) smallest and largest probability that calibration subjects' records support; (0, 1) likewise.
        basis: (cohorts + 1, D, strata) calibration subjects of the group itself that a multiplier is estimated from;
            0 where they were too few and the wider group's multiplier is used.
        patients: (D,) calibration subjects who have the outcome.
        floor: (D,) least scale: a smaller one of a forecast counts as this (`least_scale`).

    """

    multipliers: Floats
    line: Floats
    bounds: Floats
    basis: Ints = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))
    patients: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    floor: Floats = field(default_factory=lambda: np.zeros(0))

    def half_width(self, forecast: Forecast, outcome: int, own: Ints, cohort: Ints, level: float) -> Floats:
        """(R,) half-width of the interval on model scale; NaN where there is no interval.

        Args:
            forecast: of R records; outcome: its index; own: (R,) own values of it that were used.
            cohort: (R,) index of the cohort; level: one of LEVELS.

        """
        known = np.where(cohort < len(self.multipliers) - 1, cohort, len(self.multipliers) - 1)
        m = self.multipliers[known, outcome, stratum_of(own), LEVELS.index(level)]
        least = self.floor[outcome] if len(self.floor) else 0.0
        return np.asarray(m * np.maximum(forecast.scale[:, outcome], least))

    def centre(self, forecast: Forecast, outcome: int, kind: OutcomeKind) -> Floats:
        """(R,) recalibrated centre on model scale; the probability of a binary outcome."""
        return kind.recalibrated(forecast.mean[:, outcome], self.line[outcome], self.bounds[outcome])

    def missing_levels(self, outcome: int) -> list[float]:
        """Levels without an interval for an outcome with a scale, in any stratum."""
        known = ~np.isnan(self.multipliers[-1, outcome]).all(0)
        return [level for level, some in zip(LEVELS, known, strict=True) if not some]

    def no_interval(self, outcome: int, levels: Sequence[float]) -> str:
        """Why an outcome with a scale has no interval of these levels, as a sentence; "" for no levels."""
        if levels and self.patients[outcome] >= needed_for_level(max(levels)):
            return "No prediction interval: errors on calibration patients have no bound."
        return no_interval(levels)

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return {name: values.tolist() for name, values in vars(self).items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Calibration":
        """Read what `to_json` returned."""
        return cls(**{name: np.asarray(values) for name, values in facts.items()})


def read_calibrations(folder: Path) -> dict[str, Calibration]:
    """Predictor -> its calibration, of a run folder."""
    facts = json.loads((folder / run_files.CALIBRATION).read_text())
    return {name: Calibration.from_json(c) for name, c in facts.items()}


@dataclass(frozen=True)
class CalibrationRecords:
    """R records of one predictor; the attributes are the arguments of `calibrate`."""

    forecast: Forecast
    y: Floats
    own: Ints
    cohort: Ints
    subject: Ints

    def scores(self, outcome: int, kind: OutcomeKind, least_scale: float) -> Scores:
        """The conformity scores of an outcome with a scale, where it is observed."""
        seen = ~np.isnan(self.y[:, outcome])
        mean, scale = (part[seen, outcome] for part in (self.forecast.mean, self.forecast.scale))
        score = kind.conformity(self.y[seen, outcome], mean, np.maximum(scale, least_scale))
        return Scores(score, self.subject[seen], stratum_of(self.own[seen, outcome]), self.cohort[seen])


def calibrate(
    forecast: Forecast,
    y: Floats,
    own: Ints,
    cohort: Ints,
    subject: Ints,
    layout: OutcomeLayout,
    n_cohorts: int,
    floor: Floats | None = None,
    lent: CalibrationRecords | None = None,
) -> Calibration:
    """Calibrate one predictor on calibration subjects' records.

    Args:
        forecast: of R records and D outcomes, on model scale; y: (R, D) truth, NaN where not observed.
        own: (R, D) own values of each outcome that were used.
        cohort, subject: (R,) index of the cohort, index of the subject.
        layout: the outcomes; n_cohorts: number of cohorts.
        floor: (D,) least scale of each outcome (`least_scale`); none by default.
        lent: records of subjects who lend the context of new cohorts, each predicted from what the others lend.

    """
    d, strata = len(layout.outcomes), len(STRATA)
    multipliers = np.full((n_cohorts + 1, d, strata, len(LEVELS)), np.nan)
    line, bounds = np.tile([0.0, 1.0], (d, 1)), np.tile([0.0, 1.0], (d, 1))
    basis, patients = np.zeros((n_cohorts + 1, d, strata), dtype=np.int64), np.zeros(d, dtype=np.int64)
    least = np.zeros(d) if floor is None else floor
    records = CalibrationRecords(forecast, y, own, cohort, subject)
    for i, kind in enumerate(layout.kinds):
        seen = ~np.isnan(y[:, i])
        truth, mean, who = y[seen, i], forecast.mean[seen, i], subject[seen]
        patients[i] = len(np.unique(who))
        line[i], bounds[i] = kind.recalibration(mean, truth, who, stratum_of(own[seen, i]))
        if kind.has_scale:
            told = lent.scores(i, kind, least[i]) if lent else None
            multipliers[:, i], basis[:, i] = interval_multipliers(
                records.scores(i, kind, least[i]), n_cohorts, told
            )
    return Calibration(multipliers, line, bounds, basis, patients, least)


def describe(
    calibration: Calibration, layout: OutcomeLayout, cohort_names: Sequence[str]
) -> list[dict[str, Any]]:
    """What each interval is estimated from: one row per outcome and stratum, with counts of calibration subjects."""
    out = []
    for i in layout.scaled:
        for s in range(len(STRATA)):
            own = [n for n, b in zip(cohort_names, calibration.basis[:-1, i, s], strict=True) if b]
            n = int(calibration.basis[-1, i, s])
            known = [
                f"{100 * p:.0f} %" for j, p in enumerate(LEVELS) if calibration.multipliers[-1, i, s, j] >= 0
            ]
            out.append(
                {
                    "outcome": layout.outcomes[i].name,
                    "support_size": stratum_name(s),
                    "calibration_patients": n or "too few: pooled over numbers of own values",
                    "cohorts_of_their_own": ", ".join(own) or "none: pooled over cohorts",
                    "intervals": ", ".join(known) or "none: too few calibration patients",
                }
            )
    return out


def too_few_remarks(prepared: "Prepared", calibration: "Calibration") -> dict[str, str]:
    """Outcome -> what is withheld or limited because patients are too few, as sentences; the others are left out."""
    evaluated = evaluated_sizes(prepared)
    most = max(support_sizes(prepared.study, main_setting(prepared.study)), default=0)
    rare, out = few_events(prepared), {}
    for d, outcome in enumerate(prepared.layout.outcomes):
        last = int(np.flatnonzero(evaluated[d]).max(initial=-1))
        if outcome.name in prepared.withheld or last < 0:
            why = prepared.withheld.get(outcome.name) or too_few("held_out")
            out[outcome.name] = f"Withheld for everybody. {why}"
            continue
        missing = calibration.missing_levels(d) if d in prepared.layout.scaled else []
        parts = [
            calibration.no_interval(d, missing),
            rare.get(outcome.name, ""),
            _evaluated_up_to(last, most),
        ]
        if text := " ".join(part for part in parts if part):
            out[outcome.name] = text
    return out


def _evaluated_up_to(last: int, most: int) -> str:
    if last >= most:
        return ""
    if last == 0:
        return "Predicted without own records: nobody with own records was evaluated."
    records = "1 own record" if last == 1 else f"{last} own records"
    return f"Predicted from at most {records}: nobody with more was evaluated."


def few_events(prepared: "Prepared") -> dict[str, str]:
    """Binary outcome -> a sentence, where too few training patients had the event, or did not have it."""
    table, rows, out = prepared.table, prepared.rows("train"), {}
    for d in prepared.layout.yes_or_no:
        own = [len(np.unique(table.person[table.subject[rows[table.y[rows, d] == v]]])) for v in (0, 1)]
        if min(own) < needed("an event"):
            what = "did not have" if own[0] < own[1] else "had"
            out[prepared.layout.outcomes[d].name] = (
                f"Fewer than {needed('an event')} training patients {what} this event: the risk is little more "
                "than its frequency."
            )
    return out
