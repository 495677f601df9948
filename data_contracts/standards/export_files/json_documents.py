"""JSON in any form as one object per line of plain UTF-8: without byte-order marks, with one kind of line end.

A document may be an array, one object over many lines, or several after one another. An object may differ from its
schema where it still has one meaning: the digits of a number where a text should be, a number in quotation marks, a
list of one where one thing should be, one thing where a list should be. An object that names a part twice, and says two
things about it, has none.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from data_contracts.findings import reject
from data_contracts.reading.csv_text import check_width, drop_bom
from data_contracts.standards.export_files.moments import Integers

CHUNK_BYTES = 16 * 1024**2
_ENOUGH_TO_TELL = 4096


def blocks(stream: BinaryIO, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """The text, about so many bytes at once; raises `RejectedError` where a character has two or four bytes.

    A carriage return is no part of any JSON text but its line ends, so it may be replaced wherever it stands.
    """
    block = stream.read(max(chunk_bytes, _ENOUGH_TO_TELL))
    if block:
        check_width(block)
    block, held = drop_bom(block), b""
    while block:
        block, held = held + block, b""
        if b"\r" in block:
            if block.endswith(b"\r"):
                block, held = block[:-1], b"\r"
            block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        yield block
        block = stream.read(chunk_bytes)
    if held:
        yield b"\n"


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


_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$")
_BLANK = " \t\r\n\ufeff\u00a0"


class UnfitError(ValueError):
    """The object says nothing that the schema can hold."""


class _Number(str):
    """The digits of a number as they are written."""


class _Twice:
    """Stands for a part that is named twice."""


def fitted(line: bytes, schema: Any) -> dict[str, Any] | None:
    """The row; None for a blank line.

    Raises `UnfitError` where the line is no JSON object that fits.
    """
    try:
        text = line.decode("utf-8").strip(_BLANK)
        found = (
            json.loads(
                text,
                object_pairs_hook=_without_twins,
                parse_int=_Number,
                parse_float=_Number,
                parse_constant=_refused,
            )
            if text
            else None
        )
        if not text:
            return None
        if not isinstance(found, dict):
            raise UnfitError
        return {field.name: _fit(found.get(field.name), field.type) for field in schema}
    except (ValueError, RecursionError):
        raise UnfitError from None


def _without_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = value if name not in found or found[name] == value else _Twice()
    return found


def _refused(_: str) -> Any:
    raise UnfitError


def _fit(value: Any, kind: Any) -> Any:
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_fit(item, kind.value_type) for item in (value if isinstance(value, list) else [value])]
    if pa.types.is_struct(kind):
        return _struct(_the_one(value), kind)
    return _scalar(_the_one(value), kind)


def _the_one(value: Any) -> Any:
    """What a list of one holds; a list of several has no one meaning."""
    if not isinstance(value, list):
        return value
    held = [item for item in value if item is not None]
    if len(held) > 1:
        raise UnfitError
    return held[0] if held else None


def _struct(value: Any, kind: Any) -> Any:
    names = {field.name for field in kind}
    if type(value) is str and "coding" in names:
        # a status that was a mere code in earlier versions of FHIR
        value = {"coding": [{"code": value}]}
    if value is None:
        return None
    if not isinstance(value, dict):
        raise UnfitError
    if "code" in names and "coding" not in names and "code" not in value and "coding" in value:
        # a coding that has become a concept in later versions of FHIR
        return _struct(_the_one(value["coding"]), kind)
    return {field.name: _fit(value.get(field.name), field.type) for field in kind}


def _scalar(value: Any, kind: Any) -> Any:
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_string(kind) and isinstance(value, str):
        value.encode("utf-8")
        return str(value)
    if pa.types.is_floating(kind) and isinstance(value, str) and _NUMBER.match(value):
        return float(value)
    if pa.types.is_boolean(kind) and (isinstance(value, bool) or value in ("true", "false")):
        return value in (True, "true")
    raise UnfitError
