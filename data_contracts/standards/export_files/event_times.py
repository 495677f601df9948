"""The time of an event, from a datetime column and a date column.

Also finds implausible times: before birth, after today, or far from their visit.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data_contracts.standards.export_files.ledger import USED, ExportCounts, fault
from data_contracts.standards.export_files.moments import (
    DAY,
    MICROSECOND,
    NEVER,
    Integers,
    Mask,
    Moments,
    first_readable,
    local_days,
    moments,
    start_of_days,
)
from data_contracts.standards.export_files.people import People, Visits
from data_contracts.standards.mapping.model import MeasuredValue, RecordMapping
from data_contracts.standards.to_records.events import Events

_MAX_OFFSET = 14 * 3_600_000_000
"""The largest UTC offset, in microseconds."""
_COMPACT, _HOURS_ONLY, _OFFSET = (
    r"^(\d{4})(\d\d)(\d\d)$",
    r"^(.*[T ].*[+-]\d\d)$",
    r"[T ].*([Zz]|[+-]\d\d(:?\d\d)?)$",
)
_PLAIN_LENGTHS = (0, 10, 16, 19)
PLACEHOLDERS = tuple(int(np.datetime64(day, "D").astype(np.int64)) for day in ("1970-01-01", "1900-01-01"))
"""Placeholder days, in days since 1970: the epochs of Unix clocks and of spreadsheets."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """The times of events.

    Attributes:
        when: the resolved times.
        midnight: the clock time is midnight, which may mean any hour of that day.
        from_date: the clock time cannot be read; the date is used.
        contradicts: the clock time lies on another day than the date; the date is used.

    """

    when: Moments
    midnight: Mask
    from_date: Mask
    contradicts: Mask


def event_times(clocks: Sequence[Any], date: Any, zone: str) -> Times:
    """Resolves the times of events.

    Args:
        clocks: Arrow columns of times, in order of preference.
        date: Arrow column of dates, or None. With it, only the first of the clocks is used, and midnight means that
            the hour is unknown, as in OMOP.
        zone: IANA time zone of times without a UTC offset.

    """
    if date is None:
        when = first_readable(clocks, zone)
        no = np.zeros(len(when.start), dtype=bool)
        return Times(when=when, midnight=no, from_date=no, contradicts=no)
    clock = clocks[0]
    read = moments(in_iso(clock), zone)
    exact = _midnight_is_a_day(read, zone)
    day = _midnight_is_a_day(moments(in_iso(local_clock(date)), zone), zone)
    has_clock, has_day = exact.start != NEVER, day.start != NEVER
    spare = np.where(_with_offset(clock), _MAX_OFFSET, 0)
    both = has_clock & has_day
    apart = both & ((exact.start > day.end + spare) | (exact.end < day.start - spare))
    use_day = has_day & (~has_clock | (apart & ~is_placeholder(day, zone)))
    return Times(
        when=_either(exact, day, use_day),
        midnight=read.exact & ~exact.exact & ~use_day,
        from_date=has_day & ~has_clock & ~exact.missing,
        contradicts=apart,
    )


def is_placeholder(when: Moments, zone: str) -> Mask:
    """Whether it is a date, or midnight, on a placeholder day."""
    known = when.start != NEVER
    days = local_days(np.where(known, when.start, 0), zone)
    midnight = start_of_days(days, zone) == when.start
    found: Mask = known & midnight & np.isin(days, PLACEHOLDERS)
    return found


def _either(exact: Moments, day: Moments, use_day: Mask) -> Moments:
    start = np.where(use_day, day.start, exact.start)
    nothing = start == NEVER
    unreadable = nothing & (exact.unreadable | day.unreadable)
    return Moments(
        start=start,
        end=np.where(use_day, day.end, exact.end),
        missing=exact.missing & day.missing,
        unreadable=unreadable,
        ambiguous=nothing & ~unreadable & (exact.ambiguous | day.ambiguous),
    )


def _midnight_is_a_day(when: Moments, zone: str) -> Moments:
    exact = when.exact & (when.start != NEVER)
    if not exact.any():
        return when
    days = local_days(when.start[exact], zone)
    midnight = start_of_days(days, zone) == when.start[exact]
    end = when.end.copy()
    end[np.flatnonzero(exact)[midnight]] = start_of_days(days[midnight] + 1, zone) - MICROSECOND
    return Moments(
        start=when.start, end=end, missing=when.missing, unreadable=when.unreadable, ambiguous=when.ambiguous
    )


def local_clock(cells: Any) -> Any:
    """Timestamps with a time zone as local times of that zone; other columns unchanged."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(cells.type) and cells.type.tz:
        return pc.local_timestamp(cells)
    return cells


