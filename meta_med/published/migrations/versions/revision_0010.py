"""Schema 10: seals, and indexes that have the order of the worklist and its counts."""

from alembic import op
from sqlalchemy import BigInteger, Column, String, Text, text

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    """Releases that are there have no seals: they are checked whole before a page of them is shown."""
    op.create_table(
        "seals",
        Column("release_id", String(16), primary_key=True),
        Column("part", Text, primary_key=True),
        Column("seal", BigInteger, nullable=False),
    )
    op.create_index(
        "subjects_in_order",
        "subjects",
        ["release_id", text("length(subject_id)"), "subject_id", "row_number"],
    )
    op.create_index("subjects_by_cohort", "subjects", ["release_id", "cohort", "status"])
