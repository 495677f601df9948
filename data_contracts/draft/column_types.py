"""Reads a table without a contract and infers the type of each column from all of its cells.

The file is read by the gate's own reader. An ambiguous type is left open.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.model import TEXT_NULLS, Kind, Table
from data_contracts.errors import DeliveryError
from data_contracts.findings import RejectedError
from data_contracts.reading.arrow_cells import LARGEST_EXACT_INTEGER, as_text
from data_contracts.reading.delivery import Delivery
from data_contracts.reading.parts import Parts, read_delivery, take_delivery

MOSTLY = 0.95
"""Share of the filled cells that must fit a type; the gate quarantines the rows of the others."""
_NUMBER = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_DECIMAL_COMMA = r"^[+-]?\d+,\d+$"
_CODE = r"^0\d|^[+-]?\d{16,}$"
"""Digits of an identifier: a leading zero, or more digits than a float keeps."""
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$"
_OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"
_FORMATS = {
    "": (r"^\d{4}-\d{2}-\d{2}$", "%Y-%m-%d"),
    "%d.%m.%Y": (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
    "%d/%m/%Y": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    "%m/%d/%Y": (r"^\d{1,2}/\d{1,2}/\d{4}$", "%m/%d/%Y"),
    "%d-%m-%Y": (r"^\d{1,2}-\d{1,2}-\d{4}$", "%d-%m-%Y"),
    "%Y/%m/%d": (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    "%d-%b-%Y": (r"^\d{1,2}-[A-Za-z]{3}-\d{4}$", "%d-%b-%Y"),
    "%d%b%Y": (r"^\d{1,2}[A-Za-z]{3}\d{4}$", "%d%b%Y"),
}
"""Format in the contract -> what its cells look like, and how they are read."""


@dataclass(frozen=True, kw_only=True)
class ColumnFacts:
    """A column under its inferred type. `values` are used for drafting only and never written out."""

    name: str
    kind: Kind
    values: "pd.Series[Any]" = field(repr=False)
    """Missing where the cell is empty, holds a missing-value code, or does not fit the type."""
    written: "pd.Series[Any]" = field(repr=False)
    """The same cells as text; missing where the cell is empty."""
    format: str = ""
    no_offset: bool = False
    """Whether some timestamps have no UTC offset."""
    remarks: tuple[str, ...] = ()

    @property
    def missing(self) -> "pd.Series[bool]":
        """Rows without a value."""
        return self.values.isna()

    @property
    def is_numeric(self) -> bool:
        """Whether it holds quantities."""
        return self.kind in {"number", "integer"}

    @property
    def is_time(self) -> bool:
        """Whether it holds dates or timestamps."""
        return self.kind in {"date", "timestamp"}

    def as_text(self) -> "ColumnFacts":
        """The same column as text, for an identifier that looks like a number."""
        return ColumnFacts(name=self.name, kind="string", values=self.written, written=self.written)


def column_facts(name: str, cells: Any) -> ColumnFacts:
    """Infers the column's type from a pyarrow column, of text or of a Parquet type."""
    import pyarrow as pa

    if pa.types.is_boolean(cells.type):
        cells = cells.cast(pa.int8())
    if pa.types.is_floating(cells.type) or pa.types.is_integer(cells.type) or pa.types.is_decimal(cells.type):
        return _number_facts(name, cells)
    return _text_facts(name, _written(cells))


def _number_facts(name: str, cells: Any) -> ColumnFacts:
    """Integers too large for a float are identifiers, so the column is text."""
    import pyarrow as pa

    values = pd.Series(cells.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)).replace(
        [np.inf, -np.inf], np.nan
    )
    written = _written(cells)
    if (values.abs() >= LARGEST_EXACT_INTEGER).mean() > 1 - MOSTLY and not pa.types.is_floating(cells.type):
        return ColumnFacts(name=name, kind="string", values=written, written=written)
    kind: Kind = "integer" if pa.types.is_integer(cells.type) else "number"
    return ColumnFacts(name=name, kind=kind, values=values, written=written)


