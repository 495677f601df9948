"""A forecast over time: each current subject at every horizon of the study, beside the prediction of the next record.

Rows of the published `horizons` table. The study's own horizon repeats the prediction; another one is published where
held-out patients vouch for it, with intervals calibrated for it, and else its reason stands in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.calibrate.champion import Champion
from meta_med.calibrate.conformal import LEVELS
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.prepared import Prepared
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors
from meta_med.model_version.serving_model import ServingModel
from meta_med.published.durations import stated
from meta_med.serving.adapt import Serving, champion_forecast, next_records
from meta_med.serving.splice import spliced
from meta_med.serving.statuses import WITHHELD
from meta_med.study import DAYS_PER_YEAR

NUMBERS = (
    "mean", "lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability",
)  # fmt: skip
COLUMNS = ("subject_id", "outcome", "horizon_days", "predicted_time_days", *NUMBERS, "reason")
DIVERGED = "Adapting to this patient's records gave an implausible result: no forecast over time."
LOST = "No predictor gave a number for this patient."


def forecast_name(days: float) -> str:
    """The name of the champion's forecasts at a horizon, among the adapted ones."""
    return f"{CHAMPION} after {days!r} days"


def other_horizons(model: ServingModel) -> list[float]:
    """The horizons of the model that are published for any outcome, without the study's own."""
    check = model.horizon_check
    shown = check.loc[check["reason"] == "", "horizon_days"].unique().tolist()
    return sorted(days for days in shown if days != model.study.serve.horizon_days)


def servings_over_time(model: ServingModel, ready: Prepared, current: Bools) -> dict[float, Serving]:
    """Horizon -> the record to come of each current subject, so far after their newest one."""
    out = {}
    for days in other_horizons(model):
        study = replace(ready.study, serve=replace(ready.study.serve, horizon_days=days))
        out[days] = next_records(replace(ready, study=study), current, model.evaluated)
    return out


@dataclass(frozen=True)
class Later:
    """What intervals at another horizon depend on: (R, D) own values that are used, and years since the newest one."""

    own_values: Ints
    age: Floats


def later_records(
    model: ServingModel, ready: Prepared, current: Bools, serving: Serving
) -> dict[float, Later]:
    """Horizon -> of the record to come of each current subject, so far after their newest one, without its records.

    Args:
        model: the trained model.
        ready, current: the study's records, and who of its subjects is current.
        serving: the records at the study's own horizon.

    """
    study, table = model.study, ready.table
    newest = table.time[table.newest][current, None]
    measured = np.where(np.isnan(table.y), -np.inf, table.time[:, None])
    last = np.maximum.reduceat(measured, table.offsets[:-1])[current]
    out = {}
    for days in other_horizons(model):
        age = (newest + days / DAYS_PER_YEAR) - last
        # own records within the gap before the study's own horizon are used at later ones
        alike = study.serve.horizon_days >= study.records.gap_days
        own = serving if alike else servings_over_time(model, ready, current)[days]
        out[days] = Later(own.own_values, np.where(np.isfinite(age), age, np.nan))
    return out


def forecasts_over_time(
    servings: Mapping[float, Serving], fitted: FittedPredictors, champion: Champion
) -> dict[str, Forecast]:
    """`forecast_name` of each horizon -> the champion's forecasts of its records."""
    return {forecast_name(days): champion_forecast(s, fitted, champion) for days, s in servings.items()}


