"""Cast one column piece by piece, so that its text is never in memory as a whole."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.parsers import (
    MISSING_CODE,
    PARSERS,
    Parsed,
    integer_faults,
    localize,
    set_missing,
)
from data_contracts.contract.model import Column, Table
from data_contracts.reading.arrow_cells import Mask, as_text, moments_of


def cast_column(pieces: Iterable[Any], column: Column, table: Table, rows: int) -> Parsed:
    """Cast the pieces of a column; the result does not depend on where the pieces are split.

    Args:
        pieces: Arrow arrays, in row order.
        column: the column of the contract.
        table: its table, for null tokens and categories.
        rows: number of cells of all pieces together.

    """
    whole = _Growing(rows, is_category(column, table))
    for cells in pieces:
        whole.add(_piece(cells, column, table))
    return whole.parsed()


def is_category(column: Column, table: Table) -> bool:
    """Whether the contract lists the column's values."""
    return any(r.rule == "allowed" and r.column == column.name and not r.where for r in table.rules)


def as_series(parsed: Parsed) -> "pd.Series[Any]":
    """The column of a frame; text becomes categories, so that each text is stored once."""
    if parsed.words is None:
        return pd.Series(parsed.values)
    words = pd.Index(parsed.words.to_pandas(), dtype="str")
    dtype = pd.CategoricalDtype(words)
    return pd.Series(pd.Categorical.from_codes(parsed.values, dtype=dtype, validate=False))


class _Growing:
    """A column of a known length that is filled from the top."""

    def __init__(self, rows: int, category: bool) -> None:
        self.rows = rows
        self.category = category
        self.at = 0
        self.values: Any = None
        self.words: list[Any] = []
        self.bad: dict[str, Mask] = {}
        self.normalised: dict[str, Mask] = {}
        self.hints: dict[str, Mask] = {}

    def add(self, piece: Parsed) -> None:
        """Append a piece; empty masks are dropped."""
        if self.values is None:
            self.values = np.empty(self.rows, dtype=piece.values.dtype)
        span = slice(self.at, self.at + len(piece.values))
        shift = sum(len(w) for w in self.words)
        self.values[span] = piece.values if not shift else _shifted(piece.values, shift)
        self.words += [] if piece.words is None else [piece.words]
        self._mark(self.bad, piece.bad, span)
        self._mark(self.normalised, piece.normalised, span)
        self._mark(self.hints, piece.hints, span)
        self.at = span.stop

    def _mark(self, masks: dict[str, Mask], found: dict[str, Mask], span: slice) -> None:
        for code, mask in found.items():
            if mask.any():
                masks.setdefault(self._code(code), np.zeros(self.rows, dtype=bool))[span] |= mask

    def _code(self, code: str) -> str:
        """In a column of numeric categories, text that is not a number is an unknown category."""
        return "Q_CATEGORY" if self.category and code == "Q_TYPE" else code

    def parsed(self) -> Parsed:
        """The whole column."""
        values, words = self.values, None
        if self.words:
            values, words = _one_dictionary(values, self.words)
        return Parsed(
            values=values,
            words=words,
            bad=self.bad,
            normalised=self.normalised,
            hints=self.hints,
        )


def _shifted(codes: Any, shift: int) -> Any:
    return np.where(codes == MISSING_CODE, MISSING_CODE, codes + np.int32(shift))


def _one_dictionary(codes: Any, words: list[Any]) -> tuple[Any, Any]:
    """One dictionary without repeated texts: pieces share texts, and two spellings can become the same category."""
    import pyarrow as pa

    encoded = pa.concat_arrays(words).dictionary_encode()
    if len(encoded.dictionary) == len(encoded):
        return codes, encoded.dictionary
    return _pick(encoded.indices.to_numpy(), codes, MISSING_CODE), encoded.dictionary


def _pick(values: Any, positions: Any, missing: Any) -> Any:
    """Values at the positions; `missing` at position -1."""
    return np.append(values, np.asarray(missing, dtype=values.dtype))[positions]


