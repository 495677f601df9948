"""Findings of a table, and their breakdown by cohort and by subject."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.codes import severity_of
from data_contracts.contract.model import Table
from data_contracts.contract.vocabulary import known_code
from data_contracts.findings import LINES_SHOWN, Finding, Held, Note, Positions
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.checked_table import CheckedTable, mask_of
from data_contracts.validation.result import OTHER, SMALL_CELL, TOUCHED_COLUMNS


def finding_of_held(table: CheckedTable, held: Held) -> Finding:
    """The finding about rows with one reason."""
    count, rows = len(held.positions), table.facts.rows
    done = "held back" if held.holds else "kept with a warning"
    if held.code == "N_DEDUP":
        done = "removed as duplicates, one of each kept"
    return Finding(
        code=held.code,
        severity=severity_of(held.code),
        kahn=known_code(held.code).kahn,
        rule=rule_name(table, held.rule),
        source=table.facts.source,
        column=held.column,
        count=count,
        share=count / rows,
        lines=_lines(table, held),
        files=_files(table, held),
        message=f"{count:,} of {rows:,} rows {done}: {held.message.rstrip('.')}.",
    )


def finding_of_note(table: CheckedTable, note: Note) -> Finding:
    """The finding of a note about a whole source or column."""
    return Finding(
        code=note.code,
        severity=severity_of(note.code),
        kahn=known_code(note.code).kahn,
        rule=rule_name(table, note.rule),
        source=table.facts.source,
        column=note.column,
        cohort=note.cohort,
        count=note.count,
        share=min(1.0, note.count / table.facts.rows) if table.facts.rows else 1.0,
        lines=note.lines,
        message=note.message,
    )


def rule_name(table: CheckedTable, rule: str) -> str:
    """The rule's full name; the checks of the reader and of the types get the table's name in front."""
    return rule if "." in rule else f"{table.facts.source}.{rule}"


def _lines(table: CheckedTable, held: Held) -> tuple[int, ...]:
    assert table.delivery is not None
    return tuple(int(n) for n in table.delivery.lines[held.positions[:LINES_SHOWN]])


def _files(table: CheckedTable, held: Held) -> tuple[str, ...]:
    assert table.delivery is not None
    return tuple(table.delivery.files_of(held.positions[:LINES_SHOWN]))


_COHORT_COLUMNS = ["source", "rule", "code", "cohort", "count", "rows"]


def by_cohort(tables: Iterable[CheckedTable]) -> pd.DataFrame:
    """Number of rows that break each rule in each cohort, including cohorts with 0; columns `_COHORT_COLUMNS`."""
    parts = [part for t in tables for part in _cohort_parts(t)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COHORT_COLUMNS)


def _cohort_parts(table: CheckedTable) -> list[pd.DataFrame]:
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


def cohorts_of(table: CheckedTable) -> tuple[Positions, list[str]] | None:
    """Each row's cohort as a position among the names, and the names; None for a table without cohorts."""
    column = table.table.cohort
    if column is None or column not in table.frame:
        return None
    faulty = mask_of([h for h in table.held if h.column == column], len(table.frame))
    return named_cohorts(table.frame[column], declared_cohorts(table.table), faulty)


def named_cohorts(
    cells: "pd.Series[Any]", declared: Sequence[str], faulty: Mask | None = None
) -> tuple[Positions, list[str]]:
    """Replace the names of small cohorts and of faulty cells by `OTHER`.

    A cell that a rule marks as faulty, or that few rows share, may contain anything, even a person's name. Cohorts
    that the contract declares keep their names.

    Args:
        cells: the cohort of each row.
        declared: names that are always shown.
        faulty: mask of the rows whose cell is faulty.

    Returns:
        Each row's position among the shown names, of shape (rows,), and the shown names.

    """
    codes, values = pd.factorize(cells, sort=True)
    codes = codes.astype(np.int64)
    if faulty is not None:
        codes[faulty] = -1
    rows = np.bincount(codes + 1, minlength=len(values) + 1)[1:]
    names = [str(v) for v in values]
    kept = (rows > SMALL_CELL) | np.isin(names, list(declared))
    other = int(kept.sum())
    places = np.append(np.where(kept, np.cumsum(kept) - 1, other), other)[codes]
    shown = [n for n, k in zip(names, kept, strict=True) if k]
    return places, [*shown, OTHER] if (places == other).any() else shown


def declared_cohorts(table: Table) -> list[str]:
    """The cohorts that the contract declares."""
    return [
        str(value)
        for rule in table.rules
        if rule.rule == "allowed" and rule.column == table.cohort
        for value in rule.arguments["values"]
    ]


def touched(tables: Iterable[CheckedTable]) -> pd.DataFrame:
    """The subjects of each reason with their numbers of rows; one row per (rule, code, subject)."""
    parts = [part for t in tables for part in _touched_parts(t)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(TOUCHED_COLUMNS))


def _touched_parts(table: CheckedTable) -> list[pd.DataFrame]:
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