def horizon_rows(
    model: ServingModel,
    serving: Serving,
    ahead: Mapping[float, Later],
    predicted: pd.DataFrame,
    instead: pd.Series,
    forecasts: Mapping[str, Forecast],
) -> pd.DataFrame:
    """Rows of the published `horizons` table: current subjects x outcomes x horizons.

    Args:
        model: the trained model; serving: the predicted records; ahead: `later_records` of the other horizons.
        predicted: the rows of `predictions`, of which the study's own horizon has the numbers.
        instead: of each of these rows the baseline that replaces a diverged adaptation, else "".
        forecasts: the adapted ones.

    """
    study, days = model.study, model.horizons.days.tolist()
    shape = len(serving.rows), len(study.outcomes)
    newest = serving.prepared.table.time[serving.rows] * DAYS_PER_YEAR - study.serve.horizon_days
    parts = []
    for h, far in enumerate(days):
        part = predicted[["subject_id", "outcome", *NUMBERS, "reason"]]
        if far != study.serve.horizon_days:
            numbers = {}
            if far in ahead:
                numbers = _numbers(serving, ahead[far], forecasts[forecast_name(far)], model, h)
            why = _reasons(model, far, predicted, instead, ahead.get(far), numbers, shape)
            part = part.assign(**_shown(numbers, why), reason=why)
        when = np.repeat(newest + far, shape[1])
        parts.append(part.assign(horizon_days=far, predicted_time_days=when)[list(COLUMNS)])
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    by_prediction = np.arange(len(predicted))[:, None] + len(predicted) * np.argsort(days, kind="stable")
    return spliced(parts, by_prediction.ravel())


def _numbers(
    serving: Serving, later: Later, forecast: Forecast, model: ServingModel, h: int
) -> dict[str, Floats]:
    """Column -> (R * D,) numbers in clinical units at one horizon."""
    prepared, horizons, pooled = serving.prepared, model.horizons, model.calibrations[CHAMPION]
    out = {name: np.full(forecast.mean.shape, np.nan) for name in NUMBERS}
    cohort = serving.queries.cohort(prepared.table)
    for d, kind in enumerate(prepared.layout.kinds):
        centre = horizons.centre(pooled, forecast, d, kind, h)
        out[kind.published_in][:, d] = prepared.scaling.clinical(centre, d, cohort)
        if not kind.has_scale:
            continue
        own, at = later.own_values[:, d], np.full(len(cohort), h)
        half = horizons.half_widths(pooled, forecast, d, own, cohort, at)
        for place, level in enumerate(LEVELS):
            for side, sign in (("lower", -1), ("upper", 1)):
                bound = prepared.scaling.clinical(forecast.mean[:, d] + sign * half[:, place], d, cohort)
                out[f"{side}_{round(100 * level)}"][:, d] = bound
    return {name: values.ravel() for name, values in out.items()}


def _reasons(
    model: ServingModel,
    far: float,
    predicted: pd.DataFrame,
    instead: pd.Series,
    later: Later | None,
    numbers: Mapping[str, Floats],
    shape: tuple[int, int],
) -> np.ndarray:
    """(R * D,) why there is no forecast at a horizon; "" where there is one."""
    check = model.horizon_check
    told = check[check["horizon_days"] == far].set_index("outcome")["reason"]
    of_outcome = np.tile([told[o.name] for o in model.study.outcomes], shape[0]).astype(object)
    limit = model.study.serve.max_age_days
    too_old = np.zeros(shape, dtype=bool) if later is None else later.age * DAYS_PER_YEAR > limit
    lost = np.zeros(len(predicted), dtype=bool)
    if numbers:
        lost = ~np.isfinite(numbers["mean"]) & ~np.isfinite(numbers["probability"])
    cases = [
        (predicted["status"].to_numpy() == WITHHELD, predicted["reason"].to_numpy()),
        (of_outcome != "", of_outcome),
        (instead.to_numpy() != "", DIVERGED),
        (too_old.ravel(), f"Last measured more than {stated(limit)} before that time."),
        (lost, LOST),
    ]
    return np.select([c for c, _ in cases], [np.asarray(t, dtype=object) for _, t in cases], "")


def _shown(numbers: Mapping[str, Floats], why: np.ndarray) -> dict[str, Floats]:
    """The numbers, without those that a reason replaces."""
    hidden = why.astype(str) != ""
    nothing = np.full(len(why), np.nan)
    return {name: np.where(hidden, np.nan, numbers.get(name, nothing)) for name in NUMBERS}
