"""A delivery's cells under the contract's types: one typed frame, and every cell that would not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns import Matched
from data_contracts.delivery import Delivery
from data_contracts.findings import Held, Note
from data_contracts.terms import Column, Table
from data_contracts.typing_rules import PARSERS, Mask, Parsed

_SAYS = {
    "Q_TYPE": "is not written as a {kind}",
    "Q_NONFINITE": "is infinite or not a number",
    "Q_HARD_RANGE": "is larger than any whole number that is kept exactly",
    "Q_TZ_MISSING": "is a time without its offset from UTC",
    "Q_TIME_AMBIGUOUS": "is a local time that does not exist, or exists twice, on the day the clocks change",
    "Q_CATEGORY": "is not one of the declared categories",
}
_OF_SINGLE_CELLS = {"Q_NONFINITE", "Q_TIME_AMBIGUOUS"}
"""Faults that say nothing about how the whole column is written."""
_WHOLE_SAYS = {
    "E_TYPE": "is not written as a {kind} in more than half of the rows",
    "E_LOCALE_DECIMAL": "has decimal commas; export it with decimal points",
    "E_DATE_FORMAT": "is not written as declared ({format}) in most rows; no date is guessed",
    "E_TZ_MISSING": "has times without offset from UTC; add the offset, or declare the site's time zone",
    "E_CATEGORY_DOMAIN": "has other categories than the contract in more than half of the rows",
}
_NORMALISED_SAYS = {
    "N_TRIM": "had spaces around the text, which were dropped",
    "N_NULL_TOKEN": "spelled out missing values, which were read as missing",
    "N_SENTINEL": "held declared stand-ins for missing values, which were read as missing",
    "N_TZ": "had times in other time zones, which were brought to UTC",
    "N_CATEGORY": "had declared spellings of a category, which were made one",
}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`frame` has every contract column (float64 for integers until the rows are judged), in file order."""

    frame: pd.DataFrame
    failed: dict[str, Mask]
    """Column -> cells that held something unusable: missing now, but not missing in the file."""
    held: tuple[Held, ...]
    notes: tuple[Note, ...]


def type_table(delivery: Delivery, matched: Matched, table: Table) -> Typed:
    """Types every column; a column that is wrong in most rows becomes a note that rejects the file."""
    values: dict[str, pd.Series] = {}
    failed: dict[str, Mask] = {}
    held: list[Held] = []
    notes: list[Note] = []
    for column in table.columns:
        if column.name not in matched.cells:
            values[column.name] = _absent(column, delivery.rows)
            continue
        parsed, text_notes = _parse(delivery.cells[matched.cells[column.name]], column, table)
        parsed = _drop_sentinels(parsed, column, table)
        values[column.name] = parsed.values
        failed[column.name] = _any_bad(parsed, delivery.rows)
        notes += [*text_notes, *_normalised(parsed, column), *_whole_column(parsed, column)]
        held += _held(parsed, column, delivery.unreadable)
    return Typed(frame=pd.DataFrame(values), failed=failed, held=tuple(held), notes=tuple(notes))


def _parse(cells: Any, column: Column, table: Table) -> tuple[Parsed, list[Note]]:
    import pyarrow as pa

    native = _native(cells, column)
    if native is not None:
        return native, []
    # a whole number in a float column is written without its ".0", so that 7.0 and "7" name the same patient
    text = _as_text(cells) if not pa.types.is_string(cells.type) else cells
    text, notes = _clean(text, column, table)
    parsed = PARSERS[column.kind](text, column)
    return (_as_categories(parsed) if _is_category(column, table) else parsed), notes


def _native(cells: Any, column: Column) -> Parsed | None:
    """Parquet numbers need no parsing; their infinities are still no measurements."""
    import pyarrow as pa

    if pa.types.is_boolean(cells.type):
        cells = cells.cast(pa.int8())
    numeric = pa.types.is_floating(cells.type) or pa.types.is_integer(cells.type)
    if column.kind not in {"number", "integer"} or not numeric:
        return None
    values = np.array(cells.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
    bad = {"Q_NONFINITE": np.isinf(values)}
    if column.kind == "integer":
        bad["Q_TYPE"] = np.isfinite(values) & (values != np.floor(values))
    for mask in bad.values():
        values[mask] = np.nan
    return Parsed(values=pd.Series(values), bad=bad, whole="E_TYPE")


def _as_text(cells: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_timestamp(cells.type):
        zone = "Z" if cells.type.tz else ""
        series = cells.cast(pa.timestamp("us", tz=cells.type.tz)).to_pandas()
        moments = series.dt.tz_convert("UTC") if cells.type.tz else series
        return pa.array(
            moments.dt.strftime(f"%Y-%m-%dT%H:%M:%S.%f{zone}"), type=pa.string(), from_pandas=True
        )
    try:
        return cells.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if v is None else str(v) for v in cells.to_pylist()], type=pa.string())


