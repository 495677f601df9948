"""NDJSON, one JSON object a line, as Arrow tables chunk by chunk; lines that are none are counted, never guessed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from data_contracts.byte_order_mark import MARK
from data_contracts.findings import reject

CHUNK_BYTES = 16 * 1024**2
LONGEST_LINE = 64 * 1024**2
_PATIENCE = 1000
"""So many unreadable lines are counted before a file of which they are more than half is refused."""
_OPENING, _BLANK = ord("{"), (ord("\n"), ord("\r"))
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some lines of the file: a table with one row a readable line, and the numbers of the others."""

    table: Any
    lines: int
    unreadable: tuple[int, ...]


def read(stream: BinaryIO, schema: Any, chunk_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """The file's lines in order; raises `RejectedError` if it is no NDJSON, or cut off in its last line."""
    seen = bad = 0
    for content, first_line in _pieces(stream, chunk_bytes):
        chunk = _parsed(content, first_line, schema)
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
    while block := stream.read(chunk_bytes):
        rest += block
        end = rest.rfind(b"\n") + 1
        if not end and len(rest) > LONGEST_LINE:
            raise reject("E_PARSE", f"A line has over {LONGEST_LINE:,} bytes.", lines=(line,))
        if end:
            piece, rest = rest[:end], rest[end:]
            yield _without_mark(piece, line), line
            line += piece.count(b"\n")
    if rest.strip():
        yield _without_mark(rest, line), line


def _without_mark(content: bytes, line: int) -> bytes:
    return content.removeprefix(MARK) if line == 1 else content


def _parsed(content: bytes, first_line: int, schema: Any) -> Chunk:
    import pyarrow as pa

    buffer = np.frombuffer(content, dtype=np.uint8)
    starts = np.concatenate([[0], np.flatnonzero(buffer == _BLANK[0]) + 1])
    filled = starts[:-1] if starts[-1] == len(buffer) else starts
    written = ~np.isin(buffer[filled], _BLANK)
    lines = (np.arange(len(filled)) + first_line)[written]
    search = _Search(
        content, np.append(filled[written], len(content)), buffer[filled[written]] == _OPENING, schema
    )
    tables = list(search.tables(0, len(lines)))
    table = pa.concat_tables(tables) if tables else schema.empty_table()
    return Chunk(
        table=table, lines=len(lines), unreadable=tuple(int(lines[i]) for i in sorted(search.unreadable))
    )


class _Search:
    """Parses many lines at once; where that fails, halves them until the culprits stand alone.

    So there is one parser and one meaning of "readable", and one bad line costs its neighbours nothing.
    """

    def __init__(self, content: bytes, bounds: Integers, opens: npt.NDArray[np.bool_], schema: Any) -> None:
        self.content, self.bounds, self.opens, self.schema = content, bounds, opens, schema
        self.unreadable: list[int] = []

    def tables(self, first: int, last: int) -> Iterator[Any]:
        """Tables of the lines from `first` up to `last`, in order."""
        if first == last:
            return
        table = self._table(first, last)
        if table is not None:
            yield table
        elif last - first == 1:
            self.unreadable.append(first)
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
