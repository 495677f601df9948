"""Error by the age of the newest own record: old news predicts less, and a reader should see how fast it fades."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from meta_med.judging.comparison import CHAMPION, ERROR
from meta_med.judging.resampling import Patients, ratio
from meta_med.records import Floats, Ints
from meta_med.scored import ALL, Scored

BINS = 4


def error_by_age(scored: Scored, predictors: Sequence[str], outcome: str = ALL) -> pd.DataFrame:
    """Mean error of some predictors by the age of the newest own record that was used, in quarters of the records.

    Args:
        scored: what was judged; predictors: whom to show; outcome: "all" or the name of one.

    Returns:
        One row a bin and predictor: bin, from_days, to_days, predictor, value, low, high, n_patients; empty where
        ages are not known or do not differ.

    """
    key = next((k for k in scored.scores[CHAMPION] if k[0] == outcome and k[1] in ERROR), None)
    columns = ["bin", "from_days", "to_days", "predictor", "value", "low", "high", "n_patients"]
    known = ~np.isnan(scored.age)
    if key is None or not known.any():
        return pd.DataFrame(columns=columns)
    names, rows = [p for p in predictors if p in scored.scores], []
    errors = np.stack([scored.scores[p][key] for p in names], 1)
    edges = _edges(scored.age[known])
    place = _bins(scored.age, edges)
    for b in range(len(edges) - 1):
        patients = Patients.of(scored.subject, known & (place == b))
        total, count = patients.sums(errors)
        found = ratio(total, count, least=0.0)
        numbers = zip(names, found.value, found.low, found.high, (count > 0).sum(0), strict=True)
        rows += [(b, edges[b], edges[b + 1], *line) for line in numbers]
    return pd.DataFrame(rows, columns=columns)


def _edges(age: Floats) -> Floats:
    """Quartiles, fewer where ages are tied; none where all are the same."""
    edges = np.unique(np.quantile(age, np.linspace(0, 1, BINS + 1), method="nearest"))
    return edges if len(edges) > 2 else edges[:1]


def _bins(age: Floats, edges: Floats) -> Ints:
    if len(edges) < 2:
        return np.full(len(age), -1)
    return np.clip(np.searchsorted(edges, age, side="right") - 1, 0, len(edges) - 2)
