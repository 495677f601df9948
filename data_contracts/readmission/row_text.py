"""A row's text told into cells, and written again with some of them corrected."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


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
