"""Which schema a store has, and making the tables of a new one. Loads without Alembic, because every reader asks."""

from sqlalchemy import URL, Connection, inspect, select, text

from meta_med.published import store_tables, tables
from meta_med.published.errors import (
    StoreOlder,
    StoreSchemaMismatch,
    StoreUnreachable,
    StoreUnreadable,
    without_password,
)

BEFORE_ALEMBIC = {1: "0001", 2: "0002", 3: "0003", 4: "0004", 5: "0006"}
"""Number of an old schema -> its revision. The last program with number 4 had cross-fitted figures too: 0005."""
OLDEST_NUMBERED = 7
"""From this schema on, its number is that of its revision."""


_HAS_STORE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'store'",
    "postgresql": "SELECT to_regclass('store')",
}
"""Whether the store is there; every read asks this first, so not by SQLAlchemy's inspector, which takes 1 ms."""


def is_current(connection: Connection) -> bool:
    """Whether the store has the schema of this program; False where there is no store yet.

    Raises:
        StoreOlder: it has an older schema.
        StoreSchemaMismatch: it has a newer one.

    """
    found = number_of(connection)
    if found is None or found == tables.SCHEMA_VERSION:
        return found is not None
    if found > tables.SCHEMA_VERSION:
        raise StoreSchemaMismatch(
            f"E_STORE_SCHEMA: the store has schema {found}, of a newer Meta-Med; this one knows schema "
            f"{tables.SCHEMA_VERSION}. Nothing was changed. Install the newer Meta-Med, or name another store "
            "(META_MED_STORE)."
        )
    raise StoreOlder(
        f"E_STORE_SCHEMA: the store has schema {found}, of an older Meta-Med; this one needs schema "
        f"{tables.SCHEMA_VERSION}. Nothing was changed. Run: meta-med store upgrade. It keeps all releases."
    )


def create_or_require(connection: Connection, url: URL) -> None:
    """Make the tables of a new store, or check that they have the schema of this program.

    Raises:
        StoreError: they have another schema, or the database cannot hold every text.

    """
    require_unicode(connection, url)
    if not is_current(connection):
        create(connection)


def create(connection: Connection) -> None:
    """Make the tables of the newest revision."""
    tables.metadata.create_all(connection)
    connection.execute(store_tables.store.insert().values(schema_version=tables.SCHEMA_VERSION))
    connection.execute(store_tables.alembic_version.insert().values(version_num=tables.REVISION))


def require_unicode(connection: Connection, url: URL) -> None:
    """Check that a server's database can hold every text.

    Raises:
        StoreUnreachable: its encoding is another than UTF8.

    """
    if connection.dialect.name == "sqlite":
        return
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise StoreUnreachable(
            f"The store {without_password(url)} has encoding {encoding}, which cannot hold every text. Nothing was "
            "changed. Make a database with ENCODING 'UTF8' and name that one (META_MED_STORE)."
        )


def number_of(connection: Connection) -> int | None:
    """The number of the store's schema; None where there is no store yet."""
    if connection.exec_driver_sql(_HAS_STORE[connection.dialect.name]).scalar_one_or_none() is None:
        return None
    number = connection.execute(select(store_tables.store.c.schema_version)).scalar_one_or_none()
    if number is None:
        raise StoreUnreadable("The store is damaged: the number of its schema is missing. Restore a backup.")
    return int(number)


def revision_of(connection: Connection) -> str | None:
    """The revision of the store's schema; None where there is no store yet."""
    number = number_of(connection)
    if number is None or number >= OLDEST_NUMBERED:
        return None if number is None else f"{number:04d}"
    has_cross_fitted = inspect(connection).has_table(tables.cross_fitted.name)
    return "0005" if number == 4 and has_cross_fitted else BEFORE_ALEMBIC[number]
