"""Which horizons held-out patients can vouch for: coverage of their intervals, and why one is not published.

A horizon of an outcome is published where enough held-out patients have a value that far from an own record, enough
calibration patients give it an interval, and the 90 % interval does not surely hold far fewer values than it says.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.conformal import LEVELS, MIN_SUBJECTS
from meta_med.calibrate.over_time.horizon_calibration import HorizonCalibration
from meta_med.calibrate.over_time.horizon_records import looks_over_time
from meta_med.calibrate.over_time.horizon_scores import HorizonScores
from meta_med.calibrate.record_scores import ALL
from meta_med.cohorts.record_table import Floats
from meta_med.enough import needed
from meta_med.episodes.prepared import Prepared
from meta_med.evaluate.intervals import RowPatients, clustered_share
from meta_med.study import StudySpec

LEAST_COVERAGE = 0.85  # of 90 % intervals: one whose coverage is surely lower is not published
OVER_TIME = "over_time"  # a fact of a study's results: what `over_time_fact` returns
COLUMNS = (
    "outcome", "horizon_days", "coverage_50", "coverage_80", "coverage_90", "coverage_90_low", "coverage_90_high",
    "pooled_coverage_90", "predicted", "observed", "n_patients", "n_predictions",
)  # fmt: skip
ONE_TIME = "This study's covariates are computed for its own horizon only."
NO_INTERVAL = (
    f"Fewer than {MIN_SUBJECTS} calibration patients have this value so long after an earlier record."
)
FEW = (
    f"Fewer than {needed('a horizon')} held-out patients have this value so long after an earlier record: nobody can "
    "vouch for it."
)
TOO_NARROW = "On held-out patients the 90 % interval holds too few values at this distance."


def horizon_check(prepared: Prepared, scores: HorizonScores, horizons: HorizonCalibration) -> pd.DataFrame:
    """The table of a trained model: `horizon_table` for each outcome, with why a horizon is not published.

    Args:
        prepared: the study's records; scores: of held-out patients; horizons: what was calibrated.

    Returns:
        COLUMNS and reason: "" where the horizon is published. The study's own horizon always is.

    """
    names = [o.name for o in prepared.layout.outcomes]
    table = horizon_table(scores, names, horizons.days.tolist())
    own, over_time = prepared.study.serve.horizon_days, looks_over_time(prepared.table)
    no_interval = {
        (names[d], days): bool(np.isnan(horizons.factor[h, d]).any())
        for d in prepared.layout.scaled
        for h, days in enumerate(horizons.days.tolist())
    }
    reasons = [
        "" if row["horizon_days"] == own
        else ONE_TIME if not over_time
        else _reason(row, no_interval.get((row["outcome"], row["horizon_days"]), False))
        for row in table.to_dict("records")
    ]  # fmt: skip
    return table.assign(reason=np.asarray(reasons, dtype=object))


def _reason(row: dict[Any, Any], no_interval: bool) -> str:
    if row["n_patients"] < needed("a horizon"):
        return FEW
    if no_interval:
        return NO_INTERVAL
    return TOO_NARROW if row["coverage_90_high"] < LEAST_COVERAGE else ""


def horizon_table(scores: HorizonScores, outcomes: Sequence[str], days: Sequence[float]) -> pd.DataFrame:
    """One row per outcome and horizon: COLUMNS.

    coverage_*: share of values in their intervals, that of 90 % with its 95 % interval over patients;
    pooled_coverage_90: in intervals that are not calibrated for the horizon; predicted, observed: mean probability and
    share of events of an outcome without intervals; NaN where there is none.
    """
    rows = [
        {"outcome": name, "horizon_days": far, **_figures(scores, d, h)}
        for d, name in enumerate(outcomes)
        for h, far in enumerate(days)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n_patients": int, "n_predictions": int})


def pooled_table(scores: HorizonScores, days: Sequence[float]) -> pd.DataFrame:
    """The same over all outcomes with intervals, each value counting once: outcome "all"; empty without any."""
    rows = [{"outcome": ALL, "horizon_days": far, **_over_outcomes(scores, h)} for h, far in enumerate(days)]
    kept = [row for row in rows if row["n_predictions"]]
    return pd.DataFrame(kept, columns=list(COLUMNS))


def _figures(scores: HorizonScores, d: int, h: int) -> dict[str, float]:
    rows = scores.horizon == h
    columns = np.column_stack(
        [scores.inside[:, d], scores.pooled[:, d], scores.probability[:, d], scores.event[:, d]]
    )
    return _shares(scores, rows, columns)


def _over_outcomes(scores: HorizonScores, h: int) -> dict[str, float]:
    """Figures of each record's mean over outcomes."""
    nothing = np.full(len(scores.horizon), np.nan)
    columns = [_mean(scores.inside[:, :, level]) for level in range(len(LEVELS))]
    table = np.column_stack([*columns, _mean(scores.pooled), nothing, nothing])
    return _shares(scores, scores.horizon == h, table, values=scores.inside.shape[1])


def _mean(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    total = np.where(seen, values, 0.0).sum(1)
    return np.where(seen.any(1), total / np.maximum(seen.sum(1), 1), np.nan)


def _shares(scores: HorizonScores, rows: np.ndarray, columns: Floats, values: int = 1) -> dict[str, float]:
    """Shares of (R, 6) columns in the order of COLUMNS, over these rows."""
    patients = RowPatients.of(scores.subject, rows)
    names = ("coverage_50", "coverage_80", "coverage_90", "pooled_coverage_90", "predicted", "observed")
    if not len(patients):
        missing = dict.fromkeys((*names, "coverage_90_low", "coverage_90_high"), np.nan)
        return {**missing, "n_patients": 0, "n_predictions": 0}
    total, count = patients.sums(columns)
    found = clustered_share(total, count, values)
    seen = count.max(1) > 0
    return {
        **dict(zip(names, found.value.tolist(), strict=True)),
        "coverage_90_low": float(found.low[2]),
        "coverage_90_high": float(found.high[2]),
        "n_patients": int(seen.sum()),
        "n_predictions": int(count.sum(0).max()),
    }


def over_time_fact(scores: HorizonScores | None, spec: StudySpec) -> list[dict[str, Any]]:
    """The tables over all outcomes and of each one as JSON: a row per outcome and horizon, None where nothing is."""
    if scores is None or not len(scores.horizon):
        return []
    days = list(spec.horizons)
    both = [pooled_table(scores, days), horizon_table(scores, [o.name for o in spec.outcomes], days)]
    rows = [row for table in both for row in table.to_dict("records")]
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5) if np.isfinite(value) else None
    return value
