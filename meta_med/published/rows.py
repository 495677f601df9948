"""Writing and reading a release's rows as whole tables, and the store's journal.

The journal is an append-only list of every stage, promotion, rollback, lifted hold and removed release.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Table, func, select

from meta_med.published.content import Row, Value, sha256_of
from meta_med.published.tables import CONTENT, content_columns, content_tables, journal, releases, seals

READ_AT_ONCE = 10_000
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(connection: Connection, release_id: str, rows: Mapping[str, list[Row]]) -> None:
    """Insert all rows of a release, in order."""
    for name, table in CONTENT.items():
        numbered = [(release_id, number, *row) for number, row in enumerate(rows[name])]
        insert_many(connection, table, numbered)


def insert_many(connection: Connection, table: Table, rows: Sequence[Sequence[Value]]) -> None:
    """Insert rows, in the order of the table's columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        statement = str(table.insert().compile(dialect=connection.dialect))
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def delete(connection: Connection, release_id: str) -> None:
    """Delete all rows of a release."""
    for table in (*CONTENT.values(), seals):
        connection.execute(table.delete().where(table.c.release_id == release_id))


def stored_sha256(connection: Connection, release_id: str) -> str:
    """The hash of the release's rows as the database returns them, over the columns it was published with."""
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    revision = connection.execute(query).scalar_one()
    return sha256_of(
        (name, _stored(connection, name, release_id, revision)) for name in content_tables(revision)
    )


def _stored(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[Row]:
    table = CONTENT[name]
    query = (
        select(*(table.columns[c] for c in content_columns(name, revision)))
        .where(table.c.release_id == release_id)
        .order_by(table.c.row_number)
    )
    for part in connection.execute(query).partitions(READ_AT_ONCE):
        yield from (tuple(row) for row in part)


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
