"""The steps of a validation that look at one table: read, cast, and check the rules about rows."""

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
from data_contracts.rules.checked_table import CheckedTable, mask_of, reason_of
from data_contracts.rules.gx_engine import failing_rows
from data_contracts.rules.row_rules import constant_per_subject
from data_contracts.validation import successive


def read(table: Table, given: Path | pd.DataFrame) -> CheckedTable:
    """Read the delivered rows as they were written, and compile the table's check specs.

    Args:
        table: the table of the contract.
        given: its file, a folder of files, a folder of successive deliveries, or a frame.

    """
    name = IN_MEMORY if isinstance(given, pd.DataFrame) else given.name
    facts = SourceFacts(source=table.name, file=name, sha256="", bytes=0, rows=0)
    bare = CheckedTable(table=table, specs=table_specs(table), facts=facts)
    try:
        if isinstance(given, pd.DataFrame):
            delivery = read_frame(given)
        else:
            taken = successive.take(given)
            bare = replace(bare, facts=successive.facts(taken, table.name))
            delivery = successive.read_rows(taken, table)
    except RejectedError as error:
        return bare.without_rows(error.note)
    return replace(
        bare,
        facts=replace(bare.facts, rows=delivery.rows),
        delivery=delivery,
        frame=pd.DataFrame(index=range(delivery.rows)),
    )


def cast(read: CheckedTable) -> CheckedTable:
    """Cast the cells to the contract's types; damage inside a Parquet column is found only here."""
    table, delivery = read.table, read.delivery
    if delivery is None:
        return read
    # the cells would need the most memory, and are not used after the cast
    rows = replace(read, delivery=replace(delivery, cells={}))
    try:
        matched = match_columns(delivery, table)
        typed = cast_table(delivery, matched, table)
    except RejectedError as error:
        if error.note.code == "E_UNREADABLE":
            return read.without_rows(error.note)
        return rows.with_more(notes=[*delivery.notes, replace(error.note, rule="columns")])
    notes = [*delivery.notes, *(replace(n, rule="columns") for n in matched.notes), *typed.notes]
    found = rows.with_more([*delivery.held, *typed.held], notes)
    return replace(found, frame=typed.frame, failed=typed.failed)


def check(cast: CheckedTable, now: datetime) -> CheckedTable:
    """Check the rules about rows, and hold the rows that fail, unless a person has confirmed them.

    Args:
        cast: the table after the cast.
        now: the time that 'now' means in bounds.

    Raises:
        CheckBrokenError: a check itself fails.

    """
    if cast.rejected:
        return cast
    failing = _failing(cast, now)
    held, doubted, gone, notes = list(cast.held), set[str](), set[str](), list(cast.notes)
    for spec in _single_columns_first(cast.specs, failing):
        positions = _without_faulty_cells(spec, failing[spec.name], cast, held)
        notes += _majority_note(spec, positions, cast.frame)
        notes += _rejecting_note(spec, positions, len(cast.frame))
        positions, patients = _expand_to_patients(spec, positions, cast)
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
    """Check name -> positions of the rows that fail it; unreadable rows are not checked."""
    assert cast.delivery is not None
    unreadable = cast.delivery.unreadable
    if not unreadable.any():
        return failing_rows(cast.frame, cast.specs, cast.table, now)
    readable = np.flatnonzero(~unreadable)
    seen = cast.frame.take(readable).reset_index(drop=True)
    return {n: readable[p] for n, p in failing_rows(seen, cast.specs, cast.table, now).items()}


def _single_columns_first(specs: Sequence[CheckSpec], failing: dict[str, Positions]) -> list[CheckSpec]:
    """Order of the checks: rules that relate columns come last, because they skip cells with a fault of their own."""
    checked = [spec for spec in specs if spec.name in failing]
    return sorted(checked, key=_relates_columns)


def _relates_columns(spec: CheckSpec) -> bool:
    return spec.word is not None and spec.word.relates_columns


def _without_faulty_cells(
    spec: CheckSpec, positions: Positions, cast: CheckedTable, held: Sequence[Held]
) -> Positions:
    """Remove rows that fail only because of a fault already reported: an unreadable cell is not also missing."""
    if spec.rule == "not_null" and spec.column in cast.failed:
        return positions[~cast.failed[spec.column][positions]]
    if spec.rule == "constant_per_subject" and len(positions):
        faulty = mask_of([h for h in held if h.holds and h.column in spec.columns], len(cast.frame))
        return _still_varying(spec, positions, cast.frame, ~faulty) if faulty.any() else positions
    if _relates_columns(spec):
        return positions[~mask_of([h for h in held if h.column in spec.columns], len(cast.frame))[positions]]
    return positions


def _still_varying(spec: CheckSpec, positions: Positions, frame: pd.DataFrame, sound: Mask) -> Positions:
    """The failing rows of subjects whose values still differ without the faulty cells."""
    *columns, subject = spec.columns
    rows = frame[sound]
    several = rows.loc[~constant_per_subject(rows, {"subject": subject, "columns": columns}), subject]
    return positions[frame[subject].iloc[positions].isin(several.unique()).to_numpy(dtype=bool)]


def _expand_to_patients(
    spec: CheckSpec, positions: Positions, cast: CheckedTable
) -> tuple[Positions, set[str]]:
    """The failing rows and their subjects; with the outcome `quarantine_patient`, all rows of these subjects."""
    subject = cast.table.subject
    if subject is None or not spec.withholds or not len(positions):
        return positions, set()
    patients = cast.subjects_at(positions)
    if spec.outcome == "quarantine_patient":
        positions = np.union1d(positions, np.flatnonzero(cast.frame[subject].isin(patients)))
    return positions, patients


def _majority_note(spec: CheckSpec, positions: Positions, frame: pd.DataFrame) -> list[Note]:
    """The note that rejects the delivery if more than half of the non-missing cells fail."""
    if spec.word is None or spec.word.majority is None or spec.where or spec.outcome == "warn":
        return []
    if len(positions) <= max(1, 0.5 * int(frame[spec.column].notna().sum())):
        return []
    code, words = spec.word.majority
    message = f"Column {spec.column!r} {words}."
    return [Note(code=code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def _rejecting_note(spec: CheckSpec, positions: Positions, rows: int) -> list[Note]:
    """The note of a rule with the outcome `reject` if at least one row fails."""
    if spec.outcome != "reject" or not len(positions):
        return []
    message = f"{len(positions):,} of {rows:,} rows: {spec.violation}. The contract rejects a delivery with such rows."
    return [Note(code=spec.code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def _reasons(
    spec: CheckSpec, positions: Positions, frame: pd.DataFrame, table: Table, now: datetime
) -> Iterator[Held]:
    """One reason for each code among the failing rows; more specific codes come first."""
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
