"""Removing old releases from a store: which may go, how large they are, and the removal, which the journal keeps."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text

from meta_med.published.administration.removal import delete_rows
from meta_med.published.engine import BUSY_SECONDS, reading, writing
from meta_med.published.holds import holds_of
from meta_med.published.rows import ReleaseAction, append_action, promoted_releases
from meta_med.published.store_tables import head, releases
from meta_med.published.tables import CONTENT


@dataclass(frozen=True)
class OldRelease:
    """A release that may be removed.

    Attributes:
        release_id: the release.
        staged_at: when it was published first (UTC, ISO 8601).
        rows: number of the rows that it wrote; those that later releases have too stay.
        bytes: about how much room they take.

    """

    release_id: str
    staged_at: str
    rows: int
    bytes: int


def old_releases(url: str, study: str, keep: int, since: datetime | None = None) -> tuple[OldRelease, ...]:
    """The releases of a study that `prune_releases` would remove, the oldest first."""
    with reading(url) as connection:
        if connection is None:
            return ()
        found = removable(connection, study, keep, since)
        each = _bytes_of_a_row(connection) if found else 0.0
        sizes = [_row_count(connection, release_id) for release_id, _ in found]
        return tuple(
            OldRelease(release_id, at, size, round(size * each))
            for (release_id, at), size in zip(found, sizes, strict=True)
        )


def models_named(url: str, study: str, without: Collection[str] = ()) -> set[str]:
    """The model versions that the study's releases name; those of `without` left out."""
    query = select(releases.c.release_id, releases.c.manifest).where(releases.c.study == study)
    with reading(url) as connection:
        found = () if connection is None else connection.execute(query).all()
    return {
        str(json.loads(manifest).get("model")) for release_id, manifest in found if release_id not in without
    }


def prune_release(
    url: str,
    study: str,
    release_id: str,
    now: datetime,
    *,
    keep: int,
    actor: str,
    busy_seconds: float = BUSY_SECONDS,
) -> bool:
    """Remove an old release in one transaction, with an entry of the journal; whether it could go.

    Args:
        url: of the store.
        study: its name.
        release_id: the release.
        now: the time, with a time zone.
        keep: number of the newest releases that stay, of those that were served and not taken back.
        actor: who removes it and why, for the journal.
        busy_seconds: how long to wait for another writer.

    Raises:
        StoreError: the store cannot be written; nothing was changed.

    """
    with writing(url, busy_seconds) as connection:
        may_go = release_id in {found for found, _ in removable(connection, study, keep)}
        if may_go:
            _remove(connection, study, release_id, now.isoformat(timespec="seconds"), actor)
    return may_go


def prune(connection: Connection, study: str, keep: int, since: datetime | None, at: str, actor: str) -> None:
    """Remove a study's old releases, in a transaction of the caller."""
    for release_id, _ in removable(connection, study, keep, since):
        _remove(connection, study, release_id, at, actor)


def _remove(connection: Connection, study: str, release_id: str, at: str, actor: str) -> None:
    delete_rows(connection, release_id)
    connection.execute(delete(releases).where(releases.c.release_id == release_id))
    append_action(connection, ReleaseAction(study, release_id, "prune", at, actor))


def removable(
    connection: Connection, study: str, keep: int, since: datetime | None = None
) -> list[tuple[str, str]]:
    """Release and time of those that may go: not the served one, nor withdrawn ones, which a lifted hold may need."""
    newest = list(dict.fromkeys(reversed(promoted_releases(connection, study))))[: max(keep, 1)]
    served = connection.execute(select(head.c.release_id).where(head.c.study == study)).scalars().all()
    needed = {*newest, *served, *holds_of(connection, study)}
    query = select(releases.c.release_id, releases.c.staged_at).where(releases.c.study == study)
    found = connection.execute(query.order_by(releases.c.staged_at, releases.c.release_id))
    return [
        (release_id, at)
        for release_id, at in found
        if release_id not in needed and (since is None or datetime.fromisoformat(at) < since)
    ]


def _row_count(connection: Connection, release_id: str | None = None) -> int:
    """Number of a release's rows, or of all releases'."""
    total = 0
    for table in CONTENT.values():
        query = select(func.count()).select_from(table)
        own = query if release_id is None else query.where(table.c.release_id == release_id)
        total += int(connection.execute(own).scalar_one())
    return total


def _bytes_of_a_row(connection: Connection) -> float:
    """The size of the store, with its indexes, by the number of its rows."""
    size = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if connection.dialect.name == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    return float(connection.execute(text(size)).scalar_one()) / max(_row_count(connection), 1)
