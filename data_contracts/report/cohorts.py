"""Rule by cohort: the share of each cohort that breaks each promise, now and in earlier deliveries."""

from collections.abc import Sequence
from typing import Any

from data_contracts.report.batch import Batch
from data_contracts.report.small_cells import is_small, told, told_share
from data_contracts.report.trend import Point, highest, line, points
from data_contracts.report.words import title

MOST_COHORTS = 12
"""Cohorts side by side on a page; a release publishes them all."""


def cohort_tables(batch: Batch, before: Sequence[Batch]) -> list[dict[str, Any]]:
    """One table for each source that has cohorts; the largest cohorts first."""
    return [
        _table(source, cohorts, batch, before)
        for source in batch.units
        if (cohorts := _cohorts_of(source, batch))
    ]


def _cohorts_of(source: str, batch: Batch) -> list[tuple[str, int]]:
    """The cohorts with their sizes, of what this delivery found."""
    sizes = {
        cohort: of
        for key, cells in batch.broken.items()
        for cohort, (_, of) in cells.items()
        if cohort and key.startswith(f"{source}.")
    }
    return sorted(sizes.items(), key=lambda item: (-item[1], item[0]))


def _table(
    source: str, cohorts: list[tuple[str, int]], batch: Batch, before: Sequence[Batch]
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


def _keys(source: str, batch: Batch, before: Sequence[Batch]) -> list[str]:
    """Reasons of this delivery, then those that the last one had and this has no more."""
    gone = [k for b in before[-1:] for k in b.broken if k not in batch.broken]
    mine = [k for k in (*batch.broken, *gone) if k.startswith(f"{source}.")]
    with_cohorts = [k for k in mine if any(c for b in (batch, *before[-1:]) for c in b.broken.get(k, {}))]
    return list(dict.fromkeys(with_cohorts))


def _rule(key: str, cohorts: list[str], batch: Batch, before: Sequence[Batch]) -> dict[str, Any]:
    rule, code = key.rsplit(" ", 1)
    series = {c: points([*before, batch], key, c) for c in cohorts}
    most = highest(*series.values())
    return {
        "rule": rule,
        "code": code,
        "title": title(code),
        "cells": [_cell(batch, key, c, series[c], most) for c in cohorts],
    }


def _cell(batch: Batch, key: str, cohort: str, series: list[Point], most: float) -> dict[str, Any]:
    count, of = batch.broken.get(key, {}).get(cohort, (0, 1))
    return {
        "text": told(count, of),
        "share": told_share(count, of) or 0.0,
        "few": is_small(count),
        "trend": line(series, most),
    }
