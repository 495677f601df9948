"""Judging one delivered table: read, match, type, check. Out come its rows, the reasons against some, the remarks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.checks import CheckSpec, table_specs
from data_contracts.columns import match_columns
from data_contracts.csv_reader import read_csv
from data_contracts.delivery import Delivery
from data_contracts.engine import failing_rows
from data_contracts.findings import Held, Note, Positions, RejectedError, SourceFacts
from data_contracts.parquet_reader import read_parquet
from data_contracts.row_codes import majority_note, reasons
from data_contracts.snapshot import Snapshot, take
from data_contracts.terms import Table
from data_contracts.typed import Typed, type_table
from data_contracts.typing_rules import Mask
from data_contracts.whole_rules import whole_table_notes


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One table after judgement; `frame` has every delivered row, held or not, in file order."""

    table: Table
    facts: SourceFacts
    delivery: Delivery | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = ()
    doubted: frozenset[str] = frozenset()
    """Patients in doubt as a whole: no prediction is shown for them."""
    held_patients: frozenset[str] = frozenset()
    """Patients all of whose rows are held."""

    @property
    def rejected(self) -> bool:
        """Whether nothing of the delivery may be used."""
        return any(n.code.startswith("E_") for n in self.notes)

    @property
    def held_mask(self) -> Mask:
        """Rows that some reason holds back."""
        return _mask_of([h for h in self.held if h.holds], len(self.frame))

    def with_held(self, held: Sequence[Held]) -> "Judged":
        """The same table with more reasons."""
        return replace(self, held=(*self.held, *held))


def judge(table: Table, path: Path, now: datetime) -> Judged:
    """Judges one file against one table of the contract."""
    facts = SourceFacts(source=table.name, file=path.name, sha256="", bytes=0, rows=0)
    try:
        snapshot = take(path)
        facts = replace(facts, sha256=snapshot.sha256, bytes=snapshot.size)
        delivery = _read(snapshot, table)
    except RejectedError as error:
        return Judged(table=table, facts=facts, notes=(error.note,))
    facts = replace(facts, rows=delivery.rows)
    bare = Judged(table=table, facts=facts, delivery=delivery, frame=pd.DataFrame(index=range(delivery.rows)))
    try:
        matched = match_columns(delivery, table)
    except RejectedError as error:
        return replace(bare, notes=(*delivery.notes, replace(error.note, rule="columns")))
    typed = type_table(delivery, matched, table)
    notes = (*delivery.notes, *(replace(n, rule="columns") for n in matched.notes), *typed.notes)
    read = replace(bare, frame=typed.frame, held=(*delivery.held, *typed.held), notes=notes)
    return read if read.rejected else _checked(read, typed, now)


def _read(snapshot: Snapshot, table: Table) -> Delivery:
    return read_csv(snapshot, table) if snapshot.form == "csv" else read_parquet(snapshot)


def _checked(read: Judged, typed: Typed, now: datetime) -> Judged:
    """Adds what the row checks and the whole-table checks find."""
    table, delivery = read.table, read.delivery
    assert delivery is not None
    readable = np.flatnonzero(~delivery.unreadable)
    specs = tuple(table_specs(table))
    seen = typed.frame.take(readable).reset_index(drop=True) if delivery.unreadable.any() else typed.frame
    failing = {n: readable[p] for n, p in failing_rows(seen, specs, table, now).items()}
    held, doubted, gone, notes = list(read.held), set[str](), set[str](), list(read.notes)
    for spec in (s for s in specs if s.name in failing):
        positions = _without_failed_cells(spec, failing[spec.name], typed)
        notes += majority_note(spec, positions, read.frame)
        positions, patients = _whole_patients(spec, positions, read)
        doubted |= patients
        gone |= patients if spec.outcome == "quarantine_patient" else set()
        held += reasons(spec, positions, read.frame, table, now)
    held = _warnings_on_kept_rows_only(held, len(read.frame))
    kept = ~_mask_of([h for h in held if h.holds], len(read.frame))
    notes += whole_table_notes(read.frame, kept, specs, table, now)
    notes += [*_limit(held, read), *_concentrated(kept, read)]
    return replace(
        read,
        held=tuple(held),
        notes=tuple(notes),
        doubted=frozenset(doubted),
        held_patients=frozenset(gone),
    )


def _without_failed_cells(spec: CheckSpec, positions: Positions, typed: Typed) -> Positions:
    """A cell that could not be read is not also 'missing': one cause, one reason."""
    if spec.rule != "not_null" or spec.column not in typed.failed:
        return positions
    return positions[~typed.failed[spec.column][positions]]


def _whole_patients(spec: CheckSpec, positions: Positions, read: Judged) -> tuple[Positions, set[str]]:
    """The patients that failing rows put in doubt, and, where the rule says so, all of their rows."""
    subject = read.table.subject
    if subject is None or not spec.withholds or not len(positions):
        return positions, set()
    patients = {str(p) for p in read.frame[subject].iloc[positions].dropna()}
    if spec.outcome == "quarantine_patient":
        positions = np.union1d(positions, np.flatnonzero(read.frame[subject].isin(patients)))
    return positions, patients


def _warnings_on_kept_rows_only(held: list[Held], rows: int) -> list[Held]:
    """What is held back for a harder reason needs no softer warning beside it."""
    mask = _mask_of([h for h in held if h.holds], rows)
    trimmed = [h if h.holds else replace(h, positions=h.positions[~mask[h.positions]]) for h in held]
    return [h for h in trimmed if len(h.positions)]


def _limit(held: list[Held], read: Judged) -> list[Note]:
    rows, limit = len(read.frame), read.table.max_quarantine_fraction
    count = int(_mask_of([h for h in held if h.holds and h.counts_towards_limit], rows).sum())
    if count <= limit * rows:
        return []
    message = (
        f"{count:,} of {rows:,} rows ({count / rows:.0%}) would be held back; the contract allows {limit:.0%}. "
        "So many point to a fault of the whole delivery, which is therefore refused."
    )
    return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=count)]


def _concentrated(kept: Mask, read: Judged) -> list[Note]:
    """Held rows that gather in one cohort bias what is learned about it."""
    if read.table.cohort is None or kept.all():
        return []
    shares = pd.Series(~kept).groupby(read.frame[read.table.cohort]).agg(["mean", "sum"])
    worst = shares[(shares["mean"] > 0.1) & (shares["mean"] > 3 * (~kept).mean()) & (shares["sum"] > 2)]
    if worst.empty:
        return []
    message = (
        f"Held rows gather in {len(worst)} of {len(shares)} cohorts (up to {worst['mean'].max():.0%} of a cohort's "
        f"rows, {(~kept).mean():.1%} over all): what is learned there is biased."
    )
    count = int(worst["sum"].sum())
    return [Note(code="W_QUARANTINE_CONCENTRATED", message=message, rule="limit", count=count)]


def _mask_of(held: Sequence[Held], rows: int) -> Mask:
    mask = np.zeros(rows, dtype=bool)
    for h in held:
        mask[h.positions] = True
    return mask
