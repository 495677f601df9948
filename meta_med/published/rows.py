"""Writing and reading a release's rows as whole tables, and the store's journal.

The journal is an append-only list of every stage, promotion, rollback, lifted hold and removed release.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, and_, bindparam, func, select

from meta_med.published.content.columns import BLOCK, block_of, sha256_of
from meta_med.published.content.release_content import schema_of
from meta_med.published.content.row_hash import Row, Value, rows_sha256
from meta_med.published.store_tables import journal, releases
from meta_med.published.tables import (
    CONTENT,
    OF_PATIENTS,
    content_columns,
    content_tables,
    subjects,
)

HASHED_BY_COLUMNS = "0009"
"""The first revision whose releases are hashed by columns."""
ROWS_OF_EARLIER = "0011"
"""The first revision whose releases may have rows of earlier ones, and have all rows in the order of patients."""
PATIENTS_AT_ONCE = 4096
ROWS_OF_STATEMENT = 24
"""Rows that SQLite is given with one statement: a quarter less time than one by one."""
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert_many(connection: Connection, table: Table, columns: Sequence[Sequence[Value]]) -> None:
    """Insert rows, given as columns in the order of the table's."""
    if not len(columns[0]):
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, zip(*columns, strict=True))
        return
    rows = zip(*columns, strict=True)
    together = len(columns[0]) // ROWS_OF_STATEMENT * ROWS_OF_STATEMENT
    values = chain.from_iterable(islice(rows, together))
    width = ROWS_OF_STATEMENT * len(columns)
    _insert(connection, table, ROWS_OF_STATEMENT, list(zip(*[values] * width, strict=True)))
    _insert(connection, table, 1, list(rows))


def _insert(connection: Connection, table: Table, count: int, values: list[tuple[Value, ...]]) -> None:
    """Insert the values of `count` rows with each statement, into SQLite."""
    if values:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        one = f"({', '.join('?' * len(table.columns))})"
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES {", ".join([one] * count)}'  # noqa: S608
        connection.exec_driver_sql(statement, values)


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


def stored_of(
    connection: Connection, name: str, rows_in: str, subject_ids: Collection[str] | None = None
) -> list[Row]:
    """The rows of a table that one release wrote, each behind its number: all, or those of some patients; unordered."""
    table = CONTENT[name]
    columns = [table.c.row_number, *(table.columns[column] for column in content_columns(name))]
    query = select(*columns).where(table.c.release_id == rows_in)
    if subject_ids is not None:
        query = query.where(table.c.subject_id.in_(subject_ids))
    # the driver's own rows: those of SQLAlchemy cost as much again
    cursor = connection.execute(query).cursor
    assert cursor is not None
    return list(cursor.fetchall())


def _written(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """The rows of a table that a release wrote, in order, BLOCK of them at a time."""
    columns = ", ".join(f'"{column}"' for column in content_columns(name, revision))
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    statement = f'SELECT {columns} FROM "{name}" WHERE release_id = {mark} ORDER BY row_number'  # noqa: S608
    with closing(_driver_cursor(connection)) as cursor:
        cursor.execute(statement, (release_id,))
        while part := cursor.fetchmany(BLOCK):
            yield list(part)


def _driver_cursor(connection: Connection) -> Any:
    """The driver's own cursor; on PostgreSQL one whose rows stay on the server until they are asked for."""
    driver = connection.connection
    return driver.cursor("rows") if connection.dialect.name == "postgresql" else driver.cursor()


def _parts(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """All rows of a release's table, BLOCK of them at a time."""
    if name in OF_PATIENTS and revision >= ROWS_OF_EARLIER:
        yield from _of_patients(connection, name, release_id, revision)
        return
    yield from _written(connection, name, release_id, revision)


def _of_patients(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """The rows of a table of `OF_PATIENTS`, BLOCK of them at a time, read for some patients at a time."""
    query = rows_query(name, release_id, content_columns(name, revision)).where(
        subjects.c.row_number >= bindparam("begin"), subjects.c.row_number < bindparam("end")
    )
    waiting: list[Row] = []
    for first in range(0, count_of(connection, subjects.name, release_id), PATIENTS_AT_ONCE):
        some = {"begin": first, "end": first + PATIENTS_AT_ONCE}
        cursor = connection.execute(query, some).cursor
        assert cursor is not None
        waiting += cursor.fetchall()
        for _ in range(len(waiting) // BLOCK):
            yield waiting[:BLOCK]
            waiting = waiting[BLOCK:]
    if waiting:
        yield waiting


def rows_query(
    name: str, release_id: str, columns: Iterable[str], subject_ids: Collection[str] | None = None
) -> Select[Any]:
    """The rows of a release's table in their order: all, or those of some patients, whoever wrote them."""
    table = CONTENT[name]
    query = select(*(table.columns[column] for column in columns)).select_from(_joined(table))
    query = query.where(_of_release(table, release_id))
    # "+ 0": in the order of a key, SQLite walks the whole release instead of asking the index on patients
    within = [table.c.row_number + 0] if name in OF_PATIENTS else []
    order = subjects.c.row_number if name in OF_PATIENTS else table.c.row_number
    if subject_ids is None:
        return query.order_by(order, *within)
    return query.where(subjects.c.subject_id.in_(subject_ids)).order_by(order + 0, *within)


def _joined(table: Table) -> FromClause:
    return subjects.join(table, written_rows(table)) if table.name in OF_PATIENTS else table


def _of_release(table: Table, release_id: str) -> ColumnElement[bool]:
    own = subjects if table.name in OF_PATIENTS else table
    return own.c.release_id == release_id


def written_rows(table: FromClause) -> ColumnElement[bool]:
    """Whether a row of a table of `OF_PATIENTS` is one of a row's patient of `subjects`."""
    return and_(table.c.release_id == subjects.c.rows_in, table.c.subject_id == subjects.c.subject_id)


def count_of(connection: Connection, name: str, release_id: str) -> int:
    """Number of rows of a release's table."""
    table = CONTENT[name]
    query = select(func.count()).select_from(_joined(table)).where(_of_release(table, release_id))
    return int(connection.execute(query).scalar_one())


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
