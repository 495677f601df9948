"""Column by cohort: where accepted rows have no value, and whether that changed since the last delivery."""

from collections.abc import Sequence
from typing import Any

from data_contracts.report.batch import Batch, Cells
from data_contracts.report.cohorts import MOST_COHORTS
from data_contracts.report.small_cells import is_small, told, told_share
from data_contracts.terms import Contract

LEVELS = (0.05, 0.2, 0.5)
"""Where a cell's shade changes; the words of the key: little, some, much, mostly missing."""
TELLING_CHANGE = 0.02


def missing_tables(batch: Batch, before: Sequence[Batch], contract: Contract) -> list[dict[str, Any]]:
    """One heat map for each table."""
    last = next((b for b in reversed(before) if b.missing), None)
    tables = dict.fromkeys(key.split(".", 1)[0] for key in batch.missing)
    return [_table(name, batch, last, contract) for name in tables]


def _table(name: str, batch: Batch, last: Batch | None, contract: Contract) -> dict[str, Any]:
    terms = {c.name: c for c in contract.tables[name].columns}
    cells = {k.split(".", 1)[1]: v for k, v in batch.missing.items() if k.split(".", 1)[0] == name}
    sizes = {c: of for v in cells.values() for c, (_, of) in v.items()}
    every = sorted((c for c in sizes if c), key=lambda c: (-sizes[c], c))
    cohorts = every[:MOST_COHORTS]
    empty = {column: v for column, v in cells.items() if v[""][0]}
    return {
        "table": name,
        "rows": sizes.get("", 0),
        "cohorts": cohorts,
        "sizes": [None if is_small(sizes[c]) else sizes[c] for c in cohorts],
        "left_out": len(every) - len(cohorts),
        "complete": [column for column in cells if column not in empty],
        "columns": [
            {
                "column": column,
                "unit": terms[column].unit,
                "required": terms[column].required,
                "missing": told_share(*found[""]),
                "all": _cell(found, ""),
                "cells": [_cell(found, c) for c in cohorts],
                "change": _change(found[""], (last.missing if last else {}).get(f"{name}.{column}", {})),
            }
            for column, found in empty.items()
        ],
    }


def _cell(cells: Cells, cohort: str) -> dict[str, Any]:
    count, of = cells.get(cohort, (0, 0))
    return {"text": told(count, of), "level": _level(count, of)}


def _level(count: int, of: int) -> int:
    """0 for complete to 4 for mostly missing; small counts all look alike."""
    if not count or not of:
        return 0
    return 1 if is_small(count) else 1 + sum(count / of >= edge for edge in LEVELS)


def _change(now: tuple[int, int], then: Cells) -> str:
    """More or less missing than in the last delivery, in percentage points; empty where it is alike."""
    count, of = then.get("", (0, 0))
    if not of or not now[1]:
        return ""
    change = now[0] / now[1] - count / of
    return f"{change * 100:+.0f} points" if abs(change) >= TELLING_CHANGE else ""
