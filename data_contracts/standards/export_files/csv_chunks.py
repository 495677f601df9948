"""Reads a CSV file of an export chunk by chunk, with the gate's rules for bytes, line ends, quotes and faulty rows."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.findings import LINES_SHOWN, reject
from data_contracts.reading.csv_layout import Layout, layout, row_faults
from data_contracts.reading.csv_reader import body, check_header_line, check_ragged
from data_contracts.reading.csv_text import plain_pieces

CHUNK_BYTES = 16 * 1024**2
_DELIMITERS = (",", "\t", ";", "|")
_CELL_FAULTS = {"Q_CONTROL_CHAR", "Q_LOST_CHARACTER"}
"""Faults of one cell: the row is lost only if the cell is in a wanted column."""
_LOST_CHARACTERS = "[\x00-\x08\x0b-\x1f\x7f\ufffd]"

LocateColumns = Callable[[Sequence[str]], Mapping[str, str]]
"""Header -> wanted column -> its name in the header; raises `RejectedError` where one is missing."""


@dataclass(frozen=True, kw_only=True)
class CsvChunk:
    """Rows of the wanted columns as text, and the line numbers of unreadable rows."""

    columns: Mapping[str, Any]
    rows: int
    unreadable: tuple[int, ...]
    headers: int
    """Lines that repeat the header, as in concatenated files."""


@dataclass
class _Progress:
    names: list[str]
    delimiter: str
    header: bytes
    wanted: Mapping[str, int]
    """Column -> its index in the header."""
    newlines: int = 0
    """Line ends in the pieces before this one."""
    rows: int = 0
    ragged: int = 0
    ragged_lines: list[int] = field(default_factory=list)


def chunks(reader: io.BufferedIOBase, locate: LocateColumns, needed: Sequence[str]) -> Iterator[CsvChunk]:
    """All rows, about `CHUNK_BYTES` at a time; raises `RejectedError` where rows cannot be separated."""
    progress: _Progress | None = None
    for piece in _whole_records(reader.read, CHUNK_BYTES):
        content = piece
        if progress is None:
            if not piece.strip():
                continue
            progress = _read_header(piece, locate, needed)
        else:
            content = progress.header + b"\n" + piece
        yield from _chunk(content, progress)
        progress.newlines += piece.count(b"\n")
    if progress is None:
        raise reject("E_FILE_EMPTY", "The file is empty.")
    check_ragged(
        progress.ragged, progress.rows, len(progress.names), tuple(progress.ragged_lines[:LINES_SHOWN])
    )


def _whole_records(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Pieces that end at the end of a record, or of the file."""
    rest, lines = b"", 0
    for text in plain_pieces(read, size):
        whole = rest + text
        cut = _last_end(whole)
        if not cut and len(whole) > size:
            raise reject(
                "E_PARSE",
                f"A quotation mark after line {lines} is not closed, or is inside a cell.",
                lines=(lines,),
            )
        rest = whole[cut:]
        if cut:
            lines += whole.count(b"\n", 0, cut)
            yield whole[:cut]
    if rest:
        yield rest


def _last_end(text: bytes) -> int:
    """The position after the last line end outside of quotes; 0 if there is none."""
    quotes, end, cut = text.count(b'"'), len(text), text.rfind(b"\n") + 1
    while cut:
        quotes, end = quotes - text.count(b'"', cut, end), cut
        if quotes % 2 == 0:
            return cut
        cut = text.rfind(b"\n", 0, cut - 1) + 1
    return 0


def _read_header(piece: bytes, locate: LocateColumns, needed: Sequence[str]) -> _Progress:
    start = len(piece) - len(piece.lstrip(b"\n"))
    line = piece[start : piece.find(b"\n", start) if b"\n" in piece[start:] else len(piece)].decode("utf-8")
    delimiter = max(_DELIMITERS, key=line.count)
    csv_layout = layout(piece, delimiter)
    header = piece[csv_layout.starts[0] : csv_layout.ends[0]]
    try:
        names = next(csv.reader([header.decode("utf-8")], delimiter=delimiter), [])
    except csv.Error:
        raise reject("E_PARSE", "The header line cannot be read.", lines=(1,)) from None
    if len(names) != csv_layout.fields[0]:
        raise reject("E_PARSE", "The header line cannot be split into columns; see its quoting.", lines=(1,))
    for other in _DELIMITERS:
        check_header_line(names, set(needed), csv_layout, other)
    wanted = {column: names.index(own) for column, own in locate(names).items()}
    return _Progress(names=names, delimiter=delimiter, header=header, wanted=wanted)


