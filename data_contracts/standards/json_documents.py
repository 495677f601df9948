"""JSON that is not one object a line: an array, one object over many lines, or several after one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from data_contracts.findings import reject
from data_contracts.standards.json_text import CHUNK_BYTES, blocks
from data_contracts.standards.moments import Integers

LARGEST = 64 * 1024**2
_QUOTE, _BACKSLASH = ord('"'), ord("\\")
_OPENING, _CLOSING = (ord("{"), ord("[")), (ord("}"), ord("]"))


@dataclass(frozen=True, kw_only=True)
class Braces:
    """Where objects and lists open and close, outside of texts, and how deep each place is (opened: counted)."""

    place: Integers
    step: Integers
    """1 where one opens, -1 where one closes."""
    depth: Integers

    def spans(self, depth: int) -> list[tuple[int, int]]:
        """From the opening to after the closing of everything at that depth."""
        opens = self.place[(self.step == 1) & (self.depth == depth)]
        closes = self.place[(self.step == -1) & (self.depth == depth - 1)]
        return [(int(a), int(b) + 1) for a, b in zip(opens, closes, strict=False)]


def braces(content: bytes) -> Braces:
    """Of a text that does not begin within a string."""
    buffer = np.frombuffer(content, dtype=np.uint8)
    quote = buffer == _QUOTE
    if b"\\" in content:
        quote &= ~_escaped(buffer)
    inside = (np.cumsum(quote, dtype=np.int32) & 1).astype(bool)
    opening = np.isin(buffer, _OPENING)
    place = np.flatnonzero((opening | np.isin(buffer, _CLOSING)) & ~inside)
    step = np.where(opening[place], 1, -1)
    return Braces(place=place, step=step, depth=np.cumsum(step))


def _escaped(buffer: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Whether an odd number of backslashes stands before each byte."""
    places = np.arange(len(buffer), dtype=np.int32)
    last_other = np.maximum.accumulate(np.where(buffer == _BACKSLASH, np.int32(-1), places))
    escaped = np.zeros(len(buffer), dtype=bool)
    escaped[1:] = ((places[:-1] - last_other[:-1]) & 1).astype(bool)
    return escaped


@dataclass
class Documents:
    """Reads a stream; afterwards `strange` says how many things stood between the objects that are none."""

    stream: BinaryIO
    strange: int = 0
    _in_array: bool = False
    _begun: bool = False

    def __iter__(self) -> Iterator[list[bytes]]:
        """Objects as they are written, those of a block at once.

        Raises `RejectedError` where the text ends within one, or is no JSON.
        """
        rest = b""
        for block in blocks(self.stream, CHUNK_BYTES):
            found, rest = self._split(rest + block)
            if len(rest) > LARGEST:
                raise reject(
                    "E_TOO_LARGE",
                    f"One JSON object has over {LARGEST:,} bytes; export it as NDJSON, one a line.",
                )
            yield found
        if self._in_array or braces(rest).place.size:
            raise reject("E_TRUNCATED", "The file ends in the middle of an entry: it was cut off.")
        self._note(rest)

    def _split(self, content: bytes) -> tuple[list[bytes], bytes]:
        """The whole objects in it, and what is left."""
        if not self._begun and content.strip():
            self._begun, self._in_array = True, content.lstrip().startswith(b"[")
            content = content.lstrip()[1:] if self._in_array else content
        in_list = self._in_array
        found = braces(content)
        after, below = b"", np.flatnonzero(found.depth < 0)
        if len(below):
            end = int(found.place[below[0]])
            if not self._in_array or content[end : end + 1] != b"]":
                raise reject("E_PARSE", "The file is no JSON: something is closed that was never opened.")
            self._in_array, content, after = False, content[:end], content[end + 1 :]
            found = braces(content)
            if braces(after).place.size:
                raise reject("E_PARSE", "The file is no JSON: something stands after the end of its list.")
        whole = found.spans(1)
        if not in_list and any(content[opened] == _OPENING[1] for opened, _ in whole):
            raise reject("E_PARSE", "The file is no JSON: a list stands beside something else.")
        begun = [0, *(end for _, end in whole)]
        for start, (opened, _) in zip(begun, whole, strict=False):
            self._note(content[start:opened])
        return [content[start:end] for start, end in whole], content[begun[-1] :] + after

    def _note(self, between: bytes) -> None:
        self.strange += bool(between.strip(b" \t\n,"))
