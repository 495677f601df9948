"""Missing values by column and cohort, and violations by rule and cohort, each compared with earlier deliveries."""

from collections.abc import Sequence
from typing import Any

from data_contracts.contract.model import Contract
from data_contracts.report.distributions import SharePoint, highest_share, share_points, sparkline
from data_contracts.report.findings import title
from data_contracts.report.tally import Cells, DeliveryCounts, is_small, share_text, shown_share

MOST_COHORTS = 12
"""Cohorts shown on a page; a release publishes all of them."""


def cohort_tables(counts: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[dict[str, Any]]:
    """One table of rules by cohort per source that has cohorts; the largest cohorts first."""
    return [
        _cohort_table(source, cohorts, counts, before)
        for source in counts.units
        if (cohorts := _cohorts_of(source, counts))
    ]


def _cohorts_of(source: str, counts: DeliveryCounts) -> list[tuple[str, int]]:
    """(cohort, size) of a source, from this delivery's findings; the largest first."""
    sizes = {
        cohort: of
        for key, cells in counts.broken.items()
        for cohort, (_, of) in cells.items()
        if cohort and key.startswith(f"{source}.")
    }
    return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))


def _cohort_table(
    source: str, cohorts: list[tuple[str, int]], counts: DeliveryCounts, before: Sequence[DeliveryCounts]
) -> dict[str, Any]:
    same = [b for b in before if b.units.get(source) == counts.units[source]]
    shown = [name for name, _ in cohorts[:MOST_COHORTS]]
    return {
        "table": source,
        "unit": counts.units[source],
        "cohorts": shown,
        "sizes": [None if is_small(size) else size for _, size in cohorts[:MOST_COHORTS]],
        "left_out": max(0, len(cohorts) - MOST_COHORTS),
        "rules": [_rule(key, shown, counts, same) for key in _keys(source, counts, same)],
    }


def _keys(source: str, counts: DeliveryCounts, before: Sequence[DeliveryCounts]) -> list[str]:
    """Keys of the rules broken in this delivery, then of those broken only in the last one."""
    resolved = [k for b in before[-1:] for k in b.broken if k not in counts.broken]
    own = [k for k in (*counts.broken, *resolved) if k.startswith(f"{source}.")]
    with_cohorts = [k for k in own if any(c for b in (counts, *before[-1:]) for c in b.broken.get(k, {}))]
    return list(dict.fromkeys(with_cohorts))


def _rule(
    key: str, cohorts: list[str], counts: DeliveryCounts, before: Sequence[DeliveryCounts]
) -> dict[str, Any]:
    rule, code = key.rsplit(" ", 1)
    series = {c: share_points([*before, counts], key, c) for c in cohorts}
    most = highest_share(*series.values())
    return {
        "rule": rule,
        "code": code,
        "title": title(code),
        "cells": [_cohort_cell(counts, key, c, series[c], most) for c in cohorts],
    }


def _cohort_cell(
    counts: DeliveryCounts, key: str, cohort: str, series: list[SharePoint], most: float
) -> dict[str, Any]:
    count, of = counts.broken.get(key, {}).get(cohort, (0, 1))
    return {
        "text": share_text(count, of),
        "share": shown_share(count, of) or 0.0,
        "few": is_small(count),
        "trend": sparkline(series, most),
    }


LEVELS = (0.05, 0.2, 0.5)
"""Shares at which a cell's shade changes: little, some, much, mostly missing."""
MIN_CHANGE = 0.02
"""Smaller changes of a share are not shown."""


def missing_tables(
    counts: DeliveryCounts, before: Sequence[DeliveryCounts], contract: Contract
) -> list[dict[str, Any]]:
    """One heat map of missing values per table."""
    last = next((b for b in reversed(before) if b.missing), None)
    tables = dict.fromkeys(key.split(".", 1)[0] for key in counts.missing)
    return [_table(name, counts, last, contract) for name in tables]


def _table(
    name: str, counts: DeliveryCounts, last: DeliveryCounts | None, contract: Contract
) -> dict[str, Any]:
    columns = {c.name: c for c in contract.tables[name].columns}
    cells = {k.split(".", 1)[1]: v for k, v in counts.missing.items() if k.split(".", 1)[0] == name}
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
                "unit": columns[column].unit,
                "required": columns[column].required,
                "missing": shown_share(*found[""]),
                "all": _cell(found, ""),
                "cells": [_cell(found, c) for c in cohorts],
                "change": _change(found[""], (last.missing if last else {}).get(f"{name}.{column}", {})),
            }
            for column, found in empty.items()
        ],
    }


def _cell(cells: Cells, cohort: str) -> dict[str, Any]:
    count, of = cells.get(cohort, (0, 0))
    return {"text": share_text(count, of), "level": _level(count, of)}


def _level(count: int, of: int) -> int:
    """0 for complete to 4 for mostly missing; all small counts have level 1."""
    if not count or not of:
        return 0
    return 1 if is_small(count) else 1 + sum(count / of >= edge for edge in LEVELS)


def _change(now: tuple[int, int], then: Cells) -> str:
    """Change of the missing share since the last delivery, in percentage points; "" where it is small."""
    count, of = then.get("", (0, 0))
    if not of or not now[1]:
        return ""
    change = now[0] / now[1] - count / of
    return f"{change * 100:+.0f} points" if abs(change) >= MIN_CHANGE else ""
