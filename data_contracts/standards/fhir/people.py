"""FHIR Patient resources as people: identifiers, births and static facts.

Several resources may be one person: merged ones, and those that share an identifier.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.standards.export_files.batch import Flat, hash_rows, hashes
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import Integers, Keys, Mask, first_readable
from data_contracts.standards.export_files.people import People, Subjects, display_identifiers, middle
from data_contracts.standards.fhir import versions as fhir_versions
from data_contracts.standards.fhir.parts import References, codings, column, flattened, inside, mask, written
from data_contracts.standards.fhir.shapes import PATIENT
from data_contracts.standards.fhir.versions import (
    CURRENT,
    DELETED,
    DOUBTFUL,
    MOVED,
    REPEATED,
    SUPERSEDED,
    ResourceVersions,
)
from data_contracts.standards.mapping.codes import last_part
from data_contracts.standards.mapping.model import PatientFact, RecordMapping


@dataclass(frozen=True, kw_only=True)
class Links:
    """Links between Patient resources; `row` is the index of the resource that has the link."""

    row: tuple[int, ...]
    kind: tuple[str, ...]
    other: tuple[str | None, ...]
    rows: int
    """The number of resources read."""

    @staticmethod
    def none() -> "Links":
        """No links of no resources."""
        return Links(row=(), kind=(), other=(), rows=0)

    def extended(self, more: "Links") -> "Links":
        """These links and those of the next resources."""
        return Links(
            row=self.row + tuple(row + self.rows for row in more.row),
            kind=self.kind + more.kind,
            other=self.other + more.other,
            rows=self.rows + more.rows,
        )


def links(table: Any, references: References) -> Links:
    """The replacement links in a chunk of Patient resources."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "link"))
    is_replacement = pc.is_in(inside(flat, "type"), value_set=pa.array(["replaced-by", "replaces"]))
    chosen = np.array(pc.fill_null(is_replacement, False).to_numpy(zero_copy_only=False), dtype=bool)
    flat = flat.filter(pa.array(chosen))
    return Links(
        row=tuple(owner[chosen].tolist()),
        kind=tuple(inside(flat, "type").to_pylist()),
        other=tuple(references.to(PATIENT, inside(flat, "other", "reference")).to_pylist()),
        rows=table.num_rows,
    )


def merged(all_links: Links, keys: Any, current: Mask, ledger: ExportCounts) -> dict[str, str]:
    """Key of a merged patient -> key of the patient at the end of the chain of replacements.

    A link to an unknown patient, in a circle, or to two patients is counted and not followed.
    """
    known = set(keys.filter(_arrow(current)).to_pylist())
    replacements: dict[str, set[str | None]] = {}
    for row, kind, other in zip(all_links.row, all_links.kind, all_links.other, strict=True):
        own = keys[row].as_py() if current[row] else None
        old, new = (own, other) if kind == "replaced-by" else (other, own)
        if own is not None and old is not None and old != new:
            replacements.setdefault(old, set()).add(new)
    ends = {old: _final_patient(old, replacements) for old in replacements}
    found = {old: end for old, end in ends.items() if end is not None and end in known and end != old}
    ledger.note("patients", "W_PATIENT_LINK", len(replacements.keys() - found.keys()))
    ledger.leave_out(PATIENT, "N_PATIENT_MERGED", len(known & found.keys()))
    return found


def _final_patient(key: str, replacements: Mapping[str, set[str | None]]) -> str | None:
    """The patient at the end of the chain of replacements; None if there is no unique one."""
    seen: set[str] = set()
    at: str | None = key
    while at is not None and at in replacements:
        if at in seen or len(replacements[at]) > 1:
            return None
        seen.add(at)
        at = next(iter(replacements[at]))
    return at


@dataclass(frozen=True, kw_only=True)
class Identifiers:
    """The identifiers of some patients: index of the patient, and hash of system and value."""

    owner: Integers
    key: Keys
    rows: int


def identifiers(table: Any) -> Identifiers:
    """The identifiers in a chunk of Patient resources."""
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "identifier"))
    texts = pc.binary_join_element_wise(written(inside(flat, "system")), written(inside(flat, "value")), "|")
    return Identifiers(owner=owner, key=hashes(texts), rows=table.num_rows)


def count_sharing(parts: Sequence[Identifiers], current: Mask) -> int:
    """The number of current patients who share an identifier with another one."""
    before = np.cumsum([0, *(part.rows for part in parts)])
    owner = np.concatenate([part.owner + first for part, first in zip(parts, before[:-1], strict=True)])
    key = np.concatenate([part.key for part in parts])
    own = current[owner] & (key != 0)
    pairs = np.unique(np.stack([key[own], owner[own].astype(np.uint64)]), axis=1)
    _, place, counts = np.unique(pairs[0], return_inverse=True, return_counts=True)
    return len(np.unique(pairs[1][counts[place] > 1]))


def _arrow(mask: Mask) -> Any:
    import pyarrow as pa

    return pa.array(mask)


_US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
_BIRTH_TIME = "http://hl7.org/fhir/StructureDefinition/patient-birthTime"
_DATE_WITH_TIME = r"^(\d{4}-\d\d-\d\d)[Tt ].*$"
_REASONS = {
    "N_PATIENT_DELETED": (DELETED,),
    "N_PATIENT_SUPERSEDED": (SUPERSEDED, MOVED, REPEATED),
    "W_PATIENT_SAME_ID": (DOUBTFUL,),
}


