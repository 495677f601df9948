"""Parse the text of each kind of column: to a value, to missing, or to a code of what is wrong.

Identifiers that a spreadsheet or a data frame turned into numbers (17 into 17.0 or 1.7E11) are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.contract.model import Column
from data_contracts.findings import Note
from data_contracts.reading.arrow_cells import LARGEST_EXACT_INTEGER, Mask

MISSING_CODE = -1
_NOT_FINITE = r"(?i)^[+-]?(nan|inf|infinity)$"
_DECIMAL_COMMA = r"^[+-]?(?:\d+|\d{1,3}(?:[.' \x{a0}\x{2009}\x{202f}]\d{3})+),\d+$"
_OFFSET = r"(?:Z|:\d{2}(?:\.\d{1,9})?[+-]\d{2}(?::?\d{2})?)$"
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$"
_PLAIN_UTC = r"^(?:1[6-9]|2[01])\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """Parsed cells, with a mask for each code of cells that are bad or were normalised; all of shape (cells,)."""

    values: npt.NDArray[Any]
    """float64, datetime64[us], or for text the positions in `words`, with -1 for missing."""
    words: Any = None
    """The distinct texts, an Arrow array; None if the cells are not text."""
    bad: dict[str, Mask] = field(default_factory=dict)
    normalised: dict[str, Mask] = field(default_factory=dict)
    hints: dict[str, Mask] = field(default_factory=dict)
    """Code of the whole column -> cells that suggest it; used if most of the column is bad."""


def parse_numbers(text: Any, column: Column) -> Parsed:
    """Parse decimal numbers; decimal commas, thousands separators and units are not accepted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        values = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        cells = pd.Series(text.to_numpy(zero_copy_only=False), dtype=object)
        values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64)
    values = np.array(values, dtype=np.float64)
    unparsed = is_filled(text) & np.isnan(values)
    not_finite = np.isinf(values) | (unparsed & _matches(text, _NOT_FINITE, unparsed))
    unparsed &= ~not_finite
    commas = _matches(text, _DECIMAL_COMMA, unparsed)
    bad = {"Q_TYPE": unparsed, "Q_NONFINITE": not_finite, **integer_faults(values, column)}
    bad["Q_TYPE"] = bad["Q_TYPE"] | unparsed
    return Parsed(values=set_missing(values, bad), bad=bad, hints={"E_LOCALE_DECIMAL": commas})


def integer_faults(values: npt.NDArray[np.float64], column: Column) -> dict[str, Mask]:
    """Code -> mask of the numbers in an integer column that are not integers, or too large to be exact."""
    if column.kind != "integer":
        return {}
    finite = np.isfinite(values)
    return {
        "Q_HARD_RANGE": finite & (np.abs(values) >= LARGEST_EXACT_INTEGER),
        "Q_TYPE": finite & (values != np.floor(values)),
    }


def parse_dates(text: Any, column: Column) -> Parsed:
    """Parse dates in the column's format; the default is ISO 8601."""
    cells = pd.Series(text.to_pandas())
    values = pd.to_datetime(cells, format=column.format or "%Y-%m-%d", errors="coerce")
    # strptime accepts "2021-1-5" for %Y-%m-%d; ISO 8601 requires ten characters
    loose = (
        np.zeros(len(cells), dtype=bool)
        if column.format
        else ~_matches(text, r"^\d{4}-\d{2}-\d{2}$", is_filled(text))
    )
    bad = is_filled(text) & (values.isna().to_numpy() | loose)
    return Parsed(values=as_microseconds(values.mask(bad)), bad={"Q_TYPE": bad})


def parse_timestamps(text: Any, column: Column) -> Parsed:
    """Parse ISO 8601 timestamps to UTC; a timestamp without offset needs the column's time zone."""
    if column.format:
        return _parse_declared(text, column)
    quick = _plain_utc(text)
    if quick is not None:
        return Parsed(values=quick)
    there = is_filled(text)
    shaped = _matches(text, _TIMESTAMP, there)
    offset = shaped & _matches(text, _OFFSET, shaped)
    cells = pd.Series(_without_nanoseconds(text).to_pandas(), dtype=object)
    placed = pd.to_datetime(cells.where(offset), utc=True, format="ISO8601", errors="coerce")
    values = as_microseconds(placed.dt.tz_localize(None))
    local = pd.to_datetime(cells.where(shaped & ~offset), format="ISO8601", errors="coerce")
    naive = localize(local, shaped & ~offset, column)
    values = np.where(offset, values, naive.values)
    bad = {"Q_TYPE": (there & ~shaped) | (offset & np.isnat(values)), "Q_TZ_MISSING": np.zeros_like(there)}
    bad |= {code: mask | bad.get(code, False) for code, mask in naive.bad.items()}
    shifted = offset & ~bad["Q_TYPE"] & ~_matches(text, r"(?:Z|[+-]00(?::?00)?)$", offset)
    return Parsed(values=values, bad=bad, normalised={"N_TZ": shifted | naive.normalised.get("N_TZ", False)})


def _parse_declared(text: Any, column: Column) -> Parsed:
    """Parse timestamps in a declared format, with offset or in the column's time zone."""
    there, zoned = is_filled(text), "%z" in column.format
    cells = pd.Series(_without_nanoseconds(text).to_pandas(), dtype=object)
    read = pd.to_datetime(cells, format=column.format, errors="coerce", utc=zoned)
    if not zoned:
        return localize(read, there, column)
    values = as_microseconds(read.dt.tz_localize(None))
    return Parsed(values=values, bad={"Q_TYPE": there & np.isnat(values)})


