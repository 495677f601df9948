"""Events that a column requests, as compact arrays of about forty bytes per event."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from data_contracts.standards.export_files.batch import hash_rows
from data_contracts.standards.export_files.ledger import USED, fault
from data_contracts.standards.export_files.moments import Integers
from data_contracts.standards.export_files.people import versions


@dataclass(frozen=True, kw_only=True)
class Events:
    """One item per event and column that requests it.

    Attributes:
        table, column: indices.
        subject, visit: numbers, negative for none.
        start, end: interval of the event in microseconds UTC; equal for a clock time.
        value: a number in the column's unit, or the index of a level.
        key: hash of its identifier, or of its content if it has none; 0 for no key.
        content: hash of its content; rows with equal keys and different content contradict each other.
        origin: index of its resource, -1 for none.
        fault: number of the reason why it is not used, or USED.

    """

    table: npt.NDArray[np.uint8]
    column: npt.NDArray[np.int16]
    subject: npt.NDArray[np.int32]
    visit: npt.NDArray[np.int32]
    start: Integers
    end: Integers
    value: npt.NDArray[np.float64]
    key: npt.NDArray[np.uint64]
    content: npt.NDArray[np.uint64]
    origin: Integers
    fault: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.table)

    def __getitem__(self, which: npt.NDArray[np.bool_] | Integers | slice) -> "Events":
        return Events(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


_DTYPES = {
    "table": np.uint8,
    "column": np.int16,
    "subject": np.int32,
    "visit": np.int32,
    "start": np.int64,
    "end": np.int64,
    "value": np.float64,
    "key": np.uint64,
    "content": np.uint64,
    "origin": np.int64,
    "fault": np.uint8,
}


def joined(parts: Sequence[Events]) -> Events:
    """Concatenates the parts; without any, there are no events."""
    return Events(
        **{
            name: np.concatenate([np.zeros(0, dtype=dtype), *(getattr(part, name) for part in parts)])
            for name, dtype in _DTYPES.items()
        }
    )


def with_faults(events: Events, faults: npt.NDArray[np.uint8]) -> Events:
    """The events with these faults."""
    return replace(events, fault=faults)


def without_repetitions(events: Events) -> Events:
    """Marks rows with equal keys: all but one of equal rows, and all rows that contradict each other."""
    # one event may belong to several columns; its key is the same in each of them
    key = events.key + events.column.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    version = versions(
        np.where(events.key == 0, np.uint64(0), key), np.zeros(len(key), dtype=np.int64), events.content
    )
    faults = events.fault.copy()
    faults[~version.current] = fault("N_EVENT_REPEATED")
    faults[version.doubtful] = fault("W_EVENT_SAME_ID")
    return with_faults(events, faults)


def used(events: Events) -> Events:
    """The events without a fault."""
    return events[events.fault == USED]


def content_of(events: Events, origins: Integers) -> npt.NDArray[np.uint64]:
    """A hash of each resource's events; 0 for a resource without events."""
    own = events[np.isin(events.origin, origins)]
    said = hash_rows(own.column, own.subject, own.visit, own.start, own.end, own.value, own.fault)
    order = np.argsort(origins)
    total = np.zeros(len(origins), dtype=np.uint64)
    # a sum, because the order of a resource's parts has no meaning
    np.add.at(total, order[np.searchsorted(origins, own.origin, sorter=order)], said)
    return total
