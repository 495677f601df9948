"""Accepted values beside those of the previous delivery, and how a share went from delivery to delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.report.shapes import AxisCounts, drift
from data_contracts.report.tally import DeliveryCounts, is_small, percent, told
from data_contracts.validation.result import SMALL_CELL

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
WORTH_A_LOOK, DIFFERENT = 0.1, 0.25
"""Usual cut-offs of the population stability index."""


def distributions(batch: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """One picture a shape, those that changed most first."""
    last = next((b for b in reversed(before) if b.shapes), None)
    pictures = [
        _picture(shape, last.shapes.get(key) if last else None)
        for key, shape in batch.shapes.items()
        if shape.rows
    ]
    return sorted(pictures, key=lambda p: -(p["index"] or 0.0))


def _picture(shape: AxisCounts, old: AxisCounts | None) -> dict[str, Any]:
    old = old if old is not None and old.rows and shape.comparable(old) else None
    index = drift(shape, old) if old else None
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


def _shares(shape: AxisCounts) -> npt.NDArray[np.float64]:
    return np.array(shape.counts, dtype=np.float64) / max(1, shape.rows)


def _heights(shape: AxisCounts, most: float) -> list[float | None]:
    """Heights from 0 to 1; None for a bar of so few rows that its height is not told."""
    return [
        None if is_small(count) else round(float(share / most), 3)
        for count, share in zip(shape.counts, _shares(shape), strict=True)
    ]


def _quantiles(shape: AxisCounts) -> dict[str, float | None] | None:
    if shape.axis == "categories":
        return None
    return {f"{q * 100:g}%": shape.quantile(q) for q in QUANTILES}


def _says(index: float | None, old: AxisCounts | None) -> str:
    if old is None:
        return ""
    if index is None:
        return "too few values to compare"
    if index < WORTH_A_LOOK:
        return "as before"
    return "somewhat other than before" if index < DIFFERENT else "other than before"


MOST = 12
"""Deliveries in one line: a quarter of weekly ones."""
WIDTH, HEIGHT, EDGE = 64.0, 18.0, 2.5


@dataclass(frozen=True)
class SharePoint:
    """One delivery's share: what is drawn (None for a gap), and what is said."""

    height: float | None
    said: str


def points(batches: Sequence[DeliveryCounts], key: str, cohort: str = "") -> list[SharePoint]:
    """The share that broke a rule in each delivery, oldest first."""
    return [_point(batch, key, cohort) for batch in batches[-MOST:]]


def _point(batch: DeliveryCounts, key: str, cohort: str) -> SharePoint:
    if key not in batch.broken:
        return SharePoint(None, "rejected") if batch.verdict == "reject" else SharePoint(0.0, "none")
    if cohort not in batch.broken[key]:
        return SharePoint(None, "not there")
    count, of = batch.broken[key][cohort]
    if cohort and is_small(count):
        # the same height for all small counts: a line must not tell what the words do not
        return SharePoint(min(1.0, SMALL_CELL / 2 / of), told(count, of))
    return SharePoint(count / of if of else 0.0, percent(count / of) if count and of else "none")


def line(series: Sequence[SharePoint], most: float) -> dict[str, Any] | None:
    """The points of an SVG line, gaps left out, and the same in words; None where there is no trend yet."""
    drawn = [(i, p.height) for i, p in enumerate(series) if p.height is not None]
    if len(series) < 2 or len(drawn) < 2:
        return None
    step = (WIDTH - 2 * EDGE) / (len(series) - 1)
    places = [
        (EDGE + i * step, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (height / most if most else 0.0))
        for i, height in drawn
    ]
    return {
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in places),
        "x": round(places[-1][0], 1),
        "y": round(places[-1][1], 1),
        "words": "oldest first: " + ", ".join(p.said for p in series),
    }


def highest(*series: Sequence[SharePoint]) -> float:
    """What the lines of one row are drawn up to."""
    return max((p.height for one in series for p in one if p.height is not None), default=0.0)


def deliveries(batches: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """The deliveries that the lines go through, oldest first."""
    return [
        {
            "label": b.label or "this delivery",
            "verdict": b.verdict,
            "rows_in": b.rows_in,
            "rows_accepted": b.rows_accepted,
            "held": round(b.rows_quarantined / b.rows_in, 4) if b.rows_in else None,
        }
        for b in batches[-MOST:]
    ]
