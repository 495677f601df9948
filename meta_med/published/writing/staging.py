"""Bringing a release's rows into the store: those of patients who did not change are there already.

Rows of an earlier release are taken over where the seal of all rows of a patient is the same, and the store has that
release with the hash that was saved with the seals.
"""

import hashlib
from dataclasses import dataclass
from itertools import count

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Insert, bindparam, insert, literal, select

from meta_med.cohorts.columns.text_places import begins
from meta_med.published import rows
from meta_med.published.content.carried import Bools, Saved
from meta_med.published.content.patient_hashes import BY, Ints, numbers_within
from meta_med.published.content.release_content import Content
from meta_med.published.errors import EarlierRowsLost, StoreUnreadable
from meta_med.published.store_tables import releases
from meta_med.published.tables import CONTENT, OF_PATIENTS, subjects
from meta_med.published.writing.new_rows import OTHER_ROWS, NewRows, is_in
from meta_med.published.writing.order_keys import ORDER_KEYS, order_keys


@dataclass(frozen=True)
class _Taken:
    """The release whose rows are taken over, and (P,) the place there of each patient; -1 where rows are new."""

    place: Ints
    before: str = ""

    @property
    def is_new(self) -> Bools:
        """(P,) whether the patient's rows are new."""
        return np.asarray(self.place < 0)

    @classmethod
    def nobody(cls, content: Content) -> "_Taken":
        """Every patient's rows are new."""
        return cls(np.full(len(content.seals), -1))

    @classmethod
    def of(cls, connection: Connection, content: Content, before: Saved | None) -> "_Taken":
        """The patients with the same seal, where the store has the release before as it was saved."""
        if before is None or before.columns != content.columns:
            return cls.nobody(content)
        query = select(releases.c.content_sha256).where(releases.c.release_id == before.release_id)
        if connection.execute(query).scalar_one_or_none() != before.content_sha256:
            return cls.nobody(content)
        return cls(before.places(content.patients, content.seals), before.release_id)

    def runs(self) -> list[dict[str, int]]:
        """Patients who stand one behind the other in both releases: their first and last place before, and the step."""
        now = np.flatnonzero(~self.is_new)
        place = self.place[now]
        breaks = np.flatnonzero((np.diff(now) != 1) | (np.diff(place) != 1)) + 1
        begin, end = np.r_[0, breaks][: len(now)], np.r_[breaks, len(now)][: len(now)] - 1
        steps = zip(place[begin].tolist(), place[end].tolist(), (now - place)[begin].tolist(), strict=True)
        return [{"first": first, "last": last, "step": step} for first, last, step in steps]


def stage_rows(
    connection: Connection, release_id: str, content: Content, before: Saved | None = None
) -> None:
    """Bring all rows of a release into the store.

    Args:
        connection: of the transaction.
        release_id: the release; content: its tables.
        before: the release before, whose rows may be taken over; None to insert all rows.

    Raises:
        EarlierRowsLost: the store does not hold the rows of patients who are `kept`.
        StoreUnreadable: the store returns other rows than were written.

    """
    taken, new = _Taken.of(connection, content, before), _free_name(connection, release_id)
    _require_kept(content, taken)
    _insert_tables(connection, release_id, content, taken, new)
    if not _complete(connection, release_id, content):  # the store has lost rows of the release before
        _require_kept(content, _Taken.nobody(content))
        _delete_tables(connection, release_id, new)
        _insert_tables(connection, release_id, content, _Taken.nobody(content), new)
        if not _complete(connection, release_id, content):
            raise StoreUnreadable(OTHER_ROWS)


def _require_kept(content: Content, taken: _Taken) -> None:
    if (content.kept & taken.is_new).any():
        raise EarlierRowsLost("The store has lost rows that this release takes over. Nothing was published.")


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


def _insert_tables(
    connection: Connection, release_id: str, content: Content, taken: _Taken, new: str
) -> None:
    """Insert what is new under the name `new`, and the rows of `subjects`, which name who wrote the others."""
    own = content.patients.filter(pa.array(taken.is_new))
    _insert_subjects(connection, release_id, content, taken, new)
    for name, table in content.tables.items():
        if name in OF_PATIENTS:
            some = table if len(own) == len(content.seals) else table.filter(pa.array(is_in(table[BY], own)))
            written = NewRows(name, new, some, _numbers(some))
            written.insert(connection)
            written.compare(connection, own)
        elif name != subjects.name:
            written = NewRows(name, release_id, table, np.arange(table.num_rows))
            written.insert(connection)
            written.compare(connection, None)


def _insert_subjects(
    connection: Connection, release_id: str, content: Content, taken: _Taken, new: str
) -> None:
    places = np.flatnonzero(taken.is_new)
    keys = order_keys(content.tables)
    written = NewRows(subjects.name, release_id, content.tables[subjects.name].take(pa.array(places)), places)
    names = np.full(len(places), new, dtype=object)
    written.insert(connection, [names, *(keys[name][places] for name in ORDER_KEYS)])
    written.compare(connection, content.patients.take(pa.array(places)))
    if runs := taken.runs():
        connection.execute(_copied_subjects(release_id, taken.before), runs)


def _copied_subjects(release_id: str, before: str) -> Insert:
    """Rows of `subjects` from `first` to `last` of the release before, with their numbers moved by a step."""
    same = [c for c in subjects.columns if c.name not in {"release_id", "row_number"}]
    moved = [literal(release_id), subjects.c.row_number + bindparam("step"), *same]
    chosen = subjects.c.row_number.between(bindparam("first"), bindparam("last"))
    rows_before = select(*moved).where(subjects.c.release_id == before, chosen)
    return insert(subjects).from_select(["release_id", "row_number", *(c.name for c in same)], rows_before)


def _numbers(table: pa.Table) -> Ints:
    """(N,) the number of each row within those of its patient."""
    return numbers_within(np.cumsum(begins(table[BY])))


def _complete(connection: Connection, release_id: str, content: Content) -> bool:
    return all(
        rows.count_of(connection, name, release_id) == _size(content, name, table)
        for name, table in content.tables.items()
    )


def _size(content: Content, name: str, table: pa.Table) -> int:
    return int(content.rows[name].sum()) if name in content.rows else table.num_rows


def _delete_tables(connection: Connection, release_id: str, new: str) -> None:
    for name, table in CONTENT.items():
        own = new if name in OF_PATIENTS else release_id
        connection.execute(table.delete().where(table.c.release_id == own))
