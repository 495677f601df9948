"""Withdrawn releases: what a rollback took back is not published again until a person lifts the hold.

A hold is no row of its own: the journal says which releases were taken back, and which holds were lifted. It covers the
withdrawn release, and every other one that would repeat what may have been wrong with it: its delivery, or its model,
unless the release that is served now has the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from meta_med.published.engine import reading
from meta_med.published.errors import ReleaseWithdrawn
from meta_med.published.store_tables import head, journal, releases

CAUSES: Mapping[str, tuple[str, ...]] = {
    "has the same delivery": ("data_sha256", "corrections_sha256"),
    "is made with the same model version": ("model",),
    "is made of the same delivery, model, study and code": ("fingerprint", "model"),
}
"""What a release may repeat of a withdrawn one -> the facts of its manifest that say so."""


@dataclass(frozen=True)
class Hold:
    """A release that was taken back.

    Attributes:
        release_id: the release.
        since: when (UTC, ISO 8601).
        actor: who took it back.
        manifest: the release's facts.

    """

    release_id: str
    since: str
    actor: str
    manifest: Mapping[str, Any] = field(default_factory=dict)

    def repeated_by(self, wanted: Mapping[str, Any], served: Mapping[str, Any]) -> str | None:
        """What a release with the facts `wanted` repeats of this one, and the served one does not; None if nothing."""
        for told, names in CAUSES.items():
            own, new, now = (
                {name: facts.get(name) for name in names} for facts in (self.manifest, wanted, served)
            )
            if own == new and own != now and any(own.values()):
                return told
        return None


def holds(url: str, study: str) -> tuple[Hold, ...]:
    """The study's withdrawn releases, the earliest withdrawn first."""
    with reading(url) as connection:
        return () if connection is None else tuple(holds_of(connection, study).values())


def holds_of(connection: Connection, study: str) -> dict[str, Hold]:
    """The withdrawn releases by id: taken back, and neither served again nor lifted since."""
    query = select(journal.c.action, journal.c.release_id, journal.c.at, journal.c.actor)
    taken: dict[str, Hold] = {}
    served: str | None = None
    for action, release_id, at, actor in connection.execute(
        query.where(journal.c.study == study).order_by(journal.c.sequence)
    ):
        if action == "rollback" and served is not None:
            taken[served] = Hold(served, at, actor)
        if action not in {"stage", "prune"}:
            taken.pop(release_id, None)
        if action in {"promote", "rollback"}:
            served = release_id
    return {name: _with_facts(connection, hold) for name, hold in taken.items()}


def require_not_held(url: str, study: str, wanted: Mapping[str, Any]) -> None:
    """Check, before anything is computed, that a release with these facts may be published.

    Raises:
        ReleaseWithdrawn: it repeats what a withdrawn release may be withdrawn for.

    """
    with reading(url) as connection:
        if connection is not None:
            refuse_held(connection, study, wanted)


def refuse_held(
    connection: Connection, study: str, wanted: Mapping[str, Any], release_id: str | None = None
) -> None:
    """Raise `ReleaseWithdrawn` where the release of this id or with these facts is held."""
    taken = holds_of(connection, study)
    served = _served_facts(connection, study) if taken else {}
    for hold in taken.values():
        told = "is that one" if hold.release_id == release_id else hold.repeated_by(wanted, served)
        if told is not None:
            raise ReleaseWithdrawn(
                f'E_WITHDRAWN: release {hold.release_id} of study "{study}" was taken back on {hold.since} by '
                f"{hold.actor}, and the one to be published {told}. Nothing was published; the release before is still "
                "served. Deliver corrected files, promote another model (meta-med models promote), or, where the "
                f"release was right, lift the hold: meta-med rollback --study {study} --lift --by NAME --why TEXT."
            )


def _with_facts(connection: Connection, hold: Hold) -> Hold:
    return Hold(hold.release_id, hold.since, hold.actor, _facts_of(connection, hold.release_id))


def _served_facts(connection: Connection, study: str) -> Mapping[str, Any]:
    query = select(head.c.release_id).where(head.c.study == study)
    return _facts_of(connection, str(connection.execute(query).scalar_one_or_none()))


def _facts_of(connection: Connection, release_id: str) -> Mapping[str, Any]:
    """The manifest of a release; empty where the store no longer holds it."""
    query = select(releases.c.manifest).where(releases.c.release_id == release_id)
    text = connection.execute(query).scalar_one_or_none()
    return {} if text is None else dict(json.loads(text))