def _chunk(content: bytes, progress: _Progress) -> Iterator[CsvChunk]:
    """The chunk of one piece; `content` begins with the header for every piece."""
    csv_layout = layout(content, progress.delimiter)
    if len(csv_layout.starts) == 1:
        return
    faults = row_faults(csv_layout, progress.names, progress.delimiter)
    lost = faults.unreadable.copy()
    cells = _parsed(csv_layout, lost, progress)
    for held in faults.held:
        if held.code in _CELL_FAULTS:
            lost[_rows_with_lost_characters(cells, held.positions)] = True
    lines = csv_layout.lines[1:] + _lines_before(progress)
    _count_ragged(faults.ragged, lines, progress)
    unreadable = lost.copy()
    for held in faults.held:
        if held.code == "Q_HEADER_REPEATED":
            unreadable[held.positions] = False
    yield CsvChunk(
        columns=_drop_rows(cells, lost),
        rows=int((~lost).sum()),
        unreadable=tuple(int(n) for n in lines[unreadable]),
        headers=int(lost.sum() - unreadable.sum()),
    )


def _lines_before(progress: _Progress) -> int:
    """Lines of the file before the piece, minus the header that is prepended to later pieces."""
    return progress.newlines - progress.header.count(b"\n") - 1 if progress.newlines else 0


def _count_ragged(ragged: npt.NDArray[np.bool_], lines: npt.NDArray[np.int64], progress: _Progress) -> None:
    progress.rows += len(ragged)
    progress.ragged += int(ragged.sum())
    if progress.ragged and len(progress.ragged_lines) < LINES_SHOWN:
        progress.ragged_lines += [int(n) for n in lines[ragged][:LINES_SHOWN]]


def _parsed(csv_layout: Layout, unreadable: npt.NDArray[np.bool_], progress: _Progress) -> dict[str, Any]:
    """The wanted columns of every row of the piece; unreadable rows are empty, and empty cells null."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    places = {str(place): pa.string() for place in progress.wanted.values()}
    try:
        text = arrow_csv.read_csv(
            pa.BufferReader(body(csv_layout, unreadable, len(progress.names), progress.delimiter)),
            read_options=arrow_csv.ReadOptions(
                column_names=[str(i) for i in range(len(progress.names))],
                use_threads=False,
                block_size=2 * CHUNK_BYTES,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=progress.delimiter, newlines_in_values=csv_layout.quoted_newlines
            ),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=list(places),
                column_types=places,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        raise reject("E_PARSE", "The rows cannot be separated; see the quoting of cells.") from None
    if text.num_rows != len(unreadable):
        raise reject(
            "E_PARSE", f"{len(unreadable):,} rows were counted, but {text.num_rows:,} could be read."
        )
    return {name: text.column(str(place)).combine_chunks() for name, place in progress.wanted.items()}


def _rows_with_lost_characters(
    cells: Mapping[str, Any], rows: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Those of the rows in which a wanted cell holds a control or replacement character."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.zeros(len(rows), dtype=bool)
    for column in cells.values():
        hit = pc.fill_null(pc.match_substring_regex(column.take(pa.array(rows)), _LOST_CHARACTERS), False)
        found |= np.array(hit.to_numpy(zero_copy_only=False), dtype=bool)
    return rows[found]


def _drop_rows(cells: Mapping[str, Any], lost: npt.NDArray[np.bool_]) -> dict[str, Any]:
    import pyarrow as pa

    if not lost.any():
        return dict(cells)
    kept = pa.array(~lost)
    return {name: column.filter(kept) for name, column in cells.items()}
