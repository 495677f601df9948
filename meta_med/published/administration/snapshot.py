"""A consistent copy of a store as one SQLite file, from SQLite or PostgreSQL, and the way back into either.

The tables are the same in both, so one file restores both, and leads from one to the other.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from meta_med.published import rows, store_tables, tables
from meta_med.published.content.stored_hash import stored_sha256
from meta_med.published.engine import analyse, exclusive, parse, reading, sqlite_path, sqlite_url, writing
from meta_med.published.errors import (
    StoreNotEmpty,
    StoreUnreadable,
    translated_driver_errors,
    without_password,
)
from meta_med.published.migrations import schema

COPIED_AT_ONCE = 10_000


def take(url: str, place: Path) -> bool:
    """Write the store as it is at one moment, whoever writes it meanwhile, to a new SQLite file.

    Returns:
        Whether there is a store; without one no file is made.

    Raises:
        StoreError: it cannot be read, or a server's store has another schema.

    """
    path = sqlite_path(parse(url))
    if path is None:
        return _take_from_server(url, place)
    if not path.exists():
        return False
    with translated_driver_errors(parse(url)):
        copy_sqlite(path, place)
    return True


def copy_sqlite(path: Path, place: Path) -> None:
    """Copy a SQLite file at one moment, by SQLite's own backup; only the owner can read the copy."""
    os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(place)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    with place.open("rb") as written:
        os.fsync(written.fileno())


def _take_from_server(url: str, place: Path) -> bool:
    with reading(url) as source:
        if source is None:
            return False
        with writing(sqlite_url(place)) as target:
            _copy_tables(source, target)
    copied = place.with_name(f"{place.name}.whole")
    copy_sqlite(place, copied)  # without a write-ahead log beside it
    copied.replace(place)
    return True


def put(place: Path, url: str) -> None:
    """Write the store of a SQLite file of this schema into the empty store at `url`, in one transaction.

    Raises:
        StoreNotEmpty: releases or journal entries are there already; nothing was changed.
        StoreUnreadable: the rows of a release are not those that were published.

    """
    with exclusive(url) as target, reading(sqlite_url(place)) as source:
        schema.create_or_require(target, parse(url))
        _require_empty(target, url)
        if source is None:
            raise StoreUnreadable("The copy holds no store.")
        _copy_tables(source, target)
        analyse(target)
        require_sound(target)


def require_empty(url: str) -> None:
    """Check that a store can be filled.

    Raises:
        StoreNotEmpty: releases or journal entries are there already.

    """
    with reading(url) as connection:
        if connection is not None:
            _require_empty(connection, url)


def _require_empty(connection: Connection, url: str) -> None:
    if any(_count(connection, table) for table in store_tables.KEPT):
        raise StoreNotEmpty(
            f"E_STORE_NOT_EMPTY: the store {without_password(parse(url))} holds releases already. Nothing was "
            "changed. Restore into an empty one (META_MED_STORE)."
        )


def require_sound(connection: Connection) -> None:
    """Check the hash of every release.

    Raises:
        StoreUnreadable: with the release whose rows are not those that were published.

    """
    query = select(store_tables.releases.c.release_id, store_tables.releases.c.content_sha256)
    for release_id, published in connection.execute(query).all():
        if stored_sha256(connection, release_id) != published:
            raise StoreUnreadable(f"The rows of release {release_id} are not those that were published.")


def _copy_tables(source: Connection, target: Connection) -> None:
    for table in (*tables.CONTENT.values(), *store_tables.KEPT):
        # a server would send the whole table at once otherwise
        found = source.execute(select(table), execution_options={"yield_per": COPIED_AT_ONCE})
        for part in found.partitions():
            rows.insert_many(target, table, list(zip(*part, strict=True)))


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
