"""Cast the cells of a delivery to the contract's types: one typed frame, and every cell that cannot be cast."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.cast_column import as_series, cast_column, is_category
from data_contracts.columns.match_header import MatchedColumns
from data_contracts.columns.parsers import MISSING_CODE, Parsed, rewritten_ids
from data_contracts.contract.model import Column, Table
from data_contracts.findings import Held, Note
from data_contracts.reading.arrow_cells import Mask
from data_contracts.reading.delivery import Delivery

_REASONS = {
    "Q_TYPE": "is not a {kind}",
    "Q_NONFINITE": "is infinite or not a number",
    "Q_HARD_RANGE": "is too large to be represented exactly as a whole number",
    "Q_ID_FORMAT": "is text that was delivered as a number too large to be exact: two may have become the same",
    "Q_TZ_MISSING": "is a time without its offset from UTC",
    "Q_TIME_AMBIGUOUS": "is a local time that does not exist, or exists twice, on the day the clocks change",
    "Q_CATEGORY": "is not one of the declared categories",
}
_CELL_FAULTS = {"Q_NONFINITE", "Q_TIME_AMBIGUOUS"}
"""Faults of single cells, which do not show that the whole column has another format."""
_DATES = {"date", "timestamp"}
_COLUMN_REASONS = {
    "E_TYPE": "is not a {kind} in more than half of the rows",
    "E_LOCALE_DECIMAL": "has decimal commas; export it with decimal points",
    "E_DATE_FORMAT": "does not have the declared format ({format}) in most rows; dates are not guessed",
    "E_TZ_MISSING": "has times without offset from UTC; add the offset, or declare the site's time zone",
    "E_ID_FORMAT": "was delivered as numbers too large to be exact, so different patients may have become the same; "
    "export it as text",
    "E_CATEGORY_DOMAIN": "has other categories than the contract in more than half of the rows",
}
_NORMALISATIONS = {
    "N_TRIM": "had spaces around the text, which were dropped",
    "N_NULL_TOKEN": "were words for missing values and were read as missing",
    "N_SENTINEL": "were declared numbers for missing values and were read as missing",
    "N_TZ": "were times in other time zones and were converted to UTC",
    "N_CATEGORY": "were declared spellings of a category and were replaced by the category",
}


@dataclass(frozen=True, kw_only=True)
class TypedTable:
    """A table after the cast. `frame` has every column of the contract and the rows in file order: text as categories,
    dates and timestamps as datetime64[us], numbers and integers as float64.
    """

    frame: pd.DataFrame
    failed: dict[str, Mask]
    """Column -> mask of the cells that could not be cast: now missing, but not missing in the file. Only columns with
    such cells."""
    held: tuple[Held, ...]
    notes: tuple[Note, ...]


def cast_table(delivery: Delivery, matched: MatchedColumns, table: Table) -> TypedTable:
    """Cast every column. A column that cannot be cast in most rows gives a note that rejects the delivery.

    Args:
        delivery: the delivered cells.
        matched: the delivered column of each column of the contract.
        table: the table of the contract.

    """
    values: dict[str, pd.Series] = {}
    failed: dict[str, Mask] = {}
    held: list[Held] = []
    notes: list[Note] = []
    for column in table.columns:
        if column.name not in matched.cells:
            values[column.name] = _absent(column, delivery.rows)
            continue
        pieces = delivery.pieces(matched.cells[column.name])
        parsed = _drop_sentinels(cast_column(pieces, column, table, delivery.rows), column, table)
        values[column.name] = as_series(parsed)
        if parsed.bad:
            failed[column.name] = np.logical_or.reduce(list(parsed.bad.values()))
        notes += [*_normalised(parsed, column), *_whole_column(parsed, column, table)]
        notes += rewritten_ids(parsed.words, column)
        held += _held(parsed, column, delivery.unreadable)
    # copying into blocks would double the memory
    return TypedTable(
        frame=pd.DataFrame(values, copy=False), failed=failed, held=tuple(held), notes=tuple(notes)
    )


def _drop_sentinels(parsed: Parsed, column: Column, table: Table) -> Parsed:
    """Read sentinels such as -999 as missing, but only those outside the column's hard range."""
    if column.kind not in {"number", "integer"} or not table.sentinels:
        return parsed
    ranges = [r.arguments for r in table.rules if r.rule == "hard_range" and r.column == column.name]
    outside = [s for s in table.sentinels if any(_beyond(s, a) for a in ranges)]
    found = np.zeros(len(parsed.values), dtype=bool)
    for sentinel in outside:
        found |= parsed.values == sentinel
    if not found.any():
        return parsed
    parsed.values[found] = np.nan
    return replace(parsed, normalised={**parsed.normalised, "N_SENTINEL": found})


