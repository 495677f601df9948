"""A MEDS data set: Parquet shards of events (subject_id, time, code, numeric_value); no time means a static fact."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files.batch import EventBatch, one_per_event
from data_contracts.standards.export_files.export import pass_over, table_files
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import NEVER, Integers, local_days, moments, start_of_days
from data_contracts.standards.export_files.people import People, Subjects, Visits, no_visits
from data_contracts.standards.export_files.table_stream import TablePart, identifiers, numbers, read_rows
from data_contracts.standards.mapping.model import RecordMapping
from data_contracts.standards.omop.tables import missing_parts
from data_contracts.standards.to_records.events import Events, without_repetitions

BIRTH = "MEDS_BIRTH"
TABLE = "data"
_NEEDED = ("subject_id", "time", "code")
_OPTIONAL = ("numeric_value", "text_value")
_OTHER_FOLDERS = {"metadata", "labels", "task_labels"}
_SHARDS = re.compile(r"\.(parquet|pq|parq|csv|tsv)(\.(gz|gzip|bz2|xz|zstd?))?$", re.IGNORECASE)


class MedsExport:
    """Reads the shards below `folder`; the patients are those with events."""

    tables: tuple[str, ...] = (TABLE,)

    def __init__(self, folder: Path, mapping: RecordMapping, ledger: ExportCounts) -> None:
        self._mapping, self._ledger = mapping, ledger
        self._files = list(_shards(folder, ledger))
        if not self._files:
            raise reject("E_FILE_MISSING", "The folder has no Parquet file of events.")
        missing = missing_parts(path.relative_to(folder) for path in self._files)
        ledger.note("files", "W_PART_MISSING", missing, TABLE)
        self._births: list[tuple[Any, Integers]] = []
        self._births_without_time = 0

    def descendants(self) -> Mapping[str, list[str]]:
        """Empty: MEDS codes are matched exactly or by prefix."""
        return {}

    def people(self) -> People:
        """Empty: patients are numbered as their events are read."""
        return People(subjects=Subjects())

    def with_births(self, people: People) -> People:
        """The people with the births among the events; births on different days make a birth unknown."""
        low = np.full(len(people.subjects), np.iinfo(np.int64).max)
        high = np.full(len(low), NEVER)
        for keys, times in self._births:
            numbers = people.subjects.numbers(keys)
            inside = (numbers >= 0) & (numbers < len(low))
            np.minimum.at(low, numbers[inside], times[inside])
            np.maximum.at(high, numbers[inside], times[inside])
        known = high != NEVER
        days = [
            local_days(np.where(known, times, 0), self._mapping.records.timezone) for times in (low, high)
        ]
        once = known & (days[0] == days[1])
        self._ledger.note("patients", "W_STATIC_CONFLICT", int((known & ~once).sum()), BIRTH)
        self._ledger.note("patients", "W_BIRTH_UNREADABLE", self._births_without_time, BIRTH)
        day = start_of_days(days[0], self._mapping.records.timezone)
        return replace(people, birth=np.where(once, low, NEVER), earliest=np.where(once, day, NEVER))

    def visits(self, _: People) -> Visits:
        """Empty: MEDS has no table of visits."""
        return no_visits()

    def mark_versions(self, events: Events) -> Events:
        """Exact duplicates count once."""
        return without_repetitions(events)

    def events(self) -> Iterator[EventBatch]:
        """Every shard, chunk by chunk."""
        for path in self._files:
            part = TablePart(table=TABLE, path=path, needed=_NEEDED, optional=_OPTIONAL)
            for table in read_rows(part, self._ledger):
                _check_times(path, table)
                yield self._batch(table)

    def _batch(self, table: Any) -> EventBatch:
        import pyarrow as pa

        codes = _cells(table, "code").cast(pa.string())
        subject = identifiers(_cells(table, "subject_id"))
        time = _cells(table, "time")
        value, unreadable = numbers(_cells(table, "numeric_value"))
        self._remember_births(subject, time, codes)
        return EventBatch(
            table=TABLE,
            rows=table.num_rows,
            codes=one_per_event(codes),
            subject=subject,
            time=time,
            value=value,
            unreadable=unreadable,
            drop_repeats=True,
            answers=one_per_event(_cells(table, "text_value").cast(pa.string())),
        )

    def _remember_births(self, subject: Any, time: Any, codes: Any) -> None:
        import pyarrow.compute as pc

        births = pc.fill_null(pc.equal(codes, BIRTH), False)
        start = moments(time.filter(births), self._mapping.records.timezone).start
        known = start != NEVER
        self._births_without_time += int((~known).sum())
        self._births.append((subject.filter(births).take(np.flatnonzero(known)), start[known]))


def _shards(folder: Path, ledger: ExportCounts) -> Iterator[Path]:
    """The files of events: those below the folder `data`, if there is one; every other file is counted."""
    below = table_files(folder, ledger)
    has_data = any(TABLE in _folders(path, folder) for path in below)
    for path in below:
        folders = _folders(path, folder)
        aside = bool(_OTHER_FOLDERS & set(folders))
        if (TABLE in folders if has_data else not aside) and _SHARDS.search(path.name):
            yield path
        else:
            pass_over(path.relative_to(folder), ledger, may_be_asked=not aside)


def _folders(path: Path, folder: Path) -> Sequence[str]:
    return path.relative_to(folder).parts[:-1]


def _cells(table: Any, name: str) -> Any:
    return table.column(name).combine_chunks()


def _check_times(path: Path, table: Any) -> None:
    import pyarrow as pa

    kind = table.column("time").type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        raise reject(
            "E_TYPE",
            f"{path.name}: column 'time' holds plain numbers; a time of MEDS is a timestamp.",
            column="time",
        )
