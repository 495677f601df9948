"""Read the cells of a CSV file as text, after checking encoding, line ends, header and field counts."""

import csv
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.contract.model import Table
from data_contracts.findings import LINES_SHOWN, reject
from data_contracts.reading.csv_layout import DeliveredRows, Layout, layout, row_faults
from data_contracts.reading.csv_text import plain_text
from data_contracts.reading.delivery import Delivery
from data_contracts.reading.file_bytes import MAX_COLUMNS, MAX_ROW_BYTES
from data_contracts.reading.file_format import Snapshot

_DELIMITERS = {
    ";": "semicolon-separated",
    "\t": "tab-separated",
    "|": "separated by '|'",
    ",": "comma-separated",
}
_DECIMAL_COMMA = re.compile(r"(?:^|[;\t|])[+-]?\d+,\d+(?:[;\t|]|$)")
_LINES_OF_TITLE = 20
_BLOCK = 64 * 1024**2


def read_csv(snapshot: Snapshot, table: Table) -> Delivery:
    """Read all cells as text.

    Args:
        snapshot: the bytes of the file.
        table: the table of the contract; its delimiter and columns are used.

    Raises:
        RejectedError: no row can be trusted.

    """
    content, notes = plain_text(snapshot.content)
    where = layout(content, table.delimiter)
    header = _header(where, table)
    if len(where.starts) == 1:
        raise reject("E_NO_ROWS", "The file has a header line but no rows.")
    faults = row_faults(where, header, table.delimiter)
    _check_field_counts(where, faults.ragged, content, table)
    return Delivery(
        form="csv",
        header=header,
        cells=_cells(where, faults.unreadable, header, table.delimiter),
        rows=len(faults.ragged),
        lines=where.lines[1:],
        raw=DeliveredRows(snapshot.content, where),
        unreadable=faults.unreadable,
        held=faults.held,
        notes=tuple(notes),
    )


def _header(where: Layout, table: Table) -> tuple[str, ...]:
    if not len(where.starts):
        raise reject("E_FILE_EMPTY", "The file contains only blank lines.")
    if where.ends[0] - where.starts[0] > MAX_ROW_BYTES or where.fields[0] > MAX_COLUMNS:
        raise reject(
            "E_TOO_LARGE", f"The header line is too long; a table has at most {MAX_COLUMNS:,} columns."
        )
    line = where.record(0)
    try:
        names = next(csv.reader([line], delimiter=table.delimiter))
    except csv.Error:
        raise reject("E_PARSE", "The header line cannot be read.", lines=(1,)) from None
    if len(names) != where.fields[0]:
        raise reject(
            "E_PARSE", "The header line cannot be split into columns; check its quotation marks.", lines=(1,)
        )
    _check_header_line(names, where, table)
    if len(names) == 1 and len(table.columns) > 1:
        _check_delimiter(line, where, table)
    return tuple(names)


def _check_header_line(names: list[str], where: Layout, table: Table) -> None:
    """Exports often begin with a title, a date, or Excel's hint of a delimiter ('sep=;')."""
    check_header_line(
        names, {c.name.casefold() for c in table.columns if not c.optional}, where, table.delimiter
    )


def check_header_line(names: list[str], wanted: set[str], where: Layout, delimiter: str) -> None:
    """Raise `RejectedError` if the first line has none of the wanted names and a line below it has all of them."""
    if not wanted or not wanted.isdisjoint(name.strip().casefold() for name in names):
        return
    for number in range(1, min(_LINES_OF_TITLE, len(where.starts))):
        cells = where.record(number).casefold().split(delimiter)
        if wanted <= {cell.strip(' "') for cell in cells}:
            line = int(where.lines[number])
            message = f"The column names are in line {line}; remove the lines above them."
            raise reject("E_COLUMNS_MISSING", message, lines=(line,))


def _check_delimiter(line: str, where: Layout, table: Table) -> None:
    """Raise `RejectedError` if the header has a single column because it uses another delimiter."""
    expected = _DELIMITERS.get(table.delimiter, repr(table.delimiter))
    for other, words in _DELIMITERS.items():
        if other != table.delimiter and other in line:
            commas = len(where.starts) > 1 and _DECIMAL_COMMA.search(where.record(1))
            more = (
                " Its numbers seem to have decimal commas; the gate reads decimal points." if commas else ""
            )
            raise reject("E_COLUMNS_MISSING", f"The file looks {words}; the contract says {expected}.{more}")


def check_ragged(ragged: int, rows: int, width: int, lines: tuple[int, ...]) -> None:
    """Raise `RejectedError` if more than half of the rows have another number of fields than the header."""
    if ragged > max(1, 0.5 * rows):
        raise reject(
            "E_PARSE",
            f"{ragged:,} of {rows:,} rows have another number of fields "
            f"than the header ({width}): columns would shift.",
            lines=lines,
        )


def _check_field_counts(where: Layout, ragged: npt.NDArray[np.bool_], content: bytes, table: Table) -> None:
    width = int(where.fields[0])
    lines = tuple(int(n) for n in where.lines[1:][ragged][:LINES_SHOWN])
    check_ragged(int(ragged.sum()), len(ragged), width, lines)
    cut = int(where.fields[-1]) < width if not table.final_newline else True
    if cut and not content.endswith(b"\n"):
        raise reject(
            "E_TRUNCATED",
            "The last line has no line end: the file was cut off, and an unknown part is missing. If the source "
            "never ends its last line, declare that in the contract (finalNewline: optional).",
            lines=(int(where.lines[-1]),),
        )


def _cells(
    where: Layout, unreadable: npt.NDArray[np.bool_], header: tuple[str, ...], delimiter: str
) -> dict[str, Any]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(i) for i in range(len(header))]
    try:
        text = arrow_csv.read_csv(
            pa.BufferReader(body(where, unreadable, len(header), delimiter)),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=where.quoted_newlines
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise reject("E_PARSE", "The rows cannot be separated; check the quotation marks of cells.") from None
    if text.num_rows != len(unreadable):
        raise reject(
            "E_PARSE", f"{len(unreadable):,} rows were counted, but {text.num_rows:,} could be read."
        )
    return {str(i): text.column(i) for i in range(len(header))}


def body(where: Layout, unreadable: npt.NDArray[np.bool_], width: int, delimiter: str) -> bytes | memoryview:
    """The bytes of the data rows, with an empty row in place of each unreadable one."""
    if not unreadable.any():
        return memoryview(where.content)[where.starts[1] :]
    blank = (delimiter * (width - 1)).encode() if width > 1 else b'""'
    starts, ends = where.starts[1:], where.ends[1:]
    pieces, at = [], int(starts[0])
    for row in np.flatnonzero(unreadable):
        pieces += [where.content[at : starts[row]], blank]
        at = int(ends[row])
    return b"".join([*pieces, where.content[at:]])
