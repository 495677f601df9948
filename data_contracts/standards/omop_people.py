"""OMOP table person as people."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import hash_rows, hashes
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import PatientFact, RecordMapping
from data_contracts.standards.moments import moments
from data_contracts.standards.omop_tables import (
    IDENTIFIER,
    PERSON,
    PERSON_FACTS,
    PERSON_NEEDED,
    PERSON_OPTIONAL,
)
from data_contracts.standards.people import People, Subjects, middle, versions
from data_contracts.standards.shown import shown
from data_contracts.standards.text_cells import identifiers


def columns(mapping: RecordMapping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns of person that must be there for this mapping, and those that may."""
    facts = tuple(PERSON_FACTS[f] for f in sorted(_facts(mapping)))
    needed = ("person_id", *facts, *((IDENTIFIER,) if mapping.identifier else ()))
    birth = (*PERSON_NEEDED, *PERSON_OPTIONAL) if mapping.needs_birth else ()
    return needed, tuple(name for name in birth if name not in needed)


def people(tables: Iterator[Any], mapping: RecordMapping, ledger: Ledger) -> People:
    """Everybody in the table; two rows of one person that differ are nobody's."""
    import pyarrow as pa

    rows = pa.concat_tables(
        [_plain(table) for table in tables] or [pa.table({"person_id": pa.array([], pa.string())})]
    )
    if not rows.num_rows:
        raise reject("E_NO_ROWS", "The table person is empty.")
    ledger.seen[PERSON] += rows.num_rows
    named = rows.column("person_id").is_valid()
    ledger.leave_out(PERSON, "W_PATIENT_NO_ID", rows.num_rows - int(np.count_nonzero(named)))
    rows = rows.filter(named)
    key, *content = (hashes(rows.column(name).combine_chunks()) for name in rows.column_names)
    version = versions(key, np.zeros(len(key), dtype=np.int64), hash_rows(key, *content))
    ledger.leave_out(PERSON, "W_PATIENT_SAME_ID", int(version.doubtful.sum()))
    ledger.leave_out(PERSON, "N_PATIENT_SUPERSEDED", int((~version.stand & ~version.doubtful).sum()))
    rows = rows.filter(pa.array(version.stand))
    subjects = Subjects()
    subjects.numbers(rows.column("person_id").combine_chunks())
    subjects.close()
    born = moments(_birth(rows), mapping.records.timezone)
    return People(
        subjects=subjects,
        shown=shown(rows.column(IDENTIFIER).to_pylist(), PERSON, ledger) if mapping.identifier else (),
        birth=middle(born.start, born.end),
        facts={f: rows.column(PERSON_FACTS[f]).to_pylist() for f in _facts(mapping)},
    )


def _facts(mapping: RecordMapping) -> set[str]:
    return {c.what for c in mapping.columns if isinstance(c, PatientFact) and c.what != "birth_date"}


def _plain(table: Any) -> Any:
    import pyarrow as pa

    return pa.table({name: identifiers(table.column(name).combine_chunks()) for name in table.column_names})


def _birth(rows: Any) -> Any:
    """Year, month and day as far as they are written: "1963-12-31", "1963-12" or "1963"."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def part(name: str) -> Any:
        if name not in rows.column_names:
            return pa.nulls(rows.num_rows, pa.string())
        return rows.column(name).combine_chunks()

    year = pc.utf8_lpad(part("year_of_birth"), 4, "0")
    month, day = (pc.utf8_lpad(part(name), 2, "0") for name in ("month_of_birth", "day_of_birth"))
    year_month = pc.binary_join_element_wise(year, month, "-")
    exact = pc.utf8_slice_codeunits(part("birth_datetime"), 0, 10)
    return pc.coalesce(exact, pc.binary_join_element_wise(year_month, day, "-"), year_month, year)
