"""A frame in memory as a delivery: judged by the same rules as the Parquet file that it could be written to."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.arrow_cells import plain_cells
from data_contracts.delivery import Delivery
from data_contracts.findings import Positions, reject

IN_MEMORY = "(in memory)"


@dataclass(frozen=True)
class FrameRows:
    """Gives rows back as JSON objects."""

    frame: pd.DataFrame

    def text(self, positions: Positions) -> list[str]:
        """The rows as JSON, one a position."""
        rows = self.frame.take(positions)
        names = [str(name) for name in rows.columns]
        cells = (
            row for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
        )
        return [json.dumps(dict(zip(names, c, strict=True)), default=str, ensure_ascii=False) for c in cells]


def read_frame(frame: pd.DataFrame) -> Delivery:
    """The frame's columns; its index is no data and is left out. Rows are numbered from 1.

    Raises `RejectedError` for a frame without rows.
    """
    rows = len(frame)
    if not rows:
        raise reject("E_NO_ROWS", "The table has columns but no rows.")
    return Delivery(
        form="parquet",
        header=tuple(str(name) for name in frame.columns),
        cells={str(i): _cells(frame.iloc[:, i]) for i in range(frame.shape[1])},
        rows=rows,
        lines=np.arange(1, rows + 1),
        raw=FrameRows(frame),
        unreadable=np.zeros(rows, dtype=bool),
    )


def _cells(column: "pd.Series[Any]") -> Any:
    """The column for pyarrow; cells of several types in one column are taken by what they spell."""
    import pyarrow as pa

    try:
        cells = pa.array(column, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        cells = pa.array([None if pd.isna(v) else str(v) for v in column], type=pa.string())
    return plain_cells(cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells)
