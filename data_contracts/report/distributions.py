"""Pictures of what was accepted, with the last delivery's behind them, and how far the two lie apart."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.report.batch import Batch
from data_contracts.report.shapes import Shape, stability_index
from data_contracts.report.small_cells import is_small

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
WORTH_A_LOOK, DIFFERENT = 0.1, 0.25
"""Usual cut-offs of the population stability index."""


def distributions(batch: Batch, before: Sequence[Batch]) -> list[dict[str, Any]]:
    """One picture a shape, those that changed most first."""
    last = next((b for b in reversed(before) if b.shapes), None)
    pictures = [
        _picture(shape, last.shapes.get(key) if last else None)
        for key, shape in batch.shapes.items()
        if shape.rows
    ]
    return sorted(pictures, key=lambda p: -(p["index"] or 0.0))


def _picture(shape: Shape, old: Shape | None) -> dict[str, Any]:
    old = old if old is not None and old.rows and shape.comparable(old) else None
    index = stability_index(shape, old) if old else None
    most = max(_shares(s).max() for s in (shape, old) if s)
    return {
        "table": shape.table,
        "column": shape.column,
        "unit": shape.unit,
        "of": shape.of,
        "kind": shape.axis,
        "rows": shape.rows,
        "labels": list(shape.labels),
        "bars": _heights(shape, most),
        "before": _heights(old, most) if old else None,
        "rows_before": old.rows if old else None,
        "index": index,
        "says": _says(index, old),
        "quantiles": _quantiles(shape),
        "quantiles_before": _quantiles(old) if old else None,
    }


def _shares(shape: Shape) -> npt.NDArray[np.float64]:
    return np.array(shape.counts, dtype=np.float64) / max(1, shape.rows)


def _heights(shape: Shape, most: float) -> list[float | None]:
    """Heights from 0 to 1; None for a bar of so few rows that its height is not told."""
    return [
        None if is_small(count) else round(float(share / most), 3)
        for count, share in zip(shape.counts, _shares(shape), strict=True)
    ]


def _quantiles(shape: Shape) -> dict[str, float | None] | None:
    if shape.axis == "categories":
        return None
    return {f"{q * 100:g}%": shape.quantile(q) for q in QUANTILES}


def _says(index: float | None, old: Shape | None) -> str:
    if old is None:
        return ""
    if index is None:
        return "too few values to compare"
    if index < WORTH_A_LOOK:
        return "as before"
    return "somewhat other than before" if index < DIFFERENT else "other than before"
