"""Schema 11: rows of a patient who did not change are those of an earlier release, which `subjects.rows_in` names; and
numbers by which the worklist is ordered.
"""

from alembic import op
from sqlalchemy import Column, Integer, String, text

revision, down_revision = "0011", "0010"

OWN = "FROM predictions p WHERE p.release_id = subjects.release_id AND p.subject_id = subjects.subject_id"
FLAGGED = f"SELECT count(*) {OWN} AND p.flags <> ''"
OUTSIDE = (
    "SELECT count(*) FROM predictions p JOIN outcomes o ON o.release_id = p.release_id AND o.name = p.outcome "
    "WHERE p.release_id = subjects.release_id AND p.subject_id = subjects.subject_id "
    "AND (p.mean < o.reference_low OR p.mean > o.reference_high)"
)


def upgrade() -> None:
    """Releases that are there have rows of their own."""
    op.add_column("subjects", Column("rows_in", String(16), nullable=False, server_default=""))
    for name in ("flagged", "outside"):
        op.add_column("subjects", Column(name, Integer, nullable=False, server_default="0"))
    op.execute(f"UPDATE subjects SET rows_in = release_id, flagged = ({FLAGGED}), outside = ({OUTSIDE})")  # noqa: S608
    op.create_index("subjects_to_look_at", "subjects", ["release_id", text("flagged DESC"), "row_number"])