def _written(cells: Any) -> "pd.Series[Any]":
    """The cells as the gate sees them: trimmed text, ISO timestamps, and missing where the cell is a null token."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain, _ = as_text(cells)
    text = pc.utf8_trim_whitespace(plain)
    nothing = pc.is_in(text, value_set=pa.array(["", *TEXT_NULLS]))
    return pd.Series(pc.if_else(nothing, pa.scalar(None, pa.string()), text).to_pandas(), dtype="str")


def _text_facts(name: str, text: "pd.Series[Any]") -> ColumnFacts:
    filled = text.dropna()
    plain = ColumnFacts(name=name, kind="string", values=text, written=text)
    if filled.empty:
        return plain
    # tested on distinct cells only: most columns repeat few values
    counts = filled.value_counts()
    for read_as in (_as_number, _as_timestamp, _as_date):
        found = read_as(plain, counts)
        if found is not None:
            return found
    return ColumnFacts(
        name=name, kind="string", values=text, written=text, remarks=tuple(_text_remarks(counts))
    )


def _share(counts: "pd.Series[int]", pattern: str) -> float:
    """Share of the filled cells that match."""
    return float(counts[counts.index.str.contains(pattern, regex=True)].sum() / counts.sum())


def _as_number(column: ColumnFacts, counts: "pd.Series[int]") -> ColumnFacts | None:
    comma = _share(counts, _DECIMAL_COMMA)
    if max(comma, _share(counts, _NUMBER)) < MOSTLY or _share(counts, _CODE) > 1 - MOSTLY:
        return None
    values = pd.to_numeric(column.written, errors="coerce").replace([np.inf, -np.inf], np.nan)
    dotted = bool(counts.index.str.contains("[.eE]", regex=True).any())
    whole = not dotted and bool((values.dropna() % 1 == 0).all())
    remarks = (
        ["has decimal commas: the gate refuses them, export it with decimal points"] if comma > 0.5 else []
    )
    return ColumnFacts(
        name=column.name,
        kind="integer" if whole and not remarks else "number",
        values=values,
        written=column.written,
        remarks=(*remarks, *_misfits(column, values, "a number")),
    )


def _as_timestamp(column: ColumnFacts, counts: "pd.Series[int]") -> ColumnFacts | None:
    if _share(counts, _TIMESTAMP) < MOSTLY:
        return None
    shaped = column.written.where(column.written.str.contains(_TIMESTAMP, regex=True, na=False))
    values = pd.to_datetime(shaped, utc=True, format="ISO8601", errors="coerce").dt.tz_localize(None)
    return ColumnFacts(
        name=column.name,
        kind="timestamp",
        values=values,
        written=column.written,
        no_offset=_share(counts, _OFFSET) < _share(counts, _TIMESTAMP),
        remarks=tuple(_misfits(column, values, "a timestamp")),
    )


def _as_date(column: ColumnFacts, counts: "pd.Series[int]") -> ColumnFacts | None:
    fits = list(_formats_that_fit(counts))
    if len(fits) != 1:
        return None
    pattern, reads = _FORMATS[fits[0]]
    shaped = column.written.where(column.written.str.contains(pattern, regex=True, na=False))
    values = pd.to_datetime(shaped, format=reads, errors="coerce")
    return ColumnFacts(
        name=column.name,
        kind="date",
        values=values,
        written=column.written,
        format=fits[0],
        remarks=tuple(_misfits(column, values, "a date")),
    )


def _formats_that_fit(counts: "pd.Series[int]") -> Iterator[str]:
    for name, (pattern, reads) in _FORMATS.items():
        shaped = counts[counts.index.str.contains(pattern, regex=True)]
        if len(shaped) and shaped.sum() >= MOSTLY * counts.sum():
            read = pd.to_datetime(pd.Series(shaped.index), format=reads, errors="coerce").notna().to_numpy()
            if shaped[read].sum() >= MOSTLY * counts.sum():
                yield name


def _text_remarks(counts: "pd.Series[int]") -> Iterator[str]:
    fits = list(_formats_that_fit(counts))
    if len(fits) > 1:
        known = " or ".join(fits)
        yield f"could be dates as {known}: no date is guessed; write logicalType: date and the format"
    elif _share(counts, _TIMESTAMP) + _share(counts, _FORMATS[""][0]) >= MOSTLY:
        yield "mixes dates and timestamps; deliver one of the two"


def _misfits(column: ColumnFacts, values: "pd.Series[Any]", what: str) -> Iterator[str]:
    wrong = int((column.written.notna() & values.isna()).sum())
    if wrong:
        yield f"{wrong:,} cells are not {what}: their rows will be held back"


_DELIMITERS = (",", ";", "\t", "|")
_LINES_READ = 50


@dataclass(frozen=True, kw_only=True)
class DraftTable:
    """The table as read from the file, and the reader options it needs."""

    name: str
    columns: Mapping[str, Any]
    """Name -> pyarrow column, text for CSV."""
    rows: int
    delimiter: str
    final_newline: bool


def read_table(path: Path) -> DraftTable:
    """Reads the file.

    Raises:
        DeliveryError: the file cannot be read; the message is the reader's.

    """
    try:
        taken = take_delivery(path)
        first = taken.files[0] if isinstance(taken, Parts) else taken
        text = first.content if first.form == "csv" else b""
        table = Table(name=_name(path), columns=(), rules=(), delimiter=_delimiter(text), final_newline=False)
        delivery = read_delivery(taken, table)
        columns = _columns_by_name(delivery, path)
    except RejectedError as error:
        raise DeliveryError(f"{path.name}: {error.note.message} ({error.note.code})") from None
    return DraftTable(
        name=table.name,
        columns=columns,
        rows=delivery.rows,
        delimiter=table.delimiter,
        final_newline=not text or text.rstrip(b"\r")[-1:] == b"\n",
    )


def _name(path: Path) -> str:
    """The file's name without suffixes, as an identifier."""
    stem = path.name.split(".")[0]
    return re.sub(r"\W+", "_", stem).strip("_").lower() or "table"


def _columns_by_name(delivery: Delivery, path: Path) -> dict[str, Any]:
    """The columns by name; a header with an empty or repeated name is refused."""
    names = [name.strip() for name in delivery.header]
    folded = {name.casefold() for name in names}
    if "" in folded or len(folded) < len(names):
        raise DeliveryError(f"{path.name}: the header has an empty or a repeated column name")
    return {name: _one_array(delivery.pieces(str(i))) for i, name in enumerate(names)}


def _one_array(pieces: Iterable[Any]) -> Any:
    """A column's chunks as one array, dictionaries decoded."""
    import pyarrow as pa

    plain = [p.dictionary_decode() if pa.types.is_dictionary(p.type) else p for p in pieces]
    return pa.chunked_array(plain).combine_chunks()


def _delimiter(content: bytes) -> str:
    """The delimiter with which most lines have as many fields as the header."""
    text = content[: 256 * 1024].decode("utf-8", errors="replace").lstrip("\ufeff")
    lines = text.splitlines()[:_LINES_READ]
    return max(_DELIMITERS, key=lambda d: _delimiter_score(lines, d))


def _delimiter_score(lines: list[str], delimiter: str) -> tuple[float, int]:
    counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    if not counts or counts[0] < 2:
        return 0.0, 0
    return sum(c == counts[0] for c in counts) / len(counts), counts[0]
