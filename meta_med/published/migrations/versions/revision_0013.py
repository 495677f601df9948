"""Schema 13: a release's hash is over the seals of its patients, and a patient's rows are numbered from 0.

No table changes. Releases that are there keep their hash, which older programs defined; those cannot read the new ones.
"""

revision, down_revision = "0013", "0012"


def upgrade() -> None:
    """All rows stay as they are."""
