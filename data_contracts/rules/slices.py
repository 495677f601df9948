"""Run the rules about whole tables: on all rows, on the rows of a `where`, or on each cohort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, factorize
from data_contracts.columns.parsers import MISSING_CODE
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import with_outcome
from data_contracts.contract.model import Table
from data_contracts.findings import Note, Positions
from data_contracts.reading.arrow_cells import Mask

SMALLEST_COHORT = 11
"""Number of rows from which a cohort is checked by itself: with fewer, shares are noise and names identify people."""


@dataclass(frozen=True, kw_only=True)
class TableSlice:
    """Some rows of a table, and their cohort, if they are one."""

    positions: Positions | None
    """None means all rows."""
    cohort: str = ""


def rows_where(frame: pd.DataFrame, where: Mapping[str, tuple[Any, ...]]) -> Mask:
    """Mask of the rows in which each column has one of its values."""
    mask = np.ones(len(frame), dtype=bool)
    for column, values in where.items():
        mask &= frame[column].isin(values).to_numpy(dtype=bool)
    return mask


def slices_of(
    frame: pd.DataFrame, spec: CheckSpec, cohort: str | None, kept: Mask | None = None
) -> Iterator[TableSlice]:
    """The slices that a rule is checked on: all rows, the rows of its `where`, or each large enough cohort.

    Args:
        frame: the typed rows.
        spec: the check spec of the rule.
        cohort: the cohort column, if the table has one.
        kept: mask of the rows that are not held; all rows if None.

    Yields:
        The slices. A cohort's slice has all its rows, but cohorts with fewer than `SMALLEST_COHORT` kept rows are
        left out, because a faulty cell may contain anything, and the cohort's name is shown.

    """
    chosen = rows_where(frame, spec.where) if spec.where else None
    if not spec.each_cohort or cohort is None:
        yield TableSlice(positions=None if chosen is None else np.flatnonzero(chosen))
        return
    groups = factorize(frame[cohort])
    codes, names = groups.codes, groups.values
    if chosen is not None:
        codes = np.where(chosen, codes, MISSING_CODE)
    # small integers are sorted by counting, which is faster
    order = np.argsort(codes.astype(np.int16) if len(names) < 2**15 else codes, kind="stable")
    codes = codes.astype(np.int64)
    sizes = np.bincount(codes + 1, minlength=len(names) + 1)
    enough = np.bincount(codes + 1, kept, len(names) + 1) >= SMALLEST_COHORT
    ends = np.cumsum(sizes)
    for name, size, end, large_enough in zip(names, sizes[1:], ends[1:], enough[1:], strict=True):
        if large_enough:
            yield TableSlice(positions=order[end - size : end], cohort=str(name))


def with_condition(
    part: TableSlice, spec: CheckSpec, cohort: str | None, notes: Iterable[Note]
) -> Iterator[Note]:
    """The notes, each with the condition of its rows in front."""
    facts = {cohort: (part.cohort,)} if part.cohort and cohort else {}
    where = {**facts, **spec.where}
    lead = " and ".join(f"{c} is {' or '.join(map(repr, v))}" for c, v in where.items())
    for note in notes:
        message = f"Where {lead}: {note.message}" if lead else note.message
        yield replace(note, message=message, cohort=part.cohort)


@dataclass(frozen=True, kw_only=True)
class View:
    """The input of a rule about a whole table: all rows, which of them are kept, and the table of the contract."""

    frame: pd.DataFrame
    kept: Mask
    table: Table
    now: datetime

    def values(self, column: str) -> "pd.Series[Any]":
        """The column in the kept rows."""
        return self.frame[column] if self.kept.all() else self.frame.loc[self.kept, column]

    def subjects(self) -> Coded:
        """The subject of each kept row."""
        return factorize(self.values(self.table.subject or ""))

    def at(self, part: TableSlice, spec: CheckSpec) -> "View":
        """The view of a slice, with only the columns that the rule reads."""
        if part.positions is None:
            return self
        read = dict.fromkeys(filter(None, (*spec.columns, self.table.subject)))
        frame = self.frame[[c for c in read if c in self.frame]].take(part.positions)
        return replace(self, frame=frame, kept=self.kept[part.positions])


def column_note(spec: CheckSpec, message: str, count: int, code: str = "", column: str = "") -> Note:
    """A note of the rule about its column, or about another column."""
    return Note(
        code=code or spec.code, message=message, rule=spec.name, column=column or spec.column, count=count
    )


def whole_table_notes(
    frame: pd.DataFrame, kept: Mask, specs: Sequence[CheckSpec], table: Table, now: datetime
) -> list[Note]:
    """The notes of all rules about whole tables.

    If no row is kept, only rules that include held rows are run. A finding that is true of the whole table and of
    every cohort is reported once, for the whole table.
    """
    view = View(frame=frame, kept=kept, table=table, now=now)
    about_the_whole = (
        s for s in specs if s.level == "whole" and s.word and (kept.any() or s.word.includes_held_rows)
    )
    found: list[Note] = []
    of_all: set[tuple[str, str, str, str]] = set()
    for spec in sorted(about_the_whole, key=lambda s: s.each_cohort):
        slices, notes = _notes_of_slices(view, spec)
        about = {(spec.rule, spec.column, str(spec.where), n.code) for n in notes}
        if not (spec.each_cohort and len(notes) >= slices and about <= of_all):
            found += notes
        of_all |= set() if spec.each_cohort else about
    return found


def _notes_of_slices(view: View, spec: CheckSpec) -> tuple[int, list[Note]]:
    """Number of slices that the rule was checked on, and its notes."""
    cohort = view.table.cohort
    assert spec.word is not None
    slices = list(slices_of(view.frame, spec, cohort, view.kept))
    found = (with_condition(p, spec, cohort, spec.word.check(view.at(p, spec), spec)) for p in slices)
    return len(slices), list(apply_outcome(spec, chain.from_iterable(found)))


def apply_outcome(spec: CheckSpec, notes: Iterable[Note]) -> Iterator[Note]:
    """The notes with the letter of the outcome that the contract chose for the rule."""
    chosen = spec.word is not None and spec.outcome != spec.word.outcome
    return (replace(n, code=with_outcome(n.code, spec.outcome)) if chosen else n for n in notes)
