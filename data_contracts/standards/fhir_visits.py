"""FHIR Encounter resources as visits."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from data_contracts.standards import visit_table
from data_contracts.standards.fhir_events import versions
from data_contracts.standards.fhir_parts import References, column, inside, one_of
from data_contracts.standards.fhir_shapes import ENCOUNTER, STANDING
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import RecordMapping
from data_contracts.standards.people import Subjects, Visits


def visits(
    tables: Iterator[Any], references: References, mapping: RecordMapping, subjects: Subjects, ledger: Ledger
) -> Visits:
    """The encounters that have taken place."""
    rows = (_rows(table, references) for table in tables)
    return visit_table.visits(ENCOUNTER, rows, mapping, subjects, ledger)


def _rows(table: Any, references: References) -> visit_table.VisitRows:
    return visit_table.VisitRows(
        identifier=column(table, "id"),
        subject=references.to("Patient", column(table, "subject", "reference")),
        start=column(table, "period", "start"),
        end=column(table, "period", "end"),
        class_=column(table, "class", "code"),
        updated=versions(table),
        stands=one_of(column(table, "status"), STANDING[ENCOUNTER]),
        facts={
            "type": _first_type(column(table, "type")),
            "organization": references.to("Organization", column(table, "serviceProvider", "reference")),
        },
    )


def _first_type(lists: Any) -> Any:
    """Code of the first coding of the first type."""
    import pyarrow as pa
    import pyarrow.compute as pc

    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    concepts = inside(pc.list_flatten(lists), "coding")
    inner = np.array(pc.list_parent_indices(concepts).to_numpy(zero_copy_only=False), dtype=np.int64)
    codes = inside(pc.list_flatten(concepts), "code")
    owners, first = np.unique(owner[inner], return_index=True)
    place = np.full(len(lists), -1, dtype=np.int64)
    place[owners] = first
    return codes.take(pa.array(place, mask=place < 0))
