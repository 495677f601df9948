"""Histograms of accepted values compared with the previous delivery, and trends of shares over deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.report.shapes import AxisCounts, drift
from data_contracts.report.tally import DeliveryCounts, is_small, percent, share_text
from data_contracts.validation.result import SMALL_CELL

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
WORTH_A_LOOK, DIFFERENT = 0.1, 0.25
"""Usual cut-offs of the population stability index."""


def distributions(counts: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """One histogram per column (or part of it), largest population stability index first."""
    last = next((b for b in reversed(before) if b.shapes), None)
    histograms = [
        _histogram(shape, last.shapes.get(key) if last else None)
        for key, shape in counts.shapes.items()
        if shape.rows
    ]
    return sorted(histograms, key=lambda p: -(p["index"] or 0.0))


def _histogram(shape: AxisCounts, old: AxisCounts | None) -> dict[str, Any]:
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
        "bars": _bar_heights(shape, most),
        "before": _bar_heights(old, most) if old else None,
        "rows_before": old.rows if old else None,
        "index": index,
        "says": _psi_text(index, old),
        "quantiles": _quantiles(shape),
        "quantiles_before": _quantiles(old) if old else None,
    }


def _shares(shape: AxisCounts) -> npt.NDArray[np.float64]:
    return np.array(shape.counts, dtype=np.float64) / max(1, shape.rows)


def _bar_heights(shape: AxisCounts, most: float) -> list[float | None]:
    """Heights from 0 to 1; None for a bar with a small count, whose height is not published."""
    return [
        None if is_small(count) else round(float(share / most), 3)
        for count, share in zip(shape.counts, _shares(shape), strict=True)
    ]


def _quantiles(shape: AxisCounts) -> dict[str, float | None] | None:
    if shape.axis == "categories":
        return None
    return {f"{q * 100:g}%": shape.quantile(q) for q in QUANTILES}


def _psi_text(index: float | None, old: AxisCounts | None) -> str:
    if old is None:
        return ""
    if index is None:
        return "too few values to compare"
    if index < WORTH_A_LOOK:
        return "no shift"
    return "moderate shift" if index < DIFFERENT else "large shift"


MOST = 12
"""Deliveries in a trend line: a quarter of weekly deliveries."""
WIDTH, HEIGHT, EDGE = 64.0, 18.0, 2.5


@dataclass(frozen=True)
class SharePoint:
    """One delivery's share: the height drawn (None for a gap) and the text."""

    height: float | None
    text: str


def share_points(history: Sequence[DeliveryCounts], key: str, cohort: str = "") -> list[SharePoint]:
    """The share of rows that broke a rule in each delivery, oldest first."""
    return [_point(counts, key, cohort) for counts in history[-MOST:]]


def _point(counts: DeliveryCounts, key: str, cohort: str) -> SharePoint:
    if key not in counts.broken:
        return SharePoint(None, "rejected") if counts.verdict == "reject" else SharePoint(0.0, "none")
    if cohort not in counts.broken[key]:
        return SharePoint(None, "cohort absent")
    count, of = counts.broken[key][cohort]
    if cohort and is_small(count):
        # all small counts have the same height: the line must not reveal what the text withholds
        return SharePoint(min(1.0, SMALL_CELL / 2 / of), share_text(count, of))
    return SharePoint(count / of if of else 0.0, percent(count / of) if count and of else "none")


def sparkline(series: Sequence[SharePoint], most: float) -> dict[str, Any] | None:
    """The points of an SVG line without gaps, and the series as text; None with fewer than two points."""
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
        "words": "oldest first: " + ", ".join(p.text for p in series),
    }


def highest_share(*series: Sequence[SharePoint]) -> float:
    """The common upper end of the trend lines of one row."""
    return max((p.height for one in series for p in one if p.height is not None), default=0.0)


def deliveries(history: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """The deliveries of the trend lines, oldest first."""
    return [
        {
            "label": b.label or "this delivery",
            "verdict": b.verdict,
            "rows_in": b.rows_in,
            "rows_accepted": b.rows_accepted,
            "held": round(b.rows_quarantined / b.rows_in, 4) if b.rows_in else None,
        }
        for b in history[-MOST:]
    ]
