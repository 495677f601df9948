"""Small pictures of what was accepted. The axis comes from the contract, never from the data's own extremes,
and bars that stand for a few rows are drawn without their height: neither tells of a single patient."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.report.summary import SMALL_CELL
from data_contracts.result import GateResult
from data_contracts.terms import Column, Contract, Rule, Table

_BINS = 32
_LOG_FROM = 50.0


def distributions(result: GateResult, contract: Contract) -> list[dict[str, Any]]:
    """One picture a column that has a declared range or declared categories."""
    pictures = []
    for name, frame in result.valid.items():
        table = contract.tables[name]
        for column in (c for c in table.columns if c.role not in {"subject", "identifier"}):
            pictures += [{"table": name, **p} for p in _of_column(frame, column, table)]
    return pictures


def _of_column(frame: pd.DataFrame, column: Column, table: Table) -> Iterator[dict[str, Any]]:
    rules = [r for r in table.rules if r.column == column.name]
    categories = next((r.arguments["values"] for r in rules if r.rule == "allowed" and not r.where), None)
    if categories:
        yield _bars(frame[column.name], categories, column)
    elif column.kind in {"number", "integer"}:
        for rule in _widest_ranges(rules):
            picture = _histogram(_rows(frame, rule.where)[column.name], rule, column)
            if picture:
                yield picture


def _widest_ranges(rules: list[Rule]) -> list[Rule]:
    """One declared range for each condition; the usual range draws better than the possible one."""
    best: dict[str, Rule] = {}
    for rule in sorted((r for r in rules if r.rule.endswith("_range")), key=lambda r: r.rule == "soft_range"):
        if {"min", "max"} <= set(rule.arguments):
            best[str(rule.where)] = rule
    return list(best.values())


def _rows(frame: pd.DataFrame, where: Mapping[str, tuple[Any, ...]]) -> pd.DataFrame:
    for column, values in where.items():
        frame = frame[frame[column].isin(list(values))]
    return frame


def _bars(values: "pd.Series[Any]", categories: list[Any], column: Column) -> dict[str, Any]:
    counts = [int((values == c).sum()) for c in categories]
    return {
        "column": column.name,
        "unit": column.unit,
        "of": "",
        "kind": "categories",
        "rows": int(values.notna().sum()),
        "labels": [str(c) for c in categories],
        "bars": _heights(np.array(counts)),
    }


def _histogram(values: "pd.Series[Any]", rule: Rule, column: Column) -> dict[str, Any] | None:
    numbers = values.dropna().to_numpy(dtype=np.float64)
    if not len(numbers):
        return None
    low, high = float(rule.arguments["min"]), float(rule.arguments["max"])
    log = low > 0 and high / low >= _LOG_FROM
    edges = np.geomspace(low, high, _BINS + 1) if log else np.linspace(low, high, _BINS + 1)
    edges[0], edges[-1] = low, high
    counts, _ = np.histogram(np.clip(numbers, low, high), bins=edges)
    return {
        "column": column.name,
        "unit": column.unit,
        "of": ", ".join(str(v) for values_ in rule.where.values() for v in values_),
        "kind": "log" if log else "linear",
        "rows": len(numbers),
        "labels": [f"{low:g}", f"{high:g}"],
        "bars": _heights(counts),
    }


def _heights(counts: npt.NDArray[np.int64]) -> list[float | None]:
    """Heights from 0 to 1; None for a bar of so few rows that its height is not told."""
    most = max(1, int(counts.max()))
    return [None if 0 < c <= SMALL_CELL else round(float(c) / most, 3) for c in counts]
