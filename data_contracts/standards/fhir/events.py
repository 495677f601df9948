"""FHIR R4 resources about a patient as batches of events."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from data_contracts.standards.export_files.batch import EventBatch, hashes
from data_contracts.standards.export_files.moments import Integers, Keys
from data_contracts.standards.fhir.parts import (
    References,
    any_of,
    codings,
    column,
    first_of,
    flattened,
    inside,
    mask,
    one_of,
    written,
)
from data_contracts.standards.fhir.shapes import INVALID_VERIFICATION, VALID_STATUSES

_SPREAD = np.uint64(0xBF58476D1CE4E5B9)


def batches(
    resource: str, table: Any, subject: Any, references: References, first: int
) -> Iterator[EventBatch]:
    """The events in a chunk of resources of one type; each component of an observation is an event of its own.

    Args:
        resource: resource type.
        table: the chunk.
        subject: patient identifier of each resource.
        references: resolves references.
        first: index of the chunk's first resource among all versions.

    """
    common = {
        "table": resource,
        "rows": table.num_rows,
        "subject": subject,
        "visit": references.to("Encounter", column(table, "encounter", "reference")),
        "key": hashes(column(table, "id"), resource),
        "origin": np.arange(first, first + table.num_rows),
    }
    yield from _READERS[resource](table, common)


def _observations(table: Any, common: dict[str, Any]) -> Iterator[EventBatch]:
    common["status_valid"] = one_of(column(table, "status"), VALID_STATUSES["Observation"])
    common["time"] = column(table, "effectiveDateTime")
    common["other_times"] = (
        column(table, "effectiveInstant"),
        *_period(table, "effectivePeriod"),
        # the time of publication, which is not earlier
        column(table, "issued"),
    )
    yield EventBatch(**common, **_answer(lambda name, *names: column(table, name, *names)))
    parts = column(table, "component")
    if parts.null_count < len(parts):
        yield _components(parts, common)


def _period(table: Any, name: str) -> tuple[Any, Any]:
    """End and start of a period: a result is known at its end; the start is used only if there is no end."""
    import pyarrow as pa
    import pyarrow.compute as pc

    end = written(column(table, name, "end"))
    start = column(table, name, "start")
    return end, pc.if_else(end.is_valid(), pa.scalar(None, pa.string()), start)


def _components(parts: Any, common: dict[str, Any]) -> EventBatch:
    import pyarrow as pa

    owner, flat = flattened(parts)
    own = {name: _of_parent(value, owner, pa) for name, value in common.items()}
    own["key"] = _keys_of_parts(own["key"], owner)
    return EventBatch(
        **{**own, "rows": len(owner)}, **_answer(lambda name, *names: inside(flat, name, *names))
    )


def _of_parent(value: Any, owner: Integers, pa: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_of_parent(item, owner, pa) for item in value)
    if isinstance(value, np.ndarray):
        return value[owner]
    return value.take(pa.array(owner)) if isinstance(value, pa.Array) else value


def _keys_of_parts(key: Keys, owner: Integers) -> Keys:
    """A key per component, from the observation's key and the component's index."""
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    place = np.arange(len(owner)) - np.repeat(first, np.diff(np.append(first, len(owner))))
    parts = key * _SPREAD + (place + 1).astype(np.uint64)
    return np.where(key == 0, np.uint64(0), parts)


def _answer(part: Callable[..., Any]) -> dict[str, Any]:
    value = first_of(part("valueQuantity", "value"), part("valueInteger"))
    answers = codings(part("valueCodeableConcept"))
    given = mask(value.is_valid())
    answered = np.zeros(len(value), dtype=bool)
    answered[answers.owner] = True
    return {
        "codes": codings(part("code")),
        "value": value,
        "unreadable": ~given & mask(written(part("valueString")).is_valid()),
        "contradicted": (given | answered) & mask(part("dataAbsentReason").is_valid()),
        "bound": mask(written(part("valueQuantity", "comparator")).is_valid()),
        "unit": first_of(written(part("valueQuantity", "code")), written(part("valueQuantity", "unit"))),
        "answers": answers,
    }


def _conditions(table: Any, common: dict[str, Any]) -> Iterator[EventBatch]:
    yield EventBatch(
        **common,
        codes=codings(column(table, "code")),
        status_valid=~any_of(column(table, "verificationStatus"), INVALID_VERIFICATION),
        # the time when it was recorded, which may be years after its onset: a record must not know it earlier, so the
        # onset is used only if nothing else is given
        time=first_of(
            written(column(table, "recordedDate")),
            written(column(table, "onsetDateTime")),
            written(column(table, "onsetPeriod", "start")),
        ),
    )


def _medication_requests(table: Any, common: dict[str, Any]) -> Iterator[EventBatch]:
    yield EventBatch(
        **common,
        codes=codings(column(table, "medicationCodeableConcept")),
        status_valid=one_of(column(table, "status"), VALID_STATUSES["MedicationRequest"])
        & ~mask(column(table, "doNotPerform")),
        time=column(table, "authoredOn"),
    )


def _procedures(table: Any, common: dict[str, Any]) -> Iterator[EventBatch]:
    yield EventBatch(
        **common,
        codes=codings(column(table, "code")),
        status_valid=one_of(column(table, "status"), VALID_STATUSES["Procedure"]),
        time=column(table, "performedDateTime"),
        other_times=_period(table, "performedPeriod"),
    )


_READERS: dict[str, Callable[[Any, dict[str, Any]], Iterator[EventBatch]]] = {
    "Observation": _observations,
    "Condition": _conditions,
    "MedicationRequest": _medication_requests,
    "Procedure": _procedures,
}
