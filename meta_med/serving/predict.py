"""Serving, second half: the champion's predictions with intervals in clinical units, and the un-adapted ones."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.calibrate.calibration import LEVELS, Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.strata import stratum_of
from meta_med.cohorts.record_table import Floats
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED
from meta_med.serving.adapt import FALLBACK, Serving
from meta_med.serving.statuses import WITHHELD
from meta_med.study import DAYS_PER_YEAR

VALUES = ("mean", "probability", "unadapted_mean", "unadapted_probability")


def predictions(
    serving: Serving,
    frame: pd.DataFrame,
    forecasts: Mapping[str, Forecast],
    champion: Champion,
    calibrations: Mapping[str, Calibration],
) -> pd.DataFrame:
    """Rows of the published `predictions` table: current subjects x outcomes; withheld ones have no value.

    Args:
        serving: the records that are predicted.
        frame: their statuses; its column `instead` names the baseline of a patient whose adaptation diverged, else "".
        forecasts: their forecasts by CHAMPION, UN_ADAPTED and FALLBACK.
        champion, calibrations: the choice of predictors, and the calibration of each.

    """
    table = serving.prepared.table
    frame = frame.assign(subject_id=table.subject_ids[frame["subject"].to_numpy()]).drop(columns="subject")
    dated = serving.prepared.study.dated
    when = np.where(
        dated, table.time[serving.rows] * DAYS_PER_YEAR, np.nan
    )  # times that are only an order have no days
    frame["predicted_time_days"] = np.repeat(when, len(serving.prepared.layout.outcomes))
    adapted = clinical_columns(serving, forecasts[CHAMPION], calibrations[CHAMPION], "")
    plain = clinical_columns(serving, forecasts[UN_ADAPTED], calibrations[UN_ADAPTED], "unadapted_")
    frame = frame.assign(**adapted, **plain, predictor=_predictors(serving, champion))
    frame = with_fallbacks(serving, frame, forecasts[FALLBACK], calibrations)
    frame["reason"] = _with_missing_intervals(serving, frame, calibrations)
    hidden = frame["status"] == WITHHELD
    values = [c for c in frame if c in VALUES or any(side in str(c) for side in ("lower_", "upper_"))]
    frame.loc[hidden, values] = np.nan
    return frame


def with_fallbacks(
    serving: Serving, frame: pd.DataFrame, fallback: Forecast, calibrations: Mapping[str, Calibration]
) -> pd.DataFrame:
    """Where adaptation diverged, replace the numbers by the best baseline's, with its own intervals."""
    instead = frame["instead"]
    for name in (n for n in instead.unique() if n):
        columns = pd.DataFrame(clinical_columns(serving, fallback, calibrations[name], ""), index=frame.index)
        rows = instead == name
        frame.loc[rows, columns.columns] = columns[rows]
        frame.loc[rows, "predictor"] = name
    return frame.drop(columns="instead")


def _with_missing_intervals(
    serving: Serving, frame: pd.DataFrame, calibrations: Mapping[str, Calibration]
) -> pd.Series:
    """The reasons, extended by why a prediction has no interval."""
    reason = frame["reason"].copy()
    layout = serving.prepared.layout
    shown = (frame["status"] != WITHHELD) & frame["mean"].notna()
    for d in layout.scaled:
        own = shown & (frame["outcome"] == layout.outcomes[d].name)
        missing = np.stack([frame[f"lower_{round(100 * level)}"].isna() & own for level in LEVELS], 1)
        for pattern in np.unique(missing[missing.any(1)], axis=0):
            rows = (missing == pattern).all(1)
            why = calibrations[CHAMPION].no_interval(
                d, [p for p, no in zip(LEVELS, pattern, strict=True) if no]
            )
            reason[rows] = (reason[rows] + " " + why).str.strip()
    return reason


def clinical_columns(
    serving: Serving, forecast: Forecast, calibration: Calibration, prefix: str
) -> dict[str, Floats]:
    """Column -> (R * D,) values: centre, bounds at each level, probability; NaN where the kind of outcome has none."""
    prepared = serving.prepared
    shape = forecast.mean.shape
    names = [
        "mean",
        "probability",
        *(f"{side}_{round(100 * p)}" for p in LEVELS for side in ("lower", "upper")),
    ]
    out = {name: np.full(shape, np.nan) for name in names}
    cohort = serving.queries.cohort(prepared.table)
    for d, kind in enumerate(prepared.layout.kinds):
        centre = calibration.centre(forecast, d, kind)
        out[kind.published_in][:, d] = prepared.scaling.clinical(centre, d, cohort)
        for level in LEVELS if kind.has_scale else ():
            half = calibration.half_width(forecast, d, serving.own_values[:, d], cohort, level)
            for side, sign in (("lower", -1), ("upper", 1)):
                bound = prepared.scaling.clinical(forecast.mean[:, d] + sign * half, d, cohort)
                out[f"{side}_{round(100 * level)}"][:, d] = bound
    kept = ("mean", "probability", "lower_90", "upper_90") if prefix else names
    return {f"{prefix}{name}": out[name].ravel() for name in kept}


def _predictors(serving: Serving, champion: Champion) -> np.ndarray:
    """The predictor of each prediction: the blend, or the name of a baseline."""
    strata, cohort = stratum_of(serving.own_values), serving.queries.cohort(serving.prepared.table)
    outcomes = np.broadcast_to(np.arange(strata.shape[1]), strata.shape)
    asked = np.stack([outcomes, strata, np.broadcast_to(cohort[:, None], strata.shape)], -1).reshape(-1, 3)
    size = asked.max(0) + 1
    cells, which = np.unique(np.ravel_multi_index(asked.T, size), return_inverse=True)
    names = [champion.predictor(*map(int, cell)) for cell in zip(*np.unravel_index(cells, size), strict=True)]
    return np.asarray(names, dtype=object)[which]
