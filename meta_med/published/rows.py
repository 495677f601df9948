"""A release's rows into and out of the database, whole tables at a time."""

import io
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, Table, select

from meta_med.published.content import Row, Value, sha256_of
from meta_med.published.tables import CONTENT, content_columns

READ_AT_ONCE = 10_000
COPY_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def insert(connection: Connection, release_id: str, rows: Mapping[str, list[Row]]) -> None:
    """Write all rows of a release, in order."""
    for name, table in CONTENT.items():
        numbered = [(release_id, number, *row) for number, row in enumerate(rows[name])]
        if not numbered:
            continue
        if connection.dialect.name == "postgresql":
            _copy(connection, table, numbered)
        else:
            statement = str(table.insert().compile(dialect=connection.dialect))
            connection.exec_driver_sql(statement, numbered)


def delete(connection: Connection, release_id: str) -> None:
    """Remove all rows of a release."""
    for table in CONTENT.values():
        connection.execute(table.delete().where(table.c.release_id == release_id))


def stored_sha256(connection: Connection, release_id: str) -> str:
    """The hash over the rows as the database holds them."""
    return sha256_of((name, _stored(connection, name, release_id)) for name in CONTENT)


def _stored(connection: Connection, name: str, release_id: str) -> Iterator[Row]:
    table = CONTENT[name]
    query = (
        select(*(table.columns[c] for c in content_columns(name)))
        .where(table.c.release_id == release_id)
        .order_by(table.c.row_number)
    )
    for part in connection.execute(query).partitions(READ_AT_ONCE):
        yield from (tuple(row) for row in part)


def _copy(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
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
