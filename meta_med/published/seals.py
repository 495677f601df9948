"""Seals: a hash of each patient's rows of a release, and one of its other rows, so that what is read can be checked.

The hash of a whole release takes minutes where it has a million patients; a page shows twenty-five of them. A seal is
the sum, modulo 2^256, of the hashes of its rows, each with its table and its place in it: no order of reading is
needed, and a row that is changed, missing, added or moved gives another sum. Like the hash of the release, it stands in
the same database: it finds what was changed by mistake, not whoever also changes the seals.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, select

from meta_med.published.rows import insert_many
from meta_med.published.tables import CONTENT, content_columns, content_tables, releases, seals

REST = "release"
"""The part of a release that is of no single patient."""
READ_AT_ONCE = 10_000
MODULUS = 2**256

_encode = json.JSONEncoder(separators=(",", ":")).encode


def write(connection: Connection, release_id: str) -> None:
    """Keep the seals of a release whose rows are in the store."""
    totals: dict[str, int] = defaultdict(int, {REST: 0})
    for name in content_tables():
        query = _rows_of(CONTENT[name], release_id, content_columns(name))
        _add(totals, name, _streamed(connection, query))
    insert_many(connection, seals, [(release_id, part, _text(total)) for part, total in totals.items()])


def are_kept(connection: Connection, release_id: str) -> bool:
    """Whether the release was published with seals; older ones were not."""
    query = select(seals.c.part).where(seals.c.release_id == release_id, seals.c.part == REST)
    return connection.execute(query).first() is not None


def patients_fit(connection: Connection, release_id: str, subject_ids: Collection[str]) -> bool:
    """Whether all rows of these patients are those that were published; True where there are no seals."""
    found = dict.fromkeys(map(_part, subject_ids), 0)
    for name, query in _queries(connection, release_id, of_patients=True):
        _add(found, name, connection.execute(query.where(CONTENT[name].c.subject_id.in_(subject_ids))))
    return _fit(connection, release_id, found)


def rest_fits(connection: Connection, release_id: str) -> bool:
    """Whether all rows that are of no single patient are those that were published; True where there are no seals."""
    found = {REST: 0}
    for name, query in _queries(connection, release_id, of_patients=False):
        _add(found, name, connection.execute(query))
    return _fit(connection, release_id, found)


def _fit(connection: Connection, release_id: str, found: Mapping[str, int]) -> bool:
    query = select(seals.c.part, seals.c.sha256).where(
        seals.c.release_id == release_id, seals.c.part.in_(found)
    )
    kept = {row.part: row.sha256 for row in connection.execute(query)}
    wanted = {part: _text(total) for part, total in found.items()}
    return kept == wanted or not are_kept(connection, release_id)


def _queries(
    connection: Connection, release_id: str, *, of_patients: bool
) -> Iterator[tuple[str, Select[Any]]]:
    """The rows of each table, over the columns that the release was published with."""
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    revision = str(connection.execute(query).scalar_one())
    for name in content_tables(revision):
        if _is_of_patients(CONTENT[name]) == of_patients:
            yield name, _rows_of(CONTENT[name], release_id, content_columns(name, revision))


def _is_of_patients(table: Table) -> bool:
    return "subject_id" in table.columns


def _part(subject_id: str) -> str:
    return f"patient {subject_id}"


def _rows_of(table: Table, release_id: str, columns: Iterable[str]) -> Select[Any]:
    """Whose a row is, its place, and its values."""
    whose = [table.c.subject_id] if _is_of_patients(table) else [table.c.release_id]
    named = (table.columns[name].label(f"_{name}") for name in columns)
    return select(*whose, table.c.row_number, *named).where(table.c.release_id == release_id)


def _streamed(connection: Connection, query: Select[Any]) -> Iterable[Row[Any]]:
    """The rows, which a server does not send all at once."""
    for part in connection.execute(query, execution_options={"yield_per": READ_AT_ONCE}).partitions():
        yield from part


def _add(totals: dict[str, int], table: str, found: Iterable[Row[Any]]) -> None:
    of_patients = _is_of_patients(CONTENT[table])
    for row in found:
        digest = hashlib.sha256(_encode([table, *row[1:]]).encode()).digest()
        part = _part(row[0]) if of_patients else REST
        totals[part] = (totals.get(part, 0) + int.from_bytes(digest)) % MODULUS


def _text(total: int) -> str:
    return f"{total:064x}"
