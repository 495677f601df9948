"""A FHIR R4 bulk export: a folder of NDJSON files, one resource type a file, in any number of parts."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.byte_order_mark import MARK
from data_contracts.findings import reject
from data_contracts.standards import fhir_events, fhir_people, fhir_visits, ndjson
from data_contracts.standards.batch import Batch
from data_contracts.standards.byte_stream import opened
from data_contracts.standards.export import files_below
from data_contracts.standards.fhir_parts import References, column
from data_contracts.standards.fhir_shapes import ENCOUNTER, EVENTS, PATIENT, schema
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import PatientFact, RecordMapping
from data_contracts.standards.people import People, Subjects, Visits, no_visits

_FORMS = re.compile(r"\.(ndjson|jsonl)(\.gz|\.zst)?$", re.IGNORECASE)
_FIRST_LOOK, _FIRST_LINES = 1024**2, 1000


class FhirExport:
    """Reads `folder` for one mapping; counts what it leaves out in the ledger."""

    tables: tuple[str, ...] = EVENTS
    twice: str = "N_EVENT_SUPERSEDED"

    def __init__(self, folder: Path, mapping: RecordMapping, ledger: Ledger) -> None:
        self._mapping, self._ledger = mapping, ledger
        self._folder = folder
        self._references = References()

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        """Resource type -> its files: by what stands in them, since names differ from server to server."""
        files: dict[str, list[Path]] = {}
        for path in files_below(self._folder):
            if _FORMS.search(path.name):
                files.setdefault(_type_of(path), []).append(path)
        if not files.keys() & {*EVENTS, PATIENT}:
            raise reject(
                "E_FILE_MISSING", "The folder has no NDJSON file of patients or of anything about them."
            )
        used = {*EVENTS, PATIENT, ENCOUNTER}
        for kind, paths in files.items():
            for path in paths if kind not in used else ():
                self._ledger.pass_over(path.relative_to(self._folder), "N_FILE_OTHER")
        return files

    def descendants(self) -> Mapping[str, list[str]]:
        """None: FHIR has no table of concepts."""
        return {}

    def people(self) -> People:
        """From the Patient files."""
        asks = (
            self._mapping.identifier
            or self._mapping.needs_birth
            or any(isinstance(c, PatientFact) for c in self._mapping.columns)
        )
        if PATIENT not in self._files:
            if asks:
                raise reject(
                    "E_FILE_MISSING", "The mapping asks about patients, but there is no file of Patient."
                )
            return People(subjects=Subjects())
        return fhir_people.people(self._rows(PATIENT), self._references, self._mapping, self._ledger)

    def born(self, people: People) -> People:
        """As they are: the Patient files have told everything."""
        return people

    def visits(self, people: People) -> Visits:
        """From the Encounter files, where a record is a visit."""
        if self._mapping.records.by != "visit":
            return no_visits()
        if ENCOUNTER not in self._files:
            raise reject(
                "E_FILE_MISSING", "The mapping makes records by visit, but there is no file of Encounter."
            )
        return fhir_visits.visits(
            self._rows(ENCOUNTER), self._references, self._mapping, people.subjects, self._ledger
        )

    def events(self) -> Iterator[Batch]:
        """Observations with their components, conditions, medication requests and procedures."""
        for resource in EVENTS:
            for table in self._rows(resource):
                yield from fhir_events.batches(resource, table, self._references)

    def _rows(self, resource: str) -> Iterator[Any]:
        for path in self._files.get(resource, []):
            with opened(path) as file:
                for chunk in ndjson.read(file.reader, schema(resource)):
                    self._ledger.unreadable(resource, path, chunk.unreadable)
                    yield self._of_type(resource, chunk.table)
                self._ledger.file(resource, file.facts())

    def _of_type(self, resource: str, table: Any) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc

        own = pc.fill_null(pc.equal(column(table, "resourceType"), resource), False)
        others = table.num_rows - int(np.count_nonzero(own))
        if not others:
            return table
        self._ledger.seen[resource] += others
        self._ledger.leave_out(resource, "W_LINE_OTHER_TYPE", others)
        return table.filter(pa.array(own))


def _type_of(path: Path) -> str:
    """By the first entry that can be read, else by the file's name."""
    with opened(path) as file:
        start = file.reader.read(_FIRST_LOOK).removeprefix(MARK)
    for line in start.splitlines()[:_FIRST_LINES]:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and "resourceType" in found:
            return str(found["resourceType"])
    return next(
        (kind for kind in (*EVENTS, PATIENT, ENCOUNTER) if kind.casefold() in path.name.casefold()), ""
    )
