"""Writing the audit: one entry after the other, each linked to the one before, in one transaction.

A store of its own (SQLite file or PostgreSQL): whoever may read predictions needs no right to write them, and whoever
writes the audit needs no right to change it.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from dashboard.audit import tables
from dashboard.audit.entry import BEGINNING, Entry, linked
from dashboard.audit.errors import AuditError, AuditKeyError
from dashboard.audit.keys import OWNER_ONLY, Keys, made_key, read_key
from meta_med.published.engine import parse, sqlite_path
from meta_med.published.errors import StoreBusy, StoreError, StoreUnreadable, store_error, without_password
from meta_med.published.server_log import without_values

BUSY_SECONDS, TURN_SECONDS = 10.0, 60.0
"""How long another program, and how long this server's own earlier entries, are waited for."""
CONNECT_SECONDS = 5
WRITER_LOCK = 0x4D4D4155  # any constant; the same for every writer of this database
DEFAULT_HOME = ".meta_med"
_WRITER = ThreadPoolExecutor(1, "audit")
"""Entries of one server are written in the order of asking: SQLite lets waiting writers in by chance, some too late."""


@dataclass(frozen=True)
class AuditStore:
    """Where the audit is.

    Attributes:
        url: SQLAlchemy URL of a SQLite file or of PostgreSQL.
        key_path: the file of its key.

    """

    url: str
    key_path: Path

    def keys(self) -> Keys:
        """The keys; a new one is made only with a new audit.

        Raises:
            AuditKeyError: the file cannot be used, or is not the audit's.

        """
        return _keys(self.url, self.key_path)

    def append(self, entry: Entry, feedback: Mapping[str, str] | None = None) -> int:
        """Add an entry, with a reader's feedback where it is about one; returns its sequence number.

        Raises:
            AuditError: it cannot be written. Nothing was written.

        """
        entered = _WRITER.submit(self._append, self.keys(), entry, feedback)
        try:
            return entered.result(TURN_SECONDS)
        except TimeoutError:
            if entered.cancel():
                raise _audit_error(StoreBusy(), without_password(parse(self.url))) from None
            return entered.result()  # it is being written

    def _append(self, keys: Keys, entry: Entry, feedback: Mapping[str, str] | None) -> int:
        with writing(self.url) as connection:
            newest = select(tables.entries.c.sequence, tables.entries.c.link)
            last = connection.execute(
                newest.order_by(tables.entries.c.sequence.desc()).limit(1)
            ).one_or_none()
            sequence, previous = (1, BEGINNING) if last is None else (last.sequence + 1, last.link)
            row = linked(sequence, entry, previous, keys.links)
            connection.execute(
                tables.entries.insert().values(
                    sequence=sequence, **asdict(entry), previous=previous, link=row.link
                )
            )
            if feedback is not None:
                number = select(func.coalesce(func.max(tables.feedback.c.sequence), 0) + 1)
                values = {**feedback, "sequence": connection.execute(number).scalar_one()}
                connection.execute(tables.feedback.insert().values(**values))
        return int(sequence)

    def grant_to(self, role: str) -> None:
        """Let a role of PostgreSQL add to the audit and read it, and nothing else; the owner does this.

        Raises:
            ValueError: the audit is a SQLite file, or this is no name of a role.
            AuditError: the database refuses.

        """
        if parse(self.url).drivername == "sqlite":
            raise ValueError(
                "--grant-to is for PostgreSQL. A SQLite file is protected by its owner and mode."
            )
        if not role or not role.isprintable():
            raise ValueError("--grant-to: this is no name of a role.")
        with writing(self.url) as connection:
            tables.grant(connection, role)


def store_of_home(home: Path | None = None) -> AuditStore:
    """The audit named by META_MED_AUDIT and META_MED_AUDIT_KEY, else that of the home folder."""
    place = (home or Path(os.environ.get("META_MED_HOME") or DEFAULT_HOME)).absolute()
    named = URL.create("sqlite", database=str(place / "audit.sqlite")).render_as_string(hide_password=False)
    key = os.environ.get("META_MED_AUDIT_KEY")
    return AuditStore(os.environ.get("META_MED_AUDIT") or named, Path(key) if key else place / "audit.key")


@lru_cache(maxsize=8)
def _keys(url: str, path: Path) -> Keys:
    with writing(url) as connection:
        begun_with = tables.key_name_of(connection)
        if begun_with is None:
            keys = made_key(path) if not path.exists() else read_key(path)
            tables.create(connection, keys.name)
            return keys
        return _checked(read_key(path), begun_with, path)


def _checked(keys: Keys, begun_with: str, path: Path) -> Keys:
    if keys.name != begun_with:
        raise AuditKeyError(
            f"The key {path} is not the one that this audit began with. Nothing was shown or written. Put the audit's "
            "key back from its backup, or name its file in META_MED_AUDIT_KEY."
        )
    return keys


@contextmanager
def writing(url: str) -> Iterator[Connection]:
    """One write transaction; a second writer waits until the first has ended."""
    with _translated(url), _engine(url).begin() as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(text(f"SET LOCAL lock_timeout = {int(BUSY_SECONDS * 1000)}"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
        yield connection


@contextmanager
def reading(store: AuditStore) -> Iterator[tuple[Connection, Keys] | None]:
    """One snapshot of the audit and its keys; None where there is no audit yet. Nothing is made or written.

    Raises:
        AuditError: the audit or its key cannot be read.

    """
    url = parse(store.url)
    path = sqlite_path(url)
    if path is not None and not path.exists():
        yield None
        return
    with _translated(store.url), _reader(url).begin() as connection:
        begun_with = tables.key_name_of(connection)
        if begun_with is None:
            yield None
        else:
            yield connection, _checked(read_key(store.key_path), begun_with, store.key_path)


@contextmanager
def _translated(url: str) -> Iterator[None]:
    place = without_password(parse(url))
    try:
        yield
    except DBAPIError as error:
        raise _audit_error(store_error(error.orig, place), place) from None
    except (sqlite3.Error, OSError) as error:
        raise _audit_error(store_error(error, place), place) from None


def _audit_error(error: StoreError, place: str) -> AuditError:
    if isinstance(error, StoreBusy):
        cause = "another program holds its lock"
    elif isinstance(error, StoreUnreadable):
        cause = "it is damaged"
    else:
        cause = str(error).removeprefix(f"The store {place} cannot be used: ").partition(". ")[0]
    return AuditError(f"The audit {place} cannot be used: {cause}.")


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    parsed = parse(url)
    path = sqlite_path(parsed)
    return _postgres(parsed) if path is None else _sqlite(path)


def _postgres(url: URL) -> Engine:
    arguments = {"client_encoding": "utf8", "connect_timeout": CONNECT_SECONDS}
    return without_values(
        create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=arguments)
    )


def _sqlite(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _reader(url: URL) -> Engine:
    path = sqlite_path(url)
    if path is None:
        options = {"options": "-c default_transaction_read_only=on", "connect_timeout": CONNECT_SECONDS}
        return without_values(
            create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=options)
        )

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
    return engine
