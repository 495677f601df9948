"""Bringing a release's rows into the store: those of patients who did not change are there already.

Rows of an earlier release are taken over where the seal of all rows of a patient is the same, and the store has that
release with the hash that was saved with the seals.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Insert, bindparam, insert, literal, select

from meta_med.cohorts.columns.text_places import begins
from meta_med.published import rows
from meta_med.published.checks import seals
from meta_med.published.content.carried import Bools, Saved
from meta_med.published.content.columns import BLOCK, blocks_of, plain_values
from meta_med.published.content.patient_hashes import BY, Ints, numbers_within, other_sum
from meta_med.published.content.release_content import Content
from meta_med.published.errors import EarlierRowsLost, StoreUnreadable
from meta_med.published.store_tables import releases
from meta_med.published.tables import CONTENT, OF_PATIENTS, REVISION, subjects
from meta_med.published.writing.order_keys import ORDER_KEYS, order_keys

READ_BACK = 4_096
"""New patients, and patients who are taken over, whose rows are read back; other ones each night."""


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
    if not _is_written(connection, release_id, content, taken, new):
        # the store has lost rows of the release before, or changes what it is given
        nobody = _Taken.nobody(content)
        _require_kept(content, nobody)
        _delete_tables(connection, release_id, new)
        _insert_tables(connection, release_id, content, nobody, new)
        if not _is_written(connection, release_id, content, nobody, new):
            raise StoreUnreadable("The store returned other rows than were written. Nothing was published.")


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
    _insert_subjects(connection, release_id, content, taken, new)
    own = None if taken.is_new.all() else content.patients.filter(pa.array(taken.is_new))
    for name, table in content.tables.items():
        if name in OF_PATIENTS:
            some = table if own is None else table.filter(pc.is_in(table[BY], value_set=own))
            _insert(connection, name, some, new, numbers_within(np.cumsum(begins(some[BY]))))
        elif name != subjects.name:
            _insert(connection, name, table, release_id, np.arange(table.num_rows))


def _insert_subjects(
    connection: Connection, release_id: str, content: Content, taken: _Taken, new: str
) -> None:
    places = np.flatnonzero(taken.is_new)
    keys, table = order_keys(content.tables), content.tables[subjects.name].take(pa.array(places))
    also = [np.full(len(places), new, dtype=object), *(keys[name][places] for name in ORDER_KEYS)]
    _insert(connection, subjects.name, table, release_id, places, also)
    if runs := taken.runs():
        connection.execute(_copied_subjects(release_id, taken.before), runs)


def _copied_subjects(release_id: str, before: str) -> Insert:
    """Rows of `subjects` from `first` to `last` of the release before, with their numbers moved by a step."""
    same = [c for c in subjects.columns if c.name not in {"release_id", "row_number"}]
    moved = [literal(release_id), subjects.c.row_number + bindparam("step"), *same]
    chosen = subjects.c.row_number.between(bindparam("first"), bindparam("last"))
    rows_before = select(*moved).where(subjects.c.release_id == before, chosen)
    return insert(subjects).from_select(["release_id", "row_number", *(c.name for c in same)], rows_before)


def _insert(
    connection: Connection,
    name: str,
    table: pa.Table,
    rows_in: str,
    numbers: Ints,
    also: Sequence[np.ndarray] = (),
) -> None:
    """Insert rows under a release's name with their numbers (N,); `also` are columns of the store alone."""
    for number, block in enumerate(blocks_of(table)):
        part = slice(number * BLOCK, number * BLOCK + block.num_rows)
        at, more = numbers[part].tolist(), [column[part].tolist() for column in also]
        columns = [[rows_in] * len(at), at, *map(plain_values, block.columns), *more]
        rows.insert_many(connection, CONTENT[name], columns)


def _is_written(connection: Connection, release_id: str, content: Content, taken: _Taken, new: str) -> bool:
    """Whether the store has every new row, and returns all rows of some patients as they are.

    Reading everything back takes as long as writing it. A database that changes values changes those of many patients;
    what is changed or lost of few is found by the seals before a page shows it.
    """
    for name, table in content.tables.items():
        wanted = content.rows[name][taken.is_new].sum() if name in content.rows else table.num_rows
        if rows.written_under(connection, name, new if name in OF_PATIENTS else release_id) != wanted:
            return False
    if not np.array_equal(seals.stored_rest(connection, release_id, REVISION), other_sum(content.tables)):
        return False
    some = np.concatenate(
        [read_back(np.flatnonzero(mask), release_id) for mask in (taken.is_new, ~taken.is_new)]
    )
    patients = content.patients.take(pa.array(some))
    found = seals.stored_sums(connection, release_id, patients, REVISION)
    return np.array_equal(found, content.seals[some])


def read_back(places: Ints, release_id: str) -> Ints:
    """Those of the places of patients whose rows are read back: all of few, else READ_BACK at most, evenly chosen.

    They are other ones for each release.
    """
    step = -(-len(places) // READ_BACK) or 1
    return places[int(release_id, 16) % step :: step]


def _delete_tables(connection: Connection, release_id: str, new: str) -> None:
    for name, table in CONTENT.items():
        own = new if name in OF_PATIENTS else release_id
        connection.execute(table.delete().where(table.c.release_id == own))
