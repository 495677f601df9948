"""Which records there are: one a visit, a day or a bucket of time, with when each began, ended and is dated."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.standards.export_files.moments import NEVER, Integers, local_days, start_of_days
from data_contracts.standards.export_files.people import Visits
from data_contracts.standards.mapping.model import RecordMapping
from data_contracts.standards.to_records.events import Events


@dataclass(frozen=True, kw_only=True)
class RecordFrame:
    """One item a record, sorted by subject and time.

    `began`: what happened before it is the record's past. `time`: microseconds UTC, or days since 1970 where a
    record is a day. `of_event`: the record of each event that was handed in. `visit`: its place in the visits.
    """

    subject: Integers
    start: Integers
    time: Integers
    visit: Integers
    of_event: Integers

    def __len__(self) -> int:
        return len(self.subject)


def record_frame(measured: Events, visits: Visits, mapping: RecordMapping) -> RecordFrame:
    """The records that hold these events (and visits without any, where the mapping keeps those)."""
    if mapping.records.by == "visit":
        return _by_visit(measured, visits, mapping)
    return _by_day(measured, mapping) if mapping.records.by == "day" else _by_bucket(measured, mapping)


def _by_visit(measured: Events, visits: Visits, mapping: RecordMapping) -> RecordFrame:
    last = visits.end.copy()
    last[last == NEVER] = visits.start[last == NEVER]
    inside = measured.visit.astype(np.int64)
    # what was measured on a date, hour unknown, belongs to the visit's own hours where these fit
    known = np.clip(last[inside], measured.start, measured.end)
    # a result that came in after the visit's end was not known at its end
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
    """Distinct pairs in order, and the place of each given pair among them."""
    order = np.lexsort((part, subject))
    records_in_order, which = subject[order].astype(np.int64), part[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (records_in_order[1:] != records_in_order[:-1]) | (which[1:] != which[:-1])
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return records_in_order[new], which[new], place
