"""Upgrading a store to the schema of this program: all revisions in one transaction, after a copy of a SQLite store."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select
from sqlalchemy import table as table_named

from meta_med.published import store_tables, tables
from meta_med.published.engine import BUSY_SECONDS, exclusive, parse, sqlite_path
from meta_med.published.errors import StoreOlder, StoreUnreachable, StoreUnreadable
from meta_med.published.migrations import schema

ROOM = 2.5
"""Free space that an upgrade needs, in sizes of the store: for the copy and for the change itself."""


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did.

    Attributes:
        before: the number of the schema before; None where there was no store.
        after: its number now.
        copy: the copy of a SQLite store as it was; None where nothing was changed, and for a server.

    """

    before: int | None
    after: int
    copy: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether the schema is another one now."""
        return self.before != self.after


def upgrade(url: str, busy_seconds: float = BUSY_SECONDS) -> Upgrade:
    """Give the store the schema of this program, or make its tables where there are none.

    Readers see the store before or after it. Releases, journal and holds stay; new tables and columns are empty for
    releases that are there.

    Raises:
        StoreError: the store is newer or cannot be written; nothing was changed.

    """
    with exclusive(url, busy_seconds) as connection:
        before = schema.number_of(connection)
        try:
            schema.create_or_require(connection, parse(url))
        except StoreOlder:
            path = sqlite_path(parse(url))
            copy = None if path is None else _copy(path, before)
            _run(connection)
            return Upgrade(before, tables.SCHEMA_VERSION, copy)
    return Upgrade(before, tables.SCHEMA_VERSION)


def _run(connection: Connection) -> None:
    """Run the revisions; the rows that were there before must be there after."""
    counts = _row_counts(connection)
    _alembic(connection, schema.revision_of(connection))
    if {name: count for name, count in _row_counts(connection).items() if name in counts} != counts:
        raise StoreUnreadable("The upgrade would have lost rows. Nothing was changed. Please report it.")
    connection.execute(store_tables.store.update().values(schema_version=tables.SCHEMA_VERSION))


def _alembic(connection: Connection, before: str | None) -> None:
    from alembic import command  # loaded only where there is something to upgrade
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config(attributes={"connection": connection, "before": before})
    config.set_main_option("script_location", "meta_med.published:migrations")
    config.set_main_option("path_separator", "os")
    if before is not None:
        MigrationContext.configure(connection).stamp(ScriptDirectory.from_config(config), before)
    command.upgrade(config, tables.REVISION)


def _row_counts(connection: Connection) -> dict[str, int]:
    own = {*tables.metadata.tables} - {store_tables.alembic_version.name}
    names = sorted(own & {*inspect(connection).get_table_names()})
    return {
        name: connection.execute(select(func.count()).select_from(table_named(name))).scalar_one()
        for name in names
    }


def copy_of(path: Path, number: int | None) -> Path:
    """Where a copy of a SQLite store is kept before it is upgraded."""
    return path.with_name(f"{path.name}.schema-{number}")


def _copy(path: Path, number: int | None) -> Path:
    """Copy a SQLite store, which is locked for other writers meanwhile, beside itself."""
    size, free = path.stat().st_size, shutil.disk_usage(path.absolute().parent).free
    if free < size * ROOM:
        raise StoreUnreachable(
            f"E_STORAGE: the upgrade of {path} needs {int(size * ROOM) >> 20} MiB of free space for a copy, and "
            f"{free >> 20} MiB are free. Nothing was changed. Free space, and run it again."
        )
    place = copy_of(path, number)
    draft = place.with_name(f"{place.name}.partial")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(place)
    return place
