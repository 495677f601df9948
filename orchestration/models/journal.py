"""The journal of model versions: which state each version was given, by whom, when, why and on which evidence.

One SQLite file, which is only added to. A version's state is that of its latest entry; at most one version of a study
is the champion, because the entry that makes one also retires the one before, in the same transaction.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from data_contracts.atomic_write import OWNER_ONLY_FOLDER, make_private
from meta_med.published.notes.model_states import journal_path
from orchestration.errors import PublishedStoreError, StoreBusyError

State = Literal["candidate", "champion", "retired", "refused", "removed"]
CANDIDATE: Final = "candidate"
CHAMPION: Final = "champion"
RETIRED: Final = "retired"
REFUSED: Final = "refused"
REMOVED: Final = "removed"
"""Its files are gone; its entries stay."""
PROGRAM = "meta-med"
"""In place of a person's name, where the program decides by its evidence."""
SCHEMA_VERSION = 2
"""2: a version can be removed."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    study TEXT NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('candidate', 'champion', 'retired', 'refused', 'removed')),
    who TEXT NOT NULL,
    account TEXT NOT NULL,                  -- of the operating system
    why TEXT NOT NULL,
    evidence TEXT NOT NULL                  -- JSON: aggregates, never a patient's value
);
CREATE INDEX IF NOT EXISTS entry_of_version ON entry (study, version);
CREATE TRIGGER IF NOT EXISTS entries_are_not_changed BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS entries_are_not_removed BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
"""
FROM_VERSION_1 = f"""
DROP INDEX entry_of_version;
ALTER TABLE entry RENAME TO entry_1;
DROP TRIGGER entries_are_not_changed;
DROP TRIGGER entries_are_not_removed;
{SCHEMA}
INSERT INTO entry SELECT * FROM entry_1;
DROP TABLE entry_1;
"""  # noqa: S608
WAIT_SECONDS = 30.0
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True)
class Signature:
    """Who gives a version a state, when and why; `account` is that of the operating system."""

    who: str
    why: str
    account: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """One entry of the journal."""

    number: int
    at: str
    study: str
    version: str
    state: State
    who: str
    account: str
    why: str
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def by_a_person(self) -> bool:
        """Whether a person decided, not the program."""
        return self.who != PROGRAM


@dataclass(frozen=True)
class ModelJournal:
    """The journal in a folder of model versions."""

    folder: Path

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return journal_path(self.folder)

    def entries(self, study: str | None = None, version: str | None = None) -> list[Entry]:
        """The entries of a study or a version, oldest first."""
        if not self.path.is_file():
            return []
        wanted = {"study": study, "version": version}
        given = {name: value for name, value in wanted.items() if value is not None}
        where = " AND ".join(f"{name} = :{name}" for name in given) or "1"
        with self._connected() as connection:
            # `where` holds names of columns only
            found = connection.execute(f"SELECT * FROM entry WHERE {where} ORDER BY id", given).fetchall()  # noqa: S608
        return [_entry(row) for row in found]

    def latest(self, study: str | None = None) -> dict[tuple[str, str], Entry]:
        """(study, version) -> its latest entry; the versions in the order of their first one."""
        return {(entry.study, entry.version): entry for entry in self.entries(study)}

    def decided(self, study: str, version: str) -> Entry | None:
        """The latest entry about a version that is not its removal."""
        return next((e for e in reversed(self.entries(study, version)) if e.state != REMOVED), None)

    def remove(self, entry: Entry, by: Signature) -> bool:
        """Record that a version's files are removed, unless there is news about it since `entry`; whether it was."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            query = "SELECT max(id) FROM entry WHERE study = ? AND version = ?"
            newest = connection.execute(query, (entry.study, entry.version)).fetchone()[0]
            if newest == entry.number:
                _add(connection, entry.study, entry.version, REMOVED, by, {})
            connection.execute("COMMIT")
        return bool(newest == entry.number)

    def champion(self, study: str) -> Entry | None:
        """The entry that made the study's champion; None where there is none."""
        return next((e for e in self.latest(study).values() if e.state == CHAMPION), None)

    def record(
        self, study: str, version: str, state: State, by: Signature, evidence: Mapping[str, Any] | None = None
    ) -> None:
        """Give a version a state; a new champion retires the one before in the same transaction."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            if state == CHAMPION:
                for other in _champions(connection, study):
                    why = f"Replaced by {version}."
                    _add(connection, study, other, RETIRED, Signature(PROGRAM, why, by.account, by.at), {})
            _add(connection, study, version, state, by, evidence or {})
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection; what was not committed is rolled back when it is closed."""
        try:
            self.folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
            make_private(self.path)
        except OSError as error:
            raise self._unusable(os.strerror(error.errno or 0)) from None
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                self._set_up(connection)
                yield connection
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            raise self._as_store_error(error) from None

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version in {0, 1}:
            self._upgrade(connection)
        elif version != SCHEMA_VERSION:
            raise PublishedStoreError(
                f"E_MODELS: the journal {self.path} has version {version}, this program knows {SCHEMA_VERSION}. "
                "Use the version of Meta-Med that wrote it."
            )

    def _upgrade(self, connection: sqlite3.Connection) -> None:
        """Make the tables of a new journal or of one of version 1, unless another program has just done so."""
        connection.execute("BEGIN IMMEDIATE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        script = {0: SCHEMA, 1: FROM_VERSION_1}.get(version)
        if script is not None:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")

    def _as_store_error(self, error: sqlite3.DatabaseError) -> Exception:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            return StoreBusyError(
                f"E_STORE_BUSY: the journal {self.path} is being written by another run. Try again in a minute."
            )
        if code in _DAMAGED:
            return PublishedStoreError(
                f"E_MODELS: the journal of model versions {self.path} is damaged; nothing was changed. Put back its "
                "backup. Without it no model is the champion, and the next run trains."
            )
        return self._unusable(error.sqlite_errorname if code else type(error).__name__)

    def _unusable(self, cause: str) -> PublishedStoreError:
        return PublishedStoreError(
            f"E_STORAGE: the journal of model versions {self.path} cannot be used: {cause}. Free space or fix its "
            "permissions, and run again."
        )


def _entry(row: tuple[Any, ...]) -> Entry:
    number, at, study, version, state, who, account, why, evidence = row
    return Entry(number, at, study, version, state, who, account, why, json.loads(evidence))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one, because `executescript` ends a transaction."""
    begun = ""
    for line in script.splitlines():
        begun += f"{line}\n"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""


def _champions(connection: sqlite3.Connection, study: str) -> list[str]:
    """The study's versions whose latest entry is that of a champion."""
    query = """
        SELECT version FROM entry AS one WHERE study = ? AND state = 'champion'
        AND id = (SELECT max(id) FROM entry WHERE study = one.study AND version = one.version)
    """
    return [row[0] for row in connection.execute(query, (study,))]


def _add(
    connection: sqlite3.Connection,
    study: str,
    version: str,
    state: State,
    by: Signature,
    evidence: Mapping[str, Any],
) -> None:
    connection.execute(
        "INSERT INTO entry (at, study, version, state, who, account, why, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            by.at.isoformat(timespec="seconds"), study, version, state, by.who, by.account, by.why,
            json.dumps(evidence, sort_keys=True),
        ),
    )  # fmt: skip