def _beyond(value: float, bounds: Any) -> bool:
    low, high = bounds.get("min", -np.inf), bounds.get("max", np.inf)
    above, below = bounds.get("above", -np.inf), bounds.get("below", np.inf)
    return bool(not low <= value <= high or not above < value < below)


def _absent(column: Column, rows: int) -> "pd.Series[Any]":
    if column.kind == "string":
        no_words = pd.CategoricalDtype(pd.Index([], dtype="str"))
        return pd.Series(pd.Categorical.from_codes(np.full(rows, MISSING_CODE, np.int8), dtype=no_words))
    return pd.Series(np.full(rows, np.datetime64("NaT", "us") if column.kind in _DATES else np.nan))


def _whole_column(parsed: Parsed, column: Column, table: Table) -> Iterator[Note]:
    counts = {code: int(mask.sum()) for code, mask in parsed.bad.items()}
    count = sum(n for code, n in counts.items() if code not in _CELL_FAULTS)
    if count > 1 and count > 0.5 * (count + _filled(parsed)):
        code = _whole_code(parsed, column, table, counts)
        reason = _COLUMN_REASONS[code].format(kind=column.kind, format=column.format or "ISO 8601")
        yield Note(
            code=code,
            message=f"Column {column.name!r} {reason}.",
            rule="type",
            column=column.name,
            count=count,
        )


def _filled(parsed: Parsed) -> int:
    if parsed.words is not None:
        return int((parsed.values != MISSING_CODE).sum())
    return int((~pd.isna(parsed.values)).sum())


def _whole_code(parsed: Parsed, column: Column, table: Table, counts: Mapping[str, int]) -> str:
    """The code of a column in which most cells cannot be cast."""
    unread = counts.get("Q_TYPE", 0)
    if counts.get("Q_ID_FORMAT", 0) > unread:
        return "E_ID_FORMAT"
    if is_category(column, table):
        return "E_CATEGORY_DOMAIN"
    if column.kind == "timestamp" and counts.get("Q_TZ_MISSING", 0) > unread:
        return "E_TZ_MISSING"
    if column.kind in _DATES:
        return "E_DATE_FORMAT"
    commas = parsed.hints.get("E_LOCALE_DECIMAL")
    return "E_LOCALE_DECIMAL" if commas is not None and commas.sum() > 0.5 * unread else "E_TYPE"


def _held(parsed: Parsed, column: Column, unreadable: Mask) -> Iterator[Held]:
    for code, mask in parsed.bad.items():
        positions = np.flatnonzero(mask & ~unreadable)
        if len(positions):
            message = f"{column.name} {_REASONS[code].format(kind=column.kind)}"
            yield Held(code=code, rule="type", column=column.name, positions=positions, message=message)


def _normalised(parsed: Parsed, column: Column) -> Iterator[Note]:
    for code, mask in parsed.normalised.items():
        count = int(mask.sum())
        message = f"{count:,} cells of {column.name!r} {_NORMALISATIONS[code]}."
        yield Note(code=code, message=message, rule="type", column=column.name, count=count)
