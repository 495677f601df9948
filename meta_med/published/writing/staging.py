"""Bringing a release's rows into the store: those of patients who did not change are there already.

Rows of an earlier release are taken over where its hash is that of the tables
that were compared with the new ones.
"""

import hashlib
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, select

from meta_med.cohorts.columns.text_places import places_among
from meta_med.published import rows
from meta_med.published.content.carried import BY, unchanged
from meta_med.published.content.release_content import Content
from meta_med.published.errors import StoreUnreadable
from meta_med.published.store_tables import releases
from meta_med.published.tables import CONTENT, OF_PATIENTS, subjects
from meta_med.published.writing.new_rows import OTHER_ROWS, NewRows, is_in
from meta_med.published.writing.order_keys import ORDER_KEYS, order_keys


@dataclass(frozen=True)
class Before:
    """The release before: its id, and the folder with its tables."""

    release_id: str
    tables: Path


@dataclass(frozen=True)
class RowsIn:
    """(P,) the name by which the store has the rows of each patient of a release; and the name of new ones."""

    name: np.ndarray
    new: str

    @classmethod
    def all_new(cls, content: Content, new: str) -> "RowsIn":
        """Every patient's rows are new."""
        return cls(np.full(content.tables["subjects"].num_rows, new, dtype=object), new)

    @classmethod
    def of(cls, connection: Connection, content: Content, new: str, before: Before | None) -> "RowsIn":
        """The rows of patients who are as in the release before are its rows; all are new where that is not sure."""
        nobody = cls.all_new(content, new)
        if before is None:
            return nobody
        query = select(releases.c.content_sha256).where(releases.c.release_id == before.release_id)
        published = connection.execute(query).scalar_one_or_none()
        try:
            same, sha256 = unchanged(before.tables, content.tables)
        except (OSError, ValueError, KeyError):
            return nobody
        if sha256 != published or not same.any():
            return nobody
        known = select(subjects.c.subject_id, subjects.c.rows_in).where(
            subjects.c.release_id == before.release_id
        )
        there = connection.execute(known).all()
        ids, names = ([row[i] for row in there] for i in range(2))
        patients = content.tables["subjects"][BY]
        place = places_among(patients, pa.array(ids, type=pa.large_string()))
        written = np.asarray([*names, new], dtype=object)
        # the store may have lost a patient of the release before
        return cls(written[np.where(same & (place >= 0), place, len(names))], new)

    @property
    def is_new(self) -> np.ndarray:
        """(P,) whether the patient's rows are new."""
        return np.asarray(self.name == self.new)


def stage_rows(
    connection: Connection, release_id: str, content: Content, before: Before | None = None
) -> None:
    """Bring all rows of a release into the store.

    Args:
        connection: of the transaction.
        release_id: the release; content: its tables.
        before: the release before, whose rows may be taken over; None to insert all rows.

    Raises:
        StoreUnreadable: the store returns other rows than were written.

    """
    rows_in = RowsIn.of(connection, content, _free_name(connection, release_id), before)
    _insert_tables(connection, release_id, content, rows_in)
    if not _complete(connection, release_id, content):  # the store has lost rows of the release before
        _delete_tables(connection, release_id, rows_in.new)
        rows_in = RowsIn.all_new(content, rows_in.new)
        _insert_tables(connection, release_id, content, rows_in)
        if not _complete(connection, release_id, content):
            raise StoreUnreadable(OTHER_ROWS)


def _free_name(connection: Connection, release_id: str) -> str:
    """The release's id; another name, where rows of an earlier publication of it are still those of later releases."""
    for number in count():
        name = (
            release_id if not number else hashlib.sha256(f"{release_id} {number}".encode()).hexdigest()[:16]
        )
        used = (select(t.c.row_number).where(t.c.release_id == name).limit(1) for t in OF_PATIENTS.values())
        if all(connection.execute(query).first() is None for query in used):
            return name
    raise AssertionError


def _insert_tables(connection: Connection, release_id: str, content: Content, rows_in: RowsIn) -> None:
    patients = content.tables["subjects"][BY].combine_chunks()
    own = patients.filter(pa.array(rows_in.is_new))
    for name, table in content.tables.items():
        if name not in OF_PATIENTS:
            also = [rows_in.name, *_order_keys(content)] if name == subjects.name else []
            written = NewRows(name, release_id, table, np.arange(table.num_rows))
            written.insert(connection, also)
            written.compare(connection, patients if name == subjects.name else None)
        else:
            places = np.flatnonzero(is_in(table[BY], own))
            some = table if len(places) == table.num_rows else table.take(places)
            written = NewRows(name, rows_in.new, some, places)
            written.insert(connection)
            written.compare(connection, own)


def _order_keys(content: Content) -> list[np.ndarray]:
    found = order_keys(content.tables)
    return [found[name] for name in ORDER_KEYS]


def _complete(connection: Connection, release_id: str, content: Content) -> bool:
    return all(
        rows.count_of(connection, name, release_id) == table.num_rows
        for name, table in content.tables.items()
    )


def _delete_tables(connection: Connection, release_id: str, new: str) -> None:
    for name, table in CONTENT.items():
        own = new if name in OF_PATIENTS else release_id
        connection.execute(table.delete().where(table.c.release_id == own))
