"""The same table in every format in which databases and programs write it."""

import bz2
import csv
import gzip
import io
import lzma
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st
from pyarrow import parquet

Row = dict[str, str | None]
"""Column -> the cell as CSV text, None if empty."""

_PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda content: pa.compress(content, "zstd", asbytes=True),
}
_TEXTS = (
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.dictionary(pa.int32(), pa.string()),
)
_WHOLE = (pa.int64(), pa.int32(), pa.uint64(), pa.float64(), pa.decimal128(20, 0), *_TEXTS)
_NUMBERS = (pa.float64(), pa.decimal128(20, 4), *_TEXTS)
_DAYS = (pa.date32(), pa.date64(), *(pa.timestamp(unit) for unit in ("s", "ms", "us", "ns")), *_TEXTS)
_CLOCKS = (*(pa.timestamp(unit) for unit in ("s", "ms", "us", "ns")), *_TEXTS)


def kinds(column: str) -> tuple[pa.DataType, ...]:
    """The Arrow types that a column may have."""
    if column.endswith("_datetime"):
        return _CLOCKS
    if column.endswith("_date"):
        return _DAYS
    return _NUMBERS if column.startswith("value") else _WHOLE


def as_type(cells: Sequence[str | None], kind: pa.DataType) -> pa.Array:
    """The cells in that type."""
    if kind in _TEXTS:
        texts = pa.array(cells, pa.string())
        return texts.dictionary_encode() if kind == _TEXTS[-1] else texts.cast(kind)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        times = np.array([cell or "NaT" for cell in cells], dtype="datetime64[us]")
        return pa.array(times, pa.timestamp("us")).cast(kind)
    return pa.array([_number(cell, kind) for cell in cells], kind)


def _number(cell: str | None, kind: pa.DataType) -> Any:
    if cell is None:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(cell)
    return float(cell) if pa.types.is_floating(kind) else int(cell)


@st.composite
def written(draw: st.DrawFn, folder: Path, table: str, rows: list[Row]) -> None:
    """Writes the rows in any order and in parts, each in its own format."""
    rows = draw(st.permutations(rows))
    cuts = sorted(draw(st.lists(st.integers(0, len(rows)), max_size=2)))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    for number, part in enumerate(parts, start=1):
        columns = draw(st.permutations(list(rows[0])))
        if draw(st.booleans()):
            _write_parquet(draw, folder / f"{table}_{number}.parquet", columns, part)
        else:
            _write_csv(draw, folder / f"{table}_{number}", columns, part)


def _write_parquet(draw: st.DrawFn, path: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    arrays = [as_type([row[c] for row in rows], draw(st.sampled_from(kinds(c)))) for c in columns]
    names = [draw(st.sampled_from([str.upper, str.lower]))(c) for c in columns]
    table = pa.Table.from_arrays(arrays, names=names)
    parquet.write_table(table, path, use_deprecated_int96_timestamps=draw(st.booleans()))


def _write_csv(draw: st.DrawFn, stem: Path, columns: Sequence[str], rows: Sequence[Row]) -> None:
    buffer = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    nothing = draw(st.sampled_from(["", "NULL", r"\N"]))
    writer.writerow(columns)
    for row in rows:
        writer.writerow([nothing if row[c] is None else row[c] for c in columns])
    packing = draw(st.sampled_from(list(_PACKINGS)))
    marks = b"\xef\xbb\xbf" * draw(st.integers(0, 2))
    ending = draw(st.sampled_from([".csv", ".tsv", ".txt", ""]))
    path = stem.with_name(stem.name + ending + packing)
    path.write_bytes(_PACKINGS[packing](marks + buffer.getvalue().encode()))
