"""Opening the store: SQLite by default, PostgreSQL by URL."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from meta_med.published import store_tables, tables
from meta_med.published.errors import StoreBusy, StoreError, StoreUnreachable, translated_driver_errors
from meta_med.published.migrations import schema
from meta_med.published.server_log import without_values

BUSY_SECONDS = 10.0
CHECK_SECONDS = 0.5
CONNECT_SECONDS = 5
WRITER_LOCK = 0x4D4D4544  # any constant; the same for every writer of this database


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file; characters such as `?`, `#` and `%20` stay part of the path."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def parse(url: str) -> URL:
    """The URL with an explicit driver, because SQLAlchemy 2.1 changes the default for `postgresql://`.

    Raises:
        StoreUnreachable: the URL is malformed, or is neither a SQLite file nor PostgreSQL.

    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnreachable(
            "The store's URL cannot be read. Write sqlite:///PATH or postgresql+psycopg2://USER@HOST/DATABASE."
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg2")
    if parsed.drivername not in {"sqlite", "postgresql+psycopg2"}:
        raise StoreUnreachable(f"The store can be SQLite or PostgreSQL, not {parsed.drivername!r}.")
    if parsed.drivername == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StoreUnreachable("A SQLite store needs a file: sqlite:///PATH.")
    if parsed.drivername == "sqlite" and parsed.query:
        raise StoreUnreachable("A SQLite store's URL has no options: write a ? of its path as %3F.")
    return parsed


def sqlite_path(url: URL) -> Path | None:
    """The path of a SQLite file; None for a server."""
    return Path(str(url.database)) if url.drivername == "sqlite" else None


@contextmanager
def writing(url: str, busy_seconds: float = BUSY_SECONDS) -> Iterator[Connection]:
    """One exclusive write transaction, committed at the end or rolled back as a whole."""
    with exclusive(url, busy_seconds) as connection:
        schema.create_or_require(connection, parse(url))
        yield connection


@contextmanager
def exclusive(url: str, busy_seconds: float = BUSY_SECONDS) -> Iterator[Connection]:
    """`writing`, whatever the schema of the store is."""
    parsed = parse(url)
    with (
        translated_driver_errors(parsed),
        writer_engine(parsed, busy_seconds) as engine,
        engine.begin() as connection,
    ):
        _lock(connection, busy_seconds)
        yield connection


def _lock(connection: Connection, busy_seconds: float) -> None:
    """On PostgreSQL, wait for the other writers, at most so long; SQLite's transaction is exclusive by itself."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"SET LOCAL lock_timeout = {int(busy_seconds * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))


def analyse(connection: Connection) -> None:
    """Let PostgreSQL look at what was loaded: it chooses the plans of queries by that."""
    if connection.dialect.name != "sqlite":
        names = (connection.dialect.identifier_preparer.quote(name) for name in tables.CONTENT)
        connection.execute(text(f"ANALYZE {', '.join(names)}"))


def vacuum(url: str) -> None:
    """Let PostgreSQL note that every reader sees the new rows: a search then reads its index alone.

    Its own service does that too, some minutes later; so where this cannot be done now, nothing is lost.
    """
    parsed = parse(url)
    if sqlite_path(parsed) is not None:
        return
    with (
        suppress(StoreError),
        translated_driver_errors(parsed),
        writer_engine(parsed, CHECK_SECONDS) as engine,
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        connection.execute(text(f"SET lock_timeout = {int(CHECK_SECONDS * 1000)}"))
        connection.execute(text("VACUUM subjects"))


@contextmanager
def reading(url: str) -> Iterator[Connection | None]:
    """One read-only snapshot of the store; None where there is no store yet."""
    parsed = parse(url)
    path = sqlite_path(parsed)
    if path is not None and not _is_there(path):
        yield None
        return
    with translated_driver_errors(parsed), _reader_engine(parsed).begin() as connection:
        yield connection if schema.is_current(connection) else None


def check(url: str, *, writes: bool) -> None:
    """Check that the store can be read, and written if `writes`; nothing in it is changed.

    A SQLite store that does not exist yet is not created; its folder is checked elsewhere.

    Raises:
        StoreError: what would fail later. A store that another writer is using is no failure.

    """
    if not writes:
        with reading(url):
            return
    parsed = parse(url)
    path = sqlite_path(parsed)
    if path is not None and not _is_there(path):
        return
    try:
        with (
            translated_driver_errors(parsed),
            writer_engine(parsed, CHECK_SECONDS) as engine,
            engine.connect() as connection,
            connection.begin() as transaction,
        ):
            if parsed.drivername != "sqlite":
                connection.execute(text(f"SET LOCAL lock_timeout = {int(CHECK_SECONDS * 1000)}"))
            schema.create_or_require(connection, parsed)
            _try_writes(connection)
            transaction.rollback()
    except StoreBusy:
        return


def _try_writes(connection: Connection) -> None:
    """Run statements that change no row: a read-only database or missing rights refuse them too."""
    for table in (*tables.CONTENT.values(), *store_tables.KEPT):
        none = select(table).where(text("1 = 0"))
        connection.execute(table.insert().from_select([c.name for c in table.columns], none))
        if table is not store_tables.journal:  # which is only added to
            connection.execute(table.delete().where(text("1 = 0")))


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise _unreachable(path, error) from None
    return True


@contextmanager
def writer_engine(url: URL, busy_seconds: float) -> Iterator[Engine]:
    """An engine that writes to the store, for the duration of the block; a SQLite file is made where there is none."""
    path = sqlite_path(url)
    engine = _sqlite_writer(path, busy_seconds) if path else _postgres(url, poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def _postgres(url: URL, **options: Any) -> Engine:
    """A PostgreSQL engine with a connection timeout, and with UTF-8 whatever the server's default is."""
    given = {"connect_timeout": CONNECT_SECONDS} if "connect_timeout" not in url.query else {}
    more = options.pop("connect_args", {})
    arguments = {"client_encoding": "utf8", **given, **more}
    return without_values(create_engine(url, hide_parameters=True, connect_args=arguments, **options))


def _sqlite_writer(path: Path, busy_seconds: float) -> Engine:
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
    path = sqlite_path(url)
    if path is None:
        options = {"options": "-c default_transaction_read_only=on"}
        return _postgres(url, pool_pre_ping=True, isolation_level="REPEATABLE READ", connect_args=options)

    def connect() -> sqlite3.Connection:
        address = f"file://{quote(str(path.absolute()))}?mode=ro"
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine


def _make_private(path: Path) -> None:
    """Create the folder and file for the owner only; SQLite gives its WAL files the file's mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        raise _unreachable(path, error) from None


def _unreachable(path: Path, error: OSError | ValueError) -> StoreUnreachable:
    is_file = isinstance(error, (FileExistsError, NotADirectoryError))
    reason = error.strerror if isinstance(error, OSError) else None
    cause = "there is a file where a folder is needed" if is_file else reason or "its path cannot be used"
    return StoreUnreachable(f"The store {path} cannot be written or read: {cause}.")
