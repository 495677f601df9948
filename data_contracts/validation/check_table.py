"""The rules of rows, put to one table: from rows that fail a check to reasons against them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.columns.cast_table import cast_table
from data_contracts.columns.match_header import match_columns
from data_contracts.contract.check_specs import CheckSpec, table_specs
from data_contracts.contract.codes import with_outcome
from data_contracts.contract.model import Table
from data_contracts.corrections.apply import drop_confirmed
from data_contracts.findings import Held, Note, Positions, RejectedError, SourceFacts
from data_contracts.reading.arrow_cells import Mask
from data_contracts.reading.parquet_reader import IN_MEMORY, read_frame
from data_contracts.reading.parts import facts_of, read_delivery, take_delivery
from data_contracts.rules.checked_table import CheckedTable, mask_of, reason_of
from data_contracts.rules.gx_engine import failing_rows
from data_contracts.rules.row_rules import constant_per_subject


def read(table: Table, given: Path | pd.DataFrame) -> CheckedTable:
    """The delivered rows as they were written, with the checks that the table will be put to."""
    name = IN_MEMORY if isinstance(given, pd.DataFrame) else given.name
    facts = SourceFacts(source=table.name, file=name, sha256="", bytes=0, rows=0)
    bare = CheckedTable(table=table, specs=table_specs(table), facts=facts)
    try:
        if isinstance(given, pd.DataFrame):
            delivery = read_frame(given)
        else:
            snapshot = take_delivery(given)
            bare = replace(bare, facts=facts_of(snapshot, table.name))
            delivery = read_delivery(snapshot, table)
    except RejectedError as error:
        return bare.unread(error.note)
    return replace(
        bare,
        facts=replace(bare.facts, rows=delivery.rows),
        delivery=delivery,
        frame=pd.DataFrame(index=range(delivery.rows)),
    )


def cast(read: CheckedTable) -> CheckedTable:
    """The cells under the contract's types. What is damaged inside of a column shows only now."""
    table, delivery = read.table, read.delivery
    if delivery is None:
        return read
    # the cells would be the largest thing in memory, and nobody needs them once they have their types
    rows = replace(read, delivery=replace(delivery, cells={}))
    try:
        matched = match_columns(delivery, table)
        typed = cast_table(delivery, matched, table)
    except RejectedError as error:
        if error.note.code == "E_UNREADABLE":
            return read.unread(error.note)
        return rows.with_more(notes=[*delivery.notes, replace(error.note, rule="columns")])
    notes = [*delivery.notes, *(replace(n, rule="columns") for n in matched.notes), *typed.notes]
    found = rows.with_more([*delivery.held, *typed.held], notes)
    return replace(found, frame=typed.frame, failed=typed.failed)


def check(cast: CheckedTable, now: datetime) -> CheckedTable:
    """The table with what the rules of rows hold against it; rows that a person confirmed are let through."""
    if cast.rejected:
        return cast
    failing = _failing(cast, now)
    held, doubted, gone, notes = list(cast.held), set[str](), set[str](), list(cast.notes)
    for spec in _single_columns_first(cast.specs, failing):
        positions = _without_faulty_cells(spec, failing[spec.name], cast, held)
        notes += _majority_note(spec, positions, cast.frame)
        notes += _rejecting_note(spec, positions, len(cast.frame))
        positions, patients = _whole_patients(spec, positions, cast)
        doubted |= patients
        gone |= patients if spec.outcome == "quarantine_patient" else set()
        held += _reasons(spec, positions, cast.frame, cast.table, now)
    checked = replace(
        cast,
        held=tuple(held),
        notes=tuple(notes),
        doubted=frozenset(doubted),
        held_patients=frozenset(gone),
        failed={},
    )
    return drop_confirmed(checked)


def _failing(cast: CheckedTable, now: datetime) -> dict[str, Positions]:
    """Check name -> rows that fail it; rows without cells to speak of are not asked."""
    assert cast.delivery is not None
    unreadable = cast.delivery.unreadable
    if not unreadable.any():
        return failing_rows(cast.frame, cast.specs, cast.table, now)
    readable = np.flatnonzero(~unreadable)
    seen = cast.frame.take(readable).reset_index(drop=True)
    return {n: readable[p] for n, p in failing_rows(seen, cast.specs, cast.table, now).items()}


