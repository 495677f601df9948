"""CSV bytes to text cells, after encoding, line ends, header, field counts and control characters."""

import csv
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.csv_layout import Layout, layout
from data_contracts.delivery import Delivery
from data_contracts.findings import Held, Note, Positions, reject
from data_contracts.snapshot import Snapshot
from data_contracts.terms import Table

_OTHER_DELIMITERS = {
    ";": "semicolon-separated",
    "\t": "tab-separated",
    "|": "separated by '|'",
    ",": "comma-separated",
}
_BLOCK = 64 * 1024**2


def read_csv(snapshot: Snapshot, table: Table) -> Delivery:
    """The delivered rows as text; raises `RejectedError` where no row can be trusted."""
    content, notes = _plain_text(snapshot.content)
    where = layout(content, table.delimiter)
    header = _header(where, table)
    if len(where.starts) == 1:
        raise reject("E_NO_ROWS", "The file has a header line but no rows.")
    ragged = where.fields[1:] != len(header)
    _check_field_counts(where, ragged, content, table)
    cells = _cells(where, ragged, header, table.delimiter)
    return Delivery(
        form="csv",
        header=header,
        cells=cells,
        rows=len(ragged),
        lines=where.lines[1:],
        raw=where,
        unreadable=ragged,
        held=tuple(_held(where, ragged, content)),
        notes=tuple(notes),
    )


def _plain_text(content: bytes) -> tuple[bytes, list[Note]]:
    """UTF-8 without byte-order mark and with one kind of line end; what was changed is noted."""
    notes = []
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise reject("E_ENCODING", "The file is UTF-16; export it as UTF-8.")
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
        notes.append(
            Note(code="N_BOM", message="The file begins with a byte-order mark, which was dropped.", count=1)
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise reject(
            "E_ENCODING", f"Line {line} is not UTF-8; no character is guessed.", lines=(line,)
        ) from None
    if b"\r" in content:
        windows = content.count(b"\r\n")
        if content.count(b"\r") != windows or content.count(b"\n") != windows:
            notes.append(
                Note(code="N_EOL", message="Lines end in different ways; they were read alike.", count=1)
            )
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content, notes


def _header(where: Layout, table: Table) -> tuple[str, ...]:
    if not len(where.starts):
        raise reject("E_FILE_EMPTY", "The file holds nothing but blank lines.")
    line = where.content[where.starts[0] : where.ends[0]].decode("utf-8")
    try:
        names = next(csv.reader([line], delimiter=table.delimiter))
    except csv.Error:
        raise reject("E_PARSE", "The header line cannot be read.", lines=(1,)) from None
    if len(names) != where.fields[0]:
        raise reject("E_PARSE", "The header line cannot be told into columns; see its quoting.", lines=(1,))
    if len(names) == 1 and len(table.columns) > 1:
        for other, words in _OTHER_DELIMITERS.items():
            if other != table.delimiter and other in line:
                expected = _OTHER_DELIMITERS.get(table.delimiter, repr(table.delimiter))
                raise reject("E_COLUMNS_MISSING", f"The file looks {words}; the contract says {expected}.")
    return tuple(names)


def _check_field_counts(where: Layout, ragged: npt.NDArray[np.bool_], content: bytes, table: Table) -> None:
    width = int(where.fields[0])
    if ragged.sum() > max(1, 0.5 * len(ragged)):
        raise reject(
            "E_PARSE",
            f"{int(ragged.sum()):,} of {len(ragged):,} rows have another number of fields "
            f"than the header ({width}): columns would shift.",
            lines=tuple(int(n) for n in where.lines[1:][ragged][:20]),
        )
    cut = int(where.fields[-1]) < width if not table.final_newline else True
    if cut and not content.endswith(b"\n"):
        raise reject(
            "E_TRUNCATED",
            "The last line does not end: the file was cut off, and nobody knows how much is missing. If the "
            "source never ends its last line, say so in the contract (finalNewline: optional).",
            lines=(int(where.lines[-1]),),
        )


def _held(where: Layout, ragged: npt.NDArray[np.bool_], content: bytes) -> list[Held]:
    held = []
    rows = np.flatnonzero(ragged)
    footer = rows[(rows == len(ragged) - 1) & (where.fields[1:][rows] == 1)]
    rest = np.setdiff1d(rows, footer)
    if len(footer):
        held.append(_reason("Q_KEY_FORMAT", footer, "the last line is no row, it looks like a footer"))
    if len(rest):
        held.append(_reason("Q_FIELD_COUNT", rest, "another number of fields than the header"))
    control = _rows_with_control_characters(where, content)
    if len(control):
        held.append(_reason("Q_CONTROL_CHAR", control, "control characters, such as NUL"))
    return held


def _reason(code: str, positions: Positions, message: str) -> Held:
    return Held(code=code, rule="reader", column="", positions=positions, message=message)


def _rows_with_control_characters(where: Layout, content: bytes) -> Positions:
    buffer = np.frombuffer(content, dtype=np.uint8)
    found = np.flatnonzero(((buffer < 32) & (buffer != 9) & (buffer != 10)) | (buffer == 127))
    records = np.searchsorted(where.starts, found, side="right") - 1
    return np.unique(records[records > 0]) - 1


def _cells(
    where: Layout, ragged: npt.NDArray[np.bool_], header: tuple[str, ...], delimiter: str
) -> dict[str, Any]:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(i) for i in range(len(header))]
    try:
        text = arrow_csv.read_csv(
            pa.BufferReader(_body(where, ragged, len(header), delimiter)),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=where.quoted_newlines
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        raise reject("E_PARSE", "The rows cannot be told apart; see the quoting of cells.") from None
    if text.num_rows != len(ragged):
        raise reject("E_PARSE", f"{len(ragged):,} rows were counted, but {text.num_rows:,} could be read.")
    return {str(i): text.column(i).combine_chunks() for i in range(len(header))}


def _body(where: Layout, ragged: npt.NDArray[np.bool_], width: int, delimiter: str) -> bytes:
    """The data rows, with an empty row in place of each that has the wrong number of fields."""
    if not ragged.any():
        return where.content[int(where.starts[1]) :]
    blank = (delimiter * (width - 1)).encode() if width > 1 else b'""'
    spans = zip(ragged, where.starts[1:], where.ends[1:], strict=True)
    return b"\n".join(blank if bad else where.content[a:b] for bad, a, b in spans) + b"\n"
