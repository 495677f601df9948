"""Builds the table of records from events, people and visits; aggregates the events of a record to one value."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.standards.export_files.event_times import LONGEST_LIFE
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import DAY, NEVER, Floats, Integers, Mask, local_days
from data_contracts.standards.export_files.people import People, Visits
from data_contracts.standards.mapping.model import (
    Age,
    Column,
    HistoryMapping,
    MeasuredValue,
    PatientFact,
    RecordMapping,
    Static,
    VisitFact,
)
from data_contracts.standards.to_records.events import Events
from data_contracts.standards.to_records.record_frame import RecordFrame, record_frame

_YEAR = 365.25 * DAY


class Assembly:
    """Builds one table of records.

    Args:
        mapping: its columns.
        events: those that are used.
        people: the patients.
        visits: empty unless records are visits.
        ledger: counts what is left out or doubtful.

    """

    def __init__(
        self, mapping: RecordMapping, events: Events, people: People, visits: Visits, ledger: ExportCounts
    ) -> None:
        self.mapping, self.events, self.people, self.visits, self.ledger = (
            mapping,
            events,
            people,
            visits,
            ledger,
        )
        kinds = np.array([isinstance(c, MeasuredValue) for c in mapping.columns], dtype=bool)
        self.is_measured: Mask = kinds[events.column]
        self.measured = events[self.is_measured]
        self.frame: RecordFrame = record_frame(self.measured, visits, mapping)

    def table(self) -> Any:
        """The records as an Arrow table, sorted by patient and time."""
        import pyarrow as pa

        shown = self._shown()
        columns = {self.mapping.subject: shown, self.mapping.time: self._time()}
        if self.mapping.visit:
            columns[self.mapping.visit] = self.visits.identifier.combine_chunks().take(
                pa.array(self.frame.visit)
            )
        for place, column in enumerate(self.mapping.columns):
            columns[column.name] = self._column(place, column)
        table = pa.table(columns)
        self._count_empty_visits()
        return table.filter(shown.is_valid()).sort_by(
            [(self.mapping.subject, "ascending"), (self.mapping.time, "ascending")]
        )

    def _shown(self) -> Any:
        import pyarrow as pa

        names = self.people.shown or self.people.subjects.keys()
        return pa.array(names, pa.string()).take(pa.array(self.frame.subject))

    def _time(self) -> Any:
        import pyarrow as pa

        if self.mapping.records.by == "day":
            return pa.array(self.frame.time.astype(np.int32)).cast(pa.date32())
        return pa.array(self.frame.time, pa.timestamp("us", tz="UTC"))

    def _column(self, place: int, column: Column) -> Any:
        import pyarrow as pa

        if isinstance(column, MeasuredValue | HistoryMapping | Static):
            return self._of_events(column, self.events.column == place)
        if isinstance(column, Age):
            return self._age(column)
        if isinstance(column, PatientFact):
            return self._patient_fact(column)
        if isinstance(column, VisitFact):
            return self._visit_fact(column)
        return pa.array([column.text], pa.string()).take(pa.array(np.zeros(len(self.frame), dtype=np.int64)))

    def _of_events(self, column: MeasuredValue | HistoryMapping | Static, own: Mask) -> Any:
        if isinstance(column, MeasuredValue):
            return self._measured(column, own)
        return self._history(column, own) if isinstance(column, HistoryMapping) else self._static(column, own)

    def _measured(self, column: MeasuredValue, own: Mask) -> Any:
        own = own[self.is_measured]
        values, several = aggregate(column, self.measured[own], self.frame.of_event[own], len(self.frame))
        self.ledger.note("records", "W_VALUES_AT_ONCE", several, column.name)
        return _whole(values) if not column.needs_value else _levels_or_numbers(values, column.levels)

    def _history(self, column: HistoryMapping, own: Mask) -> Any:
        count = count_before(self.events[own], self.frame.subject, self.frame.start, column.within_days)
        return _whole(count if column.count else np.minimum(count, 1))

    def _static(self, column: Static, own: Mask) -> Any:
        """A static fact per patient; missing if the patient has two different values."""
        events = self.events[own]
        people = len(self.people.subjects)
        low, high = np.full(people, np.inf), np.full(people, -np.inf)
        np.minimum.at(low, events.subject, events.value)
        np.maximum.at(high, events.subject, events.value)
        self.ledger.leave_out("patients", "W_STATIC_CONFLICT", int((low < high).sum()), column.name)
        fact = np.where(low == high, low, np.nan)
        return _levels_or_numbers(fact[self.frame.subject], column.levels)

    def _age(self, column: Age) -> Any:
        """Age at the start of the record; missing before birth. A vague birth lies in its part before the record."""
        birth, start = self.people.birth[self.frame.subject], self.frame.start
        earliest = self.people.earliest[self.frame.subject] if len(self.people.earliest) else birth
        vague = (birth > start) & (earliest <= start)
        birth = np.where(vague, earliest + (start - earliest) // 2, birth)
        # a record may begin in the hours before the birth it contains
        birth = np.where((birth > start) & (birth - start < DAY), start, birth)
        unborn = (birth != NEVER) & (birth > start)
        self.ledger.note("records", "W_BIRTH_AFTER_RECORD", int(unborn.sum()), column.name)
        length = np.where((birth == NEVER) | unborn, np.nan, (start - birth).astype(np.float64))
        too_old = length > LONGEST_LIFE
        self.ledger.note("records", "W_AGE_IMPLAUSIBLE", int(too_old.sum()), column.name)
        length[too_old] = np.nan
        return _levels_or_numbers(length / (_YEAR if column.unit == "years" else DAY), ())

    def _patient_fact(self, column: PatientFact) -> Any:
        import pyarrow as pa

        if column.what == "birth_date":
            birth = self.people.birth[self.frame.subject]
            missing = birth == NEVER
            days = local_days(np.where(missing, 0, birth), self.mapping.records.timezone)
            return pa.array(days.astype(np.int32), mask=missing).cast(pa.date32())
        facts = self._renamed(self.people.facts[column.what], column)
        return facts.take(pa.array(self.frame.subject))

    def _visit_fact(self, column: VisitFact) -> Any:
        import pyarrow as pa

        if column.what == "days":
            start, end = self.visits.start[self.frame.visit], self.visits.end[self.frame.visit]
            return _levels_or_numbers(np.where(end == NEVER, np.nan, (end - start) / DAY), ())
        texts = self.visits.facts[column.what].combine_chunks().take(pa.array(self.frame.visit))
        return self._renamed(texts, column)

    def _renamed(self, texts: Sequence[str | None] | Any, column: PatientFact | VisitFact) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc

        cells = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
        if not column.values:
            return cells
        coded = cells.dictionary_encode()
        wanted = [column.values.get(text) for text in coded.dictionary.to_pylist()]
        renamed = pa.array(wanted, pa.string()).take(coded.indices)
        lost = renamed.null_count - cells.null_count
        table = "patients" if isinstance(column, PatientFact) else "visits"
        self.ledger.leave_out(table, "W_FACT_CATEGORY", lost, column.name)
        return pc.cast(renamed, pa.string())

    def _count_empty_visits(self) -> None:
        if self.mapping.records.by == "visit":
            self.ledger.leave_out("visits", "N_VISIT_EMPTY", len(self.visits.key) - len(self.frame))


def _levels_or_numbers(values: Floats, levels: tuple[str, ...]) -> Any:
    import pyarrow as pa

    missing = np.isnan(values)
    if not levels:
        return pa.array(values, pa.float64(), mask=missing)
    places = pa.array(np.where(missing, 0, values).astype(np.int64), mask=missing)
    return pa.array(levels, pa.string()).take(places)


def _whole(values: Floats | Integers) -> Any:
    import pyarrow as pa

    return pa.array(values.astype(np.int64), pa.int64())


def aggregate(column: MeasuredValue, events: Events, record: Integers, records: int) -> tuple[Floats, int]:
    """Aggregates a column's events to one value per record.

    Args:
        column: with the aggregation `take`.
        events: n events of the column.
        record: (n,) index of each event's record.
        records: the number of records.

    Returns:
        (records,) values, NaN for none, and the number of records with several values at their first or last time:
        numbers are averaged, levels set to NaN.

    """
    if column.take in ("any", "count"):
        counts = np.bincount(record, minlength=records).astype(np.float64)
        return np.minimum(counts, 1.0) if column.take == "any" else counts, 0
    if column.take in ("first", "last"):
        return _first_or_last(column, events, record, records)
    # sorted by time, identifier and value, so that the order of files and lines does not matter
    order = np.lexsort((events.value, events.key, events.start, record))
    groups = pd.Series(events.value[order]).groupby(record[order], sort=True)
    values = getattr(groups, column.take)()
    result = np.full(records, np.nan)
    result[values.index.to_numpy()] = values.to_numpy()
    return result, 0


def _first_or_last(
    column: MeasuredValue, events: Events, record: Integers, records: int
) -> tuple[Floats, int]:
    result = np.full(records, np.nan)
    if not len(record):
        return result, 0
    order = np.lexsort((events.value, events.start, record))
    records_in_order, when, values = record[order], events.start[order], events.value[order]
    begins = np.flatnonzero(np.diff(records_in_order, prepend=-1))
    ends = np.append(begins[1:], len(records_in_order))
    edge = begins if column.take == "first" else ends - 1
    at_once = when == np.repeat(when[edge], ends - begins)
    number = np.add.reduceat(at_once.astype(np.int64), begins)
    low = values[begins] if column.take == "first" else values[ends - number]
    high = values[begins + number - 1] if column.take == "first" else values[ends - 1]
    mean = np.add.reduceat(np.where(at_once, values, 0.0), begins) / number
    result[records_in_order[begins]] = np.where(low == high, low, np.nan if column.levels else mean)
    return result, int((low != high).sum())


def count_before(events: Events, subject: Integers, start: Integers, within_days: float | None) -> Integers:
    """Counts each record's earlier events of the patient.

    Args:
        events: of the column; an event with a date counts from the end of that date.
        subject: (n,) patient number of each record.
        start: (n,) start of each record, microseconds UTC.
        within_days: how far back; None for all.

    Returns:
        (n,) counts.

    """
    times = np.unique(events.end)
    key = events.subject.astype(np.int64) * (len(times) + 1) + np.searchsorted(times, events.end)
    key.sort()
    own = subject * (len(times) + 1)
    until = np.searchsorted(key, own + np.searchsorted(times, start))
    since = own
    if within_days is not None:
        earliest = start - int(within_days * 86_400_000_000)
        since = own + np.searchsorted(times, earliest)
    return until - np.searchsorted(key, since)
