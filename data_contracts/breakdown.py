"""Whom each reason is about: how many rows of each cohort, and which patients."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data_contracts.findings import Positions
from data_contracts.judge import Judged, mask_of
from data_contracts.report_lines import rule_name
from data_contracts.result import OTHER, SMALL_CELL, TOUCHED_COLUMNS

_COHORT_COLUMNS = ["source", "rule", "code", "cohort", "count", "rows"]


def by_cohort(tables: Iterable[Judged]) -> pd.DataFrame:
    """How often each rule is broken in each cohort; cohorts without a break are there too, with 0."""
    parts = [part for t in tables for part in _cohort_parts(t)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COHORT_COLUMNS)


def _cohort_parts(table: Judged) -> list[pd.DataFrame]:
    named = cohorts_of(table)
    if named is None or not table.held:
        return []
    codes, names = named
    rows = np.bincount(codes, minlength=len(names))
    return [
        pd.DataFrame(
            {
                "source": table.facts.source,
                "rule": rule_name(table, held.rule),
                "code": held.code,
                "cohort": names,
                "count": np.bincount(codes[held.positions], minlength=len(names)),
                "rows": rows,
            }
        )
        for held in table.held
    ]


def cohorts_of(table: Judged) -> tuple[Positions, list[str]] | None:
    """Each row's cohort as a place among the names; None for a table without cohorts.

    A cell that a rule faults, or that few rows share, may hold anything, a person's name too: such rows are
    told as of `OTHER` cohorts. A cohort that the contract itself names keeps its name.
    """
    column = table.table.cohort
    if column is None or column not in table.frame:
        return None
    codes, cells = pd.factorize(table.frame[column], sort=True)
    codes = codes.astype(np.int64)
    codes[mask_of([h for h in table.held if h.column == column], len(codes))] = -1
    rows = np.bincount(codes + 1, minlength=len(cells) + 1)[1:]
    names = [str(c) for c in cells]
    told = (rows > SMALL_CELL) | np.isin(names, _declared(table, column))
    places = np.append(np.where(told, np.cumsum(told) - 1, told.sum()), told.sum())
    kept = [n for n, t in zip(names, told, strict=True) if t]
    placed = places[codes]
    return placed, [*kept, OTHER] if (placed == told.sum()).any() else kept


def _declared(table: Judged, column: str) -> list[str]:
    return [
        str(value)
        for rule in table.table.rules
        if rule.rule == "allowed" and rule.column == column
        for value in rule.arguments["values"]
    ]


def touched(tables: Iterable[Judged]) -> pd.DataFrame:
    """Which patients each reason is about, with how many of their rows; one row a (rule, code, patient)."""
    parts = [part for t in tables for part in _touched_parts(t)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(TOUCHED_COLUMNS))


def _touched_parts(table: Judged) -> list[pd.DataFrame]:
    subject = table.table.subject
    if subject is None or subject not in table.frame or not table.held:
        return []
    codes, cells = pd.factorize(table.frame[subject])
    parts = []
    for held in table.held:
        rows = np.bincount(codes[held.positions] + 1, minlength=len(cells) + 1)[1:]
        found = np.flatnonzero(rows)
        reason = {
            "source": table.facts.source,
            "rule": rule_name(table, held.rule),
            "code": held.code,
            "holds": held.holds,
        }
        parts.append(
            pd.DataFrame({**reason, "subject": np.asarray(cells[found], dtype=str), "rows": rows[found]})
        )
    return parts