def _single_columns_first(specs: Sequence[CheckSpec], failing: dict[str, Positions]) -> list[CheckSpec]:
    """A cell that a rule about its column faults must not also condemn its row's relations."""
    asked = [spec for spec in specs if spec.name in failing]
    return sorted(asked, key=_relates_columns)


def _relates_columns(spec: CheckSpec) -> bool:
    return spec.word is not None and spec.word.relates_columns


def _without_faulty_cells(
    spec: CheckSpec, positions: Positions, cast: CheckedTable, held: Sequence[Held]
) -> Positions:
    """One cause, one reason: an unreadable cell is not also missing, a time in the future is no wrong order."""
    if spec.rule == "not_null" and spec.column in cast.failed:
        return positions[~cast.failed[spec.column][positions]]
    if spec.rule == "constant_per_subject" and len(positions):
        faulty = mask_of([h for h in held if h.holds and h.column in spec.columns], len(cast.frame))
        return _still_varying(spec, positions, cast.frame, ~faulty) if faulty.any() else positions
    if _relates_columns(spec):
        return positions[~mask_of([h for h in held if h.column in spec.columns], len(cast.frame))[positions]]
    return positions


def _still_varying(spec: CheckSpec, positions: Positions, frame: pd.DataFrame, sound: Mask) -> Positions:
    """Of patients who have several values, the rows of those who have several without the faulty cells too."""
    *columns, subject = spec.columns
    rows = frame[sound]
    several = rows.loc[~constant_per_subject(rows, {"subject": subject, "columns": columns}), subject]
    return positions[frame[subject].iloc[positions].isin(several.unique()).to_numpy(dtype=bool)]


def _whole_patients(spec: CheckSpec, positions: Positions, cast: CheckedTable) -> tuple[Positions, set[str]]:
    """The patients that failing rows put in doubt, and, where the rule says so, all of their rows."""
    subject = cast.table.subject
    if subject is None or not spec.withholds or not len(positions):
        return positions, set()
    patients = cast.subjects_at(positions)
    if spec.outcome == "quarantine_patient":
        positions = np.union1d(positions, np.flatnonzero(cast.frame[subject].isin(patients)))
    return positions, patients


def _majority_note(spec: CheckSpec, positions: Positions, frame: pd.DataFrame) -> list[Note]:
    """When most rows fail, the fault is the delivery's, not the rows'."""
    if spec.word is None or spec.word.majority is None or spec.where or spec.outcome == "warn":
        return []
    if len(positions) <= max(1, 0.5 * int(frame[spec.column].notna().sum())):
        return []
    code, words = spec.word.majority
    message = f"Column {spec.column!r} {words}."
    return [Note(code=code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def _rejecting_note(spec: CheckSpec, positions: Positions, rows: int) -> list[Note]:
    """For a rule that refuses the delivery as soon as one row breaks it."""
    if spec.outcome != "reject" or not len(positions):
        return []
    message = (
        f"{len(positions):,} of {rows:,} rows: {spec.violation}. The contract refuses a delivery for this."
    )
    return [Note(code=spec.code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def _reasons(
    spec: CheckSpec, positions: Positions, frame: pd.DataFrame, table: Table, now: datetime
) -> Iterator[Held]:
    """One reason for each code among the failing rows, the more telling codes first."""
    explained = np.zeros(len(positions), dtype=bool)
    if spec.word is not None and spec.word.refine is not None and len(positions):
        values = frame[spec.column].iloc[positions]
        for code, words, mask in spec.word.refine(spec, values, table, now):
            fresh = mask & ~explained
            if fresh.any():
                yield reason_of(spec, positions[fresh], code=with_outcome(code, spec.outcome), message=words)
            explained |= mask
    if not explained.all():
        yield reason_of(spec, positions[~explained])
