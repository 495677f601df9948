"""Reads NDJSON (one JSON object per line) as Arrow tables, chunk by chunk; unreadable lines are counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from data_contracts.findings import reject
from data_contracts.standards.export_files.json_documents import (
    CHUNK_BYTES,
    UnfitError,
    blocks,
    fit_to_schema,
)
from data_contracts.standards.export_files.moments import Integers

LONGEST_LINE = 64 * 1024**2
_MIN_BAD_LINES = 1000
"""A file is refused once it has more unreadable lines than this and they are more than half of all lines."""
_ONE_BY_ONE = 128
"""Blocks of at most so many lines are not halved further: if the fast parser fails, they are read line by line."""
_OPENING, _END = ord("{"), ord("\n")


@dataclass(frozen=True, kw_only=True)
class NdjsonChunk:
    """Some lines of the file: a table with one row per readable line, their line numbers, and the unreadable ones."""

    table: Any
    numbers: Integers
    unreadable: tuple[int, ...]

    @property
    def lines(self) -> int:
        """The number of lines that are not blank."""
        return len(self.numbers) + len(self.unreadable)


def read(stream: BinaryIO, schema: Any, chunk_bytes: int = CHUNK_BYTES) -> Iterator[NdjsonChunk]:
    """The file's lines in order.

    Args:
        stream: of UTF-8 text.
        schema: Arrow schema; other fields are ignored.
        chunk_bytes: about so many bytes per chunk.

    Raises:
        RejectedError: the file is not NDJSON, or its last line is cut off.

    """
    seen = bad = 0
    for content, first_line in _pieces(stream, chunk_bytes):
        chunk = parse_lines(content, schema, first_line)
        seen, bad = seen + chunk.lines, bad + len(chunk.unreadable)
        if bad > _MIN_BAD_LINES and bad > seen / 2:
            raise reject("E_PARSE", "Most lines are not JSON objects; NDJSON has one object per line.")
        whole = content.endswith(b"\n") or not chunk.unreadable
        if not whole and chunk.unreadable[-1] == first_line + content.count(b"\n"):
            raise reject("E_TRUNCATED", "The last line ends in the middle of an entry: the file was cut off.")
        yield chunk


def _pieces(stream: BinaryIO, chunk_bytes: int) -> Iterator[tuple[bytes, int]]:
    """Blocks of whole lines of about `chunk_bytes`, each with the number of its first line."""
    rest, line = b"", 1
    for block in blocks(stream, chunk_bytes):
        rest += block
        end = rest.rfind(b"\n") + 1
        if not end and len(rest) > LONGEST_LINE:
            raise reject("E_PARSE", f"A line has over {LONGEST_LINE:,} bytes.", lines=(line,))
        if end:
            piece, rest = rest[:end], rest[end:]
            yield piece, line
            line += piece.count(b"\n")
    if rest.strip():
        yield rest, line


def parse_lines(content: bytes, schema: Any, first_line: int = 1) -> NdjsonChunk:
    """The lines of `content`; the first has number `first_line`."""
    import pyarrow as pa

    buffer = np.frombuffer(content, dtype=np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(buffer == _END) + 1])
    starts = starts[:-1] if starts[-1] == len(buffer) else starts
    written = buffer[starts] != _END
    lines = (np.arange(len(starts)) + first_line)[written]
    bounds = np.append(starts[written], len(content))
    search = _Search(content, bounds, buffer[starts[written]] == _OPENING, schema)
    tables = list(search.tables(0, len(lines)))
    readable = np.ones(len(lines), dtype=bool)
    readable[[*search.unreadable, *search.blank]] = False
    return NdjsonChunk(
        table=pa.concat_tables(tables) if tables else schema.empty_table(),
        numbers=lines[readable],
        unreadable=tuple(int(lines[i]) for i in sorted(search.unreadable)),
    )


class _Search:
    """Parses many lines at once; if that fails, halves them until few are left, which are read one by one.

    Both parsers give equal rows, so the result for a line does not depend on its neighbours.
    """

    def __init__(self, content: bytes, bounds: Integers, opens: npt.NDArray[np.bool_], schema: Any) -> None:
        self.content, self.bounds, self.opens, self.schema = content, bounds, opens, schema
        self.unreadable: list[int] = []
        self.blank: list[int] = []

    def tables(self, first: int, last: int) -> Iterator[Any]:
        """Tables of the lines from `first` up to `last`, in order."""
        if first == last:
            return
        table = self._table(first, last)
        if table is not None:
            yield table
        elif last - first <= _ONE_BY_ONE:
            yield self._one_by_one(first, last)
        else:
            middle = (first + last) // 2
            yield from self.tables(first, middle)
            yield from self.tables(middle, last)

    def _table(self, first: int, last: int) -> Any:
        """The table, or None unless each line is one object that fits the schema."""
        import pyarrow as pa
        from pyarrow import json as arrow_json

        # pyarrow's parser has crashed on a bare "null", so it only gets lines that begin like an object
        if not self.opens[first:last].all():
            return None
        piece = self.content[self.bounds[first] : self.bounds[last]]
        try:
            piece.decode("utf-8")
            table = arrow_json.read_json(
                pa.BufferReader(piece),
                read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(piece) + 1),
                parse_options=arrow_json.ParseOptions(
                    explicit_schema=self.schema, unexpected_field_behavior="ignore", newlines_in_values=False
                ),
            )
        except (UnicodeDecodeError, pa.ArrowException):
            return None
        return table.select(self.schema.names) if table.num_rows == last - first else None

    def _one_by_one(self, first: int, last: int) -> Any:
        import pyarrow as pa

        rows = []
        for line in range(first, last):
            try:
                row = fit_to_schema(self.content[self.bounds[line] : self.bounds[line + 1]], self.schema)
            except UnfitError:
                self.unreadable.append(line)
                continue
            if row is None:
                self.blank.append(line)
            else:
                rows.append(row)
        return pa.Table.from_pylist(rows, self.schema)
