"""How the forecasts at each horizon did on records of held-out patients, record by record."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.conformal import LEVELS
from meta_med.calibrate.over_time.horizon_calibration import HorizonCalibration
from meta_med.calibrate.over_time.horizon_records import HorizonRecords
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.meta_train.predictors import PartFit


@dataclass(frozen=True)
class HorizonScores:
    """R records and D outcomes; NaN where an outcome is not observed or has no such score.

    Attributes:
        horizon, subject: (R,) index of the horizon, index of the person.
        inside: (R, D, levels) 1 where the value lies in its interval, else 0; NaN without an interval.
        pooled: (R, D) the same for the 90 % interval that is not calibrated for the horizon.
        event, probability: (R, D) of outcomes without a scale: the truth, and the recalibrated probability.

    """

    horizon: Ints
    subject: Ints
    inside: Floats
    pooled: Floats
    event: Floats
    probability: Floats

    def save(self, path: Path) -> None:
        """Write all arrays into one file."""
        save_file({f.name: np.ascontiguousarray(getattr(self, f.name)) for f in fields(self)}, path)

    @classmethod
    def load(cls, path: Path) -> "HorizonScores":
        """Read what `save` wrote."""
        return cls(**load_file(path))


def join_horizon_scores(parts: Sequence[HorizonScores]) -> HorizonScores:
    """The scores of several folds; the records of a person who is held out in several, by repeats, belong together."""
    arrays = {f.name: [getattr(p, f.name) for p in parts] for f in fields(HorizonScores)}
    return HorizonScores(**{name: np.concatenate(each) for name, each in arrays.items()})


def score_horizons(
    fit: PartFit, champion: Champion, pooled: Calibration, horizons: HorizonCalibration
) -> HorizonScores:
    """Score the champion's forecasts of held-out patients' records from each horizon."""
    return scores_of(HorizonRecords.of(fit, champion, "held_out"), fit, pooled, horizons)


def scores_of(
    records: HorizonRecords, fit: PartFit, pooled: Calibration, horizons: HorizonCalibration
) -> HorizonScores:
    """The scores of these records."""
    layout, y = fit.prepared.layout, records.y
    inside = np.full((*y.shape, len(LEVELS)), np.nan)
    plain, event, probability = (np.full(y.shape, np.nan) for _ in range(3))
    for d, kind in enumerate(layout.kinds) if len(records) else ():
        seen = ~np.isnan(y[:, d])
        if not kind.has_scale:
            event[:, d] = y[:, d]
            for h in np.unique(records.horizon):
                rows = seen & (records.horizon == h)
                forecast = records.forecast.take(rows)
                probability[rows, d] = horizons.centre(pooled, forecast, d, kind, int(h))
            continue
        who = (records.own[:, d], records.cohort)
        half = horizons.half_widths(pooled, records.forecast, d, *who, records.horizon)
        usual = pooled.half_width(records.forecast, d, *who, max(LEVELS))
        error = np.abs(y[:, d] - records.forecast.mean[:, d])
        inside[:, d] = _share(error[:, None], half)
        plain[:, d] = _share(error, usual)
    return HorizonScores(records.horizon, records.subject, inside, plain, event, probability)


def _share(error: Floats, half: Floats) -> Floats:
    """1 where the error is within the half-width, 0 where it is beyond; NaN where either is missing."""
    return np.where(np.isnan(error) | np.isnan(half), np.nan, (error <= half).astype(np.float64))
