"""Writing and reading a release's rows as whole tables, and the store's journal.

The journal is an append-only list of every stage, promotion, rollback, lifted hold and removed release.
"""

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, and_, func, select

from meta_med.published.content.row_hash import Value
from meta_med.published.store_tables import journal
from meta_med.published.tables import CONTENT, OF_PATIENTS, subjects

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


def written_under(connection: Connection, name: str, rows_in: str) -> int:
    """Number of rows of a table that stand under the name of one release."""
    table = CONTENT[name]
    query = select(func.count()).select_from(table).where(table.c.release_id == rows_in)
    return int(connection.execute(query).scalar_one())


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
