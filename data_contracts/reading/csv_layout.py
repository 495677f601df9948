"""Find the records of a CSV file in its bytes, before a parser reads them.

Rows whose cells cannot be trusted are held back here. The original text of every row is kept byte for byte, although
line ends are normalised for parsing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Held, Positions, RejectedError, reject
from data_contracts.reading.csv_text import BOM, bom_length
from data_contracts.reading.file_bytes import MAX_ROW_BYTES

_QUOTE, _NEWLINE = 34, 10
_BLOCK = 16 * 1024**2
"""Bytes that are scanned at once: the intermediate arrays take several times their memory."""
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Start, end, line and number of fields of every non-blank record, the header first; each of shape (records,)."""

    content: bytes
    starts: Positions
    ends: Positions
    lines: Positions
    fields: Positions
    quoted_newlines: bool

    def record(self, number: int) -> str:
        """The text of a record; the header is number 0."""
        return self.content[self.starts[number] : self.ends[number]].decode("utf-8")


@dataclass(frozen=True, kw_only=True)
class _Breaks:
    """Line ends outside quotes, with the number of delimiters and of line ends (quoted ones too) before each."""

    places: Positions
    delimiters: Positions
    newlines: Positions


def layout(content: bytes, delimiter: str) -> Layout:
    """Find the records in one scan, block by block.

    Args:
        content: UTF-8 text with LF as line end.
        delimiter: the character between fields.

    Raises:
        RejectedError: quotation marks do not pair up.

    """
    found = list(_breaks(content, ord(delimiter)))
    breaks = np.concatenate([f.places for f in found])
    starts = np.concatenate([[0], breaks[:-1] + 1])
    newlines = np.concatenate([f.newlines for f in found])
    filled = breaks > starts
    return Layout(
        content=content,
        starts=starts[filled],
        ends=breaks[filled],
        lines=np.concatenate([[0], newlines[:-1] + 1])[filled] + 1,
        fields=np.diff(np.concatenate([f.delimiters for f in found]), prepend=0)[filled] + 1,
        quoted_newlines=int(newlines[-1]) > len(breaks) - 1,
    )


def _breaks(content: bytes, delimiter: int) -> Iterator[_Breaks]:
    """The line ends, block by block; the end of the file counts as one."""
    buffer = np.frombuffer(content, dtype=np.uint8)
    quotes = delimiters = newlines = 0
    for at in range(0, len(buffer), _BLOCK):
        block = buffer[at : at + _BLOCK]
        outside, more_quotes = _outside_quotes(buffer, at, delimiter, quotes)
        lines, cells = np.flatnonzero(block == _NEWLINE), np.flatnonzero((block == delimiter) & outside)
        breaks = lines[outside[lines]]
        yield _Breaks(
            places=breaks + at,
            delimiters=np.searchsorted(cells, breaks) + delimiters,
            newlines=np.searchsorted(lines, breaks) + newlines,
        )
        quotes, delimiters, newlines = quotes + more_quotes, delimiters + len(cells), newlines + len(lines)
    if quotes % 2:
        raise _unpaired(buffer, content.rindex(_QUOTE))
    yield _Breaks(
        places=np.array([len(buffer)]), delimiters=np.array([delimiters]), newlines=np.array([newlines])
    )


def _outside_quotes(buffer: Bytes, at: int, delimiter: int, before: int) -> tuple[npt.NDArray[np.bool_], int]:
    """Which bytes of the block are outside quotes, and its number of quotes; `before` counts those before it."""
    quotes = buffer[at : at + _BLOCK] == _QUOTE
    where = np.flatnonzero(quotes)
    if not len(where):
        return np.full(len(quotes), before % 2 == 0), 0
    _check_quotes(buffer, where[before % 2 :: 2] + at, where[1 - before % 2 :: 2] + at, delimiter)
    # parity is right even when 8 bits overflow, and this takes only one byte of memory per byte
    parity: Bytes = np.cumsum(quotes, dtype=np.uint8)
    return np.equal((parity + before % 2) % 2, 0), len(where)


def _check_quotes(buffer: Bytes, opening: Positions, closing: Positions, delimiter: int) -> None:
    """Check that opening quotes follow a delimiter or line end, and closing quotes precede one."""
    before = buffer[np.maximum(opening - 1, 0)]
    after = buffer[np.minimum(closing + 1, len(buffer) - 1)]
    edges = np.array([delimiter, _NEWLINE, _QUOTE], dtype=np.uint8)
    bad_opening = opening[~(np.isin(before, edges) | (opening == 0))]
    bad_closing = closing[~(np.isin(after, edges) | (closing == len(buffer) - 1))]
    culprits = np.concatenate([bad_opening, bad_closing])
    if len(culprits):
        raise _unpaired(buffer, int(culprits.min()))


def _unpaired(buffer: Bytes, place: int) -> RejectedError:
    line = int(np.count_nonzero(buffer[:place] == _NEWLINE)) + 1
    return reject(
        "E_PARSE", f"A quotation mark near line {line} is not closed, or is inside a cell.", lines=(line,)
    )


_CONTROL = bytes({*range(32), 127} - {9, 10})
_LOST = "\ufffd".encode()
_MARKS = b"(?:" + re.escape(BOM) + b")*+"


