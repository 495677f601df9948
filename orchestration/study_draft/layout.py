"""Which table of a contract has the records, whose and when they are, and how the other tables belong to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data_contracts.contract.model import Column, Contract, Table
from meta_med.cohorts.times import years
from meta_med.study import DAYS_PER_YEAR, LongSpec, TimeSpec
from orchestration.errors import StudyError
from orchestration.study.keys import nearest
from orchestration.study.promises import NUMBERS, TIMES, plain_unit

AGE = re.compile(r"(.*_)?age(_.*)?", re.IGNORECASE)
_ORDER = re.compile(r"(.*_)?(order|sequence|seq|visit|encounter)(_?(no|nr|num|number|index))?", re.IGNORECASE)
_UNITS = (
    ("hours", r"(.*_)?(hours?|hrs?|h)"),
    ("years", r"(.*_)?(years?|yrs?)"),
    ("days", r"(.*_)?(days?|d)"),
)
_PER_SERIES = 1.5
"""Least number of rows of a series on average: a column that is new in nearly every row numbers the rows."""
Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How the records are read from the contract's tables.

    Attributes:
        records: the table of records; subjects, events: the second and third table, or None.
        time: of the records; long: set where each row is one measurement; series: columns of the key besides
            patient and time.
        same_time: whether rows of a patient at one time are merged.
        questions: key -> what its author is asked about it.

    """

    records: Table
    subjects: Table | None
    events: Table | None
    time: TimeSpec
    long: LongSpec | None
    series: tuple[str, ...]
    same_time: bool
    questions: Mapping[str, str]

    @property
    def subject(self) -> str:
        """The column with the patient's identifier."""
        return self.records.subject or ""

    @property
    def own_columns(self) -> set[str]:
        """Columns that say whose the record is, when it was made, and which measurement it holds."""
        long = {self.long.name, self.long.value} if self.long else set()
        return {self.subject, self.time.column, *self.series, *long}


def layout_of(contract: Contract, frames: Frames, table: str | None = None) -> Layout:
    """The layout that the contract's roles and keys, and the accepted rows, speak for.

    Args:
        contract: the contract.
        frames: table -> accepted rows, of the tables that were delivered.
        table: the table of records; None where the contract has one that can be meant.

    Raises:
        StudyError: no table has patients, several could be meant, or rows of one patient have no time.

    """
    records = _records_table(contract, table)
    rows, questions = frames.get(records.name), dict[str, str]()
    time = _time(records, questions)
    single = rows is not None and not _repeats(rows, [records.subject or ""])
    if single and time.column and time.unit != "date":
        time = replace(time, of_record=True)
        questions["time"] = (
            "each patient has one row: is this when it was made, and not how long they were followed?"
        )
    extra = [c for c in key_of(records) if c not in {records.subject, records.time}]
    long = _long(records, extra)
    series = () if long else _series(records, extra, rows)
    if series:
        questions["series"] = "does each of these have a time axis of its own, such as a hospital stay?"
    same_time = _repeats(rows, [records.subject or "", *series, time.column, *([long.name] if long else [])])
    if same_time and not time.column:
        raise StudyError(
            f'contract "{contract.name}": table "{records.name}" has several rows of a patient and no column with '
            'the role "time": give one the role, so that it is known which record comes first.'
        )
    if same_time:
        questions["same_time"] = (
            "rows of a patient at one time become one record, with the mean of their numbers?"
        )
    return Layout(
        records=records,
        subjects=_subjects_table(contract, records),
        events=_events_table(contract, records),
        time=time,
        long=long,
        series=series,
        same_time=same_time,
        questions=questions,
    )


def key_of(table: Table) -> tuple[str, ...]:
    """The columns of the table's key; none without one."""
    found = [rule.arguments["columns"] for rule in table.rules if rule.rule == "unique_key"]
    return tuple(found[0]) if found else ()


def allowed_values(table: Table, column: str) -> tuple[object, ...] | None:
    """The allowed values of a column by the contract; None where it lists none."""
    found = [
        r.arguments["values"]
        for r in table.rules
        if (r.column, r.rule) == (column, "allowed") and not r.where
    ]
    return tuple(found[0]) if found else None


