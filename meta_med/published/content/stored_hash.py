"""The hash of a release as the store returns its rows, as the program defined it that published them.

Revisions before 0009 hash rows as JSON, and those before 0013 whole columns; from 0013 on the hash is over the seals of
patients, so that a night which changes few of them need not read all others' rows to know it.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, bindparam, select

from meta_med.published.content.columns import BLOCK, block_of, sha256_of
from meta_med.published.content.patient_hashes import BY, patient_sums
from meta_med.published.content.release_content import content_sha256, schema_of
from meta_med.published.content.row_hash import Row, rows_sha256
from meta_med.published.rows import count_of, rows_query
from meta_med.published.store_tables import releases
from meta_med.published.tables import OF_PATIENTS, content_columns, content_tables, subjects

HASHED_BY_COLUMNS = "0009"
ROWS_OF_EARLIER = "0011"
"""The first revision whose releases may have rows of earlier ones, and have all rows in the order of patients."""
HASHED_BY_SEALS = "0013"
PATIENTS_AT_ONCE = 4096


def stored_sha256(connection: Connection, release_id: str) -> str:
    """The hash of the release's rows as the database returns them, over the columns it was published with."""
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    revision = connection.execute(query).scalar_one()
    names = content_tables(revision)
    if revision < HASHED_BY_COLUMNS:
        return rows_sha256((name, _one_by_one(connection, name, release_id, revision)) for name in names)
    if revision >= HASHED_BY_SEALS:
        return _sealed(connection, release_id, revision)
    return sha256_of((name, _blocks(connection, name, release_id, revision)) for name in names)


def _sealed(connection: Connection, release_id: str, revision: str) -> str:
    schemas = {name: schema_of(name, revision) for name in content_tables(revision)}
    of_patients = {name: schema for name, schema in schemas.items() if BY in schema.names}
    patients, seals = [pa.array([], type=pa.large_string())], [np.zeros(0, dtype=np.uint64)]
    for tables in _in_parts(connection, release_id, of_patients):
        patients.append(tables[subjects.name][BY].combine_chunks())
        seals.append(patient_sums(tables, patients[-1]))
    rest = (
        (name, _blocks(connection, name, release_id, revision)) for name in schemas if name not in of_patients
    )
    return content_sha256(pa.concat_arrays(patients), np.concatenate(seals), rest)


def _in_parts(
    connection: Connection, release_id: str, schemas: Mapping[str, pa.Schema]
) -> Iterator[dict[str, pa.Table]]:
    """The tables of patients, with all rows of PATIENTS_AT_ONCE of them at a time."""
    queries = {name: _of_some(name, release_id, schema.names) for name, schema in schemas.items()}
    for some in _parts_of_patients(connection, release_id):
        yield {
            name: _table(_fetched(connection, query, some), schemas[name]) for name, query in queries.items()
        }


def _table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_batches([block_of(rows, schema)] if rows else [], schema=schema)


def _blocks(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[pa.RecordBatch]:
    schema = schema_of(name, revision)
    return (block_of(part, schema) for part in _parts(connection, name, release_id, revision))


def _one_by_one(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[Row]:
    parts = _parts(connection, name, release_id, revision)
    return (tuple(row) for row in chain.from_iterable(parts))


def _parts(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """All rows of a release's table, BLOCK of them at a time."""
    if name in OF_PATIENTS and revision >= ROWS_OF_EARLIER:
        yield from _of_patients(connection, name, release_id, revision)
        return
    yield from _written(connection, name, release_id, revision)


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


def _of_patients(connection: Connection, name: str, release_id: str, revision: str) -> Iterator[list[Row]]:
    """The rows of a table of `OF_PATIENTS`, BLOCK of them at a time, read for some patients at a time."""
    query = _of_some(name, release_id, content_columns(name, revision))
    waiting: list[Row] = []
    for some in _parts_of_patients(connection, release_id):
        waiting += _fetched(connection, query, some)
        for _ in range(len(waiting) // BLOCK):
            yield waiting[:BLOCK]
            waiting = waiting[BLOCK:]
    if waiting:
        yield waiting


def _of_some(name: str, release_id: str, columns: Any) -> Any:
    """The query for the rows of the patients from `begin` to `end`."""
    return rows_query(name, release_id, columns).where(
        subjects.c.row_number >= bindparam("begin"), subjects.c.row_number < bindparam("end")
    )


def _parts_of_patients(connection: Connection, release_id: str) -> Iterator[dict[str, int]]:
    for first in range(0, count_of(connection, subjects.name, release_id), PATIENTS_AT_ONCE):
        yield {"begin": first, "end": first + PATIENTS_AT_ONCE}


def _fetched(connection: Connection, query: Any, some: Mapping[str, int]) -> list[Row]:
    cursor = connection.execute(query, dict(some)).cursor
    assert cursor is not None
    return list(cursor.fetchall())