@dataclass(frozen=True, kw_only=True)
class RowFaults:
    """Faulty rows. The parser gets an empty row in place of each `unreadable` one, whose cells are meaningless."""

    ragged: npt.NDArray[np.bool_]
    unreadable: npt.NDArray[np.bool_]
    held: tuple[Held, ...]


def row_faults(where: Layout, header: Sequence[str], delimiter: str) -> RowFaults:
    """Find faulty rows; an unreadable row gets only one reason.

    Args:
        where: the records of the file.
        header: the column names.
        delimiter: the character between fields.

    """
    ragged = where.fields[1:] != len(header)
    again, long = _repeated_headers(where, header, delimiter), _too_long(where)
    unreadable = ragged | again | long
    footer = ragged & (where.fields[1:] == 1)
    footer[:-1] = False
    found = (
        ("Q_HEADER_REPEATED", np.flatnonzero(again), "the header line is repeated among the rows"),
        ("Q_ROW_TOO_LONG", np.flatnonzero(long & ~again), f"longer than {MAX_ROW_BYTES:,} bytes"),
        (
            "Q_KEY_FORMAT",
            np.flatnonzero(footer & ~long),
            "the last line is not a row, it looks like a footer",
        ),
        (
            "Q_FIELD_COUNT",
            np.flatnonzero(ragged & ~footer & ~long),
            "another number of fields than the header",
        ),
        ("Q_CONTROL_CHAR", _with_control_characters(where), "control characters, such as NUL"),
        (
            "Q_LOST_CHARACTER",
            _with_lost_characters(where),
            "U+FFFD: a character was lost before the delivery, so two names may have become the same",
        ),
    )
    return RowFaults(
        ragged=ragged,
        unreadable=unreadable,
        held=tuple(
            Held(code=code, rule="reader", column="", positions=positions, message=message)
            for code, positions, message in found
            if len(positions)
        ),
    )


def _repeated_headers(where: Layout, header: Sequence[str], delimiter: str) -> npt.NDArray[np.bool_]:
    """Rows that repeat the header, as in concatenated files; quotes and letter case may differ."""
    again = np.zeros(len(where.starts) - 1, dtype=bool)
    if len(header) > 1:
        line = _header_as_written(where) + rb"|" + _header_as_named(header, delimiter)
        joint = re.compile(rb"\n" + _MARKS + rb"(?:" + line + rb")(?=\n|\Z)", re.IGNORECASE)
        places = np.array([m.start() + 1 for m in joint.finditer(where.content)], dtype=np.int64)
        again |= np.isin(where.starts[1:], places)
    return again


def _header_as_written(where: Layout) -> bytes:
    return re.escape(where.content[where.starts[0] : where.ends[0]])


def _header_as_named(header: Sequence[str], delimiter: str) -> bytes:
    """Pattern of the names with any spaces and quotes around them; possessive, as a row may be a long run of both."""
    around = b"[" + re.escape(' \t"'.replace(delimiter, "").encode()) + b"]*+"
    names = (around + re.escape(name.strip(' \t"').encode()) + around for name in header)
    return re.escape(delimiter.encode()).join(names)


def _too_long(where: Layout) -> npt.NDArray[np.bool_]:
    return (where.ends - where.starts)[1:] > MAX_ROW_BYTES


def _with_control_characters(where: Layout) -> Positions:
    if len(where.content.translate(None, _CONTROL)) == len(where.content):
        return np.empty(0, dtype=np.int64)
    is_control = np.zeros(256, dtype=bool)
    is_control[list(_CONTROL)] = True
    return _rows_at(where, np.flatnonzero(is_control[np.frombuffer(where.content, dtype=np.uint8)]))


def _with_lost_characters(where: Layout) -> Positions:
    if _LOST not in where.content:
        return np.empty(0, dtype=np.int64)
    places = [m.start() for m in re.finditer(_LOST, where.content)]
    return _rows_at(where, np.array(places, dtype=np.int64))


def _rows_at(where: Layout, places: Positions) -> Positions:
    """Positions of the data rows that contain these bytes, from 0 after the header."""
    records = np.searchsorted(where.starts, places, side="right") - 1
    return np.unique(records[records > 0]) - 1


@dataclass(frozen=True)
class DeliveredRows:
    """The decompressed bytes of the file, and the layout of its text with normalised line ends."""

    content: bytes
    where: Layout

    def text(self, positions: Positions) -> list[str]:
        """The rows without their line ends; encoded as UTF-8 they are the delivered bytes."""
        starts = self._delivered(self.where.starts[1:][positions])
        ends = self._delivered(self.where.ends[1:][positions])
        return [self.content[a:b].decode("utf-8") for a, b in zip(starts, ends, strict=True)]

    def _delivered(self, places: Positions) -> Positions:
        """Offsets in the normalised text as offsets in the file, where each earlier CRLF is one byte longer."""
        return places + self._mark + np.searchsorted(self._shortened, places)

    @cached_property
    def _mark(self) -> int:
        return bom_length(self.content)

    @cached_property
    def _shortened(self) -> Positions:
        """Offsets in the normalised text of line ends that are CRLF in the file."""
        if b"\r\n" not in self.content:
            return np.empty(0, dtype=np.int64)
        buffer = np.frombuffer(self.content, dtype=np.uint8)[self._mark :]
        returns = np.flatnonzero((buffer[:-1] == 13) & (buffer[1:] == 10))
        return returns - np.arange(len(returns))
