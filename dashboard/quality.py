"""Data quality as the page shows it: shares as text, small counts hidden, this release compared with the last."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.wording import data_quality as words
from dashboard.wording.numbers import DASH, decimal, percent, written_unit
from meta_med.published.release import LEAST_PATIENTS

SMALL = LEAST_PATIENTS - 1
ENOUGH_TO_COMPARE = 100
WORTH_A_LOOK, DIFFERENT = 0.1, 0.25
"""Usual cut-offs of the population stability index."""


@dataclass(frozen=True)
class Distribution:
    """Histogram of accepted values; a bin with a small count has None."""

    source: str
    column: str
    part: str
    unit: str
    axis: str
    labels: tuple[str, ...]
    counts: tuple[int | None, ...]

    @property
    def name(self) -> str:
        """The chart's title."""
        of = f" = {self.part}" if self.part else ""
        return f"{self.column}{of}" + (f" ({written_unit(self.unit)})" if self.unit else "")

    @property
    def key(self) -> tuple[str, str, str]:
        """Identifies the same distribution in every release."""
        return self.source, self.column, self.part

    @property
    def filled(self) -> np.ndarray:
        """The count of each bin; a small count is taken as half of the largest one."""
        return np.array([SMALL / 2 if count is None else count for count in self.counts], dtype=float)

    @property
    def shares(self) -> np.ndarray:
        """The share in each bin."""
        shares: np.ndarray = self.filled / max(1.0, self.filled.sum())
        return shares

    @property
    def edges(self) -> np.ndarray:
        """The bin edges of a numeric axis, in the column's unit."""
        low, high = (float(label) for label in self.labels)
        n = len(self.counts) + 1
        return np.geomspace(low, high, n) if self.axis == "log" else np.linspace(low, high, n)


def distributions(rows: pd.DataFrame) -> list[Distribution]:
    """The published distributions that have any value."""
    shapes = []
    for row in rows.to_dict("records"):
        labels, counts = (tuple(json.loads(str(row[name]))) for name in ("labels", "counts"))
        plain = {name: str(row[name] or "") for name in ("source", "column", "part", "unit", "axis")}
        shapes.append(Distribution(**plain, labels=labels, counts=counts))
    return [shape for shape in shapes if any(count is None or count for count in shape.counts)]


def psi(new: Distribution, old: Distribution) -> float | None:
    """Population stability index over approximate deciles of the old release; None where it cannot be computed."""
    if not same_bars(new, old):
        return None
    if min(sum(c or 0 for c in s.counts) for s in (new, old)) < ENOUGH_TO_COMPARE:
        return None
    groups = np.arange(len(old.counts))
    if new.axis != "categories":
        groups = np.minimum(((np.cumsum(old.shares) - old.shares / 2) * 10).astype(int), 9)
    p, q = (_smoothed(np.bincount(groups, weights=s.filled)) for s in (new, old))
    return float(np.sum((p - q) * np.log(p / q)))


def same_bars(new: Distribution, old: Distribution) -> bool:
    """Whether the bars of both stand for the same values."""
    return (new.axis, new.labels, len(new.counts)) == (old.axis, old.labels, len(old.counts))


def _smoothed(counts: np.ndarray) -> np.ndarray:
    """Shares smoothed as in the data-quality report (data_contracts.stability), never 0."""
    shares: np.ndarray = (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
    return shares


def psi_text(index: float | None) -> str:
    """The index as text; "" for None."""
    if index is None:
        return ""
    shift = words.NO_SHIFT if index < WORTH_A_LOOK else words.MODERATE if index < DIFFERENT else words.LARGE
    return words.SHIFT(shift=shift(), index=decimal(index, 2))


def few() -> str:
    """The text for a small count, which is not published."""
    return words.FEW(n=SMALL)


def value_count(count: int | None) -> str:
    """How many values a bar stands for; None is a small count."""
    return words.FEW_VALUES(n=SMALL) if count is None else words.VALUE_COUNT(count)


def share_text(count: int | None, size: int | None) -> str:
    """One cohort's share as text; a small count is missing."""
    if pd.notna(count) and count == 0:
        return words.NONE()
    if pd.isna(count):
        return few()
    return words.FEW_ROWS() if pd.isna(size) or not size else percent(float(count or 0) / float(size))


def by_cohort(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """One row per name, one column per cohort, the largest cohort first; cells are texts."""
    own = rows[rows["cohort"] != ""]
    if own.empty:
        return pd.DataFrame()
    sizes = own.groupby("cohort")["size"].max().sort_values(ascending=False, na_position="last")
    cells = own.assign(cell=[share_text(c, s) for c, s in zip(own["count"], own["size"], strict=True)])
    wide = cells.pivot(index=list(names), columns="cohort", values="cell").reindex(columns=list(sizes.index))
    order = own[list(names)].drop_duplicates()
    return wide.reindex(pd.MultiIndex.from_frame(order)).fillna(DASH).reset_index()


def trends(rules: pd.DataFrame, releases: Sequence[str]) -> pd.DataFrame:
    """One row per rule: its share of all rows in each release, oldest first; 0 where it was not broken."""
    own = rules[rules["cohort"] == ""]
    share = (own["count"] / own["size"]).astype("float64")
    wide = own.assign(share=share).pivot_table(
        index=["rule", "code"], columns="release_id", values="share", sort=False
    )
    filled = wide.reindex(columns=list(releases)).fillna(0.0)
    lines = [list(row) for row in filled.to_numpy()]
    return pd.DataFrame({"trend": lines}, index=filled.index)
