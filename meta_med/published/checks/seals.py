"""Seals: a hash of each patient's rows of a release, and one of its other rows, so that what is read can be checked.

The hash of a whole release takes minutes where it has a million patients; a page shows twenty-five of them. A row that
is changed, missing, added or at another place among its patient's rows gives another seal (`patient_hashes`). Like the
hash of the release, seals stand in the same database: they find what was changed by mistake, not whoever also changes
the seals.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Select, func, select

from meta_med.published.checks.patient_hashes import BY, Hashes, other_sum, patient_sums
from meta_med.published.content.columns import block_of
from meta_med.published.content.release_content import schema_of
from meta_med.published.rows import insert_many
from meta_med.published.tables import CONTENT, content_tables, releases, seals
from meta_med.published.writing.staging import Carried

REST = ""
"""The part of a release that is of no single patient; any other part is a patient."""


def write(connection: Connection, release_id: str, tables: Mapping[str, pa.Table], carried: Carried) -> None:
    """Keep the seals of a release whose rows are in the store; those of unchanged patients are copied.

    Args:
        connection: of the transaction.
        release_id: the release; tables: its rows.
        carried: what it has in common with a release before.

    """
    if are_kept(connection, carried.release_id):
        _insert(connection, release_id, tables, carried.changed)
        _copy(connection, release_id, carried.release_id)
        count = select(func.count()).select_from(seals).where(seals.c.release_id == release_id)
        if connection.execute(count).scalar_one() == tables["subjects"].num_rows + 1:
            return
        connection.execute(seals.delete().where(seals.c.release_id == release_id))  # some were lost
    _insert(connection, release_id, tables, None)


def are_kept(connection: Connection, release_id: str) -> bool:
    """Whether the release was published with seals; older ones were not."""
    query = select(seals.c.part).where(seals.c.release_id == release_id, seals.c.part == REST)
    return connection.execute(query).first() is not None


def patients_fit(connection: Connection, release_id: str, subject_ids: Collection[str]) -> bool:
    """Whether all rows of these patients are those that were published; True where there are no seals."""
    patients, sums = patient_sums(_stored(connection, release_id, subject_ids))
    found = dict.fromkeys(subject_ids, 0) | dict(zip(patients, _signed(sums), strict=True))
    return _fit(connection, release_id, found)


def rest_fits(connection: Connection, release_id: str) -> bool:
    """Whether all rows that are of no single patient are those that were published; True where there are no seals."""
    found = other_sum(_stored(connection, release_id, None))
    return _fit(connection, release_id, {REST: _signed(found)[0]})


def _fit(connection: Connection, release_id: str, found: Mapping[str, int]) -> bool:
    query = select(seals.c.part, seals.c.seal).where(
        seals.c.release_id == release_id, seals.c.part.in_(found)
    )
    kept = {row.part: row.seal for row in connection.execute(query)}
    return kept == found or not are_kept(connection, release_id)


def _stored(
    connection: Connection, release_id: str, subject_ids: Collection[str] | None
) -> dict[str, pa.Table]:
    """The rows of these patients, or of no single patient, over the columns that the release was published with."""
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    revision = str(connection.execute(query).scalar_one())
    found = {}
    for name in content_tables(revision):
        if (BY in CONTENT[name].columns) == (subject_ids is not None):
            schema = schema_of(name, revision)
            rows = connection.execute(rows_query(name, release_id, schema.names, subject_ids)).all()
            if rows:
                found[name] = pa.Table.from_batches([block_of(rows, schema)])
    return found


def rows_query(
    name: str, release_id: str, columns: Iterable[str], subject_ids: Collection[str] | None
) -> Select[Any]:
    """The rows of a table of these patients, or all, in their order."""
    table = CONTENT[name]
    query = select(*(table.columns[column] for column in columns)).where(table.c.release_id == release_id)
    if subject_ids is None:
        return query.order_by(table.c.row_number)
    # "+ 0": in the order of a key, SQLite walks the whole release instead of asking the index on patients
    return query.where(table.c.subject_id.in_(subject_ids)).order_by(table.c.row_number + 0)


def _insert(
    connection: Connection, release_id: str, tables: Mapping[str, pa.Table], only: pa.Array | None
) -> None:
    patients, sums = patient_sums(tables, only)
    parts = zip([*patients, REST], _signed(np.r_[sums, other_sum(tables)]), strict=True)
    insert_many(connection, seals, [(release_id, part, seal) for part, seal in parts])


def _copy(connection: Connection, release_id: str, before: str) -> None:
    """The seals of patients who have none yet, from the release before."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    statement = (
        f"INSERT INTO seals (release_id, part, seal) SELECT {mark}, part, seal FROM seals AS old "  # noqa: S608
        f"WHERE old.release_id = {mark} AND EXISTS (SELECT 1 FROM subjects WHERE subjects.release_id = {mark} "
        "AND subjects.subject_id = old.part) ON CONFLICT DO NOTHING"
    )
    connection.exec_driver_sql(statement, (release_id, before, release_id))


def _signed(sums: Hashes) -> list[int]:
    """As whole numbers that databases store."""
    return list(sums.view(np.int64).tolist())
