"""FHIR Patient resources as people: who they are in the records, when they were born, what never changes."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Flat, hash_rows, hashes
from data_contracts.standards.fhir_events import versions as times_changed
from data_contracts.standards.fhir_parts import References, codings, column, inside, mask
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import PatientFact, RecordMapping
from data_contracts.standards.moments import moments
from data_contracts.standards.people import People, Subjects, middle, versions
from data_contracts.standards.shown import shown
from data_contracts.standards.tokens import last_part

_US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"


def people(tables: Iterator[Any], references: References, mapping: RecordMapping, ledger: Ledger) -> People:
    """Everybody in the Patient files; of several versions of a patient the newest."""
    import pyarrow as pa

    parts = [_plain(table, references, mapping) for table in tables]
    if not parts:
        raise reject("E_NO_ROWS", "The file of patients is empty.")
    rows = pa.concat_tables(parts)
    ledger.seen["Patient"] += rows.num_rows
    named = mask(rows.column("id").is_valid())
    ledger.leave_out("Patient", "W_PATIENT_NO_ID", int((~named).sum()))
    rows = rows.filter(pa.array(named))
    content = [hashes(column(rows, name)) for name in rows.column_names if name != "updated"]
    version = versions(content[0], rows.column("updated").to_numpy(), hash_rows(*content))
    ledger.leave_out("Patient", "W_PATIENT_SAME_ID", int(version.doubtful.sum()))
    ledger.leave_out("Patient", "N_PATIENT_SUPERSEDED", int((~version.stand & ~version.doubtful).sum()))
    rows = rows.filter(pa.array(version.stand))
    subjects = Subjects()
    subjects.numbers(column(rows, "id"))
    subjects.close()
    birth = moments(column(rows, "birth_date"), mapping.records.timezone)
    return People(
        subjects=subjects,
        shown=shown(rows.column("shown").to_pylist(), "Patient", ledger) if mapping.identifier else (),
        birth=middle(birth.start, birth.end),
        facts={name: rows.column(name).to_pylist() for name in rows.column_names if name in _fields(mapping)},
    )


def _plain(table: Any, references: References, mapping: RecordMapping) -> Any:
    """One row a resource, with only what the mapping asks for."""
    import pyarrow as pa

    columns = {
        "id": column(table, "id"),
        "updated": pa.array(times_changed(table)),
        "birth_date": column(table, "birthDate"),
        "shown": _identifier(table, mapping.identifier),
    }
    for field in _fields(mapping) - {"birth_date"}:
        columns[field] = _fact(table, field, references)
    return pa.table(
        {name: cells.cast(pa.string()) if name != "updated" else cells for name, cells in columns.items()}
    )


def _fields(mapping: RecordMapping) -> set[str]:
    return {c.what for c in mapping.columns if isinstance(c, PatientFact)}


def _fact(table: Any, field: str, references: References) -> Any:
    if field == "gender":
        return column(table, "gender")
    if field == "marital_status":
        return last_part(_first(codings(column(table, "maritalStatus")), table.num_rows))
    if field == "organization":
        return references.to("Organization", column(table, "managingOrganization", "reference"))
    if field == "birth_sex":
        return _extension(table, "birthsex", ("valueCode",))
    return _extension(table, field, ("extension",))


def _extension(table: Any, name: str, path: tuple[str, ...]) -> Any:
    """The code of a US Core extension; of race and ethnicity the broad category."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = column(table, "extension")
    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = pc.list_flatten(lists)
    own = mask(pc.equal(inside(flat, "url"), f"{_US_CORE}{name}"))
    owner, found = owner[own], inside(flat.filter(pa.array(own)), *path)
    if path == ("extension",):
        within = np.array(pc.list_parent_indices(found).to_numpy(zero_copy_only=False), dtype=np.int64)
        parts = pc.list_flatten(found)
        broad = mask(pc.equal(inside(parts, "url"), "ombCategory"))
        owner = owner[within[broad]]
        found = inside(parts.filter(pa.array(broad)), "valueCoding", "code")
    return _first(Flat(texts=found, owner=owner), table.num_rows)


def _identifier(table: Any, system: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not system:
        return pa.nulls(table.num_rows, pa.string())
    lists = column(table, "identifier")
    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = pc.list_flatten(lists)
    own = mask(pc.equal(inside(flat, "system"), system))
    return _first(Flat(texts=inside(flat, "value").filter(pa.array(own)), owner=owner[own]), table.num_rows)


def _first(flat: Flat, rows: int) -> Any:
    """The first text of each row, null where there is none."""
    import pyarrow as pa

    owners, first = np.unique(flat.owner, return_index=True)
    place = np.full(rows, -1, dtype=np.int64)
    place[owners] = first
    return flat.texts.cast(pa.string()).take(pa.array(place, mask=place < 0))
