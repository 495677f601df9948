"""Columns and tables as the revisions write them; a revision keeps its meaning whatever `tables` becomes later."""

from alembic import op
from sqlalchemy import Column, DefaultClause, Double, Integer, String, Text


def texts(*names: str) -> list[Column[str]]:
    """Columns of text."""
    return [Column(name, Text) for name in names]


def floats(*names: str) -> list[Column[float]]:
    """Columns of numbers."""
    return [Column(name, Double) for name in names]


def ints(*names: str) -> list[Column[int]]:
    """Columns of whole numbers."""
    return [Column(name, Integer) for name in names]


def create_content(name: str, *columns: Column[str] | Column[float] | Column[int]) -> None:
    """Create a table of a release; empty, also for the releases that are there."""
    op.create_table(
        name,
        Column("release_id", String(16), primary_key=True),
        Column("row_number", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


def add(table: str, *columns: Column[str] | Column[float] | Column[int]) -> None:
    """Add columns; in the rows that are there, texts are empty, as where there is nothing to say, and numbers NULL."""
    for column in columns:
        if isinstance(column.type, Text):
            column.server_default = DefaultClause("")
        op.add_column(table, column)
