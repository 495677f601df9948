"""Judging one delivered table by itself: read, match, type, check its rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.columns.cast_table import Typed, type_table
from data_contracts.columns.match_header import match_columns
from data_contracts.contract.check_specs import CheckSpec, table_specs
from data_contracts.contract.model import Table
from data_contracts.corrections.apply import readmit
from data_contracts.corrections.correction import Correction
from data_contracts.findings import Held, Positions, RejectedError, SourceFacts
from data_contracts.reading.arrow_cells import Mask
from data_contracts.reading.delivery import Delivery
from data_contracts.reading.file_format import Snapshot
from data_contracts.reading.parquet_reader import IN_MEMORY, read_frame
from data_contracts.reading.parts import Parts, facts_of, read_delivery, take_delivery
from data_contracts.rules.checked_table import Judged, mask_of
from data_contracts.rules.gx_engine import failing_rows
from data_contracts.rules.row_rules import constant_per_subject
from data_contracts.validation.finalise import majority_note, reasons, rejecting_note

_ABOUT_RELATIONS = {"not_after", "age_agrees", "constant_per_subject"}


def judge(
    table: Table, given: Path | pd.DataFrame, now: datetime, corrections: Sequence[Correction] = ()
) -> Judged:
    """Judges one file, or one frame in memory, against one table of the contract."""
    read, typed = read_table(table, given, corrections)
    return read if typed is None or read.rejected else _checked(read, typed, now)


def read_table(
    table: Table, given: Path | pd.DataFrame, corrections: Sequence[Correction] = ()
) -> tuple[Judged, Typed | None]:
    """What was given, under the table's types, with what the reading alone found; no rule is checked yet."""
    name = IN_MEMORY if isinstance(given, pd.DataFrame) else given.name
    facts = SourceFacts(source=table.name, file=name, sha256="", bytes=0, rows=0)
    try:
        if isinstance(given, pd.DataFrame):
            delivery = read_frame(given)
        else:
            snapshot = take_delivery(given)
            facts = facts_of(snapshot, table.name)
            delivery = readmit(_read(snapshot, table), table, corrections)
    except RejectedError as error:
        return Judged(table=table, facts=facts, notes=(error.note,)), None
    return _typed(table, facts, delivery)


def _typed(table: Table, facts: SourceFacts, delivery: Delivery) -> tuple[Judged, Typed | None]:
    """The columns are read here: what is damaged inside of them shows only now."""
    # the cells would be the largest thing in memory, and nobody needs them once they have their types
    rows = Judged(
        table=table,
        facts=replace(facts, rows=delivery.rows),
        delivery=replace(delivery, cells={}),
        frame=pd.DataFrame(index=range(delivery.rows)),
    )
    try:
        matched = match_columns(delivery, table)
        typed = type_table(delivery, matched, table)
    except RejectedError as error:
        if error.note.code == "E_UNREADABLE":
            return Judged(table=table, facts=facts, notes=(error.note,)), None
        return rows.with_more(notes=[*delivery.notes, replace(error.note, rule="columns")]), None
    notes = [*delivery.notes, *(replace(n, rule="columns") for n in matched.notes), *typed.notes]
    return replace(rows, frame=typed.frame).with_more([*delivery.held, *typed.held], notes), typed


def _read(snapshot: Snapshot | Parts, table: Table) -> Delivery:
    return read_delivery(snapshot, table)


def _checked(read: Judged, typed: Typed, now: datetime) -> Judged:
    """Adds what the row checks find."""
    table, delivery = read.table, read.delivery
    assert delivery is not None
    readable = np.flatnonzero(~delivery.unreadable)
    specs = tuple(table_specs(table))
    seen = typed.frame.take(readable).reset_index(drop=True) if delivery.unreadable.any() else typed.frame
    failing = {n: readable[p] for n, p in failing_rows(seen, specs, table, now).items()}
    held, doubted, gone, notes = list(read.held), set[str](), set[str](), list(read.notes)
    # rules about one column first: a cell that they fault must not also condemn its row's relations
    for spec in sorted((s for s in specs if s.name in failing), key=lambda s: s.rule in _ABOUT_RELATIONS):
        positions = _without_faulty_cells(spec, failing[spec.name], typed, held)
        notes += majority_note(spec, positions, read.frame)
        notes += rejecting_note(spec, positions, len(read.frame))
        positions, patients = _whole_patients(spec, positions, read)
        doubted |= patients
        gone |= patients if spec.outcome == "quarantine_patient" else set()
        held += reasons(spec, positions, read.frame, table, now)
    return replace(
        read,
        held=tuple(held),
        notes=tuple(notes),
        doubted=frozenset(doubted),
        held_patients=frozenset(gone),
    )


def _without_faulty_cells(
    spec: CheckSpec, positions: Positions, typed: Typed, held: Sequence[Held]
) -> Positions:
    """One cause, one reason: an unreadable cell is not also missing, a time in the future is no wrong order."""
    if spec.rule == "not_null" and spec.column in typed.failed:
        return positions[~typed.failed[spec.column][positions]]
    if spec.rule == "constant_per_subject" and len(positions):
        faulty = mask_of([h for h in held if h.holds and h.column in spec.columns], len(typed.frame))
        return _still_varying(spec, positions, typed.frame, ~faulty) if faulty.any() else positions
    if spec.rule in _ABOUT_RELATIONS:
        return positions[~mask_of([h for h in held if h.column in spec.columns], len(typed.frame))[positions]]
    return positions


def _still_varying(spec: CheckSpec, positions: Positions, frame: pd.DataFrame, sound: Mask) -> Positions:
    """Of patients who have several values, the rows of those who have several without the faulty cells too."""
    *columns, subject = spec.columns
    rows = frame[sound]
    several = rows.loc[~constant_per_subject(rows, {"subject": subject, "columns": columns}), subject]
    return positions[frame[subject].iloc[positions].isin(several.unique()).to_numpy(dtype=bool)]


def _whole_patients(spec: CheckSpec, positions: Positions, read: Judged) -> tuple[Positions, set[str]]:
    """The patients that failing rows put in doubt, and, where the rule says so, all of their rows."""
    subject = read.table.subject
    if subject is None or not spec.withholds or not len(positions):
        return positions, set()
    patients = read.subjects_at(positions)
    if spec.outcome == "quarantine_patient":
        positions = np.union1d(positions, np.flatnonzero(read.frame[subject].isin(patients)))
    return positions, patients
