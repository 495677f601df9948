"""Read the columns of a Parquet file or of a frame in memory; their types are kept until the cast.

A frame gives the same result as the Parquet file it could be written to.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.findings import Positions, reject
from data_contracts.reading.arrow_cells import plain_cells
from data_contracts.reading.delivery import PIECE_ROWS, Delivery
from data_contracts.reading.file_format import Snapshot

_MAX_ROWS = 500_000_000
_LAST_MS = 253_402_300_800_000
"""Milliseconds from 1970 to the year 10000."""
UNREADABLE = "(unreadable: damaged page)"
_DAMAGED = "The Parquet file is damaged and cannot be read."


@dataclass(frozen=True)
class ParquetRows:
    """Access to rows as JSON objects, from the row groups that contain them."""

    content: bytes

    def text(self, positions: Positions) -> list[str]:
        """The rows as JSON, one per position."""
        return [json.dumps(row, default=str, ensure_ascii=False) for row in self._rows(positions)]

    def _rows(self, positions: Positions) -> list[dict[str, Any]]:
        file = _open(self.content)
        ends = np.cumsum([file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)])
        groups = np.searchsorted(ends, positions, side="right")
        rows: list[dict[str, Any]] = [{} for _ in positions]
        for group in np.unique(groups):
            here = np.flatnonzero(groups == group)
            columns = _columns(file, int(group), positions[here] - (ends[group - 1] if group else 0))
            for i, cells in zip(here, zip(*columns.values(), strict=True), strict=True):
                rows[i] = dict(zip(columns, cells, strict=True))
        return rows


def _columns(file: Any, group: int, rows: Positions) -> dict[str, list[Any]]:
    """Column -> its cells in these rows of a row group; a column with a damaged page says so instead."""
    import pyarrow as pa

    names = file.schema_arrow.names
    try:
        table = file.read_row_group(group, use_threads=False).take(rows)
        return {name: _values(table.column(i)) for i, name in enumerate(names)}
    except (pa.ArrowException, OSError):
        return {name: _readable_cells(file, group, name, rows) for name in names}


def _readable_cells(file: Any, group: int, name: str, rows: Positions) -> list[Any]:
    import pyarrow as pa

    try:
        return _values(file.read_row_group(group, columns=[name], use_threads=False).take(rows).column(0))
    except (pa.ArrowException, OSError):
        return [UNREADABLE] * len(rows)


def _values(column: Any) -> list[Any]:
    """Plain values; a time outside the calendar is returned as the number in the file."""
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (OverflowError, ValueError):
        return getattr(scalar, "value", None)


def read_parquet(snapshot: Snapshot) -> Delivery:
    """Open the columns of a Parquet file, to be read piece by piece. Raises `RejectedError` if it is damaged."""
    with _damage():
        file = _open(snapshot.content)
        rows, schema = file.metadata.num_rows, file.schema_arrow
    if not rows:
        raise reject("E_NO_ROWS", "The file has columns but no rows.")
    if rows > _MAX_ROWS:
        raise reject("E_TOO_LARGE", f"The file declares {rows:,} rows; the limit is {_MAX_ROWS:,}.")
    return Delivery(
        form="parquet",
        header=tuple(schema.names),
        cells={str(i): partial(_pieces, snapshot.content, i, rows) for i in range(len(schema))},
        rows=rows,
        lines=np.arange(1, rows + 1),
        raw=ParquetRows(snapshot.content),
        unreadable=np.zeros(rows, dtype=bool),
    )


def _pieces(content: bytes, place: int, rows: int) -> Iterator[Any]:
    """One column, piece by piece; the others stay compressed."""
    seen = 0
    with _damage():
        for cells in _read(content, place):
            seen += len(cells)
            yield plain_cells(cells)
    if seen != rows:
        raise reject("E_UNREADABLE", _DAMAGED)


def _read(content: bytes, place: int) -> Iterator[Any]:
    import pyarrow as pa

    file = _open(content)
    name, kind = file.schema_arrow.field(place).name, file.schema_arrow.field(place).type
    # text is read as a dictionary: otherwise a few bytes could expand to any size
    text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    pieces = _column(_open(content, [name]) if text else file, name)
    if not _is_int96(file, name):
        yield from pieces
        return
    # INT96 can exceed the range of microseconds: the milliseconds show which values overflowed
    for exact, coarse in zip(pieces, _column(_open(content, unit="ms"), name), strict=True):
        yield _unwrapped(exact, coarse)


def _column(file: Any, name: str) -> Iterator[Any]:
    for batch in file.iter_batches(PIECE_ROWS, columns=[name], use_threads=False):
        batch.validate(full=True)
        # columns=["a"] also selects a column named "a.b", which may come first
        yield batch.column(batch.schema.get_field_index(name))


def _is_int96(file: Any, name: str) -> bool:
    columns = (file.schema.column(i) for i in range(len(file.schema)))
    return any(c.path == name and c.physical_type == "INT96" for c in columns)


def _unwrapped(exact: Any, coarse: Any) -> Any:
    """Timestamps in microseconds; those that overflowed become the largest one, which is outside the calendar."""
    import pyarrow as pa
    import pyarrow.compute as pc

    fits = pc.less(pc.abs_checked(coarse.cast(pa.int64())), _LAST_MS)
    return pc.if_else(fits, exact, pa.scalar(2**63 - 1, pa.int64()).cast(exact.type))


def _open(content: bytes, texts: list[str] | None = None, unit: str = "us") -> Any:
    """The file; INT96 timestamps are read as microseconds, because nanoseconds overflow in 2262."""
    from pyarrow import BufferReader, parquet

    return parquet.ParquetFile(BufferReader(content), read_dictionary=texts, coerce_int96_timestamp_unit=unit)


@contextmanager
def _damage() -> Iterator[None]:
    """Turn every error of the library into one finding, because an error's text may contain a value."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError, ValueError, TypeError, IndexError):
        raise reject("E_UNREADABLE", _DAMAGED) from None


IN_MEMORY = "(in memory)"


@dataclass(frozen=True)
class FrameRows:
    """Access to the rows of a frame as JSON objects."""

    frame: pd.DataFrame

    def text(self, positions: Positions) -> list[str]:
        """The rows as JSON, one per position."""
        rows = self.frame.take(positions)
        names = [str(name) for name in rows.columns]
        cells = (
            row for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
        )
        return [json.dumps(dict(zip(names, c, strict=True)), default=str, ensure_ascii=False) for c in cells]


def read_frame(frame: pd.DataFrame) -> Delivery:
    """Read the columns of a frame; its index is ignored, and rows are numbered from 1.

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
    """The column as an Arrow array; a column of mixed types is converted to text."""
    import pyarrow as pa

    try:
        cells = pa.array(column, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        cells = pa.array([None if pd.isna(v) else str(v) for v in column], type=pa.string())
    return plain_cells(cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells)
