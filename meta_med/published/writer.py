"""Publishing a release, rolling back to an earlier one, and lifting a hold, each in one transaction.

After an interruption at any point, the store holds the old release or the new one, complete.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from meta_med.published.administration.prune import prune
from meta_med.published.checks import seals
from meta_med.published.content.carried import Saved
from meta_med.published.content.release_content import Content
from meta_med.published.content.stored_hash import stored_sha256
from meta_med.published.engine import BUSY_SECONDS, analyse, vacuum, writing
from meta_med.published.errors import NoHold, NothingToRollBack, StoreUnreadable
from meta_med.published.holds import Hold, holds_of, refuse_held
from meta_med.published.release import Release
from meta_med.published.rows import ReleaseAction, append_action, promoted_releases
from meta_med.published.store_tables import head, releases
from meta_med.published.tables import REVISION
from meta_med.published.writing.staging import stage_rows

KEEP_RELEASES = 10


@dataclass(frozen=True)
class Publication:
    """The release that is served after a call.

    Attributes:
        release_id: the release.
        sequence: the journal's number of the action that made it the head.
        changed: False where it was served already.
        withdrawn: the release that a rollback took back.

    """

    release_id: str
    sequence: int
    changed: bool
    withdrawn: str | None = None


def publish(
    url: str,
    release: Release,
    now: datetime,
    *,
    actor: str = "meta-med",
    keep: int = KEEP_RELEASES,
    keep_since: datetime | None = None,
    before: Saved | None = None,
    folder: Path | None = None,
    busy_seconds: float = BUSY_SECONDS,
) -> Publication:
    """Store the release's rows and make it the study's head; a no-op where it is the head already.

    Args:
        url: of the store.
        release: the release.
        now: the time, with a time zone.
        actor: who publishes, for the journal.
        keep: number of the study's newest releases that are kept for `rollback`.
        keep_since: releases published at this time or later are kept too.
        before: the release before, whose rows may be taken over; the content is the same without it.
        folder: where the release's patients are saved, to be `before` of the next one.
        busy_seconds: how long to wait for another writer.

    Raises:
        ReleaseInvalid: the release does not fit the published tables.
        ReleaseWithdrawn: it was taken back, or repeats the delivery or model of one that was.
        EarlierRowsLost: the release has `kept` patients whose rows the store does not hold.
        StoreError: the store cannot be written; nothing was changed.

    """
    content, at = release.content, _utc_text(now)
    promotion = ReleaseAction(release.study, release.release_id, "promote", at, actor)
    with writing(url, busy_seconds) as connection:
        current = _head_of(connection, release.study)
        if current is not None and current.release_id == release.release_id:
            return current
        refuse_held(connection, release.study, release.manifest, release.release_id)
        if not _is_stored(connection, release.release_id):
            staged = ReleaseAction(release.study, release.release_id, "stage", at, actor)
            _stage(connection, release, content, staged, before)
        elif stored_sha256(connection, release.release_id) != content.sha256:
            raise StoreUnreadable("The store holds other rows of this release. Nothing was published.")
        if folder is not None:  # before the commit: after it no run would do it again
            content.saved(release.release_id).save(folder)
        published = _point(connection, promotion)
        prune(connection, release.study, keep, keep_since, at, actor)
    vacuum(url)
    return published


def rollback(
    url: str, study: str, now: datetime, *, actor: str = "meta-med", busy_seconds: float = BUSY_SECONDS
) -> Publication:
    """Make the previously served release the head again, and hold the one that was served until `lift`.

    Raises:
        NothingToRollBack: the study has no earlier release in the store that was not taken back.

    """
    at = _utc_text(now)
    with writing(url, busy_seconds) as connection:
        before, held = promoted_releases(connection, study), holds_of(connection, study)
        earlier = [r for r in before if r not in {before[-1], *held} and _is_stored(connection, r)]
        if not earlier:
            raise NothingToRollBack(
                f"Study {study!r} has no earlier release in the store; nothing was changed."
            )
        done = _point(connection, ReleaseAction(study, earlier[-1], "rollback", at, actor))
        return replace(done, withdrawn=before[-1])


def lift(
    url: str, study: str, now: datetime, *, actor: str, busy_seconds: float = BUSY_SECONDS
) -> tuple[Hold, ...]:
    """Lift the study's holds: what was withdrawn may be published again, by the next run.

    Args:
        url: of the store.
        study: its name.
        now: the time, with a time zone.
        actor: who lifts them and why, for the journal.
        busy_seconds: how long to wait for another writer.

    Returns:
        The holds that were lifted.

    Raises:
        NoHold: there is none.

    """
    at = _utc_text(now)
    with writing(url, busy_seconds) as connection:
        lifted = tuple(holds_of(connection, study).values())
        if not lifted:
            raise NoHold(f"No release of study {study!r} is withdrawn; nothing was changed.")
        for hold in lifted:
            append_action(connection, ReleaseAction(study, hold.release_id, "lift", at, actor))
    return lifted


def _utc_text(now: datetime) -> str:
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone, e.g. datetime.now(UTC).")
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _head_of(connection: Connection, study: str) -> Publication | None:
    query = select(head.c.release_id, head.c.sequence).where(head.c.study == study)
    row = connection.execute(query).one_or_none()
    return None if row is None else Publication(row.release_id, row.sequence, changed=False)


def _is_stored(connection: Connection, release_id: str) -> bool:
    query = select(releases.c.release_id).where(releases.c.release_id == release_id)
    return connection.execute(query).one_or_none() is not None


def _stage(
    connection: Connection, release: Release, content: Content, action: ReleaseAction, before: Saved | None
) -> None:
    stage_rows(connection, release.release_id, content, before)
    connection.execute(
        insert(releases).values(
            release_id=release.release_id,
            study=release.study,
            manifest=release.manifest_text,
            content_sha256=content.sha256,
            staged_at=action.at,
            revision=REVISION,
        )
    )
    seals.write(connection, release.release_id, content)
    append_action(connection, action)
    analyse(connection)


def _point(connection: Connection, action: ReleaseAction) -> Publication:
    sequence = append_action(connection, action)
    connection.execute(delete(head).where(head.c.study == action.study))
    connection.execute(
        insert(head).values(study=action.study, release_id=action.release_id, sequence=sequence)
    )
    return Publication(action.release_id, sequence, changed=True)
