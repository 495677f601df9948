"""Events, people and visits become a table of records, as the mapping says."""

from collections.abc import Sequence
from typing import Any

import numpy as np

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
from data_contracts.standards.to_records.aggregate import aggregate, count_before
from data_contracts.standards.to_records.events import Events
from data_contracts.standards.to_records.record_frame import RecordFrame, record_frame

_YEAR = 365.25 * DAY


class Assembly:
    """One table in the making. `events` are those that are used."""

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
        """A fact of which a patient has two different ones is nobody's fact."""
        events = self.events[own]
        people = len(self.people.subjects)
        low, high = np.full(people, np.inf), np.full(people, -np.inf)
        np.minimum.at(low, events.subject, events.value)
        np.maximum.at(high, events.subject, events.value)
        self.ledger.leave_out("patients", "W_STATIC_CONFLICT", int((low < high).sum()), column.name)
        fact = np.where(low == high, low, np.nan)
        return _levels_or_numbers(fact[self.frame.subject], column.levels)

    def _age(self, column: Age) -> Any:
        """Nobody has an age before birth. Of a vague date of birth only what lies before the record can be meant."""
        birth, start = self.people.birth[self.frame.subject], self.frame.start
        earliest = self.people.earliest[self.frame.subject] if len(self.people.earliest) else birth
        vague = (birth > start) & (earliest <= start)
        birth = np.where(vague, earliest + (start - earliest) // 2, birth)
        # a record may begin in the hours before a birth that it holds
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
