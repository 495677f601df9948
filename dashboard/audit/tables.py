"""The audit's tables, and what keeps their rows from being changed."""

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    inspect,
    select,
    text,
)

from dashboard.audit.entry import NAMES
from dashboard.audit.errors import AuditError

SCHEMA_VERSION = 1
metadata = MetaData()

entries = Table(
    "audit_entries",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    *(Column(name, Text, nullable=False) for name in NAMES),
    Column("previous", String(64), nullable=False),
    Column("link", String(64), nullable=False),
)
Index("audit_entries_by_time", entries.c.at)
# A reader's view of one prediction: the newest row of a reader and prediction is the one that counts.
feedback = Table(
    "audit_feedback",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    *(
        Column(name, Text, nullable=False)
        for name in ("at", "who", "study", "release", "subject_id", "outcome", "verdict", "reason")
    ),
)
Index("audit_feedback_by_patient", feedback.c.study, feedback.c.subject_id)
store = Table(
    "audit_store",
    metadata,
    Column("schema_version", Integer, primary_key=True, autoincrement=False),
    Column("key_name", String(16), nullable=False),
)
APPEND_ONLY = (entries, feedback, store)
REFUSED = "the audit is only added to"


def create(connection: Connection, key_name: str) -> None:
    """Create the tables, and triggers that refuse to change or delete a row, whoever asks."""
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for change in ("UPDATE", "DELETE"):
                connection.execute(
                    text(
                        f"CREATE TRIGGER {table.name}_{change.lower()} BEFORE {change} ON {table.name} "
                        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
                    )
                )
    else:
        _create_postgres_triggers(connection)
    connection.execute(store.insert().values(schema_version=SCHEMA_VERSION, key_name=key_name))


def _create_postgres_triggers(connection: Connection) -> None:
    connection.execute(
        text(
            "CREATE FUNCTION audit_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = '42501'; END $$"
        )
    )
    for table in APPEND_ONLY:
        connection.execute(
            text(
                f"CREATE TRIGGER {table.name}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added_to()"
            )
        )


def key_name_of(connection: Connection) -> str | None:
    """The name of the key that the audit began with; None where there is no audit yet.

    Raises:
        AuditError: the audit is of another version of Meta-Med.

    """
    if not inspect(connection).has_table(store.name):
        return None
    found = connection.execute(select(store)).one_or_none()
    if found is None or found.schema_version != SCHEMA_VERSION:
        known = None if found is None else found.schema_version
        raise AuditError(
            f"The audit has schema {known}; this version of Meta-Med knows schema {SCHEMA_VERSION}. Nothing was "
            "changed: use the version that wrote it, or name another store (META_MED_AUDIT)."
        )
    return str(found.key_name)


def grant(connection: Connection, role: str) -> None:
    """Let a role of PostgreSQL add to the audit and read it, and nothing else."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    for table in APPEND_ONLY:
        connection.execute(text(f"REVOKE ALL ON {table.name} FROM {quoted}"))
        rights = "SELECT" if table is store else "SELECT, INSERT"
        connection.execute(text(f"GRANT {rights} ON {table.name} TO {quoted}"))
