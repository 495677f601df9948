"""Schema 12: the rows of a patient lie together in each table, by one key; SQLite's tables have no other order."""

from typing import Any

from alembic import op
from sqlalchemy import Column, Connection, PrimaryKeyConstraint, inspect

revision, down_revision = "0012", "0011"

KEY = ["release_id", "subject_id", "row_number"]
OF_PATIENTS = ("records", "predictions", "horizons", "replay", "influences", "width_reasons", "what_if")
SEALS, SEALS_KEY = "seals", ["release_id", "part"]


def upgrade() -> None:
    """All rows stay."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name in OF_PATIENTS:
            _written_again(connection, name, KEY)
        _written_again(connection, SEALS, SEALS_KEY)
        return
    for name in OF_PATIENTS:
        op.drop_index(f"{name}_by_subject", name)
        op.drop_constraint(f"{name}_pkey", name, type_="primary")
        op.create_primary_key(f"{name}_pkey", name, KEY)


def _written_again(connection: Connection, name: str, key: list[str]) -> None:
    """Write a table in the order of its key, without SQLite's own numbers of rows."""
    columns: list[Any] = [
        Column(c["name"], c["type"], nullable=c["name"] not in key and c["nullable"], autoincrement=False)
        for c in inspect(connection).get_columns(name)
    ]
    names, order = (", ".join(each) for each in ([c.name for c in columns], key))
    op.create_table(f"{name}_by_key", *columns, PrimaryKeyConstraint(*key), sqlite_with_rowid=False)
    op.execute(f"INSERT INTO {name}_by_key ({names}) SELECT {names} FROM {name} ORDER BY {order}")  # noqa: S608
    op.drop_table(name)
    op.rename_table(f"{name}_by_key", name)
