"""Seals: a hash of each patient's rows of a release, and one of its other rows, so that what is read can be checked.

The hash of a whole release takes minutes where it has a million patients; a page shows twenty-five of them. A row that
is changed, missing, added or at another place among its patient's rows gives another seal (`patient_hashes`). Like the
hash of the release, seals stand in the same database: they find what was changed by mistake, not whoever also changes
the seals.
"""

from collections.abc import Collection

import numpy as np
import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, and_, select

from meta_med.cohorts.columns.text_places import places_among
from meta_med.published.content.columns import block_of
from meta_med.published.content.patient_hashes import BY, Hashes, other_sum, patient_sums
from meta_med.published.content.release_content import Content, schema_of
from meta_med.published.rows import insert_many, rows_query
from meta_med.published.store_tables import REST, releases, seals
from meta_med.published.tables import CONTENT, content_tables, subjects

AT_ONCE = 512
"""Patients whose rows are read with one query."""


def write(connection: Connection, release_id: str, content: Content) -> None:
    """Keep the seals of a release whose rows are in the store; patients of an earlier release have theirs already.

    Args:
        connection: of the transaction.
        release_id: the release; content: its rows.

    """
    query = (
        select(subjects.c.subject_id, subjects.c.rows_in)
        .select_from(subjects.outerjoin(seals, _of_patient()))
        .where(subjects.c.release_id == release_id, seals.c.part.is_(None))
    )
    written = connection.execute(query).all()
    parts, rows_in = ([row[i] for row in written] for i in range(2))
    place = places_among(pa.array(parts, type=pa.large_string()), content.patients)
    sums = np.r_[content.seals[place], other_sum(content.tables)]
    insert_many(connection, seals, [[*rows_in, release_id], [*parts, REST], _signed(sums)])


def are_kept(connection: Connection, release_id: str) -> bool:
    """Whether the release was published with seals; older ones were not."""
    query = select(seals.c.part).where(seals.c.release_id == release_id, seals.c.part == REST)
    return connection.execute(query).first() is not None


def patients_fit(connection: Connection, release_id: str, subject_ids: Collection[str]) -> bool:
    """Whether all rows of these patients are those that were published; True where there are no seals."""
    patients = pa.array(sorted(set(subject_ids)), type=pa.large_string())
    sums = stored_sums(connection, release_id, patients, _revision(connection, release_id))
    found = dict(zip(patients.to_pylist(), _signed(sums), strict=True))
    query = select(seals.c.part, seals.c.seal).select_from(subjects.join(seals, _of_patient()))
    own = query.where(subjects.c.release_id == release_id, subjects.c.subject_id.in_(subject_ids))
    kept = dict(connection.execute(own).tuples().all())
    return kept == found or not are_kept(connection, release_id)


def rest_fits(connection: Connection, release_id: str) -> bool:
    """Whether all rows that are of no single patient are those that were published; True where there are no seals."""
    found = _signed(stored_rest(connection, release_id, _revision(connection, release_id)))
    query = select(seals.c.seal).where(seals.c.release_id == release_id, seals.c.part == REST)
    return connection.execute(query).scalars().all() in ([], found)


def _of_patient() -> ColumnElement[bool]:
    """Whether a seal is that of the rows of a patient of `subjects`."""
    return and_(seals.c.release_id == subjects.c.rows_in, seals.c.part == subjects.c.subject_id)


def stored_sums(connection: Connection, release_id: str, patients: pa.Array, revision: str) -> Hashes:
    """(P,) the seals of these patients' rows as the store returns them, over the columns of a revision."""
    parts = (patients.slice(start, AT_ONCE) for start in range(0, len(patients), AT_ONCE))
    sums = [patient_sums(_stored(connection, release_id, part.to_pylist(), revision), part) for part in parts]
    return np.concatenate([np.zeros(0, dtype=np.uint64), *sums])


def stored_rest(connection: Connection, release_id: str, revision: str) -> Hashes:
    """(1,) the seal of all rows that are of no single patient, as the store returns them."""
    return other_sum(_stored(connection, release_id, None, revision))


def _revision(connection: Connection, release_id: str) -> str:
    query = select(releases.c.revision).where(releases.c.release_id == release_id)
    return str(connection.execute(query).scalar_one())


def _stored(
    connection: Connection, release_id: str, subject_ids: Collection[str] | None, revision: str
) -> dict[str, pa.Table]:
    """The rows of these patients, or of no single patient, over the columns of a revision."""
    found = {}
    for name in content_tables(revision):
        if (BY in CONTENT[name].columns) == (subject_ids is not None):
            schema = schema_of(name, revision)
            # the driver's own rows: those of SQLAlchemy cost as much again
            cursor = connection.execute(rows_query(name, release_id, schema.names, subject_ids)).cursor
            assert cursor is not None
            rows = list(cursor.fetchall())
            if rows:
                found[name] = pa.Table.from_batches([block_of(rows, schema)])
    return found


def _signed(sums: Hashes) -> list[int]:
    """As whole numbers that databases store."""
    return list(sums.view(np.int64).tolist())