def days_between(rows: pd.DataFrame, layout: Layout) -> "pd.Series[float]":
    """Days from each record to the next one of the same patient or series."""
    who = [layout.subject, *layout.series]
    times = (
        rows[who].assign(time=years(rows, layout.time) * DAYS_PER_YEAR).drop_duplicates().sort_values("time")
    )
    gaps: pd.Series[float] = times.groupby(who, dropna=False)["time"].diff().dropna()
    return gaps[gaps > 0]


def _records_table(contract: Contract, named: str | None) -> Table:
    if named is not None and named not in contract.tables:
        raise StudyError(
            f'--table: contract "{contract.name}" has no table "{named}": {nearest(named, list(contract.tables))}'
        )
    tables = [contract.tables[named]] if named else list(contract.tables.values())
    of_patients = [t for t in tables if t.subject]
    if not of_patients:
        raise StudyError(
            f'contract "{contract.name}": no column has the role "subject": give it to the column with the patient\'s '
            "identifier."
        )
    timed = [t for t in of_patients if t.time and _numbers(t)] or of_patients
    if len(timed) > 1:
        names = ", ".join(t.name for t in timed)
        raise StudyError(f"--table: which of {names} has the records? Name one.")
    return timed[0]


def _numbers(table: Table) -> list[Column]:
    """Columns of quantities that could be measured."""
    return [
        c for c in table.columns
        if c.kind in NUMBERS and c.role in {"", "outcome"} and not AGE.fullmatch(c.name)
    ]  # fmt: skip


def _time(table: Table, questions: dict[str, str]) -> TimeSpec:
    if not table.time:
        questions["time"] = "is there one row a patient? Else give a column the role time in the contract"
        return TimeSpec()
    column = table.column(table.time)
    if column.kind in TIMES:
        return TimeSpec(column=column.name, unit="date")
    unit = plain_unit(column.unit)
    if unit in {"hours", "days", "years"}:
        return TimeSpec(column=column.name, unit=unit)  # type: ignore[arg-type]
    for guess, pattern in _UNITS:
        if re.fullmatch(pattern, column.name, re.IGNORECASE):
            questions["time"] = f"is the time in {guess}? The contract states no unit"
            return TimeSpec(column=column.name, unit=guess)  # type: ignore[arg-type]
    if _ORDER.fullmatch(column.name):
        questions["time"] = "is this a count of visits, without days? Else write its unit"
        return TimeSpec(column=column.name, unit="order")
    questions["time"] = "is the time in days? The contract states no unit; or hours, years, order"
    return TimeSpec(column=column.name, unit="days")


def _long(table: Table, extra: list[str]) -> LongSpec | None:
    """One row a measurement: the key has one more column of text, and there is one column of numbers."""
    numbers = [c for c in _numbers(table) if c.name not in {table.time, *extra}]
    if len(extra) != 1 or len(numbers) != 1 or table.column(extra[0]).kind != "string":
        return None
    return LongSpec(name=extra[0], value=numbers[0].name)


def _series(table: Table, extra: list[str], rows: pd.DataFrame | None) -> tuple[str, ...]:
    if rows is None:
        return tuple(name for name in extra if table.column(name).role != "identifier")
    if not _repeats(rows, [table.subject or "", table.time or ""]):
        return ()
    return tuple(
        n for n in extra if len(rows) >= _PER_SERIES * len(rows[[table.subject, n]].drop_duplicates())
    )


def _repeats(rows: pd.DataFrame | None, columns: list[str]) -> bool:
    return rows is not None and bool(rows.duplicated([c for c in columns if c]).any())


def _subjects_table(contract: Contract, records: Table) -> Table | None:
    """Another table whose key is the patient."""
    others = [t for t in contract.tables.values() if t is not records and t.subject]
    return next((t for t in others if key_of(t) == (t.subject,)), None)


def _events_table(contract: Contract, records: Table) -> Table | None:
    """Another table of patient, time and a listed word, whose times count from the same origin."""
    for table in contract.tables.values():
        if table is records or not (table.subject and table.time and records.time) or not event_column(table):
            continue
        both = {table.column(table.time).kind in TIMES, records.column(records.time).kind in TIMES}
        if len(both) == 1:
            return table
    return None


def event_column(table: Table) -> str:
    """The column with the word for the event; "" where there is none."""
    words = [c for c in table.columns if c.kind == "string" and allowed_values(table, c.name)]
    return words[0].name if len(words) == 1 and not _numbers(table) else ""
