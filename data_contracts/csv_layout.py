"""Where the records of a CSV file lie: found over the bytes, before any parser may guess."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Positions, reject

_QUOTE, _NEWLINE = 34, 10
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


def layout(content: bytes, delimiter: str) -> Layout:
    """Scans the bytes once; refuses quotes that do not pair up."""
    buffer = np.frombuffer(content, dtype=np.uint8)
    outside = _outside_quotes(buffer, ord(delimiter))
    newline = buffer == _NEWLINE
    breaks = np.flatnonzero(newline & outside)
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(buffer)]])
    delimiters = np.flatnonzero((buffer == ord(delimiter)) & outside)
    fields = np.searchsorted(delimiters, ends) - np.searchsorted(delimiters, starts) + 1
    newlines = np.flatnonzero(newline)
    filled = ends > starts
    return Layout(
        content=content,
        starts=starts[filled],
        ends=ends[filled],
        lines=np.searchsorted(newlines, starts[filled]) + 1,
        fields=fields[filled],
        quoted_newlines=len(newlines) > len(breaks),
    )


def _outside_quotes(buffer: Bytes, delimiter: int) -> npt.NDArray[np.bool_]:
    quotes = buffer == _QUOTE
    where = np.flatnonzero(quotes)
    if not len(where):
        return np.ones(len(buffer), dtype=bool)
    _check_quotes(buffer, where, delimiter)
    # parity survives the wrap-around of 8 bits, and a byte per byte is all the memory it takes
    parity: Bytes = np.cumsum(quotes, dtype=np.uint8)
    return np.equal(parity % 2, 0)


def _check_quotes(buffer: Bytes, where: Positions, delimiter: int) -> None:
    """An opening quote follows a delimiter or a line's start, a closing one stands before either."""
    opening, closing = where[::2], where[1::2]
    before = buffer[np.maximum(opening - 1, 0)]
    after = buffer[np.minimum(closing + 1, len(buffer) - 1)]
    edges = np.array([delimiter, _NEWLINE, _QUOTE], dtype=np.uint8)
    bad_opening = opening[~(np.isin(before, edges) | (opening == 0))]
    bad_closing = closing[~(np.isin(after, edges) | (closing == len(buffer) - 1))]
    culprits = np.concatenate([bad_opening, bad_closing, opening[-1:] if len(where) % 2 else opening[:0]])
    if len(culprits):
        line = int(np.count_nonzero(buffer[: culprits.min()] == _NEWLINE)) + 1
        raise reject(
            "E_PARSE",
            f"A quotation mark near line {line} is not closed, or stands inside a cell.",
            lines=(line,),
        )
