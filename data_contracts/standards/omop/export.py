"""An OMOP CDM extract: a folder of tables as CSV (also compressed) or Parquet."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files import visit_table
from data_contracts.standards.export_files.batch import EventBatch, Flat, one_per_event
from data_contracts.standards.export_files.export import pass_over, table_files
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.people import People, Subjects, Visits, no_visits
from data_contracts.standards.export_files.table_stream import (
    TablePart,
    identifiers,
    numbers,
    read_rows,
    without_null_words,
)
from data_contracts.standards.mapping.codes import WITH_DESCENDANTS
from data_contracts.standards.mapping.model import (
    HistoryMapping,
    MeasuredValue,
    PatientFact,
    RecordMapping,
    Static,
)
from data_contracts.standards.omop import people as omop_people
from data_contracts.standards.omop.tables import (
    ANCESTOR,
    BOUNDS,
    EVENT_TABLES,
    NO_CONCEPT,
    PERSON,
    TABLES,
    VISIT,
    VISIT_NEEDED,
    VISIT_OPTIONAL,
    EventTable,
    missing_parts,
    partitions,
    table_of,
)
from data_contracts.standards.to_records.events import Events, without_repetitions


class OmopExport:
    """Reads `folder` for one mapping; counts in the ledger what is left out."""

    tables: tuple[str, ...] = tuple(table.name for table in EVENT_TABLES)

    def __init__(self, folder: Path, mapping: RecordMapping, ledger: ExportCounts) -> None:
        self._mapping, self._ledger, self._folder = mapping, ledger, folder

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        """Table -> its files; every other file is counted as passed over."""
        files: dict[str, list[Path]] = {}
        for path in table_files(self._folder, self._ledger):
            below = path.relative_to(self._folder)
            named = table_of(below)
            if named.table in TABLES and named.clear:
                files.setdefault(named.table, []).append(path)
            else:
                requested = named.table in TABLES or not named.table
                pass_over(below, self._ledger, may_be_asked=requested)
        if not files.keys() & {*self.tables, PERSON}:
            raise reject("E_FILE_MISSING", "The folder has no table of an OMOP CDM, such as person.csv.")
        for table, paths in files.items():
            missing = missing_parts(path.relative_to(self._folder) for path in paths)
            self._ledger.note("files", "W_PART_MISSING", missing, table)
        return files

    def descendants(self) -> Mapping[str, list[str]]:
        """From concept_ancestor, for the concepts with a final "+" in the mapping."""
        coded = [c for c in self._mapping.columns if isinstance(c, MeasuredValue | HistoryMapping | Static)]
        requested = {code[:-1] for c in coded for code in c.codes if code.endswith(WITH_DESCENDANTS)}
        if requested and ANCESTOR not in self._files:
            raise reject(
                "E_FILE_MISSING",
                "The mapping requests descendants, but there is no table concept_ancestor.",
            )
        below: dict[str, list[str]] = {}
        for table in (
            self._rows(ANCESTOR, ("ancestor_concept_id", "descendant_concept_id")) if requested else ()
        ):
            above, under = (identifiers(table.column(i).chunk(0)) for i in (0, 1))
            own = np.isin(above.to_numpy(zero_copy_only=False), list(requested))
            for concept, descendant in zip(
                above.filter(own).to_pylist(), under.filter(own).to_pylist(), strict=True
            ):
                below.setdefault(concept, []).append(descendant)
        return below

    def people(self) -> People:
        """From the table person."""
        needs_patients = (
            self._mapping.identifier
            or self._mapping.needs_birth
            or any(isinstance(c, PatientFact) for c in self._mapping.columns)
        )
        if PERSON not in self._files:
            if needs_patients:
                raise reject(
                    "E_FILE_MISSING",
                    "The mapping needs patients, but there is no table person.",
                )
            return People(subjects=Subjects())
        needed, optional = omop_people.columns(self._mapping)
        return omop_people.people(self._rows(PERSON, needed, optional), self._mapping, self._ledger)

    def with_births(self, people: People) -> People:
        """Unchanged: births are in the table person."""
        return people

    def visits(self, people: People) -> Visits:
        """From visit_occurrence, if records are visits."""
        if self._mapping.records.by != "visit":
            return no_visits()
        if VISIT not in self._files:
            raise reject(
                "E_FILE_MISSING", "The mapping makes records by visit, but there is no visit_occurrence."
            )
        chunks = (_visits(table) for table in self._rows(VISIT, VISIT_NEEDED, VISIT_OPTIONAL))
        return visit_table.visits(
            VISIT,
            chunks,
            self._mapping,
            people.subjects,
            self._ledger,
            visit_table.repeated_rows,
            people.earliest,
        )

    def mark_versions(self, events: Events) -> Events:
        """Exact duplicates count once; contradicting rows do not count."""
        return without_repetitions(events)

    def events(self) -> Iterator[EventBatch]:
        """Measurements, observations, conditions, drugs and procedures."""
        for table in EVENT_TABLES:
            for chunk in self._rows(table.name, table.needed, table.optional):
                yield _batch(table, chunk)

    def _rows(self, table: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[Any]:
        for path in self._files.get(table, []):
            for chunk in read_rows(self._part(table, path, needed, optional), self._ledger):
                yield without_null_words(chunk, self._ledger)

    def _part(self, table: str, path: Path, needed: tuple[str, ...], optional: tuple[str, ...]) -> TablePart:
        return TablePart(
            table=table,
            path=path,
            needed=needed,
            optional=optional,
            final_newline=self._mapping.final_newline,
            fixed=partitions(path.relative_to(self._folder)),
        )


def _visits(table: Any) -> visit_table.VisitRows:
    return visit_table.VisitRows(
        identifier=_identifiers(table, "visit_occurrence_id"),
        subject=_identifiers(table, "person_id"),
        start=_cells(table, "visit_start_datetime"),
        start_date=_cells(table, "visit_start_date"),
        end=_cells(table, "visit_end_datetime"),
        end_date=_cells(table, "visit_end_date"),
        class_=_identifiers(table, "visit_concept_id"),
        status_valid=np.ones(table.num_rows, dtype=bool),
        facts={
            "type": _identifiers(table, "visit_type_concept_id"),
            "organization": _identifiers(table, "care_site_id"),
        },
    )


def _batch(table: EventTable, chunk: Any) -> EventBatch:
    return EventBatch(
        table=table.name,
        rows=chunk.num_rows,
        codes=one_per_event(_concepts(chunk, table.code)),
        subject=_identifiers(chunk, "person_id"),
        visit=_visit(chunk),
        time=_cells(chunk, table.datetime),
        date=_cells(chunk, table.date),
        row=_identifiers(chunk, table.key),
        drop_repeats=True,
        **(_values(table, chunk) if table.values else {}),
    )


def _values(table: EventTable, chunk: Any) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    value, unreadable = numbers(_cells(chunk, "value_as_number"))
    unit = pc.coalesce(_concepts(chunk, "unit_concept_id"), identifiers(_cells(chunk, "unit_source_value")))
    found: dict[str, Any] = {
        "value": value,
        "unreadable": unreadable,
        "unit": unit,
        "answers": _filled(_concepts(chunk, "value_as_concept_id")),
    }
    if table.name == "measurement":
        bound = pc.is_in(_identifiers(chunk, "operator_concept_id"), value_set=pa.array(BOUNDS))
        found["bound"] = np.array(bound.to_numpy(zero_copy_only=False), dtype=bool)
    return found


def _filled(texts: Any) -> Flat:
    whole = texts.is_valid()
    return Flat(texts=texts.filter(whole), owner=np.flatnonzero(whole.to_numpy(zero_copy_only=False)))


def _cells(table: Any, name: str) -> Any:
    return table.column(name).chunk(0) if table.num_rows else table.column(name).combine_chunks()


def _identifiers(table: Any, name: str) -> Any:
    return identifiers(_cells(table, name))


def _concepts(table: Any, name: str) -> Any:
    """Concept ids; null for 0, "no matching concept"."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = _identifiers(table, name)
    return pc.if_else(pc.equal(found, NO_CONCEPT), pa.scalar(None, pa.string()), found)


def _visit(chunk: Any) -> Any:
    """Visit ids; null for 0, which some exports write for no visit."""
    return _concepts(chunk, "visit_occurrence_id")