def people(
    tables: Iterator[Any],
    deleted: ResourceVersions,
    references: References,
    mapping: RecordMapping,
    ledger: ExportCounts,
) -> People | None:
    """The people in the Patient resources, by the current version of each.

    Args:
        tables: chunks of resources.
        deleted: deletions of patients, as versions.
        references: resolves references.
        mapping: which facts are requested.
        ledger: counts patients that are left out.

    Returns:
        The people; None if there is no Patient resource.

    """
    import pyarrow as pa

    zone = mapping.records.timezone
    parts, versions, all_links, identifier_parts = [], [], Links.none(), []
    for table in tables:
        all_links = all_links.extended(links(table, references))
        identifier_parts.append(identifiers(table))
        versions.append(fhir_versions.versions(PATIENT, table, pa.nulls(table.num_rows, pa.string()), zone))
        parts.append(_requested_columns(table, references, mapping))
    if not any(part.num_rows for part in parts):
        return None
    rows = pa.concat_tables(parts)
    current = _current_patients(rows, [*versions, deleted], ledger)
    into = merged(all_links, column(rows, "id"), current, ledger)
    current &= ~np.isin(column(rows, "id").to_numpy(zero_copy_only=False), list(into))
    ledger.note("patients", "W_PATIENT_TWICE", count_sharing(identifier_parts, current))
    rows = rows.filter(pa.array(current))
    subjects = Subjects()
    subjects.numbers(column(rows, "id"))
    subjects.close()
    for old, new in into.items():
        subjects.merge(old, new)
    birth = first_readable([column(rows, name) for name in ("birth_date", "birth_time")], zone)
    if mapping.needs_birth:
        ledger.note("patients", "W_BIRTH_UNREADABLE", int(birth.unreadable.sum()))
    return People(
        subjects=subjects,
        shown=display_identifiers(rows.column("shown").to_pylist(), PATIENT, ledger)
        if mapping.identifier
        else (),
        birth=middle(birth.start, birth.end),
        earliest=birth.start,
        facts={name: rows.column(name).to_pylist() for name in rows.column_names if name in _fields(mapping)},
    )


def _current_patients(rows: Any, versions: list[ResourceVersions], ledger: ExportCounts) -> Mask:
    """Which patients are current; the others are counted."""
    ledger.seen[PATIENT] += rows.num_rows
    named = mask(rows.column("id").is_valid())
    ledger.leave_out(PATIENT, "W_PATIENT_NO_ID", int((~named).sum()))
    content_hash = hash_rows(*(hashes(column(rows, name)) for name in rows.column_names if name != "id"))
    content = np.append(content_hash, np.zeros(len(versions[-1]), dtype=np.uint64))
    status = fhir_versions.resolve(fhir_versions.joined(versions), lambda places: content[places])
    status = status[: rows.num_rows]
    for reason, which in _REASONS.items():
        ledger.leave_out(PATIENT, reason, int((named & np.isin(status, which)).sum()))
    current: Mask = named & (status == CURRENT)
    return current


def _requested_columns(table: Any, references: References, mapping: RecordMapping) -> Any:
    """One row per resource, with the columns that the mapping requests."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {
        "id": column(table, "id"),
        # a date with a time is that date, in whatever time zone
        "birth_date": pc.replace_substring_regex(written(column(table, "birthDate")), _DATE_WITH_TIME, r"\1"),
        "birth_time": _birth_time(table),
        "shown": _identifier(table, mapping.identifier),
    }
    for field in sorted(_fields(mapping) - {"birth_date"}):
        columns[field] = _fact(table, field, references)
    return pa.table({name: cells.cast(pa.string()) for name, cells in columns.items()})


def _birth_time(table: Any) -> Any:
    """The birthTime extension of the date of birth."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "_birthDate", "extension"))
    own = mask(pc.equal(inside(flat, "url"), _BIRTH_TIME))
    return _first(
        Flat(texts=inside(flat, "valueDateTime").filter(pa.array(own)), owner=owner[own]), table.num_rows
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
    """The code of a US Core extension; for race and ethnicity the OMB category."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner, flat = flattened(column(table, "extension"))
    own = mask(pc.equal(inside(flat, "url"), f"{_US_CORE}{name}"))
    owner, found = owner[own], inside(flat.filter(pa.array(own)), *path)
    if path == ("extension",):
        within, parts = flattened(found)
        broad = mask(pc.equal(inside(parts, "url"), "ombCategory"))
        owner = owner[within[broad]]
        found = inside(parts.filter(pa.array(broad)), "valueCoding", "code")
    return _first(Flat(texts=found, owner=owner), table.num_rows)


def _identifier(table: Any, system: str) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not system:
        return pa.nulls(table.num_rows, pa.string())
    owner, flat = flattened(column(table, "identifier"))
    own = mask(pc.equal(inside(flat, "system"), system))
    return _first(Flat(texts=inside(flat, "value").filter(pa.array(own)), owner=owner[own]), table.num_rows)


def _first(flat: Flat, rows: int) -> Any:
    """The first text of each row; null if there is none."""
    import pyarrow as pa

    owners, first = np.unique(flat.owner, return_index=True)
    place = np.full(rows, -1, dtype=np.int64)
    place[owners] = first
    return flat.texts.cast(pa.string()).take(pa.array(place, mask=place < 0))
