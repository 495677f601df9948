"""What FHIR resources say about which version of themselves they are."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from data_contracts.standards.batch import hashes
from data_contracts.standards.fhir_bundles import Deletion
from data_contracts.standards.fhir_parts import any_of, column, one_of
from data_contracts.standards.fhir_shapes import ERROR
from data_contracts.standards.moments import NEVER, Integers, Mask, moments
from data_contracts.standards.resource_versions import Versions

_NUMBER = r"^\d{1,18}$"


def versions(resource: str, table: Any, subject: Any, zone: str) -> Versions:
    """Of a chunk of resources of one type; `subject` has the patient that each names."""
    rows = table.num_rows
    return Versions(
        key=hashes(column(table, "id"), resource),
        **_when(column(table, "meta", "lastUpdated"), column(table, "meta", "versionId"), zone),
        subject=hashes(subject),
        retracted=_retracted(table) if rows else np.zeros(0, dtype=bool),
        deleted=np.zeros(rows, dtype=bool),
    )


def deletions(resource: str, found: Sequence[Deletion], zone: str) -> Versions:
    """Statements that resources of one type are no more, as versions of them."""
    import pyarrow as pa

    keys, times, numbers = (
        pa.array([getattr(d, name) for d in found], pa.string()) for name in ("key", "when", "version")
    )
    gone = np.ones(len(found), dtype=bool)
    return Versions(
        key=hashes(keys, resource),
        **_when(times, numbers, zone),
        subject=np.zeros(len(found), dtype=np.uint64),
        retracted=gone,
        deleted=gone,
    )


def _when(updated: Any, number: Any, zone: str) -> dict[str, Integers]:
    times = moments(updated, zone)
    return {
        "start": times.start,
        "end": np.where(times.start == NEVER, NEVER, times.end),
        "number": _numbers(number),
    }


def _numbers(texts: Any) -> Integers:
    """Versions that are whole numbers; -1 for any other, since nothing says how those are ordered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = texts.dictionary_encode()
    whole = pc.match_substring_regex(coded.dictionary, _NUMBER)
    numbers = pc.if_else(whole, coded.dictionary, "-1").cast(pa.int64()).take(coded.indices)
    return np.array(pc.fill_null(numbers, -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _retracted(table: Any) -> Mask:
    """Whether it says of itself that it should never have been written."""
    names = table.column_names
    if "verificationStatus" in names:
        return any_of(column(table, "verificationStatus"), (ERROR,))
    if "status" in names:
        return one_of(column(table, "status"), (ERROR,))
    return np.zeros(table.num_rows, dtype=bool)
