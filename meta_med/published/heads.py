"""The release that each study serves now. Loads no data frames, because it is read at the start of everything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from meta_med.published.engine import reading
from meta_med.published.store_tables import head as head_table
from meta_med.published.store_tables import journal, releases


@dataclass(frozen=True)
class CurrentRelease:
    """The release a study serves now.

    Attributes:
        study: the study's name.
        release_id: the release.
        sequence: the journal's number of the action that made it the head; newer is larger.
        published_at: when its rows were first published (UTC); pages show its age.
        served_since: when it became the head; later than `published_at` after a rollback.
        restored: whether it is the head because of a rollback.
        manifest: the release's facts.

    """

    study: str
    release_id: str
    sequence: int
    published_at: datetime
    served_since: datetime
    restored: bool
    manifest: Mapping[str, Any]


def studies(url: str) -> tuple[str, ...]:
    """Names of the studies that have a release, sorted."""
    with reading(url) as connection:
        if connection is None:
            return ()
        return tuple(connection.execute(select(head_table.c.study).order_by(head_table.c.study)).scalars())


def head(url: str, study: str) -> CurrentRelease | None:
    """The release that the study serves; None where nothing was published yet."""
    query = (
        select(head_table, releases.c.manifest, releases.c.staged_at, journal.c.at, journal.c.action)
        .join(releases, releases.c.release_id == head_table.c.release_id)
        .join(journal, journal.c.sequence == head_table.c.sequence)
        .where(head_table.c.study == study)
    )
    with reading(url) as connection:
        row = None if connection is None else connection.execute(query).one_or_none()
    if row is None:
        return None
    return CurrentRelease(
        study=row.study,
        release_id=row.release_id,
        sequence=row.sequence,
        published_at=datetime.fromisoformat(row.staged_at),
        served_since=datetime.fromisoformat(row.at),
        restored=row.action == "rollback",
        manifest=json.loads(row.manifest),
    )
