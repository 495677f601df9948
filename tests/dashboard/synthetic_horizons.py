"""Forecasts over time of a synthetic release: wider further ahead; nobody vouches for the nearest horizon."""

import numpy as np
import pandas as pd

from meta_med.published.tables import content_columns

DAYS = (91.3125, 182.625, 365.25, 730.5)
OWN = 365.25
FEW = "Fewer than 20 held-out patients have this value so long after an earlier record: nobody can vouch for it."
ENDS = tuple(f"{side}_{level}" for level in (50, 80, 90) for side in ("lower", "upper"))


def horizon_frames(predictions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables `horizons` and `horizon_check` beside these predictions."""
    columns = list(content_columns("horizons"))
    frames = [_at(predictions, days) for days in DAYS]
    rows = pd.concat(frames).sort_values(["subject_id", "outcome", "horizon_days"], ignore_index=True)
    outcomes = predictions.drop_duplicates("outcome")
    checks = [_check(row, days) for row in outcomes.to_dict("records") for days in DAYS]
    return {
        "horizons": rows[columns],
        "horizon_check": pd.DataFrame(checks, columns=list(content_columns("horizon_check"))),
    }


def _at(predictions: pd.DataFrame, days: float) -> pd.DataFrame:
    """The predictions with intervals that grow with the square root of the time ahead, by factors."""
    rows = predictions.copy()
    when = rows["predicted_time_days"] - OWN + days
    rows = rows.assign(horizon_days=days, predicted_time_days=when)
    if days == OWN:
        return rows
    wider = (days / OWN) ** 0.5
    for end in ENDS:
        rows[end] = rows["mean"] * (rows[end] / rows["mean"]) ** wider
    if days == DAYS[0]:
        rows[["mean", "probability", *ENDS]] = np.nan
        rows["reason"] = np.where(rows["status"] == "withheld", rows["reason"], FEW)
    return rows


def _check(outcome: dict, days: float) -> dict:
    few = days == DAYS[0]
    n = 8 if few else 62
    risk = pd.isna(outcome["mean"]) and outcome["outcome"] == "edema"
    covered = np.nan if risk or few else 0.91
    return {
        "outcome": outcome["outcome"], "horizon_days": days, "coverage_50": covered - 0.4, "coverage_80": covered - 0.1,
        "coverage_90": covered, "coverage_90_low": covered - 0.03, "coverage_90_high": covered + 0.02,
        "pooled_coverage_90": covered - 0.05, "predicted": 0.31 if risk else np.nan,
        "observed": 0.29 if risk else np.nan, "n_patients": n, "n_predictions": 2 * n, "reason": FEW if few else "",
    }  # fmt: skip