def _piece(cells: Any, column: Column, table: Table) -> Parsed:
    native = _native(cells, column)
    if native is not None:
        return native
    distinct, positions = _distinct(cells, column)
    written, lost = as_text(distinct)
    text, normalised = _clean(written, column, table)
    parsed = PARSERS[column.kind](text, column)
    bad = {code: mask | parsed.bad.get(code, False) for code, mask in lost.items() if mask.any()}
    parsed = replace(parsed, bad={**parsed.bad, **bad}, normalised={**normalised, **parsed.normalised})
    return parsed if positions is None else _spread(parsed, positions)


def _distinct(cells: Any, column: Column) -> tuple[Any, Any]:
    """Distinct cells and each row's position among them; for numbers and timestamps the cells themselves."""
    import pyarrow as pa

    if pa.types.is_dictionary(cells.type):
        encoded = cells
    elif column.kind in {"string", "date"} and not pa.types.is_nested(cells.type):
        encoded = cells.dictionary_encode()
    else:
        return cells, None
    return encoded.dictionary, encoded.indices.cast("int64").fill_null(MISSING_CODE).to_numpy()


def _spread(parsed: Parsed, positions: Any) -> Parsed:
    missing = {"f": np.nan, "M": np.datetime64("NaT")}.get(parsed.values.dtype.kind, MISSING_CODE)
    return Parsed(
        values=_pick(parsed.values, positions, missing),
        words=parsed.words,
        bad=_pick_all(parsed.bad, positions),
        normalised=_pick_all(parsed.normalised, positions),
        hints=_pick_all(parsed.hints, positions),
    )


def _pick_all(masks: dict[str, Mask], positions: Any) -> dict[str, Mask]:
    return {code: _pick(mask, positions, False) for code, mask in masks.items()}


def _native(cells: Any, column: Column) -> Parsed | None:
    """Cast cells that already have a numeric or time type; None if they need parsing."""
    import pyarrow as pa

    kind = cells.type
    if pa.types.is_boolean(kind):
        cells, kind = cells.cast(pa.int8()), pa.int8()
    if column.kind in {"number", "integer"} and (pa.types.is_floating(kind) or pa.types.is_integer(kind)):
        return _native_numbers(cells, column)
    if column.kind == "timestamp" and pa.types.is_timestamp(kind):
        return _native_times(cells, column)
    if column.kind == "date" and (pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and not kind.tz)):
        return _native_dates(cells)
    return None


def _native_numbers(cells: Any, column: Column) -> Parsed:
    """Cast numbers; infinities, and integers that a float cannot represent exactly, are marked as bad."""
    import pyarrow as pa

    values = np.array(cells.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
    bad = {"Q_NONFINITE": np.isinf(values), **integer_faults(values, column)}
    return Parsed(values=set_missing(values, bad), bad=bad)


def _native_times(cells: Any, column: Column) -> Parsed:
    values, beyond = moments_of(cells)
    if cells.type.tz:
        return Parsed(values=values, bad={"Q_TYPE": beyond})
    placed = localize(pd.Series(values), ~np.isnat(values), column)
    return replace(placed, bad={**placed.bad, "Q_TYPE": beyond | placed.bad.get("Q_TYPE", False)})


def _native_dates(cells: Any) -> Parsed:
    """Cast dates and timestamps to days; a timestamp not at midnight is not a date."""
    values, beyond = moments_of(cells)
    late = ~np.isnat(values) & (values != values.astype("datetime64[D]"))
    values[late] = np.datetime64("NaT")
    return Parsed(values=values, bad={"Q_TYPE": late | beyond})


def _clean(text: Any, column: Column, table: Table) -> tuple[Any, dict[str, Mask]]:
    """Trim the text and read empty cells as missing; null tokens too, except in identifiers."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(text)
    normalised = {"N_TRIM": _flags(pc.not_equal(trimmed, text))}
    missing = pc.equal(trimmed, "")
    if not column.is_identifier:
        words = pc.is_in(trimmed, value_set=pa.array(table.null_tokens, type=pa.string()))
        normalised["N_NULL_TOKEN"] = _flags(words)
        missing = pc.or_(missing, words)
    return pc.if_else(missing, pa.scalar(None, pa.string()), trimmed), normalised


def _flags(booleans: Any) -> Mask:
    return np.array(booleans.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
