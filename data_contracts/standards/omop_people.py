"""OMOP table person as people."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import hash_rows, hashes
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import PatientFact, RecordMapping
from data_contracts.standards.moments import Mask
from data_contracts.standards.omop_births import Births, births, joined
from data_contracts.standards.omop_tables import IDENTIFIER, PERSON, PERSON_BIRTH, PERSON_FACTS
from data_contracts.standards.people import People, Subjects, middle, versions
from data_contracts.standards.shown import shown
from data_contracts.standards.text_cells import identifiers

_EXPONENT = r"^\d(\.\d+)?[eE]\+\d+$"


def columns(mapping: RecordMapping) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns of person that must be there for this mapping, and those that may: two rows of one person are compared
    in all of them.
    """
    asked = tuple(PERSON_FACTS[fact] for fact in sorted(_facts(mapping)))
    birth = PERSON_BIRTH[:1] if mapping.needs_birth else ()
    needed = ("person_id", *birth, *asked, *((IDENTIFIER,) if mapping.identifier else ()))
    known = (*PERSON_BIRTH, *PERSON_FACTS.values(), IDENTIFIER)
    return needed, tuple(name for name in known if name not in needed)


def people(tables: Iterator[Any], mapping: RecordMapping, ledger: Ledger) -> People:
    """Everybody in the table; two rows of one person that differ are nobody's."""
    import pyarrow as pa

    parts = [(_texts(table), births(table, mapping.records.timezone)) for table in tables]
    rows = pa.concat_tables([texts for texts, _ in parts]) if parts else None
    if rows is None or not rows.num_rows:
        raise reject("E_NO_ROWS", "The table person is empty.")
    born = joined([own for _, own in parts])
    ledger.seen[PERSON] += rows.num_rows
    stand = _one_each(rows, born, ledger)
    rows, born = rows.filter(pa.array(stand)), born.of(stand)
    subjects = Subjects()
    subjects.numbers(rows.column("person_id").combine_chunks())
    subjects.close()
    _tell_doubts(rows, born, ledger)
    return People(
        subjects=subjects,
        shown=shown(rows.column(IDENTIFIER).to_pylist(), PERSON, ledger) if mapping.identifier else (),
        birth=middle(born.start, born.end),
        earliest=born.start,
        facts={f: rows.column(PERSON_FACTS[f]).to_pylist() for f in _facts(mapping)},
    )


def _one_each(rows: Any, born: Births, ledger: Ledger) -> Mask:
    """Which rows stand: one for each person of whom nothing is said twice and differently."""
    key, *facts = (hashes(rows.column(name).combine_chunks()) for name in rows.column_names)
    version = versions(key, np.zeros(len(key), dtype=np.int64), hash_rows(born.start, born.end, *facts))
    nameless = key == 0
    ledger.leave_out(PERSON, "W_PATIENT_NO_ID", int(nameless.sum()))
    ledger.leave_out(PERSON, "W_PATIENT_SAME_ID", int(version.doubtful.sum()))
    ledger.leave_out(PERSON, "N_PATIENT_SUPERSEDED", int((~version.stand & ~version.doubtful).sum()))
    stands: Mask = version.stand & ~nameless
    return stands


def _tell_doubts(rows: Any, born: Births, ledger: Ledger) -> None:
    import pyarrow.compute as pc

    rounded = pc.sum(pc.match_substring_regex(rows.column("person_id"), _EXPONENT)).as_py() or 0
    ledger.tell("patients", "W_ID_EXPONENT", rounded, "person_id")
    ledger.tell("patients", "W_BIRTH_UNREADABLE", int(born.unreadable.sum()))
    ledger.tell("patients", "W_BIRTH_CONTRADICTS", int(born.contradicts.sum()))


def _facts(mapping: RecordMapping) -> set[str]:
    return {c.what for c in mapping.columns if isinstance(c, PatientFact) and c.what != "birth_date"}


def _texts(table: Any) -> Any:
    import pyarrow as pa

    names = [name for name in table.column_names if name not in PERSON_BIRTH]
    return pa.table({name: identifiers(table.column(name).combine_chunks()) for name in names})
