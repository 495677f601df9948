"""Schema 9: the hash of a release is over columns instead of rows. No table changes; older releases keep theirs."""

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    """Nothing to change."""