def in_iso(cells: Any) -> Any:
    """Texts in extended ISO 8601: compact dates (20200311) and offsets of hours only (PostgreSQL) are expanded."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(cells.type) or pa.types.is_date(cells.type):
        return cells
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    if not _of_odd_length(texts):
        return texts
    texts = pc.replace_substring_regex(texts, _COMPACT, r"\1-\2-\3")
    return pc.replace_substring_regex(texts, _HOURS_ONLY, r"\1:00")


def _of_odd_length(texts: Any) -> bool:
    """Whether any text is longer or shorter than a date or plain time; most columns have none and need no rewriting."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.is_in(pc.binary_length(texts), value_set=pa.array(_PLAIN_LENGTHS, pa.int32()))
    return not pc.all(pc.or_(plain, pc.is_null(texts))).as_py()


def _with_offset(cells: Any) -> Mask:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(cells.type):
        return np.full(len(cells), bool(cells.type.tz))
    if not pa.types.is_string(cells.type) or not _of_odd_length(cells):
        return np.zeros(len(cells), dtype=bool)
    found = pc.fill_null(pc.match_substring_regex(cells, _OFFSET), False)
    return np.array(found.to_numpy(zero_copy_only=False), dtype=bool)


YEAR = 365.25 * DAY
LONGEST_LIFE = 121 * YEAR
"""The largest plausible age, in microseconds; the oldest person on record died at 122."""
_SHIFTED_BY, _SHIFTED_SHARE = 50 * YEAR, 0.99
"""Dates that were shifted to protect patients nearly all lie decades ahead: MIMIC's lie in the years 2100 to 2200."""
_AWAY_FROM_VISIT = 90 * DAY
_MOSTLY = 0.5


def now() -> int:
    """The current time in microseconds since 1970, UTC."""
    return time.time_ns() // 1000


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Which times lie in the future of an export; none if its dates are `shifted` ahead."""

    now: int
    shifted: bool

    def future(self, times: Integers) -> Mask:
        """Whether each time is more than a day ahead; local clocks may be up to a day ahead."""
        late: Mask = (times != NEVER) & (times > self.now + DAY) & (not self.shifted)
        return late


def calendar_of(times: Integers, born: Integers) -> Calendar:
    """The calendar of an export.

    Args:
        times: (n,) microseconds UTC.
        born: (n,) earliest possible birth of each time's patient, or NEVER.

    """
    today = now()
    # an age of 139 years means a mistyped date, not a shifted one
    sound = times[(born == NEVER) | (times - born <= LONGEST_LIFE)]
    ahead = int((sound > today + _SHIFTED_BY).sum())
    return Calendar(now=today, shifted=ahead > _SHIFTED_SHARE * len(sound))


def births(subject: Integers, earliest: Integers) -> Integers:
    """The earliest possible birth of each patient number; NEVER if unknown."""
    known = (subject >= 0) & (subject < len(earliest))
    found = np.full(len(subject), NEVER)
    found[known] = earliest[subject[known]]
    return found


def without_impossible_times(
    events: Events, people: People, visits: Visits, mapping: RecordMapping, ledger: ExportCounts
) -> Events:
    """Marks events with an implausible time; the others are unchanged."""
    faults = events.fault.copy()
    born = births(events.subject.astype(np.int64), people.earliest)

    def mark(which: Mask, reason: str) -> None:
        faults[which & (faults == USED)] = fault(reason)

    timed = events.start != NEVER
    mark(timed & (born != NEVER) & (events.end < born), "W_EVENT_BEFORE_BIRTH")
    open_ = timed & (faults == USED)
    calendar = calendar_of(events.start[open_], born[open_])
    if calendar.shifted:
        ledger.note("times", "W_DATES_SHIFTED", int(open_.sum()))
    mark(calendar.future(events.start), "W_EVENT_TIME_FUTURE")
    kinds = np.array([isinstance(c, MeasuredValue) for c in mapping.columns], dtype=bool)
    measured = kinds[events.column]
    if mapping.records.by == "visit":
        mark(measured & _away_from_visit(events, visits), "W_EVENT_OUTSIDE_VISIT")
    elif isinstance(mapping.records.by, int):
        mark(_hours_unknown(events, measured & timed & (faults == USED)), "W_EVENT_TIME_INEXACT")
    return replace(events, fault=faults)


def _away_from_visit(events: Events, visits: Visits) -> Mask:
    away = np.zeros(len(events), dtype=bool)
    inside = np.flatnonzero((events.visit >= 0) & (events.start != NEVER))
    started, ended = visits.start[events.visit[inside]], visits.end[events.visit[inside]]
    early = events.end[inside] < started - _AWAY_FROM_VISIT
    # the length of a visit without end is unknown
    late = (ended != NEVER) & (events.start[inside] > np.where(ended == NEVER, 0, ended) + _AWAY_FROM_VISIT)
    away[inside] = early | late
    return away


def _hours_unknown(events: Events, which: Mask) -> Mask:
    """Midnights of tables in which most clock times are midnight: there midnight means an unknown hour."""
    midnight = which & (events.end > events.start)
    unknown = np.zeros(len(events), dtype=bool)
    for table in np.unique(events.table[midnight]):
        own = events.table == table
        if (midnight & own).sum() > _MOSTLY * (which & own).sum():
            unknown |= midnight & own
    return unknown
