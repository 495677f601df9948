"""What each kind of column makes of its text: a value, a missing value, or a reason why neither.

Identifiers that a spreadsheet or a data frame took for numbers (17 became 17.0, or 1.7E11) are refused.
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
    """Some cells' values, and by code the cells that gave none or were put right."""

    values: npt.NDArray[Any]
    """float64, datetime64[us], or for text the positions in `words`, -1 where missing."""
    words: Any = None
    """The distinct texts, a pyarrow array, where the cells are text."""
    bad: dict[str, Mask] = field(default_factory=dict)
    normalised: dict[str, Mask] = field(default_factory=dict)
    hints: dict[str, Mask] = field(default_factory=dict)
    """Cells that tell, by the code they would give it, what is wrong with a column most of which is bad."""


def parse_numbers(text: Any, column: Column) -> Parsed:
    """Plain decimal numbers; never a decimal comma, a thousands separator or a unit."""
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
    """By code, numbers that are none of the whole numbers which a float keeps exactly."""
    if column.kind != "integer":
        return {}
    finite = np.isfinite(values)
    return {
        "Q_HARD_RANGE": finite & (np.abs(values) >= LARGEST_EXACT_INTEGER),
        "Q_TYPE": finite & (values != np.floor(values)),
    }


def parse_dates(text: Any, column: Column) -> Parsed:
    """Calendar dates of one declared format; ISO 8601 unless the contract says otherwise."""
    cells = pd.Series(text.to_pandas())
    values = pd.to_datetime(cells, format=column.format or "%Y-%m-%d", errors="coerce")
    # strptime takes "2021-1-5" for %Y-%m-%d; ISO wants ten characters
    loose = (
        np.zeros(len(cells), dtype=bool)
        if column.format
        else ~_matches(text, r"^\d{4}-\d{2}-\d{2}$", is_filled(text))
    )
    bad = is_filled(text) & (values.isna().to_numpy() | loose)
    return Parsed(values=as_microseconds(values.mask(bad)), bad={"Q_TYPE": bad})


def parse_timestamps(text: Any, column: Column) -> Parsed:
    """ISO 8601 moments, brought to UTC; a moment without offset needs the contract's time zone."""
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
    """Moments of a declared format, which has the offset in it or is of the contract's time zone."""
    there, zoned = is_filled(text), "%z" in column.format
    cells = pd.Series(_without_nanoseconds(text).to_pandas(), dtype=object)
    read = pd.to_datetime(cells, format=column.format, errors="coerce", utc=zoned)
    if not zoned:
        return localize(read, there, column)
    values = as_microseconds(read.dt.tz_localize(None))
    return Parsed(values=values, bad={"Q_TYPE": there & np.isnat(values)})


def _without_nanoseconds(text: Any) -> Any:
    """Without finer parts of a second: one such cell would make pandas read the others by nanoseconds too, which end
    in 2262."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(text, r"(\.\d{6})\d+", r"\1")


def localize(local: "pd.Series[Any]", naive: Mask, column: Column) -> Parsed:
    """Local times of the contract's time zone as UTC; of no time zone, none of them can be placed."""
    if not column.timezone or not naive.any():
        bad = {"Q_TZ_MISSING": naive} if naive.any() else {}
        return Parsed(values=np.full(len(local), np.datetime64("NaT", "us")), bad=bad)
    zoned = local.dt.tz_localize(column.timezone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    values = as_microseconds(zoned.dt.tz_localize(None))
    readable = local.notna().to_numpy()
    bad = {"Q_TIME_AMBIGUOUS": readable & np.isnat(values), "Q_TYPE": naive & ~readable}
    return Parsed(values=values, bad=bad, normalised={"N_TZ": ~np.isnat(values)})


def parse_text(text: Any, column: Column) -> Parsed:
    """Text as it stands; declared spellings of a category become the category."""
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
    """Texts as a pyarrow array."""
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
    """A column of dates as microseconds, which every frame of the gate keeps."""
    return values.to_numpy(dtype="datetime64[us]")


def is_filled(text: Any) -> Mask:
    """Which cells hold something."""
    return np.array(text.is_valid().to_numpy(zero_copy_only=False), dtype=bool)


def set_missing(values: npt.NDArray[np.float64], bad: dict[str, Mask]) -> npt.NDArray[np.float64]:
    """The numbers, missing where they are of no use."""
    for mask in bad.values():
        values[mask] = np.nan
    return values


def _plain_utc(text: Any) -> npt.NDArray[Any] | None:
    """The moments, where every cell is a plain UTC time, as nearly all are; else None."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pc.all(pc.match_substring_regex(text, _PLAIN_UTC)).as_py() or text.null_count == len(text)):
        return None
    try:
        return _utc(pc.cast(text, pa.timestamp("us", tz="UTC")))
    except pa.ArrowInvalid:
        return None  # a day that no month has


def _utc(times: Any) -> npt.NDArray[Any]:
    import pyarrow as pa

    ticks = times.cast(pa.int64()).fill_null(np.iinfo(np.int64).min)
    return np.array(ticks.to_numpy(zero_copy_only=False)).view("datetime64[us]")


def _matches(text: Any, pattern: str, among: Mask) -> Mask:
    """Which of the cells match; others are not looked at, for most columns have nothing to look at."""
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
"""One patient may be called 12.0; a whole hospital is not."""


def rewritten_ids(words: Any, column: Column) -> Iterator[Note]:
    """Refuses a column more than half of whose identifiers are numbers rewritten; patients may have merged.

    `words`: every identifier once, as a pyarrow array of text.
    """
    import pyarrow.compute as pc

    if not column.is_identifier or words is None or len(words) < _FEW:
        return
    for pattern, how in ((_AS_DECIMAL, "decimal numbers (17 became 17.0)"), (_AS_POWER, "powers of ten")):
        count = int(pc.sum(pc.match_substring_regex(words, pattern)).as_py() or 0)
        if count > 0.5 * len(words):
            message = (
                f"{count:,} of {len(words):,} identifiers in {column.name!r} were rewritten as {how}, as "
                "spreadsheets do. Different patients may have become one; export the column as text."
            )
            yield Note(code="E_ID_FORMAT", message=message, rule="type", column=column.name, count=count)
