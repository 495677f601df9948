"""FHIR R4 resources about a patient at a time, as batches of events."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from data_contracts.standards.batch import Batch, Integers, Keys, Mask, hashes
from data_contracts.standards.fhir_parts import References, codings, column, first_of, inside, mask, one_of
from data_contracts.standards.fhir_shapes import RETRACTED, STANDING
from data_contracts.standards.moments import NEVER, moments

_SPREAD = np.uint64(0xBF58476D1CE4E5B9)


def batches(resource: str, table: Any, references: References) -> Iterator[Batch]:
    """The events in a chunk of resources of one type; an observation's components are events of their own."""
    common = {
        "table": resource,
        "rows": table.num_rows,
        "subject": references.to("Patient", column(table, "subject", "reference")),
        "visit": references.to("Encounter", column(table, "encounter", "reference")),
        "key": hashes(column(table, "id"), resource),
        "updated": versions(table),
    }
    yield from _READERS[resource](table, common)


def versions(table: Any) -> Integers:
    """When each resource was last changed, for telling which of two versions is newer."""
    start = moments(column(table, "meta", "lastUpdated"), "UTC").start
    return np.where(start == NEVER, 0, start)


def _observations(table: Any, common: dict[str, Any]) -> Iterator[Batch]:
    common["stands"] = one_of(column(table, "status"), STANDING["Observation"])
    common["time"] = first_of(
        column(table, "effectiveDateTime"),
        column(table, "effectiveInstant"),
        # what was measured over a time is known at its end
        column(table, "effectivePeriod", "end"),
        column(table, "effectivePeriod", "start"),
    )
    yield Batch(**common, **_answer(lambda name, *names: column(table, name, *names)))
    parts = column(table, "component")
    if parts.null_count < len(parts):
        yield _components(parts, common)


def _components(parts: Any, common: dict[str, Any]) -> Batch:
    import pyarrow as pa
    import pyarrow.compute as pc

    owner = np.array(pc.list_parent_indices(parts).to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = pc.list_flatten(parts)
    own = {name: _of_parent(value, owner, pa) for name, value in common.items()}
    own["key"] = _keys_of_parts(own["key"], owner)
    return Batch(**{**own, "rows": len(owner)}, **_answer(lambda name, *names: inside(flat, name, *names)))


def _of_parent(value: Any, owner: Integers, pa: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value[owner]
    return value.take(pa.array(owner)) if isinstance(value, pa.Array) else value


def _keys_of_parts(key: Keys, owner: Integers) -> Keys:
    """A key for each component: the observation's with the component's place in it."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    place = np.arange(len(owner)) - np.repeat(first, np.diff(np.append(first, len(owner))))
    parts = key * _SPREAD + (place + 1).astype(np.uint64)
    return np.where(key == 0, np.uint64(0), parts)


def _answer(part: Callable[..., Any]) -> dict[str, Any]:
    return {
        "codes": codings(part("code")),
        "value": first_of(part("valueQuantity", "value"), part("valueInteger")),
        "bound": mask(one_written(part("valueQuantity", "comparator"))),
        "unit": first_of(part("valueQuantity", "code"), part("valueQuantity", "unit")),
        "answers": codings(part("valueCodeableConcept")),
    }


def one_written(cells: Any) -> Any:
    """Whether anything stands there."""
    import pyarrow.compute as pc

    return pc.and_kleene(pc.is_valid(cells), pc.not_equal(cells, ""))


def _conditions(table: Any, common: dict[str, Any]) -> Iterator[Batch]:
    yield Batch(
        **common,
        codes=codings(column(table, "code")),
        stands=_not_retracted(table),
        # when it was known, which may be years after it began; a record must not know it earlier
        time=first_of(
            column(table, "recordedDate"),
            column(table, "onsetDateTime"),
            column(table, "onsetPeriod", "start"),
        ),
    )


def _not_retracted(table: Any) -> Mask:
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = column(table, "verificationStatus", "coding")
    owner = np.array(pc.list_parent_indices(lists).to_numpy(zero_copy_only=False), dtype=np.int64)
    codes = inside(pc.list_flatten(lists), "code")
    stands = np.ones(table.num_rows, dtype=bool)
    stands[owner[mask(pc.is_in(codes, value_set=pa.array(RETRACTED)))]] = False
    return stands


def _medication_requests(table: Any, common: dict[str, Any]) -> Iterator[Batch]:
    yield Batch(
        **common,
        codes=codings(column(table, "medicationCodeableConcept")),
        stands=one_of(column(table, "status"), STANDING["MedicationRequest"])
        & ~mask(column(table, "doNotPerform")),
        time=column(table, "authoredOn"),
    )


def _procedures(table: Any, common: dict[str, Any]) -> Iterator[Batch]:
    yield Batch(
        **common,
        codes=codings(column(table, "code")),
        stands=one_of(column(table, "status"), STANDING["Procedure"]),
        time=first_of(
            column(table, "performedDateTime"),
            column(table, "performedPeriod", "end"),
            column(table, "performedPeriod", "start"),
        ),
    )


_READERS: dict[str, Callable[[Any, dict[str, Any]], Iterator[Batch]]] = {
    "Observation": _observations,
    "Condition": _conditions,
    "MedicationRequest": _medication_requests,
    "Procedure": _procedures,
}
