"""Filters a batch of events by the mapping; an event that is not used gets the first reason that applies."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.standards.export_files.batch import EventBatch, Flat, hash_rows, hashes
from data_contracts.standards.export_files.event_times import event_times, is_placeholder
from data_contracts.standards.export_files.ledger import ExportCounts, fault
from data_contracts.standards.export_files.moments import NEVER, Floats, Integers, Keys, Mask, Moments
from data_contracts.standards.export_files.people import NOBODY, UNKNOWN, Subjects, Visits
from data_contracts.standards.mapping.codes import CodeBook, Matches
from data_contracts.standards.mapping.model import (
    HistoryMapping,
    MeasuredValue,
    RecordMapping,
    Static,
    to_column_unit,
    unit_label,
)
from data_contracts.standards.to_records.events import Events


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """Filters batches of events for one mapping.

    Attributes:
        mapping: which columns are requested.
        book: the columns by code.
        subjects: numbers of patients.
        visits: empty unless records are visits.
        ledger: counts events that no column requests.
        tables: names of the export's tables; an event stores the index of its table.

    """

    mapping: RecordMapping
    book: CodeBook
    subjects: Subjects
    visits: Visits
    ledger: ExportCounts
    tables: tuple[str, ...]

    def filter(self, batch: EventBatch) -> Events:
        """The events that a column requests, each with its fault or USED; the others are counted in the ledger."""
        matches = self._matches(batch)
        faults = _Faults(len(matches.entry))
        if batch.status_valid is not None:
            faults.mark(~batch.status_valid[matches.entry], "N_EVENT_STATUS")
        subject = self._subjects(batch, matches, faults)
        when = self._when(batch, matches, faults)
        visit = self._visits(batch, matches, subject, faults)
        value = self._values(batch, matches, faults)
        key, content = _identity(batch, matches, subject, when)
        zeros = np.zeros(len(matches.entry), dtype=np.int64)
        return Events(
            table=np.full(len(zeros), self.tables.index(batch.table), dtype=np.uint8),
            column=matches.column.astype(np.int16),
            subject=subject.astype(np.int32),
            visit=visit.astype(np.int32),
            start=when.start,
            end=when.end,
            value=value,
            key=key,
            content=content,
            origin=zeros - 1 if batch.origin is None else batch.origin[matches.entry],
            fault=faults.numbers,
        )

    def _matches(self, batch: EventBatch) -> Matches:
        import pyarrow.compute as pc

        coded = np.zeros(batch.rows, dtype=bool)
        filled = np.array(pc.is_valid(batch.codes.texts).to_numpy(zero_copy_only=False), dtype=bool)
        coded[batch.codes.owner[filled]] = True
        matches = self.book.match(batch.codes.owner[filled], batch.codes.texts.filter(_arrow(filled)))
        wanted = np.zeros(batch.rows, dtype=bool)
        wanted[matches.entry] = True
        # an entry that several columns request counts once per column
        self.ledger.seen[batch.table] += batch.rows + len(matches.entry) - int(wanted.sum())
        valid = np.ones(batch.rows, dtype=bool) if batch.status_valid is None else batch.status_valid
        self.ledger.leave_out(batch.table, "N_EVENT_STATUS", int((~coded & ~valid).sum()))
        self.ledger.leave_out(batch.table, "W_EVENT_NO_CODE", int((~coded & valid).sum()))
        self.ledger.leave_out(batch.table, "N_EVENT_UNMAPPED", int((coded & ~wanted).sum()))
        return matches

    def _is(self, matches: Matches, kind: type) -> Mask:
        return np.array([isinstance(c, kind) for c in self.mapping.columns], dtype=bool)[matches.column]

    def _subjects(self, batch: EventBatch, matches: Matches, faults: "_Faults") -> Integers:
        # also numbers patients whose events are all left out
        subject = self.subjects.numbers(_take(batch.subject, matches.entry))
        faults.mark(subject == NOBODY, "W_EVENT_NO_SUBJECT")
        faults.mark(subject == UNKNOWN, "W_EVENT_SUBJECT_UNKNOWN")
        return subject

    def _when(self, batch: EventBatch, matches: Matches, faults: "_Faults") -> Moments:
        rule = self.mapping.records
        date = None if batch.date is None else _take(batch.date, matches.entry)
        clocks = [_take(cells, matches.entry) for cells in (batch.time, *batch.other_times)]
        times = event_times(clocks, date, rule.timezone)
        when = times.when
        self.ledger.note("times", "N_TIME_FROM_DATE", _count_entries(matches, times.from_date), batch.table)
        self.ledger.note(
            "times", "W_TIME_CONTRADICTS", _count_entries(matches, times.contradicts), batch.table
        )
        static, measured = self._is(matches, Static), self._is(matches, MeasuredValue)
        faults.mark(static & ~when.missing, "W_EVENT_TIMED")
        faults.mark(~static & when.missing, "W_EVENT_NO_TIME")
        faults.mark(~static & when.unreadable, "W_EVENT_TIME_UNREADABLE")
        faults.mark(~static & when.ambiguous, "W_EVENT_TIME_AMBIGUOUS")
        faults.mark(~static & is_placeholder(when, rule.timezone), "W_EVENT_TIME_PLACEHOLDER")
        enough = when.exact | times.midnight if isinstance(rule.by, int) else when.within_a_day
        faults.mark(measured & ~enough & (when.start != NEVER), "W_EVENT_TIME_INEXACT")
        return when

    def _visits(self, batch: EventBatch, matches: Matches, subject: Integers, faults: "_Faults") -> Integers:
        none = np.full(len(matches.entry), NOBODY, dtype=np.int64)
        if self.mapping.records.by != "visit":
            return none
        of_visits = self._is(matches, MeasuredValue)
        visit = none if batch.visit is None else self.visits.numbers(_take(batch.visit, matches.entry))
        faults.mark(of_visits & (visit == NOBODY), "W_EVENT_NO_VISIT")
        faults.mark(of_visits & (visit == UNKNOWN), "W_EVENT_VISIT_UNKNOWN")
        known = visit >= 0
        other = np.zeros(len(visit), dtype=bool)
        other[known] = self.visits.subject[visit[known]] != subject[known]
        faults.mark(of_visits & other, "W_EVENT_VISIT_OF_ANOTHER")
        return visit

    def _values(self, batch: EventBatch, matches: Matches, faults: "_Faults") -> Floats:
        """Values of events in the column's unit, or as level index; computed column by column."""
        value = np.ones(len(matches.entry), dtype=np.float64)
        for place in np.unique(matches.column):
            column, own = self.mapping.columns[place], np.flatnonzero(matches.column == place)
            if isinstance(column, HistoryMapping) or (
                isinstance(column, MeasuredValue) and not column.needs_value
            ):
                continue
            if batch.contradicted is not None:
                faults.mark_at(own[batch.contradicted[matches.entry[own]]], "W_EVENT_VALUE_DOUBTED")
            coded = isinstance(column, Static) and bool(column.levels)
            if coded or (isinstance(column, MeasuredValue) and column.by_code):
                value[own] = matches.level[own]
            elif isinstance(column, MeasuredValue) and column.categories:
                value[own] = self._answers(batch.answers, matches.entry[own], own, column, faults)
            elif isinstance(column, MeasuredValue | Static):
                value[own] = self._numbers(batch, matches, own, column, faults)
        return value

    def _answers(
        self, answers: Flat | None, entries: Integers, own: Integers, column: MeasuredValue, faults: "_Faults"
    ) -> Floats:
        level = np.full(int(entries.max()) + 1, NOBODY, dtype=np.int64)
        if answers is not None:
            coded = answers.texts.dictionary_encode()
            levels = [column.categories.get(a, UNKNOWN) for a in coded.dictionary.to_pylist()]
            given = np.array([*levels, NOBODY], dtype=np.int64)[_places(coded, len(levels))]
            # assigned backwards, so that the first declared coding of an answer wins
            for wanted in (given == UNKNOWN, given >= 0):
                chosen = np.flatnonzero(wanted & (answers.owner < len(level)))[::-1]
                level[answers.owner[chosen]] = given[chosen]
        found = level[entries]
        faults.mark_at(own[found == NOBODY], "W_EVENT_NO_VALUE")
        faults.mark_at(own[found == UNKNOWN], "W_EVENT_CATEGORY")
        return found.astype(np.float64)

    def _numbers(
        self,
        batch: EventBatch,
        matches: Matches,
        own: Integers,
        column: MeasuredValue | Static,
        faults: "_Faults",
    ) -> Floats:
        import pyarrow as pa

        entries = matches.entry[own]
        if batch.value is None:
            faults.mark_at(own, "W_EVENT_NO_VALUE")
            return np.full(len(own), np.nan)
        value = np.array(_take(batch.value, entries).to_numpy(zero_copy_only=False), dtype=np.float64)
        if batch.unreadable is not None:
            faults.mark_at(own[batch.unreadable[entries]], "W_EVENT_VALUE_UNREADABLE")
        faults.mark_at(own[np.isinf(value)], "W_EVENT_VALUE_UNREADABLE")
        faults.mark_at(own[np.isnan(value)], "W_EVENT_NO_VALUE")
        if batch.bound is not None and not (isinstance(column, MeasuredValue) and column.bounds):
            faults.mark_at(own[batch.bound[entries]], "W_EVENT_CENSORED")
        value = value * matches.factor[own]
        if isinstance(column, Static):
            return value
        units = pa.nulls(len(own), pa.string()) if batch.unit is None else _take(batch.unit, entries)
        return self._in_unit(value, units, own, column, faults)

    def _in_unit(
        self, value: Floats, units: Any, own: Integers, column: MeasuredValue, faults: "_Faults"
    ) -> Floats:
        if column.units is None:
            return value
        value, without, undeclared = to_column_unit(value, units, column.units)
        faults.mark_at(own[np.isinf(value)], "W_EVENT_VALUE_UNREADABLE")
        not_faulted = faults.numbers[own] == 0
        faults.mark_at(own[without], "W_EVENT_NO_UNIT")
        faults.mark_at(own[undeclared], "W_EVENT_UNIT")
        for unit in units.filter(_arrow(undeclared & not_faulted)).value_counts().to_pylist():
            self.ledger.units[column.name, unit_label(unit["values"])] += unit["counts"]
        return value


