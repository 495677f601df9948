"""Times that can be read and cannot be meant: before birth, after today, years away from the visit they name."""

import time
from dataclasses import dataclass, replace

import numpy as np

from data_contracts.standards.events import Events
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import Measured, RecordMapping
from data_contracts.standards.moments import DAY, NEVER, Integers, Mask
from data_contracts.standards.people import People, Visits
from data_contracts.standards.reasons import USED, fault

YEAR = 365.25 * DAY
LONGEST_LIFE = 121 * YEAR
"""An age beyond this is a mistake; the oldest person on record died at 122."""
_SHIFTED_BY, _SHIFTED_SHARE = 50 * YEAR, 0.99
"""Dates that were moved to protect patients lie a lifetime ahead, all of them: MIMIC's in the years 2100 to 2200."""
_AWAY_FROM_VISIT = 90 * DAY
_MOSTLY = 0.5


def now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What counts as the future in one export. `shifted`: its dates were moved ahead, so that today says nothing."""

    now: int
    shifted: bool

    def future(self, times: Integers) -> Mask:
        """Whether each lies after tomorrow; a clock may be a day ahead somewhere."""
        late: Mask = (times != NEVER) & (times > self.now + DAY) & (not self.shifted)
        return late


def calendar_of(times: Integers, born: Integers) -> Calendar:
    """Of times that are read as they stand, and when the patient of each was born at the earliest (or NEVER)."""
    today = now()
    # a patient of 139 years tells of a mistyped date, not of a shifted one
    sound = times[(born == NEVER) | (times - born <= LONGEST_LIFE)]
    ahead = int((sound > today + _SHIFTED_BY).sum())
    return Calendar(now=today, shifted=ahead > _SHIFTED_SHARE * len(sound))


def births(subject: Integers, earliest: Integers) -> Integers:
    """When the patient of each number was born at the earliest; NEVER where nobody knows."""
    known = (subject >= 0) & (subject < len(earliest))
    found = np.full(len(subject), NEVER)
    found[known] = earliest[subject[known]]
    return found


def without_impossible_times(
    events: Events, people: People, visits: Visits, mapping: RecordMapping, ledger: Ledger
) -> Events:
    """Marks those whose time cannot be meant; the others stay as they are."""
    faults = events.fault.copy()
    born = births(events.subject.astype(np.int64), people.earliest)

    def mark(which: Mask, reason: str) -> None:
        faults[which & (faults == USED)] = fault(reason)

    timed = events.start != NEVER
    mark(timed & (born != NEVER) & (events.end < born), "W_EVENT_BEFORE_BIRTH")
    open_ = timed & (faults == USED)
    calendar = calendar_of(events.start[open_], born[open_])
    if calendar.shifted:
        ledger.tell("times", "W_DATES_SHIFTED", int(open_.sum()))
    mark(calendar.future(events.start), "W_EVENT_TIME_FUTURE")
    kinds = np.array([isinstance(c, Measured) for c in mapping.columns], dtype=bool)
    measured = kinds[events.column]
    if mapping.records.by == "visit":
        mark(measured & _away_from_visit(events, visits), "W_EVENT_OUTSIDE_VISIT")
    elif isinstance(mapping.records.by, int):
        mark(_hours_unknown(events, measured & timed & (faults == USED)), "W_EVENT_TIME_INEXACT")
    return replace(events, fault=faults)


def _away_from_visit(events: Events, visits: Visits) -> Mask:
    away = np.zeros(len(events), dtype=bool)
    inside = np.flatnonzero((events.visit >= 0) & (events.start != NEVER))
    begun, ended = visits.start[events.visit[inside]], visits.end[events.visit[inside]]
    early = events.end[inside] < begun - _AWAY_FROM_VISIT
    # how long a visit without end goes on, nobody knows
    late = (ended != NEVER) & (events.start[inside] > np.where(ended == NEVER, 0, ended) + _AWAY_FROM_VISIT)
    away[inside] = early | late
    return away


def _hours_unknown(events: Events, which: Mask) -> Mask:
    """Midnights, table by table, where most clock times are midnight: they stand for hours that nobody knows."""
    midnight = which & (events.end > events.start)
    unknown = np.zeros(len(events), dtype=bool)
    for table in np.unique(events.table[midnight]):
        own = events.table == table
        if (midnight & own).sum() > _MOSTLY * (which & own).sum():
            unknown |= midnight & own
    return unknown
