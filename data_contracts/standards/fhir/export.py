"""A FHIR R4 export: a folder of files with resources, as NDJSON, JSON or Bundles."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.reading.file_bytes import unstable
from data_contracts.standards.export_files import ndjson
from data_contracts.standards.export_files.batch import EventBatch
from data_contracts.standards.export_files.byte_stream import OpenFile, opened
from data_contracts.standards.export_files.json_documents import CHUNK_BYTES, Documents
from data_contracts.standards.export_files.ledger import ExportCounts, fault
from data_contracts.standards.export_files.moments import Integers, Keys
from data_contracts.standards.export_files.people import People, Subjects, Visits, no_visits
from data_contracts.standards.fhir import events as fhir_events
from data_contracts.standards.fhir import people as fhir_people
from data_contracts.standards.fhir import versions
from data_contracts.standards.fhir import visits as fhir_visits
from data_contracts.standards.fhir.files import BUNDLE, Deletion, Source, resources, sources
from data_contracts.standards.fhir.parts import References, column
from data_contracts.standards.fhir.shapes import ENCOUNTER, EVENTS, PATIENT, schema, type_label
from data_contracts.standards.fhir.versions import (
    CURRENT,
    DELETED,
    DOUBTFUL,
    MOVED,
    REPEATED,
    SUPERSEDED,
    ResourceVersions,
    joined,
    resolve,
)
from data_contracts.standards.mapping.model import PatientFact, RecordMapping
from data_contracts.standards.to_records.events import Events, content_of, with_faults

_REASONS = {
    SUPERSEDED: "N_EVENT_SUPERSEDED",
    MOVED: "W_EVENT_MOVED",
    REPEATED: "N_EVENT_REPEATED",
    DOUBTFUL: "W_EVENT_SAME_ID",
    DELETED: "N_EVENT_DELETED",
}
_PROBLEMS = "OperationOutcome"


class FhirExport:
    """Reads `folder` for one mapping; counts in the ledger what is left out."""

    tables: tuple[str, ...] = EVENTS

    def __init__(self, folder: Path, mapping: RecordMapping, ledger: ExportCounts) -> None:
        self._mapping, self._ledger = mapping, ledger
        self._folder = folder
        self._references = References()
        self._wanted = {PATIENT, *EVENTS, *([ENCOUNTER] if mapping.records.by == "visit" else [])}
        self._hashes: dict[Path, str] = {}
        self._versions: list[ResourceVersions] = []

    @cached_property
    def _sources(self) -> list[Source]:
        found = sources(self._folder, self._ledger)
        if not any(source.kinds & {*EVENTS, PATIENT} for source in found):
            raise reject("E_FILE_MISSING", "The folder has no file with patients or with events of patients.")
        return found

    @cached_property
    def _deletions(self) -> Mapping[str, list[Deletion]]:
        """Resource type -> deletions in the export's Bundles."""
        found: dict[str, list[Deletion]] = {}
        for source in self._sources:
            if BUNDLE in source.kinds:
                with opened(source.path) as file:
                    for part in _parts(file):
                        if isinstance(part, Deletion):
                            found.setdefault(part.kind, []).append(part)
        for kind, entries in found.items():
            reason = "N_DELETION" if kind else "W_DELETION_UNREADABLE"
            self._ledger.not_used(type_label(kind) if kind else BUNDLE, reason, len(entries))
        return found

    def descendants(self) -> Mapping[str, list[str]]:
        """Empty: FHIR has no table of concepts."""
        return {}

    def people(self) -> People:
        """From the Patient resources."""
        needs_patients = (
            self._mapping.identifier
            or self._mapping.needs_birth
            or any(isinstance(c, PatientFact) for c in self._mapping.columns)
        )
        # a file may seem to hold patients if they are contained in other resources only
        found = (
            fhir_people.people(
                self._rows(PATIENT),
                self._deleted_versions(PATIENT),
                self._references,
                self._mapping,
                self._ledger,
            )
            if self._has(PATIENT)
            else None
        )
        if found is None and (needs_patients or any(source.kind == PATIENT for source in self._sources)):
            raise reject(
                "E_FILE_MISSING", "There is no Patient resource, but the mapping or a file needs one."
            )
        return found or People(subjects=Subjects())

    def with_births(self, people: People) -> People:
        """Unchanged: births are in the Patient resources."""
        return people

    def visits(self, people: People) -> Visits:
        """From the Encounter resources, if records are visits."""
        if self._mapping.records.by != "visit":
            return no_visits()
        if not self._has(ENCOUNTER):
            raise reject(
                "E_FILE_MISSING", "The mapping makes records by visit, but there is no file of Encounter."
            )
        return fhir_visits.visits(
            self._rows(ENCOUNTER),
            self._deleted_versions(ENCOUNTER),
            self._references,
            self._mapping,
            people,
            self._ledger,
        )

    def events(self) -> Iterator[EventBatch]:
        """Observations with their components, conditions, medication requests and procedures."""
        first = 0
        for resource in EVENTS:
            for table in self._rows(resource):
                subject = self._references.to(PATIENT, column(table, "subject", "reference"))
                self._versions.append(
                    versions.versions(resource, table, subject, self._mapping.records.timezone)
                )
                yield from fhir_events.batches(resource, table, subject, self._references, first)
                first += table.num_rows
            self._versions.append(self._deleted_versions(resource))
            first += len(self._versions[-1])
        for source in self._sources:
            if not source.kinds & self._wanted:
                # read only to count its resources
                deque(self._chunks(source, source.kind), maxlen=0)

    def mark_versions(self, events: Events) -> Events:
        """Marks the events of resources that are not the current version."""

        def content(places: Integers) -> Keys:
            return content_of(events, places)

        status = resolve(joined(self._versions), content)
        reasons = np.zeros(max(_REASONS) + 1, dtype=np.uint8)
        reasons[list(_REASONS)] = [fault(reason) for reason in _REASONS.values()]
        event_status = status[events.origin]
        return with_faults(events, np.where(event_status == CURRENT, events.fault, reasons[event_status]))

    def _has(self, resource: str) -> bool:
        return any(resource in source.kinds for source in self._sources)

    def _deleted_versions(self, resource: str) -> ResourceVersions:
        found = self._deletions.get(resource, [])
        return versions.deletions(resource, found, self._mapping.records.timezone)

    def _rows(self, resource: str) -> Iterator[Any]:
        for source in self._sources:
            if resource in source.kinds:
                yield from self._chunks(source, resource)

    def _chunks(self, source: Source, resource: str) -> Iterator[Any]:
        """The resources of that type; other resources are counted when the file is read for the first time."""
        import pyarrow as pa
        import pyarrow.compute as pc

        new = source.path not in self._hashes
        with opened(source.path) as file:
            for chunk in _read(source, file, schema(resource)):
                kinds = column(chunk.table, "resourceType")
                if new:
                    self._count_others(source, chunk, kinds)
                own = pc.fill_null(pc.equal(kinds, resource), False)
                all_match = chunk.table.num_rows == pc.sum(own.cast(pa.int64())).as_py()
                if resource in self._wanted:
                    yield chunk.table if all_match else chunk.table.filter(own)
            facts = file.facts()
        if not new and self._hashes[source.path] != facts.sha256:
            raise unstable()
        if new:
            self._hashes[source.path] = facts.sha256
            self._ledger.add_file(type_label(source.kind), facts)

    def _count_others(self, source: Source, chunk: ndjson.NdjsonChunk, kinds: Any) -> None:
        untyped = np.array(kinds.is_null().to_numpy(zero_copy_only=False), dtype=bool)
        lines = sorted([*chunk.unreadable, *chunk.numbers[untyped].tolist()])
        self._ledger.unreadable(
            type_label(source.kind), source.path, lines if source.by_line else [0] * len(lines)
        )
        counts = Counter({found["values"]: found["counts"] for found in kinds.value_counts().to_pylist()})
        for kind, count in counts.items():
            if kind is None:
                continue
            self._ledger.resources[type_label(kind)] += count
            if kind not in self._wanted:
                reason = "W_EXPORT_PROBLEM" if kind == _PROBLEMS else "N_TYPE_NOT_READ"
                self._ledger.not_used(type_label(kind), reason, count)


def _read(source: Source, file: OpenFile, shape: Any) -> Iterator[ndjson.NdjsonChunk]:
    if source.by_line:
        yield from ndjson.read(file.reader, shape)
        return
    lines: list[bytes] = []
    size = 0
    for part in _parts(file):
        if isinstance(part, Deletion):
            continue
        lines.append(part)
        size += len(part)
        if size > CHUNK_BYTES:
            yield ndjson.parse_lines(b"\n".join(lines) + b"\n", shape)
            lines, size = [], 0
    yield ndjson.parse_lines(b"\n".join(lines) + b"\n", shape)


def _parts(file: OpenFile) -> Iterator[bytes | Deletion]:
    documents = Documents(file.reader)
    for found in documents:
        for document in found:
            yield from resources(document)
    for _ in range(documents.other_items):
        yield b"null"
