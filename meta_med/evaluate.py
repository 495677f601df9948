"""Evaluation on held-out subjects: one table, every predictor, intervals over patients.

Metrics of continuous outcomes are in clinical units; the rows of outcome "all" are means over the continuous
outcomes in training standard deviations on model scale (logs where the study says so). Confidence intervals
resample patients, not records.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from meta_med.calibrate import LEVELS, Calibration
from meta_med.forecast import Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Bools, Floats, Ints
from meta_med.scaling import Scaling
from meta_med.scores import auroc, calibration_line, crps_of_quantiles, log_loss

POOLED = -1  # the support_size of rows that pool every k >= 1
ALL = "all"
QUANTILES = 20
BOOTSTRAPS = 400
COLUMNS = (
    "study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
    "n_patients", "n_predictions", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """What is judged: R records of held-out subjects.

    Attributes:
        y: (R, D) truth on model scale; size, subject, cohort: (R,); cohort_names; scaling; layout; units (D,).

    """

    y: Floats
    size: Ints
    subject: Ints
    cohort: Ints
    cohort_names: Sequence[str]
    scaling: Scaling
    layout: OutcomeLayout
    units: Sequence[str]


@dataclass(frozen=True)
class _Cell:
    """The rows that one line of the table is about."""

    cohort: str
    support_size: int
    rows: Bools


def evaluate(
    study: str, judged: Judged, forecasts: Mapping[str, Forecast], calibrations: Mapping[str, Calibration]
) -> pd.DataFrame:
    """The evaluation table (COLUMNS) of these predictors on these records."""
    lines: list[tuple[object, ...]] = []
    cells = list(_cells(judged))
    weights = _bootstrap_weights(judged.subject)
    for name, forecast in forecasts.items():
        scores = _scores(judged, forecast, calibrations[name])
        for (outcome, metric, unit), score in scores.items():
            for cell in cells:
                found = _mean_over_patients(score, cell.rows, judged.subject, weights, root=metric == "rmse")
                if found is not None:
                    lines.append((study, outcome, name, cell.cohort, cell.support_size, metric, *found, unit))
        lines += _ranking(study, judged, forecast, calibrations[name], name, cells)
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _cells(judged: Judged) -> Iterator[_Cell]:
    everyone = np.ones(len(judged.size), dtype=bool)
    for k in np.unique(judged.size):
        yield _Cell(ALL, int(k), judged.size == k)
    yield _Cell(ALL, POOLED, judged.size > 0)
    for c, name in enumerate(judged.cohort_names):
        own = everyone & (judged.cohort == c)
        yield _Cell(name, 0, own & (judged.size == 0))
        yield _Cell(name, POOLED, own & (judged.size > 0))


def _scores(judged: Judged, forecast: Forecast, calibration: Calibration) -> dict[tuple[str, str, str], Floats]:
    """(outcome, metric, unit) -> (R,) score of each record; NaN where the outcome is not observed."""
    out: dict[tuple[str, str, str], Floats] = {}
    standard: dict[str, list[Floats]] = {}
    for d, outcome in enumerate(judged.layout.outcomes):
        if outcome.kind == "continuous":
            for metric, score in _continuous(judged, forecast, calibration, d, clinical=True).items():
                out[outcome.name, metric, judged.units[d] if metric != "coverage_90" else "share"] = score
            for metric, score in _continuous(judged, forecast, calibration, d, clinical=False).items():
                standard.setdefault(metric, []).append(score)
        else:
            y, p = judged.y[:, d], calibration.probability(forecast, d)
            out[outcome.name, "brier", "1"] = (y - p) ** 2
            out[outcome.name, "log_loss", "nats"] = np.where(np.isnan(y), np.nan, log_loss(np.nan_to_num(y), p))
    for metric, parts in standard.items():
        out[ALL, metric, "share" if metric == "coverage_90" else "sd"] = _mean_of_observed(np.stack(parts, 1))
    return out


def _continuous(
    judged: Judged, forecast: Forecast, calibration: Calibration, d: int, *, clinical: bool
) -> dict[str, Floats]:
    half = calibration.half_width(forecast, d, judged.size, judged.cohort, 0.9)
    centre, y = forecast.mean[:, d], judged.y[:, d]
    scale = calibration.half_width(forecast, d, judged.size, judged.cohort, LEVELS[1])
    scale = scale / stats.t.ppf(0.5 + LEVELS[1] / 2, forecast.df[d])
    unit = stats.t.ppf((np.arange(QUANTILES) + 0.5) / QUANTILES, forecast.df[d])
    quantiles = centre[:, None] + unit * scale[:, None]
    low, high = centre - half, centre + half
    inside = np.where(np.isnan(y), np.nan, (y >= low) & (y <= high))
    if clinical:
        centre, y, low, high, quantiles = (judged.scaling.clinical(v, d) for v in (centre, y, low, high, quantiles))
    return {
        "mae": np.abs(y - centre),
        "rmse": (y - centre) ** 2,
        "crps": crps_of_quantiles(y, quantiles),
        "coverage_90": inside,
        "width_90": np.where(np.isnan(y), np.nan, high - low),
    }


def _mean_of_observed(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.where(seen.any(1), np.nansum(values, 1) / np.maximum(seen.sum(1), 1), np.nan)


def _bootstrap_weights(subject: Ints) -> Floats:
    """(BOOTSTRAPS, subjects): how often each subject is drawn, with a fixed seed."""
    n = int(subject.max()) + 1 if len(subject) else 0
    present = np.unique(subject)
    rng = np.random.default_rng(20260101)
    weights = np.zeros((BOOTSTRAPS, n))
    weights[:, present] = rng.multinomial(len(present), np.full(len(present), 1 / len(present)), BOOTSTRAPS)
    return weights


def _mean_over_patients(
    score: Floats, rows: Bools, subject: Ints, weights: Floats, *, root: bool
) -> tuple[float, float, float, int, int] | None:
    """Mean over predictions with a 95 % interval that resamples patients; None with nothing observed."""
    use = rows & ~np.isnan(score)
    if not use.any():
        return None
    n = weights.shape[1]
    total = np.bincount(subject[use], score[use], minlength=n)
    count = np.bincount(subject[use], minlength=n)
    drawn = weights @ np.stack([total, count], 1)
    means = drawn[:, 0] / np.maximum(drawn[:, 1], 1)
    value, low, high = total.sum() / count.sum(), *np.quantile(means, [0.025, 0.975])
    if root:
        value, low, high = np.sqrt([value, low, high])
    return float(value), float(low), float(high), int((count > 0).sum()), int(use.sum())


def _ranking(
    study: str,
    judged: Judged,
    forecast: Forecast,
    calibration: Calibration,
    name: str,
    cells: Sequence[_Cell],
) -> list[tuple[object, ...]]:
    """AUROC (Hanley & McNeil 1982 interval over patients) and the calibration line of binary outcomes."""
    lines: list[tuple[object, ...]] = []
    for d in judged.layout.classes:
        y, p = judged.y[:, d], calibration.probability(forecast, d)
        for cell in (c for c in cells if c.cohort == ALL):
            use = cell.rows & ~np.isnan(y)
            n_patients = len(np.unique(judged.subject[use]))
            events = float(np.nansum(y[use]))
            if events < 5 or use.sum() - events < 5:
                continue  # not estimable: a point from fewer events would mislead
            tail = (n_patients, int(use.sum()), "1")
            head = (study, judged.layout.outcomes[d].name, name, ALL, cell.support_size)
            area = auroc(y[use], p[use])
            half = 1.96 * _auroc_error(area, events / use.sum() * n_patients, n_patients)
            lines.append((*head, "auroc", area, max(0.0, area - half), min(1.0, area + half), *tail))
            a, b, a_error, b_error = calibration_line(y[use], p[use])
            lines.append((*head, "calibration_intercept", a, a - 1.96 * a_error, a + 1.96 * a_error, *tail))
            lines.append((*head, "calibration_slope", b, b - 1.96 * b_error, b + 1.96 * b_error, *tail))
    return lines


def _auroc_error(area: float, positive: float, patients: int) -> float:
    negative = patients - positive
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (positive - 1) * (q1 - area**2) + (negative - 1) * (q2 - area**2)
    return float(np.sqrt(max(variance, 0.0) / (positive * negative)))


def by_support_size(table: pd.DataFrame, metric: str = "mae", outcome: str = ALL, largest: int = 5) -> pd.DataFrame:
    """Predictors down, support sizes 0..largest across, and the mean over 1..largest: what `run` prints."""
    part = table[(table["metric"] == metric) & (table["outcome"] == outcome) & (table["cohort"] == ALL)]
    wide = part.pivot_table(index="predictor", columns="support_size", values="value")
    wide = wide[[k for k in range(largest + 1) if k in wide]]
    wide[f"1-{largest}"] = wide[[k for k in wide if k > 0]].mean(axis=1)
    return wide.sort_values(f"1-{largest}")


