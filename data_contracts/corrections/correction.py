"""What people decided about held rows, and what becomes of a row by it.

A row's text is split into cells and written again with some of them corrected; a delivered column with corrected
cells is read piece by piece like any other.
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
    """How the rows of one delivered table are written: lines of CSV, or JSON objects of Parquet's values."""

    form: Literal["csv", "parquet"]
    header: tuple[str, ...]
    delimiter: str = ","


def cells_of(raw: str, form: RowForm) -> list[str] | None:
    """The row's cells in the header's order, as text; None where it has another number of fields."""
    if form.form == "parquet":
        values = json.loads(raw)
        return [_text(values.get(name)) for name in form.header]
    try:
        cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=form.delimiter, strict=True))
    except (csv.Error, StopIteration):
        return None
    return cells if len(cells) == len(form.header) else None


def rewritten(raw: str, form: RowForm, changes: Mapping[str, str]) -> str:
    """The row with other cells; one that cannot be told into cells is written from the changes alone."""
    if form.form == "parquet":
        return json.dumps({**json.loads(raw), **changes}, ensure_ascii=False)
    cells = cells_of(raw, form) or [""] * len(form.header)
    return csv_line([changes.get(n, cell) for n, cell in zip(form.header, cells, strict=True)], form)


def csv_line(cells: list[str], form: RowForm) -> str:
    """Cells as one line of CSV, without its end."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=form.delimiter, lineterminator="").writerow(cells)
    return line.getvalue()


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One row let in again. The row is known by its content: its table, its header and its very text.

    So a correction holds in every later delivery that still has the row, and is idle in one whose source has put
    the row right or taken it out.
    """

    number: int
    """Decisions count upwards; of two about one row the later is here."""
    source: str
    header: tuple[str, ...]
    raw: str
    changes: Mapping[str, str] = field(default_factory=dict)
    """Column, as the header writes it -> its corrected text; empty where the row is confirmed as it is."""
    rules: tuple[str, ...] = ()
    """Rules that a confirmed row need not keep."""
    by: str


@dataclass(frozen=True, kw_only=True)
class RowStatus:
    """What a delivered row becomes."""

    text: str
    changes: Mapping[str, str]
    rules: tuple[str, ...]
    by: tuple[str, ...]


def outcome_of(raw: str, corrections: Mapping[str, Correction], form: RowForm) -> RowStatus:
    """The row after every correction: a corrected row that was held may itself have been corrected or confirmed."""
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
    """For a JSON file; it holds patients' data."""
    return [asdict(c) for c in corrections]


def from_plain(entries: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """Back from `to_plain`."""
    return tuple(
        Correction(**{**entry, "header": tuple(entry["header"]), "rules": tuple(entry["rules"])})
        for entry in entries
    )


def castable(text: str, kind: Any) -> Any:
    """The text as a value of the Arrow type, or None where it is no such value."""
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
    """A reader of the column's pieces, with these texts at these positions."""

    def pieces() -> Iterator[Any]:
        start = 0
        for piece in delivery.pieces(key):
            end = start + len(piece)
            own = {at - start: text for at, text in texts.items() if start <= at < end}
            yield _with(piece, own) if own else piece
            start = end

    return pieces


def _with(piece: Any, texts: Mapping[int, str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = pa.types.is_dictionary(piece.type)
    plain = piece.dictionary_decode() if coded else piece
    mask = np.zeros(len(plain), dtype=bool)
    mask[list(texts)] = True
    values = [castable(texts[at], plain.type) for at in sorted(texts)]
    new = pc.replace_with_mask(plain, pa.array(mask), pa.array(values, type=plain.type))
    return new.dictionary_encode() if coded else new
