"""Schema 4: how many held-out patients each guard flagged."""

from meta_med.published.migrations.columns import add, ints

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    """Guards of older releases were not counted on held-out patients."""
    add("guards", *ints("n_held_out", "n_held_out_flagged"))
