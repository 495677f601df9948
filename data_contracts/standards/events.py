"""Events that a column wants, as compact arrays: some forty bytes each, whatever the export's size."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from data_contracts.standards.people import versions
from data_contracts.standards.reasons import USED, fault

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Events:
    """One item an event and column that wants it.

    `subject`, `visit`: numbers, negative where there is none. `start`, `end`: microseconds UTC between which it
    happened; equal for a clock time. `value`: a number in the column's unit, or a level's place. `fault`: why it
    is not used, or USED. `key`, `updated`: which events are versions of one another, and which is newer. `content`:
    hash of what it says; versions that are equally new and say something else contradict one another.
    """

    table: npt.NDArray[np.uint8]
    column: npt.NDArray[np.int16]
    subject: npt.NDArray[np.int32]
    visit: npt.NDArray[np.int32]
    start: Integers
    end: Integers
    value: npt.NDArray[np.float64]
    key: npt.NDArray[np.uint64]
    updated: Integers
    content: npt.NDArray[np.uint64]
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
    "updated": np.int64,
    "content": np.uint64,
    "fault": np.uint8,
}


def joined(parts: Sequence[Events]) -> Events:
    """All parts, one after the other."""
    return Events(
        **{
            name: np.concatenate([np.zeros(0, dtype=dtype), *(getattr(part, name) for part in parts)])
            for name, dtype in _DTYPES.items()
        }
    )


def without_old_versions(events: Events, reason: str) -> Events:
    """Marks every version of an event but the newest with `reason`, whatever else is wrong with either.

    Of versions that contradict one another and are equally new none is taken. A correction that takes a result back must take it back, so this is asked before any other fault counts.
    """
    # one event may serve several columns; its key is the same in each of them
    key = events.key + events.column.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    version = versions(np.where(events.key == 0, np.uint64(0), key), events.updated, events.content)
    faults = events.fault.copy()
    faults[~version.stand] = fault(reason)
    faults[version.doubtful] = fault("W_EVENT_SAME_ID")
    return Events(**{**{f.name: getattr(events, f.name) for f in fields(events)}, "fault": faults})


def used(events: Events) -> Events:
    """Those without fault."""
    return events[events.fault == USED]
