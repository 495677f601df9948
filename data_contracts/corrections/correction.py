"""Decisions of people about held rows, and the row that results from them.

The text of a row is split into cells and rewritten with the corrected ones. Columns with corrected cells are read piece
by piece like any other.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from data_contracts.reading.delivery import Delivery


@dataclass(frozen=True, kw_only=True)
class RowForm:
    """How the rows of a delivered table are written: as lines of CSV, or as JSON objects for Parquet."""

    form: Literal["csv", "parquet"]
    header: tuple[str, ...]
    delimiter: str = ","


def cells_of(raw: str, form: RowForm) -> list[str] | None:
    """The row's cells as text, in the order of the header; None if the number of fields differs."""
    if form.form == "parquet":
        values = json.loads(raw)
        return [_text(values.get(name)) for name in form.header]
    try:
        cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=form.delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
    return cells if len(cells) == len(form.header) else None


def rewritten(raw: str, form: RowForm, changes: Mapping[str, str]) -> str:
    """The row with changed cells; a row that cannot be split into cells is written from the changes alone."""
    if form.form == "parquet":
        return json.dumps({**json.loads(raw), **changes}, ensure_ascii=False)
    cells = cells_of(raw, form) or [""] * len(form.header)
    return csv_line([changes.get(n, cell) for n, cell in zip(form.header, cells, strict=True)], form)


def csv_line(cells: list[str], form: RowForm) -> str:
    """Cells as one line of CSV, without line end."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=form.delimiter, lineterminator="").writerow(cells)
    return line.getvalue()


def unix_line_ends(cell: str) -> str:
    """The cell with LF as line end, as the reader normalises it."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A decision that releases one row, identified by its table, its header and its exact text.

    It applies to every later delivery that still contains the row, and has no effect once the source has corrected
    or removed it.
    """

    number: int
    """Number of the decision, ascending in time; of several about one row, the latest."""
    source: str
    header: tuple[str, ...]
    raw: str
    changes: Mapping[str, str] = field(default_factory=dict)
    """Column, as written in the header -> corrected text; empty if the row is confirmed as delivered."""
    rules: tuple[str, ...] = ()
    """Rules that do not hold a confirmed row."""
    by: str


@dataclass(frozen=True, kw_only=True)
class RowStatus:
    """A delivered row after all decisions about it."""

    text: str
    changes: Mapping[str, str]
    rules: tuple[str, ...]
    by: tuple[str, ...]


def outcome_of(raw: str, corrections: Mapping[str, Correction], form: RowForm) -> RowStatus:
    """Apply all decisions in sequence: a corrected row that was held again can have a decision of its own."""
    text, changes, by, last = raw, dict[str, str](), list[str](), 0
    while (found := corrections.get(text)) is not None and found.number > last:
        last = found.number
        by.append(found.by)
        if not found.changes:
            return RowStatus(text=text, changes=changes, rules=found.rules, by=tuple(by))
        changes |= found.changes
        text = rewritten(text, form, found.changes)
    return RowStatus(text=text, changes=changes, rules=(), by=tuple(by))


def to_plain(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Plain values for a JSON file; contains patients' data."""
    return [asdict(c) for c in corrections]


def from_plain(entries: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """The inverse of `to_plain`."""
    return tuple(
        Correction(**{**entry, "header": tuple(entry["header"]), "rules": tuple(entry["rules"])})
        for entry in entries
    )


def castable(text: str, kind: Any) -> Any:
    """The text as a scalar of the Arrow type, or None if it cannot be cast."""
    import pyarrow as pa

    if not text and not pa.types.is_string(kind):
        return None
    try:
        return pa.array([text], type=pa.string()).cast(kind)[0]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def kind_of(delivery: Delivery, key: str) -> Any:
    """The Arrow type of the column's cells."""
    import pyarrow as pa

    kind = next(delivery.pieces(key)).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def patched(delivery: Delivery, key: str, texts: Mapping[int, str]) -> Callable[[], Iterator[Any]]:
    """A function that reads the column's pieces with these texts at these positions."""

    def pieces() -> Iterator[Any]:
        start = 0
        for piece in delivery.pieces(key):
            end = start + len(piece)
            own = {at - start: text for at, text in texts.items() if start <= at < end}
            yield _replace_cells(piece, own) if own else piece
            start = end

    return pieces


def _replace_cells(piece: Any, texts: Mapping[int, str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = pa.types.is_dictionary(piece.type)
    plain = piece.dictionary_decode() if coded else piece
    mask = np.zeros(len(plain), dtype=bool)
    mask[list(texts)] = True
    values = [castable(texts[at], plain.type) for at in sorted(texts)]
    new = pc.replace_with_mask(plain, pa.array(mask), pa.array(values, type=plain.type))
    return new.dictionary_encode() if coded else new
