"""A CSV file of an export, chunk by chunk: bytes, line ends, quotes and faulty rows as the gate takes a delivery's."""

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
_ONLY_IN_CELLS = {"Q_CONTROL_CHAR", "Q_LOST_CHARACTER"}
"""Faults of a cell: the row is lost only where the cell is one that is wanted."""
_SPOILT = "[\x00-\x08\x0b-\x1f\x7f\ufffd]"

Place = Callable[[Sequence[str]], Mapping[str, str]]
"""Header -> wanted column -> its name in the header; raises `RejectedError` where one is missing."""


@dataclass(frozen=True, kw_only=True)
class CsvChunk:
    """Rows of the wanted columns as text, and the lines of those that are left out."""

    columns: Mapping[str, Any]
    rows: int
    unreadable: tuple[int, ...]
    headers: int
    """Lines that repeat the header, as where files were joined end to end."""


@dataclass
class _Progress:
    names: list[str]
    delimiter: str
    header: bytes
    wanted: Mapping[str, int]
    """Column -> its place in the header."""
    newlines: int = 0
    """Line ends in the pieces before this one."""
    rows: int = 0
    ragged: int = 0
    ragged_lines: list[int] = field(default_factory=list)


def chunks(reader: io.BufferedIOBase, place: Place, needed: Sequence[str]) -> Iterator[CsvChunk]:
    """Every row, in about `CHUNK_BYTES` a time; raises `RejectedError` where rows cannot be told apart."""
    so_far: _Progress | None = None
    for piece in _whole_records(reader.read, CHUNK_BYTES):
        content = piece
        if so_far is None:
            if not piece.strip():
                continue
            so_far = _begun(piece, place, needed)
        else:
            content = so_far.header + b"\n" + piece
        yield from _chunk(content, so_far)
        so_far.newlines += piece.count(b"\n")
    if so_far is None:
        raise reject("E_FILE_EMPTY", "The file is empty.")
    check_ragged(so_far.ragged, so_far.rows, len(so_far.names), tuple(so_far.ragged_lines[:LINES_SHOWN]))


def _whole_records(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Pieces that end where a record ends; the last one where the file does."""
    rest, lines = b"", 0
    for text in plain_pieces(read, size):
        whole = rest + text
        cut = _last_end(whole)
        if not cut and len(whole) > size:
            raise reject(
                "E_PARSE",
                f"A quotation mark after line {lines} is not closed, or stands inside a cell.",
                lines=(lines,),
            )
        rest = whole[cut:]
        if cut:
            lines += whole.count(b"\n", 0, cut)
            yield whole[:cut]
    if rest:
        yield rest


def _last_end(text: bytes) -> int:
    """The place after the last line end that stands outside of quotes; 0 where there is none."""
    quotes, end, cut = text.count(b'"'), len(text), text.rfind(b"\n") + 1
    while cut:
        quotes, end = quotes - text.count(b'"', cut, end), cut
        if quotes % 2 == 0:
            return cut
        cut = text.rfind(b"\n", 0, cut - 1) + 1
    return 0


def _begun(piece: bytes, place: Place, needed: Sequence[str]) -> _Progress:
    start = len(piece) - len(piece.lstrip(b"\n"))
    line = piece[start : piece.find(b"\n", start) if b"\n" in piece[start:] else len(piece)].decode("utf-8")
    delimiter = max(_DELIMITERS, key=line.count)
    where = layout(piece, delimiter)
    header = piece[where.starts[0] : where.ends[0]]
    try:
        names = next(csv.reader([header.decode("utf-8")], delimiter=delimiter), [])
    except csv.Error:
        raise reject("E_PARSE", "The header line cannot be read.", lines=(1,)) from None
    if len(names) != where.fields[0]:
        raise reject("E_PARSE", "The header line cannot be told into columns; see its quoting.", lines=(1,))
    for other in _DELIMITERS:
        check_header_line(names, set(needed), where, other)
    wanted = {column: names.index(own) for column, own in place(names).items()}
    return _Progress(names=names, delimiter=delimiter, header=header, wanted=wanted)


def _chunk(content: bytes, so_far: _Progress) -> Iterator[CsvChunk]:
    """`content` begins with the header, whichever piece of the file it is."""
    where = layout(content, so_far.delimiter)
    if len(where.starts) == 1:
        return
    faults = row_faults(where, so_far.names, so_far.delimiter)
    lost = faults.unreadable.copy()
    cells = _parsed(where, lost, so_far)
    for held in faults.held:
        if held.code in _ONLY_IN_CELLS:
            lost[_spoilt(cells, held.positions)] = True
    lines = where.lines[1:] + _lines_before(so_far)
    _count(faults.ragged, lines, so_far)
    unreadable = lost.copy()
    for held in faults.held:
        if held.code == "Q_HEADER_REPEATED":
            unreadable[held.positions] = False
    yield CsvChunk(
        columns=_without(cells, lost),
        rows=int((~lost).sum()),
        unreadable=tuple(int(n) for n in lines[unreadable]),
        headers=int(lost.sum() - unreadable.sum()),
    )


def _lines_before(so_far: _Progress) -> int:
    """Lines of the file before the piece; one that is not the first has the header put before it."""
    return so_far.newlines - so_far.header.count(b"\n") - 1 if so_far.newlines else 0


def _count(ragged: npt.NDArray[np.bool_], lines: npt.NDArray[np.int64], so_far: _Progress) -> None:
    so_far.rows += len(ragged)
    so_far.ragged += int(ragged.sum())
    if so_far.ragged and len(so_far.ragged_lines) < LINES_SHOWN:
        so_far.ragged_lines += [int(n) for n in lines[ragged][:LINES_SHOWN]]


def _parsed(where: Layout, unreadable: npt.NDArray[np.bool_], so_far: _Progress) -> dict[str, Any]:
    """The wanted columns, every row of the piece; unreadable ones as empty rows. Empty cells are null."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    places = {str(place): pa.string() for place in so_far.wanted.values()}
    try:
        text = arrow_csv.read_csv(
            pa.BufferReader(body(where, unreadable, len(so_far.names), so_far.delimiter)),
            read_options=arrow_csv.ReadOptions(
                column_names=[str(i) for i in range(len(so_far.names))],
                use_threads=False,
                block_size=2 * CHUNK_BYTES,
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=so_far.delimiter, newlines_in_values=where.quoted_newlines
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
        raise reject("E_PARSE", "The rows cannot be told apart; see the quoting of cells.") from None
    if text.num_rows != len(unreadable):
        raise reject(
            "E_PARSE", f"{len(unreadable):,} rows were counted, but {text.num_rows:,} could be read."
        )
    return {name: text.column(str(place)).combine_chunks() for name, place in so_far.wanted.items()}


def _spoilt(cells: Mapping[str, Any], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Those of the rows in which a wanted cell holds a control character, or stands for one that was lost."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.zeros(len(rows), dtype=bool)
    for column in cells.values():
        hit = pc.fill_null(pc.match_substring_regex(column.take(pa.array(rows)), _SPOILT), False)
        found |= np.array(hit.to_numpy(zero_copy_only=False), dtype=bool)
    return rows[found]


def _without(cells: Mapping[str, Any], lost: npt.NDArray[np.bool_]) -> dict[str, Any]:
    import pyarrow as pa

    if not lost.any():
        return dict(cells)
    kept = pa.array(~lost)
    return {name: column.filter(kept) for name, column in cells.items()}