def _clean(text: Any, column: Column, table: Table) -> tuple[Any, list[Note]]:
    """Trims, then reads empty cells (and, but for identifiers, missing-value words) as missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(text)
    changed = pc.sum(pc.not_equal(trimmed, text)).as_py() or 0
    notes = _count_note("N_TRIM", column, changed)
    missing = pc.equal(trimmed, "")
    if not column.is_identifier:
        words = pc.is_in(trimmed, value_set=pa.array(table.null_tokens, type=pa.string()))
        notes += _count_note("N_NULL_TOKEN", column, pc.sum(words).as_py() or 0)
        missing = pc.or_(missing, words)
    return pc.if_else(missing, pa.scalar(None, pa.string()), trimmed), notes


def _is_category(column: Column, table: Table) -> bool:
    return any(r.rule == "allowed" and r.column == column.name and not r.where for r in table.rules)


def _as_categories(parsed: Parsed) -> Parsed:
    """Where categories are numbers, text that is no number is a wrong category, not a wrong number."""
    if "Q_TYPE" not in parsed.bad:
        return parsed
    bad = {("Q_CATEGORY" if code == "Q_TYPE" else code): mask for code, mask in parsed.bad.items()}
    return Parsed(values=parsed.values, bad=bad, normalised=parsed.normalised, whole="E_CATEGORY_DOMAIN")


def _drop_sentinels(parsed: Parsed, column: Column, table: Table) -> Parsed:
    """A declared stand-in such as -999 is missing, but only where it is impossible as a value."""
    if column.kind not in {"number", "integer"} or not table.sentinels:
        return parsed
    ranges = [r.arguments for r in table.rules if r.rule == "hard_range" and r.column == column.name]
    outside = [s for s in table.sentinels if any(_beyond(s, a) for a in ranges)]
    found = parsed.values.isin(outside)
    if not found.any():
        return parsed
    normalised = {**parsed.normalised, "N_SENTINEL": int(found.sum())}
    return Parsed(values=parsed.values.mask(found), bad=parsed.bad, normalised=normalised, whole=parsed.whole)


def _beyond(value: float, bounds: Any) -> bool:
    return bool(value < bounds.get("min", -np.inf) or value > bounds.get("max", np.inf))


def _absent(column: Column, rows: int) -> pd.Series:
    kinds = {"string": "str", "date": "datetime64[us]", "timestamp": "datetime64[us]"}
    return pd.Series([None] * rows, dtype=kinds.get(column.kind, "float64"))


def _any_bad(parsed: Parsed, rows: int) -> Mask:
    bad = np.zeros(rows, dtype=bool)
    for mask in parsed.bad.values():
        bad |= mask
    return bad


def _whole_column(parsed: Parsed, column: Column) -> Iterator[Note]:
    count = int(sum(mask.sum() for code, mask in parsed.bad.items() if code not in _OF_SINGLE_CELLS))
    filled = count + int(parsed.values.notna().sum())
    if count > 1 and count > 0.5 * filled:
        says = _WHOLE_SAYS[parsed.whole].format(kind=column.kind, format=column.format or "ISO 8601")
        yield Note(
            code=parsed.whole,
            message=f"Column {column.name!r} {says}.",
            rule="type",
            column=column.name,
            count=count,
        )


def _held(parsed: Parsed, column: Column, unreadable: Mask) -> Iterator[Held]:
    for code, mask in parsed.bad.items():
        positions = np.flatnonzero(mask & ~unreadable)
        if len(positions):
            message = f"{column.name} {_SAYS[code].format(kind=column.kind)}"
            yield Held(code=code, rule="type", column=column.name, positions=positions, message=message)


def _normalised(parsed: Parsed, column: Column) -> Iterator[Note]:
    for code, count in parsed.normalised.items():
        yield from _count_note(code, column, count)


def _count_note(code: str, column: Column, count: int) -> list[Note]:
    if not count:
        return []
    message = f"{count:,} cells of {column.name!r} {_NORMALISED_SAYS[code]}."
    return [Note(code=code, message=message, rule="type", column=column.name, count=count)]
