"""The OMOP table person as people; birth is birth_datetime, else year, month and day as far as given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files.batch import hash_rows, hashes
from data_contracts.standards.export_files.event_times import in_iso, local_clock
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import NEVER, Integers, Mask, Moments, moments
from data_contracts.standards.export_files.people import (
    People,
    Subjects,
    display_identifiers,
    middle,
    versions,
)
from data_contracts.standards.export_files.table_stream import identifiers
from data_contracts.standards.mapping.model import PatientFact, RecordMapping
from data_contracts.standards.omop.tables import IDENTIFIER, PERSON, PERSON_BIRTH, PERSON_FACTS


@dataclass(frozen=True, kw_only=True)
class Births:
    """The interval of each person's birth; one item per row.

    Attributes:
        start, end: microseconds UTC, or NEVER.
        unreadable: a cell is filled, but no cell gives a date.
        contradicts: birth_datetime contradicts year, month and day; the latter are used, as the standard requires them.

    """

    start: Integers
    end: Integers
    unreadable: Mask
    contradicts: Mask

    def select(self, which: Mask) -> "Births":
        """The births of some rows."""
        return Births(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


def joined(parts: Sequence[Births]) -> Births:
    """Concatenates the parts."""
    return Births(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Births)})


def births(table: Any, zone: str) -> Births:
    """The births in a table with the columns of person; `zone` is the IANA time zone of local dates."""
    written = _from_parts(table, zone)
    exact, any_text = _from_datetime(table.column("birth_datetime").combine_chunks(), zone)
    has_datetime, has_date = exact.start != NEVER, written.start != NEVER
    contradicts = has_datetime & has_date & ((exact.start > written.end) | (exact.end < written.start))
    take = has_datetime & ~contradicts
    start = np.where(take, exact.start, written.start)
    return Births(
        start=start,
        end=np.where(take, exact.end, written.end),
        unreadable=(start == NEVER) & (any_text | ~written.missing),
        contradicts=contradicts,
    )


def _from_parts(table: Any, zone: str) -> Moments:
    """The most precise of "1963-12-31", "1963-12" and "1963" that is valid."""
    import pyarrow.compute as pc

    year = pc.utf8_lpad(identifiers(table.column("year_of_birth").combine_chunks()), 4, "0")
    month, day = (
        pc.utf8_lpad(identifiers(table.column(name).combine_chunks()), 2, "0")
        for name in ("month_of_birth", "day_of_birth")
    )
    year_month = pc.binary_join_element_wise(year, month, "-")
    found = moments(year, zone)
    for texts in (year_month, pc.binary_join_element_wise(year_month, day, "-")):
        finer = moments(texts, zone)
        use = finer.start != NEVER
        found = Moments(
            start=np.where(use, finer.start, found.start),
            end=np.where(use, finer.end, found.end),
            missing=found.missing,
            unreadable=found.unreadable,
            ambiguous=found.ambiguous,
        )
    return found


def _from_datetime(cells: Any, zone: str) -> tuple[Moments, Mask]:
    """The local date of each, and whether the cell is filled."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = in_iso(local_clock(cells))
    readable = moments(whole, zone)
    known = pa.array(~readable.missing & ~readable.unreadable)
    day = pc.utf8_slice_codeunits(whole.cast(pa.string()), 0, 10)
    return moments(pc.if_else(known, day, pa.scalar(None, pa.string())), zone), ~readable.missing


_EXPONENT = r"^\d(\.\d+)?[eE]\+\d+$"


def columns(mapping: RecordMapping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Required and optional columns of person for this mapping; all of them are compared to find duplicates."""
    requested = tuple(PERSON_FACTS[fact] for fact in sorted(_facts(mapping)))
    birth = PERSON_BIRTH[:1] if mapping.needs_birth else ()
    needed = ("person_id", *birth, *requested, *((IDENTIFIER,) if mapping.identifier else ()))
    known = (*PERSON_BIRTH, *PERSON_FACTS.values(), IDENTIFIER)
    return needed, tuple(name for name in known if name not in needed)


def people(tables: Iterator[Any], mapping: RecordMapping, ledger: ExportCounts) -> People:
    """The people in the table; persons with contradicting rows are left out and counted."""
    import pyarrow as pa

    parts = [(_text_columns(table), births(table, mapping.records.timezone)) for table in tables]
    rows = pa.concat_tables([texts for texts, _ in parts]) if parts else None
    if rows is None or not rows.num_rows:
        raise reject("E_NO_ROWS", "The table person is empty.")
    born = joined([own for _, own in parts])
    ledger.seen[PERSON] += rows.num_rows
    current = _current_rows(rows, born, ledger)
    rows, born = rows.filter(pa.array(current)), born.select(current)
    subjects = Subjects()
    subjects.numbers(rows.column("person_id").combine_chunks())
    subjects.close()
    _note_doubts(rows, born, ledger)
    return People(
        subjects=subjects,
        shown=display_identifiers(rows.column(IDENTIFIER).to_pylist(), PERSON, ledger)
        if mapping.identifier
        else (),
        birth=middle(born.start, born.end),
        earliest=born.start,
        facts={f: rows.column(PERSON_FACTS[f]).to_pylist() for f in _facts(mapping)},
    )


def _current_rows(rows: Any, born: Births, ledger: ExportCounts) -> Mask:
    """Mask with one row per person; none for a person with contradicting rows."""
    key, *facts = (hashes(rows.column(name).combine_chunks()) for name in rows.column_names)
    version = versions(key, np.zeros(len(key), dtype=np.int64), hash_rows(born.start, born.end, *facts))
    nameless = key == 0
    ledger.leave_out(PERSON, "W_PATIENT_NO_ID", int(nameless.sum()))
    ledger.leave_out(PERSON, "W_PATIENT_SAME_ID", int(version.doubtful.sum()))
    ledger.leave_out(PERSON, "N_PATIENT_SUPERSEDED", int((~version.current & ~version.doubtful).sum()))
    current: Mask = version.current & ~nameless
    return current


def _note_doubts(rows: Any, born: Births, ledger: ExportCounts) -> None:
    import pyarrow.compute as pc

    rounded = pc.sum(pc.match_substring_regex(rows.column("person_id"), _EXPONENT)).as_py() or 0
    ledger.note("patients", "W_ID_EXPONENT", rounded, "person_id")
    ledger.note("patients", "W_BIRTH_UNREADABLE", int(born.unreadable.sum()))
    ledger.note("patients", "W_BIRTH_CONTRADICTS", int(born.contradicts.sum()))


def _facts(mapping: RecordMapping) -> set[str]:
    return {c.what for c in mapping.columns if isinstance(c, PatientFact) and c.what != "birth_date"}


def _text_columns(table: Any) -> Any:
    import pyarrow as pa

    names = [name for name in table.column_names if name not in PERSON_BIRTH]
    return pa.table({name: identifiers(table.column(name).combine_chunks()) for name in names})
