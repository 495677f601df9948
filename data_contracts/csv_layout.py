"""Where the records of a CSV file lie: found over the bytes, before any parser may guess."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Positions, RejectedError, reject

_QUOTE, _NEWLINE = 34, 10
_BLOCK = 16 * 1024**2
"""Bytes looked at together: what is found in between takes several times their memory."""
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Start and end of every non-blank record, header first, with its line and its number of fields."""

    content: bytes
    starts: Positions
    ends: Positions
    lines: Positions
    fields: Positions
    quoted_newlines: bool

    def record(self, number: int) -> str:
        """The text of a record, the header being number 0."""
        return self.content[self.starts[number] : self.ends[number]].decode("utf-8")


@dataclass(frozen=True, kw_only=True)
class _Breaks:
    """Line ends outside of quotes, with how many delimiters and line ends of any kind stand before each."""

    places: Positions
    delimiters: Positions
    newlines: Positions


def layout(content: bytes, delimiter: str) -> Layout:
    """Scans the bytes once, block by block; refuses quotes that do not pair up."""
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
    """Block after block of the file; its end counts as a line end."""
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
    """Which bytes of the block stand outside of quotes, and how many quotes it has; `before` stand before it."""
    quotes = buffer[at : at + _BLOCK] == _QUOTE
    where = np.flatnonzero(quotes)
    if not len(where):
        return np.full(len(quotes), before % 2 == 0), 0
    _check_quotes(buffer, where[before % 2 :: 2] + at, where[1 - before % 2 :: 2] + at, delimiter)
    # parity survives the wrap-around of 8 bits, and a byte per byte is all the memory it takes
    parity: Bytes = np.cumsum(quotes, dtype=np.uint8)
    return np.equal((parity + before % 2) % 2, 0), len(where)


def _check_quotes(buffer: Bytes, opening: Positions, closing: Positions, delimiter: int) -> None:
    """An opening quote follows a delimiter or a line's start, a closing one stands before either."""
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
        "E_PARSE", f"A quotation mark near line {line} is not closed, or stands inside a cell.", lines=(line,)
    )
