"""Intervals for each horizon: the width that calibration patients' records need when they are predicted from that far.

The champion's intervals are calibrated on records as they come, most of them about one visit ahead. Further ahead they
may be too narrow, and nearer too wide. So calibration patients' records are asked from each horizon too, and their
scores are taken relative to these intervals: the conformal quantile of the relative scores is the factor by which the
intervals of that horizon are wider or narrower. It is shrunk to 1 as a stratum's quantile is to that of all strata
(`conformal`). The study's own horizon keeps the intervals that are published as its prediction.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from meta_med import run_files
from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.conformal import LEVELS, MIN_SUBJECTS, STRATUM_PRIOR, GroupScores, shrunk
from meta_med.calibrate.over_time.horizon_records import HorizonRecords, join_horizon_records
from meta_med.calibrate.strata import stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.prepared import Prepared
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import FittedPredictors, PartFit
from meta_med.outcomes import OutcomeKind, OutcomeLayout


@dataclass(frozen=True)
class HorizonCalibration:
    """What each of H horizons changes in the champion's calibration.

    Attributes:
        days: (H,) the horizons, nearest first; empty where the study has no forecast over time.
        factor: (H, D, levels) on the half-width of an interval; NaN: calibration patients are too few for one.
        line, bounds: (H, D, 2) second recalibration of probabilities, after the champion's; see `Calibration`.
        patients: (H, D) calibration patients whose records are that far from an own one.

    """

    days: Floats
    factor: Floats
    line: Floats
    bounds: Floats
    patients: Ints

    @classmethod
    def unchanged(cls, days: Sequence[float], outcomes: int) -> "HorizonCalibration":
        """Horizons with the champion's intervals as they are."""
        pair = np.tile([0.0, 1.0], (len(days), outcomes, 1))
        factor = np.ones((len(days), outcomes, len(LEVELS)))
        patients = np.zeros((len(days), outcomes), dtype=np.int64)
        return cls(np.asarray(days, dtype=np.float64), factor, pair, pair.copy(), patients)

    def half_widths(
        self, pooled: Calibration, forecast: Forecast, outcome: int, own: Ints, cohort: Ints, horizon: Ints
    ) -> Floats:
        """(R, levels) half-widths on model scale; NaN where there is no interval.

        Args:
            pooled: the champion's calibration; forecast, outcome, own, cohort: as of `Calibration.half_width`.
            horizon: (R,) index of the horizon.

        """
        usual = [pooled.half_width(forecast, outcome, own, cohort, level) for level in LEVELS]
        wide = np.stack(usual, 1) * self.factor[horizon, outcome]
        return np.maximum.accumulate(wide, axis=1)  # NaN of a level stays NaN in those above, which need more

    def centre(
        self, pooled: Calibration, forecast: Forecast, outcome: int, kind: OutcomeKind, horizon: int
    ) -> Floats:
        """(R,) recalibrated centres on model scale, all at one horizon; probabilities of a binary outcome."""
        usual = pooled.centre(forecast, outcome, kind)
        if kind.has_scale:
            return usual
        return kind.recalibrated(usual, self.line[horizon, outcome], self.bounds[horizon, outcome])

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return {name: values.tolist() for name, values in vars(self).items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "HorizonCalibration":
        """Read what `to_json` returned."""
        return cls(**{name: np.asarray(values) for name, values in facts.items()})


def read_horizons(folder: Path) -> HorizonCalibration:
    """The horizons of a run folder or a model version."""
    return HorizonCalibration.from_json(json.loads((folder / run_files.HORIZONS).read_text()))


def calibrate_horizons(
    prepared: Prepared,
    fitted: FittedPredictors,
    champion: Champion,
    pooled: Calibration,
    parts: Sequence[PartFit] = (),
) -> HorizonCalibration:
    """Calibrate every horizon of the study on calibration patients.

    Args:
        prepared, fitted: the study's records, and its predictors.
        champion, pooled: the choice among these, and the champion's calibration.
        parts: where patients are divided into parts, the fits without each.

    """
    days = prepared.study.horizons
    if not days:
        return HorizonCalibration.unchanged((), len(prepared.layout.outcomes))
    each = [HorizonRecords.of(fit, champion, "calibration") for fit in parts or (PartFit(prepared, fitted),)]
    keep = days.index(prepared.study.serve.horizon_days)
    return calibrated(join_horizon_records(each), pooled, prepared.layout, days, keep)


def calibrated(
    records: HorizonRecords, pooled: Calibration, layout: OutcomeLayout, days: Sequence[float], keep: int = -1
) -> HorizonCalibration:
    """The calibration of each horizon from records that were asked from there.

    Args:
        records: of calibration patients; pooled: the champion's calibration; layout: the outcomes.
        days: the horizons; keep: the index of one whose intervals stay as they are; -1: none.

    """
    found = HorizonCalibration.unchanged(days, len(layout.outcomes))
    for h in range(len(days)):
        for d, kind in enumerate(layout.kinds):
            own = records.take((records.horizon == h) & ~np.isnan(records.y[:, d]))
            found.patients[h, d] = len(np.unique(own.subject))
            if h == keep:
                continue
            if kind.has_scale:
                found.factor[h, d] = _factor(own, pooled, d, kind, len(days))
            elif len(own):
                centre = pooled.centre(own.forecast, d, kind)
                found.line[h, d], found.bounds[h, d] = kind.recalibration(
                    centre, own.y[:, d], own.subject, stratum_of(own.own[:, d])
                )
    return found


def _factor(own: HorizonRecords, pooled: Calibration, d: int, kind: OutcomeKind, horizons: int) -> Floats:
    """(levels,) factor on the half-widths of an outcome at one horizon; NaN where there is no interval."""
    unit = np.nan_to_num(pooled.multipliers[-1, d]).max(0)
    if len(np.unique(own.subject)) < MIN_SUBJECTS or not (unit > 0).all():
        return np.full(len(LEVELS), np.nan)
    mean = own.forecast.mean[:, d]
    relative = [
        kind.conformity(
            own.y[:, d], mean, pooled.half_width(own.forecast, d, own.own[:, d], own.cohort, level)
        )
        for level in LEVELS
    ]
    scores = GroupScores.of(np.stack(relative, 1), own.subject).in_units(unit)
    factor = shrunk(scores, unit, STRATUM_PRIOR, horizons) / unit
    return np.where(np.isfinite(factor), factor, np.nan)
