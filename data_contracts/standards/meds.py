"""A MEDS data set: Parquet shards of events (subject_id, time, code, numeric_value); no time means a fact."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Batch, one_each
from data_contracts.standards.events import Events, without_repetitions
from data_contracts.standards.export import files_below
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import RecordMapping
from data_contracts.standards.moments import NEVER, Integers, moments
from data_contracts.standards.people import People, Subjects, Visits, no_visits
from data_contracts.standards.table_stream import TablePart, rows
from data_contracts.standards.text_cells import identifiers, numbers

BIRTH = "MEDS_BIRTH"
TABLE = "data"
_NEEDED = ("subject_id", "time", "code")
_OPTIONAL = ("numeric_value", "text_value")
_OTHER_FOLDERS = {"metadata", "labels"}


class MedsExport:
    """Reads the shards below `folder`; patients are whoever has an event."""

    tables: tuple[str, ...] = (TABLE,)

    def __init__(self, folder: Path, mapping: RecordMapping, ledger: Ledger) -> None:
        self._mapping, self._ledger = mapping, ledger
        below = files_below(folder)
        shards = [path for path in below if path.name.casefold().endswith(".parquet")]
        self._files = [p for p in shards if not _OTHER_FOLDERS & set(p.relative_to(folder).parts[:-1])]
        if not self._files:
            raise reject("E_FILE_MISSING", "The folder has no Parquet file of events.")
        for path in below:
            if path not in self._files:
                ledger.pass_over(path.relative_to(folder), "N_FILE_OTHER")
        self._births: list[tuple[Any, Integers]] = []

    def descendants(self) -> Mapping[str, list[str]]:
        """None: codes are taken as they are, or by how they begin."""
        return {}

    def people(self) -> People:
        """Nobody yet."""
        return People(subjects=Subjects())

    def born(self, people: People) -> People:
        """The same, with the births that were met; of several the first."""
        birth = np.full(len(people.subjects), np.iinfo(np.int64).max)
        for keys, times in self._births:
            numbers = people.subjects.numbers(keys)
            inside = (numbers >= 0) & (numbers < len(birth))
            np.minimum.at(birth, numbers[inside], times[inside])
        return replace(people, birth=np.where(birth == np.iinfo(np.int64).max, NEVER, birth))

    def visits(self, _: People) -> Visits:
        """None: MEDS has no table of visits."""
        return no_visits()

    def settled(self, events: Events) -> Events:
        """Rows that stand there twice word for word count once."""
        return without_repetitions(events)

    def events(self) -> Iterator[Batch]:
        """Every shard, chunk by chunk."""
        for path in self._files:
            part = TablePart(table=TABLE, path=path, needed=_NEEDED, optional=_OPTIONAL)
            for table in rows(part, self._ledger):
                yield self._batch(table)

    def _batch(self, table: Any) -> Batch:
        import pyarrow as pa

        codes = table.column("code").chunk(0).cast(pa.string())
        subject = identifiers(table.column("subject_id").chunk(0))
        time = table.column("time").chunk(0)
        value, unreadable = numbers(table.column("numeric_value").chunk(0))
        if self._mapping.needs_birth:
            self._remember_births(subject, time, codes)
        return Batch(
            table=TABLE,
            rows=table.num_rows,
            codes=one_each(codes),
            subject=subject,
            time=time,
            value=value,
            unreadable=unreadable,
            answers=one_each(table.column("text_value").chunk(0).cast(pa.string())),
        )

    def _remember_births(self, subject: Any, time: Any, codes: Any) -> None:
        import pyarrow.compute as pc

        births = pc.fill_null(pc.equal(codes, BIRTH), False)
        start = moments(time.filter(births), self._mapping.records.timezone).start
        known = start != NEVER
        self._births.append((subject.filter(births).take(np.flatnonzero(known)), start[known]))
