"""A table that no contract describes yet: read by the gate's own reader, with what it has to be told."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.delivery import Delivery
from data_contracts.errors import DeliveryError
from data_contracts.findings import RejectedError
from data_contracts.parts import Parts, read_delivery, take_delivery
from data_contracts.terms import Table

_DELIMITERS = (",", ";", "\t", "|")
_LINES_LOOKED_AT = 50


@dataclass(frozen=True, kw_only=True)
class Found:
    """The table as it lies in the file, and the reader options that it needs."""

    name: str
    columns: Mapping[str, Any]
    """Name -> pyarrow column, text for CSV."""
    rows: int
    delimiter: str
    final_newline: bool


def find(path: Path) -> Found:
    """Reads the file. Raises `DeliveryError` with the reader's own words where it cannot be read."""
    try:
        taken = take_delivery(path)
        first = taken.files[0] if isinstance(taken, Parts) else taken
        text = first.content if first.form == "csv" else b""
        bare = Table(name=_name(path), columns=(), rules=(), delimiter=_delimiter(text), final_newline=False)
        delivery = read_delivery(taken, bare)
        columns = _named(delivery, path)
    except RejectedError as error:
        raise DeliveryError(f"{path.name}: {error.note.message} ({error.note.code})") from None
    return Found(
        name=bare.name,
        columns=columns,
        rows=delivery.rows,
        delimiter=bare.delimiter,
        final_newline=not text or text.rstrip(b"\r")[-1:] == b"\n",
    )


def _name(path: Path) -> str:
    """The file's name without its endings, as a word."""
    stem = path.name.split(".")[0]
    return re.sub(r"\W+", "_", stem).strip("_").lower() or "table"


def _named(delivery: Delivery, path: Path) -> dict[str, Any]:
    """The columns by name; a header that repeats or lacks a name cannot be put into a contract."""
    names = [name.strip() for name in delivery.header]
    folded = {name.casefold() for name in names}
    if "" in folded or len(folded) < len(names):
        raise DeliveryError(f"{path.name}: the header has an empty column name, or one that stands twice")
    return {name: _whole(delivery.pieces(str(i))) for i, name in enumerate(names)}


def _whole(pieces: Iterable[Any]) -> Any:
    """A column's pieces as one array of plain cells."""
    import pyarrow as pa

    plain = [p.dictionary_decode() if pa.types.is_dictionary(p.type) else p for p in pieces]
    return pa.chunked_array(plain).combine_chunks()


def _delimiter(content: bytes) -> str:
    """The character that gives the header most columns and the lines after it as many."""
    text = content[: 256 * 1024].decode("utf-8", errors="replace").lstrip("\ufeff")
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    return max(_DELIMITERS, key=lambda d: _fit(lines, d))


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    if not counts or counts[0] < 2:
        return 0.0, 0
    return sum(c == counts[0] for c in counts) / len(counts), counts[0]
