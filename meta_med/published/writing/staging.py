"""Bringing a release's rows into the store: what the release before has too is copied there, the rest is inserted.

Inserted rows are read back and compared. Copied ones are those of a release whose hash is that of the tables that were
compared with the new ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, func, select

from meta_med.published import rows
from meta_med.published.content.carried import Ranges, in_common
from meta_med.published.content.columns import BLOCK, blocks_of, plain_values
from meta_med.published.content.release_content import Content
from meta_med.published.content.row_hash import Row
from meta_med.published.errors import StoreUnreadable
from meta_med.published.tables import CONTENT, content_columns, releases


@dataclass(frozen=True)
class Before:
    """The release before: its id, and the folder with its tables."""

    release_id: str
    tables: Path


@dataclass(frozen=True)
class Carried:
    """What is copied from a release in the store: its id, the rows of each table, and whose are not the same.

    `changed` is None where nothing is copied.
    """

    release_id: str
    ranges: Mapping[str, Ranges]
    changed: pa.Array | None = None

    @classmethod
    def of(cls, connection: Connection, content: Content, before: Before | None) -> "Carried":
        """What may be copied; nothing where the tables in the folder are not those of the release in the store."""
        nothing = cls("", dict.fromkeys(content.tables, Ranges.none()))
        if before is None:
            return nothing
        query = select(releases.c.content_sha256).where(releases.c.release_id == before.release_id)
        published = connection.execute(query).scalar_one_or_none()
        try:
            found, sha256 = in_common(before.tables, content.tables)
        except (OSError, pa.ArrowInvalid):
            return nothing
        return cls(before.release_id, found.ranges, found.changed) if sha256 == published else nothing


@dataclass(frozen=True)
class Own:
    """The rows of a table that are not copied, and their places in it."""

    rows: pa.Table
    places: np.ndarray

    @classmethod
    def of(cls, table: pa.Table, carried: Ranges) -> "Own":
        """All rows of a table but those that are carried."""
        ranges = carried.others(table.num_rows)
        places = np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(a, b) for a, b in ranges)])
        return cls(table if len(places) == table.num_rows else table.take(places), places)


def stage_rows(
    connection: Connection, release_id: str, content: Content, before: Before | None = None
) -> Carried:
    """Bring all rows of a release into the store; what was copied.

    Args:
        connection: of the transaction.
        release_id: the release; content: its tables.
        before: the release before, whose rows may be copied; None to insert all rows.

    Raises:
        StoreUnreadable: the store returns other rows than were written.

    """
    carried = Carried.of(connection, content, before)
    own = {name: Own.of(table, carried.ranges[name]) for name, table in content.tables.items()}
    for name in CONTENT:
        if not _copied(connection, name, release_id, carried):
            own[name] = Own.of(content.tables[name], Ranges.none())
        _insert(connection, name, release_id, own[name])
        if _count(connection, name, release_id) != content.tables[name].num_rows:
            raise StoreUnreadable(_OTHER_ROWS)
    return carried


_OTHER_ROWS = "The store returned other rows than were written. Nothing was published."


def _copied(connection: Connection, name: str, release_id: str, carried: Carried) -> bool:
    """Copy the rows in common, by the database itself; False, and nothing is copied, where the store lacks any."""
    ranges, table = carried.ranges[name], CONTENT[name]
    if not len(ranges.begin):
        return True
    columns = ", ".join(f'"{column}"' for column in content_columns(name))
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    statement = (
        f'INSERT INTO "{table.name}" (release_id, row_number, {columns}) SELECT {mark}, row_number + {mark}, {columns} '  # noqa: S608
        f'FROM "{table.name}" WHERE release_id = {mark} AND row_number >= {mark} AND row_number < {mark}'
    )
    each = zip(ranges.before.tolist(), ranges.begin.tolist(), ranges.count.tolist(), strict=True)
    asked = [(release_id, new - old, carried.release_id, old, old + count) for old, new, count in each]
    connection.exec_driver_sql(statement, asked)
    if _count(connection, name, release_id) == ranges.count.sum():
        return True
    connection.execute(table.delete().where(table.c.release_id == release_id))
    return False


def _insert(connection: Connection, name: str, release_id: str, own: Own) -> None:
    """Insert the rows that are not copied, in order, and read each block of them back."""
    for number, block in enumerate(blocks_of(own.rows)):
        places = own.places[number * BLOCK :][: block.num_rows]
        columns = [plain_values(column) for column in block.columns]
        numbered = zip([release_id] * len(places), places.tolist(), *columns, strict=True)
        rows.insert_many(connection, CONTENT[name], list(numbered))
        if _stored(connection, name, release_id, places) != list(zip(*columns, strict=True)):
            raise StoreUnreadable(_OTHER_ROWS)


def _stored(connection: Connection, name: str, release_id: str, places: np.ndarray) -> list[Row]:
    """The rows at these places, as the database returns them."""
    found: list[Row] = []
    for run in np.split(places, np.flatnonzero(np.diff(places) != 1) + 1):
        found += rows.between(connection, name, release_id, int(run[0]), int(run[-1]) + 1)
    return found


def _count(connection: Connection, name: str, release_id: str) -> int:
    table = CONTENT[name]
    query = select(func.count()).select_from(table).where(table.c.release_id == release_id)
    return int(connection.execute(query).scalar_one())
