"""Schema 11: rows of a patient who did not change are those of an earlier release, which `subjects.rows_in` names."""

from alembic import op
from sqlalchemy import Column, String

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    """Releases that are there have rows of their own."""
    op.add_column("subjects", Column("rows_in", String(16), nullable=False, server_default=""))
    op.execute("UPDATE subjects SET rows_in = release_id")
