"""Columns and rules by cohort: where accepted rows have no value, which share breaks each promise, and what changed."""

from collections.abc import Sequence
from typing import Any

from data_contracts.contract.model import Contract
from data_contracts.report.distributions import SharePoint, highest, line, points
from data_contracts.report.tally import Cells, DeliveryCounts, is_small, told, told_share
from data_contracts.report.words import title

MOST_COHORTS = 12
"""Cohorts side by side on a page; a release publishes them all."""


def cohort_tables(batch: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """One table for each source that has cohorts; the largest cohorts first."""
    return [
        _cohort_table(source, cohorts, batch, before)
        for source in batch.units
        if (cohorts := _cohorts_of(source, batch))
    ]


def _cohorts_of(source: str, batch: DeliveryCounts) -> list[tuple[str, int]]:
    """The cohorts with their sizes, of what this delivery found."""
    sizes = {
        cohort: of
        for key, cells in batch.broken.items()
        for cohort, (_, of) in cells.items()
        if cohort and key.startswith(f"{source}.")
    }
    return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))


def _cohort_table(
    source: str, cohorts: list[tuple[str, int]], batch: DeliveryCounts, before: Sequence[DeliveryCounts]
) -> dict[str, Any]:
    same = [b for b in before if b.units.get(source) == batch.units[source]]
    shown = [name for name, _ in cohorts[:MOST_COHORTS]]
    return {
        "table": source,
        "unit": batch.units[source],
        "cohorts": shown,
        "sizes": [None if is_small(size) else size for _, size in cohorts[:MOST_COHORTS]],
        "left_out": max(0, len(cohorts) - MOST_COHORTS),
        "rules": [_rule(key, shown, batch, same) for key in _keys(source, batch, same)],
    }


def _keys(source: str, batch: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[str]:
    """Reasons of this delivery, then those that the last one had and this has no more."""
    gone = [k for b in before[-1:] for k in b.broken if k not in batch.broken]
    mine = [k for k in (*batch.broken, *gone) if k.startswith(f"{source}.")]
    with_cohorts = [k for k in mine if any(c for b in (batch, *before[-1:]) for c in b.broken.get(k, {}))]
    return list(dict.fromkeys(with_cohorts))


def _rule(
    key: str, cohorts: list[str], batch: DeliveryCounts, before: Sequence[DeliveryCounts]
) -> dict[str, Any]:
    rule, code = key.rsplit(" ", 1)
    series = {c: points([*before, batch], key, c) for c in cohorts}
    most = highest(*series.values())
    return {
        "rule": rule,
        "code": code,
        "title": title(code),
        "cells": [_cohort_cell(batch, key, c, series[c], most) for c in cohorts],
    }


def _cohort_cell(
    batch: DeliveryCounts, key: str, cohort: str, series: list[SharePoint], most: float
) -> dict[str, Any]:
    count, of = batch.broken.get(key, {}).get(cohort, (0, 1))
    return {
        "text": told(count, of),
        "share": told_share(count, of) or 0.0,
        "few": is_small(count),
        "trend": line(series, most),
    }


LEVELS = (0.05, 0.2, 0.5)
"""Where a cell's shade changes; the words of the key: little, some, much, mostly missing."""
TELLING_CHANGE = 0.02


def missing_tables(
    batch: DeliveryCounts, before: Sequence[DeliveryCounts], contract: Contract
) -> list[dict[str, Any]]:
    """One heat map for each table."""
    last = next((b for b in reversed(before) if b.missing), None)
    tables = dict.fromkeys(key.split(".", 1)[0] for key in batch.missing)
    return [_table(name, batch, last, contract) for name in tables]


def _table(
    name: str, batch: DeliveryCounts, last: DeliveryCounts | None, contract: Contract
) -> dict[str, Any]:
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
