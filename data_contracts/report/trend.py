"""How something went from delivery to delivery, as numbers and as a line small enough for a table's cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data_contracts.report.batch import Batch
from data_contracts.report.small_cells import is_small, percent, told
from data_contracts.result import SMALL_CELL

MOST = 12
"""Deliveries in one line: a quarter of weekly ones."""
WIDTH, HEIGHT, EDGE = 64.0, 18.0, 2.5


@dataclass(frozen=True)
class Point:
    """One delivery's share: what is drawn (None for a gap), and what is said."""

    height: float | None
    said: str


def points(batches: Sequence[Batch], key: str, cohort: str = "") -> list[Point]:
    """The share that broke a rule in each delivery, oldest first."""
    return [_point(batch, key, cohort) for batch in batches[-MOST:]]


def _point(batch: Batch, key: str, cohort: str) -> Point:
    if key not in batch.broken:
        return Point(None, "rejected") if batch.verdict == "reject" else Point(0.0, "none")
    if cohort not in batch.broken[key]:
        return Point(None, "not there")
    count, of = batch.broken[key][cohort]
    if cohort and is_small(count):
        # the same height for all small counts: a line must not tell what the words do not
        return Point(min(1.0, SMALL_CELL / 2 / of), told(count, of))
    return Point(count / of if of else 0.0, percent(count / of) if count and of else "none")


def line(series: Sequence[Point], most: float) -> dict[str, Any] | None:
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


def highest(*series: Sequence[Point]) -> float:
    """What the lines of one row are drawn up to."""
    return max((p.height for one in series for p in one if p.height is not None), default=0.0)


def deliveries(batches: Sequence[Batch]) -> list[dict[str, Any]]:
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