def _identity(batch: EventBatch, matches: Matches, subject: Integers, when: Moments) -> tuple[Keys, Keys]:
    """(key, content) hashes: events with equal keys are one event, and must have equal content; key 0 for no key."""
    none = np.zeros(len(matches.entry), dtype=np.uint64)
    if batch.key is not None:
        return batch.key[matches.entry], none
    if not batch.drop_repeats:
        return none, none
    code = hashes(_take(batch.codes.texts, matches.entry), batch.table)
    value = np.full(len(none), np.nan)
    if batch.value is not None:
        value = np.array(_take(batch.value, matches.entry).to_numpy(zero_copy_only=False), dtype=np.float64)
    # one bit pattern per number: -0.0 is normalised to 0.0, and every NaN to one NaN
    value = np.where(np.isnan(value), np.nan, value + 0.0)
    content_parts = [
        hashes(_take(cells, matches.entry)) for cells in (batch.visit, batch.unit) if cells is not None
    ]
    if batch.answers is not None:
        content_parts.append(_first_answers(batch.answers, batch.rows)[matches.entry])
    marks = [mask[matches.entry] for mask in (batch.bound, batch.unreadable) if mask is not None]
    content = hash_rows(subject, code, when.start, when.end, value, *content_parts, *marks)
    if batch.row is None:
        return content, none
    row = hashes(_take(batch.row, matches.entry))
    numbered = hash_rows(row, subject, code)
    return np.where(row == 0, content, numbered), np.where(row == 0, np.uint64(0), content)


def _first_answers(answers: Flat, rows: int) -> Keys:
    found = np.zeros(rows, dtype=np.uint64)
    found[answers.owner[::-1]] = hashes(answers.texts)[::-1]
    return found


def _count_entries(matches: Matches, which: Mask) -> int:
    """The number of distinct entries."""
    return len(np.unique(matches.entry[which]))


class _Faults:
    """The first fault of each event."""

    def __init__(self, events: int) -> None:
        self.numbers = np.zeros(events, dtype=np.uint8)

    def mark(self, which: Mask, reason: str) -> None:
        self.numbers[which & (self.numbers == 0)] = fault(reason)

    def mark_at(self, which: Integers, reason: str) -> None:
        self.numbers[which[self.numbers[which] == 0]] = fault(reason)


def _take(cells: Any, entries: Integers) -> Any:
    import pyarrow as pa

    return cells.take(pa.array(entries))


def _places(coded: Any, missing: int) -> Integers:
    import pyarrow.compute as pc

    return np.array(pc.fill_null(coded.indices, missing).to_numpy(zero_copy_only=False), dtype=np.int64)


def _arrow(mask: Mask) -> Any:
    import pyarrow as pa

    return pa.array(mask)
