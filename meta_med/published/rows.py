"""Writing and reading a release's rows as whole tables, and the store's journal.

The journal is an append-only list of every stage, promotion, rollback, lifted hold and removed release.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Literal

from sqlalchemy import Connection, Table, func, select

from meta_med.published.content.columns import BLOCK, block_of, sha256_of
from meta_med.published.content.release_content import schema_of
from meta_med.published.content.row_hash import Row, Value, rows_sha256
from meta_med.published.tables import (
    CONTENT,
    REVISION,
    content_columns,
    content_tables,
    journal,
    releases,
    seals,
)

HASHED_BY_COLUMNS = "0009"
"""The first revision whose releases are hashed by columns."""
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_many(connection: Connection, table: Table, rows: list[tuple[Value, ...]]) -> None:
    """Insert rows, in the order of the table's columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        statement = str(table.insert().compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, rows)


def delete(connection: Connection, release_id: str) -> None:
    """Delete all rows of a release."""
    for table in (*CONTENT.values(), seals):
        connection.execute(table.delete().where(table.c.release_id == release_id))


def stored_sha256(connection: Connection, release_id: str) -> str:
    """The hash of the release's rows as the database returns them, over the columns it was published with."""
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    revision = connection.execute(query).scalar_one()
    names = content_tables(revision)
    if revision < HASHED_BY_COLUMNS:
        return rows_sha256((name, _one_by_one(connection, name, release_id, revision)) for name in names)
    schemas = {name: schema_of(name, revision) for name in names}
    return sha256_of(
        (name, (block_of(part, schema) for part in _parts(connection, name, release_id, revision)))
        for name, schema in schemas.items()
    )


def between(
    connection: Connection, name: str, release_id: str, begin: int, end: int, revision: str = REVISION
) -> list[Row]:
    """The rows of a table from one number up to another, in their order, without the numbers."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    columns = ", ".join(f'"{column}"' for column in content_columns(name, revision))
    statement = (
        f'SELECT {columns} FROM "{name}" WHERE release_id = {mark} AND row_number >= {mark} '  # noqa: S608
        f"AND row_number < {mark} ORDER BY row_number"
    )
    # the driver's own rows: those of SQLAlchemy cost as much again
    cursor = connection.exec_driver_sql(statement, (release_id, begin, end)).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def _parts(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """All rows of a table, BLOCK of them at a time."""
    for begin in count(step=BLOCK):
        part = between(connection, name, release_id, begin, begin + BLOCK, revision)
        if part:
            yield part
        if len(part) < BLOCK:
            return


def _one_by_one(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[Row]:
    parts = _parts(connection, name, release_id, revision)
    return (tuple(row) for row in chain.from_iterable(parts))


def _copy(connection: Connection, table: Table, rows: Iterable[Sequence[Value]]) -> None:
    """PostgreSQL's bulk load, in its text format."""
    text = io.StringIO("".join("\t".join(map(_copy_field, row)) + "\n" for row in rows))
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(c.name) for c in table.columns)
    cursor = connection.connection.cursor()
    cursor.copy_expert(f"COPY {quote(table.name)} ({columns}) FROM STDIN", text)


def _copy_field(value: Value) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(COPY_ESCAPES)
    return repr(value)


@dataclass(frozen=True)
class ReleaseAction:
    """One entry of the journal; `at` is UTC, ISO 8601; `actor` is who, and their reason where they gave one."""

    study: str
    release_id: str
    action: Literal["stage", "promote", "rollback", "lift", "prune"]
    at: str
    actor: str


def append_action(connection: Connection, action: ReleaseAction) -> int:
    """Append the action and return its sequence number, which defines the order of entries."""
    newest = connection.execute(select(func.coalesce(func.max(journal.c.sequence), 0))).scalar_one()
    sequence = int(newest) + 1
    connection.execute(journal.insert().values(sequence=sequence, **vars(action)))
    return sequence


def promoted_releases(connection: Connection, study: str) -> list[str]:
    """Promoted releases that were not rolled back, oldest first, the head last."""
    query = select(journal.c.action, journal.c.release_id).where(journal.c.study == study)
    promoted: list[str] = []
    for action, release_id in connection.execute(query.order_by(journal.c.sequence)):
        if action == "promote":
            promoted.append(release_id)
        elif action == "rollback":
            promoted.pop()
            while promoted[-1] != release_id:  # a rollback skips pruned releases
                promoted.pop()
    return promoted
