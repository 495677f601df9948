"""Evaluation on held-out subjects: one table, every predictor, intervals over patients.

Metrics of continuous outcomes are in clinical units; the rows of outcome "all" are means over the continuous
outcomes in training standard deviations on model scale (logs where the study says so). Confidence intervals
resample patients, not records.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meta_med.records import Bools, Floats, Ints
from meta_med.scored import ALL, Scored
from meta_med.scores import auroc, calibration_line

POOLED = -1  # the support_size of rows that pool every k >= 1
BOOTSTRAPS = 400
MIN_EVENTS = 5
COLUMNS = (
    "study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
    "n_patients", "n_predictions", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class _Cell:
    """The rows that one line of the table is about."""

    cohort: str
    support_size: int
    rows: Bools


def evaluate(study: str, scored: Scored) -> pd.DataFrame:
    """The evaluation table (COLUMNS) of every predictor that was scored."""
    lines: list[tuple[object, ...]] = []
    cells = list(_cells(scored))
    _, subject = np.unique(scored.subject, return_inverse=True)
    weights = _bootstrap_weights(int(subject.max()) + 1)
    for name, scores in scored.scores.items():
        for (outcome, metric, unit), score in scores.items():
            for cell in cells:
                found = _mean_over_patients(score, cell.rows, subject, weights, root=metric == "rmse")
                if found is not None:
                    lines.append((study, outcome, name, cell.cohort, cell.support_size, metric, *found, unit))
        lines += _ranking(study, scored, name, cells)
    return pd.DataFrame(lines, columns=list(COLUMNS))


def _cells(scored: Scored) -> Iterator[_Cell]:
    for k in np.unique(scored.size):
        yield _Cell(ALL, int(k), scored.size == k)
    yield _Cell(ALL, POOLED, scored.size > 0)
    for c, name in enumerate(scored.cohort_names):
        own = scored.cohort == c
        yield _Cell(name, 0, own & (scored.size == 0))
        yield _Cell(name, POOLED, own & (scored.size > 0))


def _bootstrap_weights(n: int) -> Floats:
    """(BOOTSTRAPS, n): how often each of n subjects is drawn, with a fixed seed."""
    rng = np.random.default_rng(20260101)
    return rng.multinomial(n, np.full(n, 1 / n), BOOTSTRAPS).astype(np.float64)


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


def _ranking(study: str, scored: Scored, name: str, cells: Sequence[_Cell]) -> list[tuple[object, ...]]:
    """AUROC (Hanley & McNeil 1982 interval over patients) and the calibration line of binary outcomes."""
    lines: list[tuple[object, ...]] = []
    for outcome, y in scored.events.items():
        p = scored.probabilities[name][outcome]
        for cell in (c for c in cells if c.cohort == ALL):
            use = cell.rows & ~np.isnan(y)
            head = (study, outcome, name, ALL, cell.support_size)
            lines += [(*head, *rest) for rest in _ranked(y[use], p[use], scored.subject[use])]
    return lines


def _ranked(y: Floats, p: Floats, subject: Ints) -> list[tuple[object, ...]]:
    events = float(y.sum())
    if events < MIN_EVENTS or len(y) - events < MIN_EVENTS:
        return []  # not estimable: a point from so few events would mislead
    area, patients = auroc(y, p), len(np.unique(subject))
    half = 1.96 * _auroc_error(area, events / len(y) * patients, patients)
    a, b, a_error, b_error = calibration_line(y, p, subject)
    tail = (patients, len(y), "1")
    return [
        ("auroc", area, max(0.0, area - half), min(1.0, area + half), *tail),
        ("calibration_intercept", a, a - 1.96 * a_error, a + 1.96 * a_error, *tail),
        ("calibration_slope", b, b - 1.96 * b_error, b + 1.96 * b_error, *tail),
    ]


def _auroc_error(area: float, positive: float, patients: int) -> float:
    negative = patients - positive
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (positive - 1) * (q1 - area**2) + (negative - 1) * (q2 - area**2)
    return float(np.sqrt(max(variance, 0.0) / (positive * negative)))


def by_support_size(
    table: pd.DataFrame, metric: str = "mae", outcome: str = ALL, largest: int = 5
) -> pd.DataFrame:
    """Predictors down, support sizes 0..largest across, and the mean over 1..largest: what `run` prints."""
    part = table[(table["metric"] == metric) & (table["outcome"] == outcome) & (table["cohort"] == ALL)]
    wide = part.pivot_table(index="predictor", columns="support_size", values="value")
    wide = wide[[k for k in range(largest + 1) if k in wide]]
    wide[f"1-{largest}"] = wide[[k for k in range(1, largest + 1) if k in wide]].mean(axis=1)
    return wide.sort_values(f"1-{largest}")
