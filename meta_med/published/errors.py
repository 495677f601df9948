"""Errors of the published store, by who has to act, and the translation of database drivers' errors into them.

No message holds a patient's value or id, or a password of the store's URL. A driver's text may quote a row ("COPY
records, line 3: ..."), so it is never passed on: the cause is looked up by the driver's error
code or, where a server refuses a connection without one, by phrases of PostgreSQL itself.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import URL


class StoreError(Exception):
    """Any failure of the published store; `code` is for machines, `retryable` whether a retry can succeed."""

    code = "E_STORE"
    retryable = False


class StoreBusy(StoreError):
    """Another writer is using the store: nothing was written, the call may be repeated."""

    code = "E_STORE_BUSY"
    retryable = True


class StoreUnreachable(StoreError):
    """The store cannot be opened or written: wrong URL, missing rights, disk full."""

    code = "E_STORE_UNREACHABLE"
    retryable = True


class StoreOutage(StoreUnreachable):
    """The server is away, restarts or has no free connection: it may be back in a minute, with nothing to be mended."""

    code = "E_STORE_OUTAGE"


class StoreUnreadable(StoreError):
    """The store is damaged: its rows are not the ones that were published."""

    code = "E_STORE_UNREADABLE"


class StoreSchemaMismatch(StoreError):
    """The store's schema is of an older or a newer version of this code."""

    code = "E_STORE_SCHEMA"


class StoreOlder(StoreSchemaMismatch):
    """The store is of an older version: an upgrade makes it readable."""


class StoreNotEmpty(StoreError):
    """A store that should be filled holds something already."""

    code = "E_STORE_NOT_EMPTY"


class ReleaseInvalid(StoreError):
    """The release does not fit the published tables; the message lists every mistake."""

    code = "E_RELEASE_INVALID"


class ReleaseMissing(StoreError):
    """The requested release is not in the store: never published, or pruned."""

    code = "E_RELEASE_MISSING"


class ReleaseWithdrawn(StoreError):
    """The release was taken back, or repeats what one that was taken back may have been taken back for."""

    code = "E_WITHDRAWN"


class EarlierRowsLost(StoreError):
    """The store does not hold rows of the release before that a new one takes over; it has to be built whole."""


class NoHold(StoreError):
    """The study has no withdrawn release."""

    code = "E_NO_HOLD"


class NothingToRollBack(StoreError):
    """The study has no earlier release to go back to."""

    code = "E_NOTHING_TO_ROLL_BACK"


_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file or its folder is read-only",
    sqlite3.SQLITE_PERM: "this account has no right to it",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened: see its folder, its rights and the length of its path",
    sqlite3.SQLITE_IOERR: "the disk refused to read or write: full, over a quota or a limit, or broken",
    sqlite3.SQLITE_NOMEM: "the machine is out of memory",
}
_TRY_AGAIN = {"55P03", "40001", "40P01"}
"""SQLSTATE of a lock timeout, a serialization failure and a deadlock."""
_OUTAGES = ("08", "57P01", "57P02", "57P03", "53300")
"""Beginnings of SQLSTATEs of a server that is away for a while."""
_SQLSTATES = {
    "53100": "the server's disk is full",
    "53200": "the server is out of memory",
    "53300": "the server has no free connection",
    "53": "the server lacks resources",
    "25006": "the database is read-only (a standby, or default_transaction_read_only)",
    "42501": "this account has no right to its tables or schema",
    "3D000": "there is no such database",
    "3F000": "there is no schema to write to (search_path)",
    "42P01": "its tables are gone",
    "28": "the login was refused",
    "22021": "its encoding cannot hold every text; the database must be of encoding UTF8",
    "22P05": "its encoding cannot hold every text; the database must be of encoding UTF8",
    "57014": "the server ended the statement (statement_timeout, or an administrator)",
    "57": "the server is shutting down or starting up",
    "08": "the connection was lost",
    "58": "the server cannot read or write its files",
}
_PHRASES = {
    "refused": "nothing answers there: is the server running?",
    "translate host name": "the host's name is unknown",
    "timeout": "nothing answered in time",
    "timed out": "nothing answered in time",
    "authentication": "the login was refused",
    "no password": "the login was refused: it needs a password",
    "pg_hba": "the login was refused (pg_hba.conf)",
    "role": "the login was refused: the server knows no such account",
    "permission denied": "this account has no right to it",
    "does not exist": "there is no such database",
    "too many": "the server has no free connection",
    "remaining connection slots": "the server has no free connection",
    "starting up": "the server is starting up",
    "shutting down": "the server is shutting down",
    "closed": "the connection was lost",
    "terminating": "the connection was lost",
    "no route": "the network does not reach it",
    "unreachable": "the network does not reach it",
    "no such file": "nothing answers at its socket: is the server running?",
}
_PASSING = {
    "refused", "timeout", "timed out", "too many", "remaining connection slots", "starting up", "shutting down",
    "closed", "terminating", "no route", "unreachable", "no such file",
}  # fmt: skip
"""Phrases of faults that pass by themselves; a login or a database that does not exist is none."""
ADVICE = "Nothing was changed. Fix that, or name another store (META_MED_STORE), and run again."


