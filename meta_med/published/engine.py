"""Opening the store: SQLite by default, PostgreSQL by URL; and its errors in our words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError
from sqlalchemy.pool import NullPool

from meta_med.published import tables
from meta_med.published.errors import (
    StoreBusy,
    StoreError,
    StoreSchemaMismatch,
    StoreUnreachable,
    StoreUnreadable,
)

BUSY_SECONDS = 10.0
WRITER_LOCK = 0x4D4D4544  # any constant; the same for every writer of this database
LOCK_NOT_AVAILABLE = "55P03"


def parse(url: str) -> URL:
    """The URL with its driver settled; SQLAlchemy 2.1 would take another driver for `postgresql://`."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnreachable(
            "The store's URL cannot be read. Write sqlite:///PATH or postgresql+psycopg2://USER@HOST/DATABASE."
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg2")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg2"}:
        raise StoreUnreachable(f"The store can be SQLite or PostgreSQL, not {parsed.drivername!r}.")
    if parsed.drivername == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StoreUnreachable("A SQLite store needs a file: sqlite:///PATH.")
    return parsed


def path_of(url: URL) -> Path | None:
    """The SQLite file, None for a server."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


@contextmanager
def writing(url: str, busy_seconds: float = BUSY_SECONDS) -> Iterator[Connection]:
    """One write transaction that no other writer can interleave; committed at the end, or nothing of it."""
    parsed = parse(url)
    with _translated(parsed):
        engine = _writer_engine(parsed, busy_seconds)
        try:
            with engine.begin() as connection:
                if parsed.drivername != "sqlite":
                    connection.execute(text(f"SET LOCAL lock_timeout = {int(busy_seconds * 1000)}"))
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
                _lay_out(connection)
                yield connection
        finally:
            engine.dispose()


@contextmanager
def reading(url: str) -> Iterator[Connection | None]:
    """One read-only snapshot of the store; None where there is no store yet."""
    parsed = parse(url)
    path = path_of(parsed)
    if path is not None and not path.exists():
        yield None
        return
    with _translated(parsed), _reader_engine(parsed).begin() as connection:
        yield connection if _has_known_schema(connection) else None


def _lay_out(connection: Connection) -> None:
    if not _has_known_schema(connection):
        tables.metadata.create_all(connection)
        connection.execute(tables.store.insert().values(schema_version=tables.SCHEMA_VERSION))


def _has_known_schema(connection: Connection) -> bool:
    if not inspect(connection).has_table(tables.store.name):
        return False
    found = connection.execute(select(tables.store.c.schema_version)).scalar_one_or_none()
    if found == tables.SCHEMA_VERSION:
        return True
    known = f"schema {found}; this version of Meta-Med knows schema {tables.SCHEMA_VERSION}"
    if found is not None and found > tables.SCHEMA_VERSION:
        raise StoreSchemaMismatch(f"The store was written by a newer Meta-Med ({known}). Upgrade Meta-Med.")
    raise StoreSchemaMismatch(
        f"The store was written by an older Meta-Med ({known}). Nothing was changed: keep it as an archive "
        "and publish into a new store (META_MED_STORE)."
    )


def _writer_engine(url: URL, busy_seconds: float) -> Engine:
    path = path_of(url)
    if path is None:
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    _make_private(path)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@lru_cache(maxsize=8)
def _reader_engine(url: URL) -> Engine:
    path = path_of(url)
    if path is None:
        options = "-c default_transaction_read_only=on"
        return create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args={"options": options},
        )

    def connect() -> sqlite3.Connection:
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine


def _make_private(path: Path) -> None:
    """Folder and file exist and are the owner's alone; SQLite gives its WAL files the file's mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnreachable(f"The store {path} cannot be written: {error.strerror}.") from None


@contextmanager
def _translated(url: URL) -> Iterator[None]:
    """Database errors in our words. `from None`: a driver's text may hold a row's values."""
    place = url.render_as_string(hide_password=True)
    try:
        yield
    except DBAPIError as error:
        raise _in_our_words(error, place) from None
    except sqlite3.Error as error:  # while connecting, outside SQLAlchemy's own wrapping
        raise _in_our_words(DBAPIError("connect", None, error), place) from None


def _in_our_words(error: DBAPIError, place: str) -> StoreError:
    cause = error.orig
    said = str(cause).lower()
    if getattr(cause, "pgcode", None) == LOCK_NOT_AVAILABLE or "locked" in said:
        return StoreBusy(
            f"The store {place} is being written by another run. Nothing was changed; try again in a minute."
        )
    damaged = isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, sqlite3.OperationalError)
    if damaged or "malformed" in said or "disk i/o" in said:
        return StoreUnreadable(
            f"The store {place} is damaged and cannot be read. "
            "Move it away and publish again, or restore a copy."
        )
    kind = type(cause).__name__
    if isinstance(error, DatabaseError):
        return StoreUnreachable(
            f"The store {place} could not be used ({kind}). Check its URL, rights and space."
        )
    return StoreUnreachable(f"The store {place} could not be reached ({kind}).")
