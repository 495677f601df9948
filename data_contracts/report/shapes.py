"""Histogram counts of a column's accepted values over the contract's range.

Everything reported about a distribution is computed from these counts, never from the values: quantiles are
interpolated in the bins, and the axis is the contract's range, so neither an extreme value nor a single patient is
visible. Rows are read one column at a time: a report never holds a large table as a whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.contract.model import Column, Rule, Table
from data_contracts.stability import bin_counts, bin_edges, declared_ranges, is_log_axis, stability_index
from data_contracts.validation.result import SMALL_CELL, AcceptedTables


@dataclass(frozen=True)
class AcceptedRows:
    """The accepted rows of one table, in memory or on disk."""

    valid: Mapping[str, pd.DataFrame] = field(repr=False)
    table: Table

    def __len__(self) -> int:
        return accepted_count(self.valid, self.table.name)

    @property
    def columns(self) -> list[str]:
        """The contract's columns that are in the rows."""
        name = self.table.name
        present = (
            self.valid.tables[name].frame if isinstance(self.valid, AcceptedTables) else self.valid[name]
        )
        return [c.name for c in self.table.columns if c.name in present]

    def __getitem__(self, column: str) -> "pd.Series[Any]":
        if isinstance(self.valid, AcceptedTables):
            return self.valid.column(self.table.name, column)
        return self.valid[self.table.name][column]


def accepted_count(valid: Mapping[str, pd.DataFrame], table: str) -> int:
    """The number of accepted rows of a table."""
    if table not in valid:
        return 0
    return valid.count(table) if isinstance(valid, AcceptedTables) else len(valid[table])


_CROWDED = 0.2
"""A quantile inside a bin with a larger share of the rows is not reported."""


@dataclass(frozen=True, kw_only=True)
class AxisCounts:
    """Counts along one axis."""

    table: str
    column: str
    of: str = ""
    """Which rows, where the range is declared for some rows only: "chol"; else ""."""
    unit: str = ""
    axis: Literal["categories", "linear", "log"]
    labels: tuple[str, ...]
    """Every category, or the two ends of the axis."""
    counts: tuple[int, ...]

    @property
    def rows(self) -> int:
        """The number of values."""
        return sum(self.counts)

    @property
    def edges(self) -> npt.NDArray[np.float64]:
        """The bin edges of a numeric axis, in the column's unit."""
        low, high = (float(label) for label in self.labels)
        n = len(self.counts) + 1
        return np.geomspace(low, high, n) if self.axis == "log" else np.linspace(low, high, n)

    def quantile(self, share: float) -> float | None:
        """The value below which this share lies, interpolated in the bins, to three significant digits.

        None where few values lie beyond it, or where one bin holds too many for an interpolation.
        """
        if self.axis == "categories" or min(share, 1 - share) * self.rows <= SMALL_CELL:
            return None
        steps = np.append(0, np.cumsum(self.counts)) / self.rows
        place = min(int(np.searchsorted(steps, share, side="right")) - 1, len(self.counts) - 1)
        if self.counts[place] > _CROWDED * self.rows:
            return None
        return float(f"{np.interp(share, steps, self.edges):.3g}")

    def comparable(self, other: "AxisCounts") -> bool:
        """Whether both have the same axis."""
        mine, theirs = ((s.axis, s.labels, len(s.counts)) for s in (self, other))
        return mine == theirs

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "AxisCounts":
        """From the values of `to_json`."""
        lists = {name: tuple(content[name]) for name in ("labels", "counts")}
        return AxisCounts(**{**content, **lists})

    def to_json(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)


def drift(new: AxisCounts, old: AxisCounts) -> float | None:
    """Population stability index between two deliveries; None where the axes differ or values are too few."""
    if not new.comparable(old):
        return None
    counts = np.array(new.counts), np.array(old.counts)
    return stability_index(*counts, ordered=new.axis != "categories")


def shapes_of(rows: AcceptedRows) -> Iterator[AxisCounts]:
    """The counts of every column with a declared range or declared categories."""
    table, present = rows.table, rows.columns
    for column in (c for c in table.columns if c.role not in {"subject", "identifier"} and c.name in present):
        rules = [r for r in table.rules if r.column == column.name]
        categories = next((r.arguments["values"] for r in rules if r.rule == "allowed" and not r.where), None)
        if categories:
            yield _category_counts(rows[column.name], categories, column, table)
        elif column.kind in {"number", "integer"}:
            ranges = declared_ranges(table, column.name).values()
            yield from (_bin_counts(rows, rule, column) for rule in ranges)


def _category_counts(
    values: "pd.Series[Any]", categories: list[Any], column: Column, table: Table
) -> AxisCounts:
    found = values.value_counts()
    return AxisCounts(
        table=table.name,
        column=column.name,
        unit=column.unit,
        axis="categories",
        labels=tuple(str(c) for c in categories),
        counts=tuple(int(found.get(c, 0)) for c in categories),
    )


def _bin_counts(rows: AcceptedRows, rule: Rule, column: Column) -> AxisCounts:
    """Counts per bin; values beyond the axis are in its outermost bins."""
    values = rows[column.name]
    for other, wanted in rule.where.items():
        values = values[rows[other].isin(list(wanted)).to_numpy(dtype=bool)[values.index]]
    low, high = float(rule.arguments["min"]), float(rule.arguments["max"])
    counts = bin_counts(values.dropna().to_numpy(dtype=np.float64), bin_edges(low, high))
    return AxisCounts(
        table=rows.table.name,
        column=column.name,
        of=", ".join(str(v) for wanted in rule.where.values() for v in wanted),
        unit=column.unit,
        axis="log" if is_log_axis(low, high) else "linear",
        labels=(f"{low:g}", f"{high:g}"),
        counts=tuple(int(c) for c in counts),
    )
