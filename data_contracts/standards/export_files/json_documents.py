"""Splits JSON documents into objects, and fits objects to a schema.

A document may be an array, one object over many lines, or several objects after one another; byte-order marks are
removed and line ends normalised. An object may differ from its schema where its meaning is unambiguous: a number
instead of text, a number in quotes, a list of one instead of a single item, or a single item instead of a list.
An object with a repeated key and two different values is refused.
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
_MIN_FIRST_READ = 4096


def blocks(stream: BinaryIO, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """The text in blocks of about `chunk_bytes`; raises `RejectedError` for UTF-16 and UTF-32.

    In JSON a carriage return occurs only in line ends, so each one can be replaced.
    """
    block = stream.read(max(chunk_bytes, _MIN_FIRST_READ))
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
    """Positions of braces and brackets outside of strings, with the nesting depth after each."""

    place: Integers
    step: Integers
    """1 where one opens, -1 where one closes."""
    depth: Integers

    def spans(self, depth: int) -> list[tuple[int, int]]:
        """(start, end) of every object and list at that depth; the end is exclusive."""
        opens = self.place[(self.step == 1) & (self.depth == depth)]
        closes = self.place[(self.step == -1) & (self.depth == depth - 1)]
        return [(int(a), int(b) + 1) for a, b in zip(opens, closes, strict=False)]


def braces(content: bytes) -> Braces:
    """Finds the braces of a text that does not begin inside a string."""
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
    """Whether an odd number of backslashes precedes each byte."""
    places = np.arange(len(buffer), dtype=np.int32)
    last_other = np.maximum.accumulate(np.where(buffer == _BACKSLASH, np.int32(-1), places))
    escaped = np.zeros(len(buffer), dtype=bool)
    escaped[1:] = ((places[:-1] - last_other[:-1]) & 1).astype(bool)
    return escaped


@dataclass
class Documents:
    """Splits a stream into JSON objects; `other_items` counts the items between them that are not objects."""

    stream: BinaryIO
    other_items: int = 0
    _in_array: bool = False
    _started: bool = False

    def __iter__(self) -> Iterator[list[bytes]]:
        """Objects as bytes, those of a block at once; raises `RejectedError` if the text is cut off or not JSON."""
        rest = b""
        for block in blocks(self.stream, CHUNK_BYTES):
            found, rest = self._split(rest + block)
            if len(rest) > LARGEST:
                raise reject(
                    "E_TOO_LARGE",
                    f"One JSON object has over {LARGEST:,} bytes; export it as NDJSON, one object per line.",
                )
            yield found
        if self._in_array or braces(rest).place.size:
            raise reject("E_TRUNCATED", "The file ends in the middle of an entry: it was cut off.")
        self._note(rest)

    def _split(self, content: bytes) -> tuple[list[bytes], bytes]:
        """The complete objects in `content`, and the rest."""
        if not self._started and content.strip():
            self._started, self._in_array = True, content.lstrip().startswith(b"[")
            content = content.lstrip()[1:] if self._in_array else content
        in_list = self._in_array
        found = braces(content)
        after, below = b"", np.flatnonzero(found.depth < 0)
        if len(below):
            end = int(found.place[below[0]])
            if not self._in_array or content[end : end + 1] != b"]":
                raise reject("E_PARSE", "The file is not JSON: it has an unmatched closing bracket.")
            self._in_array, content, after = False, content[:end], content[end + 1 :]
            found = braces(content)
            if braces(after).place.size:
                raise reject("E_PARSE", "The file is not JSON: there is content after the end of its list.")
        whole = found.spans(1)
        if not in_list and any(content[opened] == _OPENING[1] for opened, _ in whole):
            raise reject("E_PARSE", "The file is not JSON: a list is followed or preceded by other content.")
        ends = [0, *(end for _, end in whole)]
        for start, (opened, _) in zip(ends, whole, strict=False):
            self._note(content[start:opened])
        return [content[start:end] for start, end in whole], content[ends[-1] :] + after

    def _note(self, between: bytes) -> None:
        self.other_items += bool(between.strip(b" \t\n,"))


_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$")
_BLANK = " \t\r\n\ufeff\u00a0"


class UnfitError(ValueError):
    """The object does not fit the schema."""


class _Number(str):
    """The digits of a number as written."""


class _Twice:
    """Marks a repeated key with two different values."""


def fit_to_schema(line: bytes, schema: Any) -> dict[str, Any] | None:
    """The line's object as a row of the Arrow schema; None for a blank line. Raises `UnfitError` if it does not fit."""
    try:
        text = line.decode("utf-8").strip(_BLANK)
        found = (
            json.loads(
                text,
                object_pairs_hook=_without_conflicting_keys,
                parse_int=_Number,
                parse_float=_Number,
                parse_constant=_refuse_constant,
            )
            if text
            else None
        )
        if not text:
            return None
        if not isinstance(found, dict):
            raise UnfitError
        return {field.name: _fit_value(found.get(field.name), field.type) for field in schema}
    except (ValueError, RecursionError):
        raise UnfitError from None


def _without_conflicting_keys(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = value if name not in found or found[name] == value else _Twice()
    return found


def _refuse_constant(_: str) -> Any:
    raise UnfitError


def _fit_value(value: Any, kind: Any) -> Any:
    import pyarrow as pa

    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_fit_value(item, kind.value_type) for item in (value if isinstance(value, list) else [value])]
    if pa.types.is_struct(kind):
        return _struct(_single_item(value), kind)
    return _scalar(_single_item(value), kind)


def _single_item(value: Any) -> Any:
    """The item of a list of one; raises `UnfitError` for a list of several."""
    if not isinstance(value, list):
        return value
    held = [item for item in value if item is not None]
    if len(held) > 1:
        raise UnfitError
    return held[0] if held else None


def _struct(value: Any, kind: Any) -> Any:
    names = {field.name for field in kind}
    if type(value) is str and "coding" in names:
        # a status that is a plain code in earlier versions of FHIR
        value = {"coding": [{"code": value}]}
    if value is None:
        return None
    if not isinstance(value, dict):
        raise UnfitError
    if "code" in names and "coding" not in names and "code" not in value and "coding" in value:
        # a coding that is a CodeableConcept in later versions of FHIR
        return _struct(_single_item(value["coding"]), kind)
    return {field.name: _fit_value(value.get(field.name), field.type) for field in kind}


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
