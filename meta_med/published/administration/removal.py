"""Removing the rows of a release; those that another release of the store has too stay."""

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, exists, select

from meta_med.published.store_tables import REST, releases, seals
from meta_med.published.tables import CONTENT, OF_PATIENTS, subjects


def delete_rows(connection: Connection, release_id: str) -> None:
    """Delete the rows of a release that no other one has."""
    for rows_in, patients in list(_only_here(connection, release_id)):
        _delete_patients(connection, rows_in, patients)
    for name, table in CONTENT.items():
        if name not in OF_PATIENTS:
            connection.execute(table.delete().where(table.c.release_id == release_id))
    connection.execute(seals.delete().where(seals.c.release_id == release_id, seals.c.part == REST))


def _only_here(connection: Connection, release_id: str) -> Iterator[tuple[str, list[str] | None]]:
    """By the release that wrote them, the patients whose rows only this release has; None where it has all of them."""
    others = select(releases.c.release_id).where(releases.c.release_id != release_id)
    kept = connection.execute(others).scalars().all()
    own = subjects.c.release_id == release_id
    for rows_in in connection.execute(select(subjects.c.rows_in).where(own).distinct()).scalars().all():
        elsewhere = select(subjects.c.rows_in).where(
            subjects.c.release_id.in_(kept), subjects.c.rows_in == rows_in
        )
        if connection.execute(elsewhere.limit(1)).first() is None:
            yield rows_in, None
            continue
        other = subjects.alias()
        also = exists().where(
            other.c.release_id.in_(kept),
            other.c.subject_id == subjects.c.subject_id,
            other.c.rows_in == rows_in,
        )
        alone = select(subjects.c.subject_id).where(own, subjects.c.rows_in == rows_in, ~also)
        yield rows_in, list(connection.execute(alone).scalars())


def _delete_patients(connection: Connection, rows_in: str, patients: list[str] | None) -> None:
    for table, column in (*((t, t.c.subject_id) for t in OF_PATIENTS.values()), (seals, seals.c.part)):
        written = table.delete().where(table.c.release_id == rows_in)
        if patients is None:
            connection.execute(written.where(column != REST))
        elif patients:
            each = [{"patient": patient} for patient in patients]
            connection.execute(written.where(column == bindparam("patient")), each)
