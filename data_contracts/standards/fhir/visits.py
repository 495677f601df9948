"""FHIR Encounter resources as visits."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from data_contracts.standards.export_files import visit_table
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import Keys, Mask
from data_contracts.standards.export_files.people import People, Visits
from data_contracts.standards.fhir import versions as fhir_versions
from data_contracts.standards.fhir.parts import (
    References,
    column,
    first_of,
    flattened,
    inside,
    one_of,
    written,
)
from data_contracts.standards.fhir.shapes import ENCOUNTER, VALID_STATUSES
from data_contracts.standards.fhir.versions import (
    DELETED,
    DOUBTFUL,
    MOVED,
    REPEATED,
    SUPERSEDED,
    ResourceVersions,
)
from data_contracts.standards.mapping.model import RecordMapping, VisitFact

_REASONS = {
    "N_VISIT_DELETED": (DELETED,),
    "W_VISIT_SAME_ID": (DOUBTFUL,),
    "W_VISIT_MOVED": (MOVED,),
    "N_VISIT_SUPERSEDED": (SUPERSEDED, REPEATED),
}


def visits(
    tables: Iterator[Any],
    deleted: ResourceVersions,
    references: References,
    mapping: RecordMapping,
    people: People,
    ledger: ExportCounts,
) -> Visits:
    """The valid encounters, by the current version of each; `deleted` are deletions of encounters."""
    versions: list[ResourceVersions] = []

    def rows() -> Iterator[visit_table.VisitRows]:
        for table in tables:
            subject = references.to("Patient", column(table, "subject", "reference"))
            versions.append(fhir_versions.versions(ENCOUNTER, table, subject, mapping.records.timezone))
            yield _rows(table, subject, references, mapping)

    def version_faults(key: Keys, content_hash: Keys) -> Mapping[str, Mask]:
        content = np.append(content_hash, np.zeros(len(deleted), dtype=np.uint64))
        status = fhir_versions.resolve(
            fhir_versions.joined([*versions, deleted]), lambda places: content[places]
        )[: len(key)]
        return {reason: np.isin(status, which) for reason, which in _REASONS.items()}

    return visit_table.visits(
        ENCOUNTER, rows(), mapping, people.subjects, ledger, version_faults, people.earliest
    )


def _rows(table: Any, subject: Any, references: References, mapping: RecordMapping) -> visit_table.VisitRows:
    wanted = {c.what for c in mapping.columns if isinstance(c, VisitFact)}
    facts = {"type": _first_type(column(table, "type"))}
    if "organization" in wanted:
        facts["organization"] = references.to("Organization", column(table, "serviceProvider", "reference"))
    return visit_table.VisitRows(
        identifier=column(table, "id"),
        subject=subject,
        start=first_of(written(column(table, "period", "start")), column(table, "actualPeriod", "start")),
        end=column(table, "period", "end"),
        other_end=column(table, "actualPeriod", "end"),
        class_=column(table, "class", "code"),
        status_valid=one_of(column(table, "status"), VALID_STATUSES[ENCOUNTER]),
        facts=facts,
    )


def _first_type(lists: Any) -> Any:
    """Code of the first coding of the first type."""
    import pyarrow as pa

    owner, concepts = flattened(lists)
    inner, flat = flattened(inside(concepts, "coding"))
    owners, first = np.unique(owner[inner], return_index=True)
    place = np.full(len(lists), -1, dtype=np.int64)
    place[owners] = first
    return inside(flat, "code").take(pa.array(place, mask=place < 0))
