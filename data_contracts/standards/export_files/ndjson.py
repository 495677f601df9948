"""NDJSON, one JSON object a line, as Arrow tables chunk by chunk; lines that are none are counted, never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from data_contracts.findings import reject
from data_contracts.standards.export_files.json_documents import CHUNK_BYTES, UnfitError, blocks, fitted
from data_contracts.standards.export_files.moments import Integers

LONGEST_LINE = 64 * 1024**2
_PATIENCE = 1000
"""So many unreadable lines are counted before a file of which they are more than half is refused."""
_ONE_BY_ONE = 128
"""So few lines are no longer halved: what the quick parser takes in none of them is read line by line."""
_OPENING, _END = ord("{"), ord("\n")


@dataclass(frozen=True, kw_only=True)
class NdjsonChunk:
    """Some lines of the file: a table with one row a readable line, their numbers, and those of the others."""

    table: Any
    numbers: Integers
    unreadable: tuple[int, ...]

    @property
    def lines(self) -> int:
        """Lines with anything in them."""
        return len(self.numbers) + len(self.unreadable)


def read(stream: BinaryIO, schema: Any, chunk_bytes: int = CHUNK_BYTES) -> Iterator[NdjsonChunk]:
    """The file's lines in order; raises `RejectedError` if it is no NDJSON, or cut off in its last line."""
    seen = bad = 0
    for content, first_line in _pieces(stream, chunk_bytes):
        chunk = parsed(content, schema, first_line)
        seen, bad = seen + chunk.lines, bad + len(chunk.unreadable)
        if bad > _PATIENCE and bad > seen / 2:
            raise reject("E_PARSE", "Most lines are no JSON objects; NDJSON has one object a line.")
        whole = content.endswith(b"\n") or not chunk.unreadable
        if not whole and chunk.unreadable[-1] == first_line + content.count(b"\n"):
            raise reject("E_TRUNCATED", "The last line ends in the middle of an entry: the file was cut off.")
        yield chunk


def _pieces(stream: BinaryIO, chunk_bytes: int) -> Iterator[tuple[bytes, int]]:
    """Whole lines, about so many bytes of them at once, and the number of the first."""
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


def parsed(content: bytes, schema: Any, first_line: int = 1) -> NdjsonChunk:
    """The lines of `content`, of which the first has that number."""
    import pyarrow as pa

    buffer = np.frombuffer(content, dtype=np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(buffer == _END) + 1])
    starts = starts[:-1] if starts[-1] == len(buffer) else starts
    written = buffer[starts] != _END
    lines = (np.arange(len(starts)) + first_line)[written]
    bounds = np.append(starts[written], len(content))
    search = _Search(content, bounds, buffer[starts[written]] == _OPENING, schema)
    tables = list(search.tables(0, len(lines)))
    read_ = np.ones(len(lines), dtype=bool)
    read_[[*search.unreadable, *search.blank]] = False
    return NdjsonChunk(
        table=pa.concat_tables(tables) if tables else schema.empty_table(),
        numbers=lines[read_],
        unreadable=tuple(int(lines[i]) for i in sorted(search.unreadable)),
    )


class _Search:
    """Parses many lines at once; where that fails, halves them until few are left, which are read one by one.

    What the quick parser takes, the slow one reads alike, so the neighbours of a line change nothing about it.
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
        """The table, or None if not each line is one object that fits the schema."""
        import pyarrow as pa
        from pyarrow import json as arrow_json

        # the parser has crashed on a bare "null", so it is given only what begins like an object
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
                row = fitted(self.content[self.bounds[line] : self.bounds[line + 1]], self.schema)
            except UnfitError:
                self.unreadable.append(line)
                continue
            if row is None:
                self.blank.append(line)
            else:
                rows.append(row)
        return pa.Table.from_pylist(rows, self.schema)
