"""Builds the index of records: one per visit, day or time bucket, with its start and time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.standards.export_files.moments import NEVER, Integers, local_days, start_of_days
from data_contracts.standards.export_files.people import Visits
from data_contracts.standards.mapping.model import RecordMapping
from data_contracts.standards.to_records.events import Events


@dataclass(frozen=True, kw_only=True)
class RecordFrame:
    """One item per record, sorted by subject and time.

    Attributes:
        subject: patient number.
        start: microseconds UTC; earlier events are the record's history.
        time: microseconds UTC, or days since 1970 if a record is a day.
        visit: index of its visit, -1 for none.
        of_event: (events,) index of each given event's record.

    """

    subject: Integers
    start: Integers
    time: Integers
    visit: Integers
    of_event: Integers

    def __len__(self) -> int:
        return len(self.subject)


def record_frame(measured: Events, visits: Visits, mapping: RecordMapping) -> RecordFrame:
    """The records of these events, and of visits without events if the mapping keeps those."""
    if mapping.records.by == "visit":
        return _by_visit(measured, visits, mapping)
    return _by_day(measured, mapping) if mapping.records.by == "day" else _by_bucket(measured, mapping)


def _by_visit(measured: Events, visits: Visits, mapping: RecordMapping) -> RecordFrame:
    last = visits.end.copy()
    last[last == NEVER] = visits.start[last == NEVER]
    inside = measured.visit.astype(np.int64)
    # an event with a date only is assigned to the hours of its visit if these overlap
    known = np.clip(last[inside], measured.start, measured.end)
    # a result after the visit's end was not known at its end, so the record's time moves to the result
    np.maximum.at(last, inside, known)
    time = visits.start if mapping.records.time == "start" else last
    kept = np.arange(len(visits.key)) if mapping.records.empty else np.unique(inside)
    order = kept[np.lexsort((visits.key[kept], time[kept], visits.subject[kept]))]
    place = np.full(len(visits.key), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    return RecordFrame(
        subject=visits.subject[order],
        start=visits.start[order],
        time=time[order],
        visit=order,
        of_event=place[inside],
    )


def _by_day(measured: Events, mapping: RecordMapping) -> RecordFrame:
    zone = mapping.records.timezone
    subject, day, of_event = _distinct(measured.subject, local_days(measured.start, zone))
    return RecordFrame(
        subject=subject,
        start=start_of_days(day, zone),
        time=day,
        visit=np.full(len(day), -1, dtype=np.int64),
        of_event=of_event,
    )


def _by_bucket(measured: Events, mapping: RecordMapping) -> RecordFrame:
    width = int(mapping.records.by)
    subject, bucket, of_event = _distinct(measured.subject, np.floor_divide(measured.start, width))
    start = bucket * width
    return RecordFrame(
        subject=subject,
        start=start,
        time=start if mapping.records.time == "start" else start + width,
        visit=np.full(len(bucket), -1, dtype=np.int64),
        of_event=of_event,
    )


def _distinct(subject: npt.NDArray[np.int32], part: Integers) -> tuple[Integers, Integers, Integers]:
    """The distinct pairs, sorted, and the index of each given pair among them."""
    order = np.lexsort((part, subject))
    records_in_order, which = subject[order].astype(np.int64), part[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (records_in_order[1:] != records_in_order[:-1]) | (which[1:] != which[:-1])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return records_in_order[new], which[new], place
