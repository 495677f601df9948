"""The quarantine's SQLite file: its tables and its transactions. Only the owner can read it.

It uses `sqlite3` instead of SQLAlchemy, because it runs only on SQLite and needs what SQLAlchemy would pass on as text
(a view, triggers, WITHOUT ROWID, json_each, BEGIN IMMEDIATE, secure_delete). Each row is stored once, however many
deliveries contain it.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data_contracts.atomic_write import OWNER_ONLY_FOLDER, make_private
from data_contracts.errors import QuarantineBusyError, QuarantineDamagedError, QuarantineUnreachableError

VERSION = 1
"""Version of the tables, stored in `user_version`."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS batch (          -- one validated delivery of a study
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    study TEXT NOT NULL,
    name TEXT NOT NULL,                     -- the run's fingerprint
    at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    contract TEXT NOT NULL,
    contract_version TEXT NOT NULL,
    contract_sha256 TEXT NOT NULL,
    rows_in INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    decisions_upto INTEGER NOT NULL,        -- decisions up to this one were in force when it was validated
    UNIQUE (study, name)
);
CREATE TABLE IF NOT EXISTS file (           -- what a batch was read from
    id INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    kept_whole TEXT NOT NULL DEFAULT '',    -- the code, where the file itself is kept and not its rows
    UNIQUE (batch, source, name)
);
CREATE TABLE IF NOT EXISTS sheet (          -- how the rows of a table are written
    id INTEGER PRIMARY KEY,
    study TEXT NOT NULL,
    source TEXT NOT NULL,
    form TEXT NOT NULL,
    header TEXT NOT NULL,                   -- JSON
    delimiter TEXT NOT NULL,
    identity TEXT NOT NULL,                 -- JSON: columns of the subject, the time and the cohort
    UNIQUE (study, source, form, header, delimiter)
);
CREATE TABLE IF NOT EXISTS held_row (
    id INTEGER PRIMARY KEY,
    sheet INTEGER NOT NULL REFERENCES sheet,
    digest BLOB NOT NULL,
    raw BLOB NOT NULL,                      -- the bytes as they were delivered; JSON of a Parquet row's values
    UNIQUE (sheet, digest)
);
CREATE TABLE IF NOT EXISTS reason (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    code TEXT NOT NULL,
    "column" TEXT NOT NULL,
    releasable INTEGER NOT NULL,
    UNIQUE (rule, code, "column", releasable)
);
CREATE TABLE IF NOT EXISTS held (           -- a row in a batch, once per reason
    batch INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    row INTEGER NOT NULL REFERENCES held_row,
    file INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    line INTEGER NOT NULL,
    reason INTEGER NOT NULL REFERENCES reason,
    PRIMARY KEY (batch, row, file, line, reason)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held_of_row ON held (row);
CREATE TABLE IF NOT EXISTS decision (       -- what a person decided about a row; the latest counts
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    row INTEGER NOT NULL REFERENCES held_row,
    kind TEXT NOT NULL CHECK (kind IN ('fixed', 'confirmed', 'discarded')),
    changes TEXT NOT NULL,                  -- JSON: column -> its corrected text
    rules TEXT NOT NULL,                    -- JSON: rules that a confirmed row need not keep
    entry INTEGER NOT NULL REFERENCES journal
);
CREATE INDEX IF NOT EXISTS decision_of_row ON decision (row);
CREATE TABLE IF NOT EXISTS journal (        -- who did what, when and why; counts and row numbers, never a value
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    account TEXT NOT NULL,                  -- of the operating system
    action TEXT NOT NULL,
    study TEXT NOT NULL,
    why TEXT NOT NULL,
    what TEXT NOT NULL                      -- JSON
);
CREATE TRIGGER IF NOT EXISTS journal_is_not_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS journal_is_not_shortened BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_not_changed BEFORE UPDATE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is followed by another, not changed'); END;
CREATE TRIGGER IF NOT EXISTS decisions_are_not_removed BEFORE DELETE ON decision
    BEGIN SELECT RAISE(ABORT, 'a decision is followed by another, not removed'); END;
CREATE VIEW IF NOT EXISTS row_state AS      -- a released row that is held once more, for its own sake, is held again
SELECT held_row.id AS row, decision.id AS decision, decision.kind, decision.entry,
    CASE
        WHEN decision.id IS NULL THEN 'held'
        WHEN decision.kind = 'discarded' THEN 'discarded'
        WHEN EXISTS (
            SELECT 1 FROM held
            JOIN batch ON batch.seq = held.batch
            JOIN reason ON reason.id = held.reason
            WHERE held.row = held_row.id AND batch.decisions_upto >= decision.id AND reason.code NOT LIKE 'E%'
        ) THEN 'held'
        ELSE 'released'
    END AS status
FROM held_row
LEFT JOIN decision ON decision.id = (SELECT max(id) FROM decision WHERE decision.row = held_row.id);
"""

WAIT_SECONDS = 30.0
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_UNREACHABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
    sqlite3.SQLITE_PERM: "this account has no permission",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened: check its folder, its permissions and the length of its path",
    sqlite3.SQLITE_IOERR: "the disk refused to read or write: full, over a quota or a limit, or defective",
}


@dataclass(frozen=True)
class Ledger:
    """The folder `<home>/quarantine`: `ledger.sqlite`, and `files/` with files that are kept as a whole."""

    folder: Path

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self.folder / "ledger.sqlite"

    @property
    def files(self) -> Path:
        """The folder of whole files, named by their SHA-256."""
        return self.folder / "files"

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.is_file()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read transaction with a consistent view."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """An exclusive write transaction: it happens completely or not at all.

        Raises `QuarantineBusyError` if another writer does not finish within 30 seconds.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection; an open transaction is rolled back when it is closed after an error."""
        try:
            self.make_folders()
            # create the file with its permissions first; SQLite gives its journal files the same
            make_private(self.path)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            raise QuarantineUnreachableError(str(self.folder), reason) from None
        try:
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
            try:
                _set_up(connection)
                yield connection
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            raise self._as_quarantine_error(error) from None

    def _as_quarantine_error(self, error: sqlite3.DatabaseError) -> Exception:
        """The error for the person who must act; an error that is a defect of the program is returned unchanged."""
        code = error.sqlite_errorcode & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return QuarantineBusyError()
        if code in _DAMAGED:
            return QuarantineDamagedError(error.sqlite_errorname)
        reason = _UNREACHABLE.get(code)
        return QuarantineUnreachableError(str(self.folder), reason) if reason else error

    def make_folders(self) -> None:
        """Create the folders so that only the owner can read them."""
        for folder in (self.folder, self.files):
            folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)


def remove_kept(ledger: Ledger, names: Iterable[str]) -> None:
    """Remove whole files or folders of parts; call it in a write transaction, so that none is being added."""
    for name in names:
        kept = ledger.files / name
        if kept.is_dir():
            shutil.rmtree(kept)
        else:
            kept.unlink(missing_ok=True)


def _set_up(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # temporary tables contain patients' rows and must not be written to another folder
    connection.execute("PRAGMA temp_store = MEMORY")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    elif version != VERSION:
        raise QuarantineDamagedError(f"it has version {version}, this program reads version {VERSION}")
