"""Roles of a PostgreSQL store: what the owner, the pipeline, the dashboard and the audit may do.

They are roles without a login, which a server's administrator grants to accounts. The statements may be run again at
any time: after an upgrade they give the rights on what is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql.base import PGDialect

from meta_med.published import store_tables, tables
from meta_med.published.engine import exclusive, parse, sqlite_path
from meta_med.published.errors import StoreUnreachable
from meta_med.published.migrations import schema
from meta_med.published.server_log import granted_to

PREFIX = "meta_med"
DASHBOARD, PIPELINE, AUDIT, OWNER = "dashboard", "pipeline", "audit", "owner"
PURPOSES = {
    OWNER: "owns the tables: upgrades and roles",
    PIPELINE: "publishes, rolls back and prunes; the journal is only added to",
    DASHBOARD: "reads",
    AUDIT: "adds to the journal, and reads it; no patient's data",
}
READ, CHANGE, ADD = "SELECT", "SELECT, INSERT, DELETE", "SELECT, INSERT"


@dataclass(frozen=True)
class Roles:
    """The names of the four roles, and the schema that holds the tables."""

    prefix: str = PREFIX
    schema: str = "public"

    def name(self, role: str) -> str:
        """The role's name, quoted where SQL needs it."""
        return _quoted(f"{self.prefix}_{role}")

    def statements(self) -> tuple[str, ...]:
        """The SQL, in the order in which it is to be run, by a superuser or the database's owner."""
        return (
            *self._made(),
            *self._schema_rights(),
            granted_to(", ".join(self.name(role) for role in PURPOSES)),
            *(line for table in tables.metadata.sorted_tables for line in self._table_rights(table)),
        )

    def _made(self) -> Iterator[str]:
        for role in PURPOSES:
            literal = f"{self.prefix}_{role}".replace("'", "''")
            yield (
                f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{literal}') THEN "
                f"CREATE ROLE {self.name(role)} NOLOGIN; END IF; END $$"
            )

    def _schema_rights(self) -> Iterator[str]:
        place, everybody = _quoted(self.schema), ", ".join(self.name(role) for role in PURPOSES)
        yield f"REVOKE CREATE ON SCHEMA {place} FROM PUBLIC"
        yield f"GRANT USAGE ON SCHEMA {place} TO {everybody}"
        yield f"GRANT CREATE ON SCHEMA {place} TO {self.name(OWNER)}"

    def _table_rights(self, table: Table) -> Iterator[str]:
        name = f"{_quoted(self.schema)}.{_quoted(table.name)}"
        everybody = ", ".join(self.name(role) for role in (PIPELINE, DASHBOARD, AUDIT))
        yield f"ALTER TABLE {name} OWNER TO {self.name(OWNER)}"
        yield f"REVOKE ALL ON {name} FROM PUBLIC, {everybody}"
        for role, rights in _rights(table).items():
            yield f"GRANT {rights} ON {name} TO {self.name(role)}"


def _rights(table: Table) -> dict[str, str]:
    """Role -> its rights on a table; nobody changes a row, and only what a release consists of is deleted."""
    if table is store_tables.journal:
        return {PIPELINE: ADD, DASHBOARD: READ, AUDIT: ADD}
    if table in (store_tables.store, store_tables.alembic_version):
        return {PIPELINE: READ, DASHBOARD: READ, AUDIT: READ}
    return {PIPELINE: CHANGE, DASHBOARD: READ}


def apply(url: str, roles: Roles) -> None:
    """Make the roles and give them their rights, in one transaction; makes the tables of an empty database.

    Raises:
        StoreError: the store is SQLite, or the account may not do this; nothing was changed.

    """
    if sqlite_path(parse(url)) is not None:
        raise StoreUnreachable(
            "E_STORE_ROLES: a SQLite store has no roles; its file's permissions say who may use it. Roles are for "
            "PostgreSQL (META_MED_STORE)."
        )
    with exclusive(url) as connection:
        schema.create_or_require(connection, parse(url))
        for statement in roles.statements():
            connection.execute(text(statement.replace(":", r"\:")))


def _quoted(name: str) -> str:
    return str(PGDialect().identifier_preparer.quote(name))  # type: ignore[no-untyped-call]
