"""Model versions of a study and their states, from the journal that the pipeline keeps beside their files.

Read-only: nothing is made or upgraded here, and a journal that cannot be read holds nothing.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

STALE_AFTER_DAYS = 92
"""A model that was trained longer ago is called stale: a weekly training has not replaced it for a quarter."""


@dataclass(frozen=True)
class ModelState:
    """A version as its first and its latest entry tell it.

    Attributes:
        version: its name.
        trained: when its first entry was made; since: its latest one.
        state: of the latest entry (candidate, champion, retired, refused or removed), with who gave it and why.

    """

    version: str
    trained: str
    state: str
    since: str
    who: str
    why: str


def journal_path(models: Path) -> Path:
    """The journal in a folder of model versions."""
    return models / "journal.sqlite"


def model_states(models: Path, study: str) -> list[ModelState]:
    """The versions of a study, the newest first; none where the journal cannot be read."""
    path = journal_path(models)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "SELECT version, at, state, who, why FROM entry WHERE study = ? ORDER BY id", (study,)
            ).fetchall()
    except sqlite3.Error:
        return []
    first = {version: at for version, at, *_ in reversed(rows)}
    latest = {version: rest for version, *rest in rows}
    return [
        ModelState(version, first[version], state, since, who, why)
        for version, (since, state, who, why) in reversed(latest.items())
    ]
