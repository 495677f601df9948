"""Schema 7: each release says with which revision it was published, because its hash covers the tables of that one."""

from alembic import op
from sqlalchemy import Column, String, column, table, update

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    """A store before this one holds releases of one revision: that which it had when this upgrade began."""
    op.add_column("releases", Column("revision", String(32), nullable=False, server_default=""))
    config = op.get_context().config
    if config is not None:
        before = config.attributes["before"]
        op.execute(update(table("releases", column("revision"))).values(revision=before))
