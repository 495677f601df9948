"""A frame's rows as the pages read them: plain values of Python, whatever types the columns have."""

import math
from datetime import datetime

import pandas as pd

from dashboard.page_parts import rows_by, rows_of

FRAME = pd.DataFrame(
    {
        "name": ["bili", "albumin"],
        "whole": pd.array([1, None], dtype="Int64"),
        "low": [0.1, math.nan],
        "position": [0, 1],
        "at": [datetime(2026, 3, 1), None],
    }
)


def test_each_row_has_every_column_in_plain_values() -> None:
    first, second = rows_of(FRAME)
    assert first == {"name": "bili", "whole": 1, "low": 0.1, "position": 0, "at": datetime(2026, 3, 1)}
    assert (type(first["whole"]), type(first["position"]), type(first["low"])) == (int, int, float)
    assert second["whole"] is None
    assert math.isnan(second["low"])
    assert pd.isna(second["at"])


def test_rows_are_named_by_one_column() -> None:
    assert list(rows_by(FRAME, "name")) == ["bili", "albumin"]
    assert rows_by(FRAME.iloc[:0], "name") == {}