@contextmanager
def translated_driver_errors(url: "URL") -> Iterator[None]:
    """Raise a driver's error as a `StoreError`, `from None` because its text may hold a row's values."""
    from sqlalchemy.exc import DBAPIError  # imported here, so that the error classes load without SQLAlchemy

    place = without_password(url)
    try:
        yield
    except DBAPIError as error:
        raise store_error(error.orig, place) from None
    except sqlite3.Error as error:  # while connecting, outside SQLAlchemy's own wrapping
        raise store_error(error, place) from None
    except UnicodeError:
        raise ReleaseInvalid(
            f"The store {place} cannot hold a text of the release: it is not valid Unicode."
        ) from None
    except Exception as error:  # psycopg2's own, from COPY; the module is not imported for SQLite
        if not _of_postgres(error):
            raise
        raise store_error(error, place) from None


def without_password(url: "URL") -> str:
    """The URL for a message: without its password and query."""
    return url.set(query={}).render_as_string(hide_password=True)


def store_error(error: BaseException | None, place: str) -> StoreError:
    """The `StoreError` for a driver's error, with `place` as the store's name."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, place)
    state = str(getattr(error, "pgcode", None) or "")
    if state in _TRY_AGAIN:
        return _busy(place)
    if state.startswith("XX"):
        return _damaged(place)
    told, away = _phrase(error, state)
    if state.startswith(_OUTAGES) or away:
        return StoreOutage(
            f"E_STORE_OUTAGE: the store {place} cannot be reached: {_cause(state) or told}. {ADVICE}"
        )
    return StoreUnreachable(f"The store {place} cannot be used: {_cause(state) or told}. {ADVICE}")


def _cause(state: str) -> str | None:
    return _SQLSTATES.get(state) or _SQLSTATES.get(state[:2])


def _of_sqlite(error: sqlite3.Error, place: str) -> StoreError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _BUSY:
        return _busy(place)
    if code in _DAMAGED:
        return _damaged(place)
    cause = _SQLITE.get(code, f"SQLite refused ({getattr(error, 'sqlite_errorname', type(error).__name__)})")
    return StoreUnreachable(f"The store {place} cannot be used: {cause}. {ADVICE}")


def _phrase(error: BaseException | None, state: str) -> tuple[str, bool]:
    """The cause in the text of an error that has no SQLSTATE, and whether it may be over in a minute."""
    text = "" if state else str(error).lower()
    found = next((phrase for phrase in _PHRASES if phrase in text), "")
    if found:
        return _PHRASES[found], found in _PASSING
    return f"the database refused ({type(error).__name__}{' ' + state if state else ''})", False


def _of_postgres(error: Exception) -> bool:
    return any(kind.__module__ == "psycopg2" and kind.__name__ == "Error" for kind in type(error).__mro__)


def _busy(place: str) -> StoreBusy:
    return StoreBusy(
        f"E_STORE_BUSY: the store {place} is being written by another run. Nothing was changed; try again in a minute."
    )


def _damaged(place: str) -> StoreUnreadable:
    return StoreUnreadable(
        f"The store {place} is damaged and cannot be read. Move it away and publish again, or restore a copy."
    )