def _without_nanoseconds(text: Any) -> Any:
    """Truncate to microseconds: one finer cell would make pandas use nanoseconds for all, which overflow in 2262."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(text, r"(\.\d{6})\d+", r"\1")


def localize(local: "pd.Series[Any]", naive: Mask, column: Column) -> Parsed:
    """Convert local times in the column's time zone to UTC; without a time zone all of them are bad."""
    if not column.timezone or not naive.any():
        bad = {"Q_TZ_MISSING": naive} if naive.any() else {}
        return Parsed(values=np.full(len(local), np.datetime64("NaT", "us")), bad=bad)
    zoned = local.dt.tz_localize(column.timezone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    values = as_microseconds(zoned.dt.tz_localize(None))
    readable = local.notna().to_numpy()
    bad = {"Q_TIME_AMBIGUOUS": readable & np.isnat(values), "Q_TYPE": naive & ~readable}
    return Parsed(values=values, bad=bad, normalised={"N_TZ": ~np.isnat(values)})


def parse_text(text: Any, column: Column) -> Parsed:
    """Keep text unchanged, but replace declared spellings of a category by the category."""
    words = text.dictionary_encode()
    codes = words.indices.fill_null(MISSING_CODE).to_numpy(zero_copy_only=False).astype(np.int32)
    if not column.spellings:
        return Parsed(values=codes, words=words.dictionary)
    cells = pd.Series(words.dictionary.to_pandas(), dtype="str")
    folded = cells.str.lower().map(dict(column.spellings))
    respelled = (folded.notna() & (folded != cells)).to_numpy(dtype=bool)
    spelled = cells.where(~respelled, folded).astype("str")
    return Parsed(
        values=codes,
        words=as_words(spelled),
        normalised={"N_CATEGORY": np.append(respelled, False)[codes]},
    )


def as_words(texts: "pd.Series[str]") -> Any:
    """Text as an Arrow array."""
    import pyarrow as pa

    return pa.array(texts.to_numpy(dtype=object), type=pa.string(), from_pandas=True)


PARSERS = {
    "string": parse_text,
    "number": parse_numbers,
    "integer": parse_numbers,
    "date": parse_dates,
    "timestamp": parse_timestamps,
}


def as_microseconds(values: "pd.Series[Any]") -> npt.NDArray[Any]:
    """A column of dates or timestamps as datetime64[us], the type in every frame of the gate."""
    return values.to_numpy(dtype="datetime64[us]")


def is_filled(text: Any) -> Mask:
    """Mask of the non-missing cells."""
    return np.array(text.is_valid().to_numpy(zero_copy_only=False), dtype=bool)


def set_missing(values: npt.NDArray[np.float64], bad: dict[str, Mask]) -> npt.NDArray[np.float64]:
    """Set the bad numbers to missing, in place."""
    for mask in bad.values():
        values[mask] = np.nan
    return values


def _plain_utc(text: Any) -> npt.NDArray[Any] | None:
    """Fast path: the timestamps, if every cell is a plain UTC time; else None."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pc.all(pc.match_substring_regex(text, _PLAIN_UTC)).as_py() or text.null_count == len(text)):
        return None
    try:
        return _utc(pc.cast(text, pa.timestamp("us", tz="UTC")))
    except pa.ArrowInvalid:
        return None  # an invalid day, such as 30 February


def _utc(times: Any) -> npt.NDArray[Any]:
    import pyarrow as pa

    ticks = times.cast(pa.int64()).fill_null(np.iinfo(np.int64).min)
    return np.array(ticks.to_numpy(zero_copy_only=False)).view("datetime64[us]")


def _matches(text: Any, pattern: str, among: Mask) -> Mask:
    """Mask of the cells in `among` that match; other cells are not tested, for speed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    out = np.zeros(len(text), dtype=bool)
    where = np.flatnonzero(among)
    if len(where):
        few = text if len(where) == len(text) else text.take(pa.array(where))
        out[where] = pc.match_substring_regex(few, pattern).to_numpy(zero_copy_only=False)
    return out


_AS_DECIMAL = r"^\d+\.0+$"
_AS_POWER = r"^\d(\.\d+)?[eE]\+?\d{2,}$"
_FEW = 3
"""Number of identifiers from which a column is tested: a single patient may really be called 12.0."""


def rewritten_ids(words: Any, column: Column) -> Iterator[Note]:
    """Note that rejects a column if more than half of its identifiers were rewritten as numbers.

    Args:
        words: the distinct identifiers, an Arrow array of text; None if the column is not text.
        column: the column of the contract.

    """
    import pyarrow.compute as pc

    if not column.is_identifier or words is None or len(words) < _FEW:
        return
    for pattern, how in ((_AS_DECIMAL, "decimal numbers (17 became 17.0)"), (_AS_POWER, "powers of ten")):
        count = int(pc.sum(pc.match_substring_regex(words, pattern)).as_py() or 0)
        if count > 0.5 * len(words):
            message = (
                f"{count:,} of {len(words):,} identifiers in {column.name!r} were rewritten as {how}, as "
                "spreadsheets do. Different patients may have become the same; export the column as text."
            )
            yield Note(code="E_ID_FORMAT", message=message, rule="type", column=column.name, count=count)
