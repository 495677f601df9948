"""Frames as plain rows, for pages that speak of one thing at a time."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows, each by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def by(frame: pd.DataFrame, column: str) -> dict[str, Row]:
    """The frame's rows by the value of one column."""
    return {str(row[column]): row for row in rows_of(frame)}
