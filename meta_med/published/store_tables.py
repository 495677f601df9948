"""The store's own tables: which releases it holds, which one each study serves, and what was done.

Times are ISO 8601 text in UTC: the same in every database; order is by `sequence`. As for the tables of a release, a
change here is a new schema.
"""

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table, Text

from meta_med.published.tables import metadata

# `store` is the number that every version of the program looks at first; `alembic_version` is Alembic's own.
store = Table("store", metadata, Column("schema_version", Integer, primary_key=True, autoincrement=False))
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
releases = Table(
    "releases",
    metadata,
    Column("release_id", String(16), primary_key=True),
    Column("study", Text, nullable=False),
    Column("manifest", Text, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("staged_at", Text, nullable=False),
    # the revision with which it was published: its hash covers the tables and columns of that one
    Column("revision", String(32), nullable=False, server_default=""),
)
# a hash of each patient's rows, by the release that wrote them, and one of a release's other rows; see `seals`
REST = ""
"""The part of a release that is of no single patient; any other part of `seals` is a patient."""
seals = Table(
    "seals",
    metadata,
    Column("release_id", String(16), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("seal", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
head = Table(
    "head",
    metadata,
    Column("study", Text, primary_key=True),
    Column("release_id", String(16), nullable=False),
    Column("sequence", Integer, nullable=False),
)
journal = Table(
    "journal",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("study", Text, nullable=False),
    Column("release_id", String(16), nullable=False),
    Column("action", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
)

KEPT = (releases, seals, head, journal)
"""What the store knows of its releases; the other two tables are its schema's number."""
