"""Columns of a release in three kinds (text, number, whole number) as Arrow arrays, and hashes over them.

The same values have the same hash, wherever they come from: frames of a night or rows that a database returns. A hash
covers values and which are missing, never a library's own bytes. Loads without SQLAlchemy.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

Kind = Literal["text", "number", "integer"]
TYPES: Mapping[Kind, Any] = {"text": pa.large_string(), "number": pa.float64(), "integer": pa.int64()}
BLOCK = 65_536
"""Rows that are hashed, written and read at once; part of the hash's definition."""


def column_of(values: pd.Series, kind: Kind) -> pa.Array:
    """A column of a frame. Numbers that are not finite are missing.

    Raises:
        TypeError, ValueError: a value is not of this kind, or is a text that is not Unicode. The message may hold it.

    """
    if kind == "integer":
        return _whole(pa.array(values.astype("Int64"), type=TYPES[kind], from_pandas=True))
    if kind == "number":
        numbers = values.astype("float64").to_numpy()
        if np.signbit(numbers[numbers == 0]).any():
            numbers = numbers + 0.0  # turns -0.0 into 0.0, as SQLite would
        # without a copy: a release's numbers are in memory once, in its frames and in its columns
        return pa.array(numbers, mask=~np.isfinite(numbers))
    if isinstance(values.dtype, pd.StringDtype):
        return _whole(pa.array(values, from_pandas=True)).cast(TYPES[kind])
    given = [None if none else str(v) for v, none in zip(values, values.isna(), strict=True)]
    return pa.array(given, type=TYPES[kind])


def block_of(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows that a database returned, as columns."""
    columns = zip(*rows, strict=True)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def plain_values(column: pa.Array) -> list[Any]:
    """A column as Python's own values, None where one is missing."""
    if pa.types.is_large_string(column.type):
        return list(column.to_numpy(zero_copy_only=False).tolist())
    values = column.fill_null(0).to_numpy()
    if not column.null_count:
        return list(values.tolist())
    values = values.astype(object)
    values[column.is_null().to_numpy(zero_copy_only=False)] = None
    return list(values.tolist())


def blocks_of(table: pa.Table) -> Iterator[pa.RecordBatch]:
    """A table in blocks of BLOCK rows; the last one has the rest."""
    for start in range(0, table.num_rows, BLOCK):
        yield table.slice(start, BLOCK).combine_chunks().to_batches()[0]


def sha256_of(tables: Iterable[tuple[str, Iterable[pa.RecordBatch]]]) -> str:
    """One hash over tables in blocks of BLOCK rows, independent of the order of tables."""
    digests = {}
    for name, blocks in tables:
        digest = hashlib.sha256()
        for block in blocks:
            digest.update(json.dumps([block.num_rows, [str(t) for t in block.schema.types]]).encode())
            for column in block.columns:
                for part in _parts(column):
                    digest.update(part)
        digests[name] = digest.hexdigest()
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def _parts(column: pa.Array) -> Iterator[Any]:
    """The bytes of a column: which values are missing, and the values; of texts their lengths first."""
    missing = column.is_null().to_numpy(zero_copy_only=False)
    yield np.packbits(missing)
    if pa.types.is_large_string(column.type):
        filled = column.fill_null("")
        yield np.diff(_offsets(filled))
        yield text_bytes(filled)
    else:
        yield np.ascontiguousarray(column.fill_null(0).to_numpy())


def _offsets(column: pa.Array) -> np.ndarray:
    return np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]


def text_bytes(column: pa.Array) -> bytes:
    """All texts of a column, one behind the other."""
    if not len(column):
        return b""
    offsets, data = _offsets(column), column.buffers()[2]
    return b"" if data is None else data.slice(int(offsets[0]), int(offsets[-1] - offsets[0])).to_pybytes()


def _whole(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
