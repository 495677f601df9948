"""What each kind of column makes of its text: a value, a missing value, or a reason why neither."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.terms import Column

Mask = npt.NDArray[np.bool_]
_NOT_FINITE = r"(?i)^[+-]?(nan|inf|infinity)$"
_DECIMAL_COMMA = r"^[+-]?\d+,\d+$"
_OFFSET = r"(?:Z|[+-]\d{2}:?\d{2})$"
_TIMESTAMP = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$"
_LARGEST_EXACT_INTEGER = 2.0**53


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A column's values, and the cells that gave none, by code."""

    values: pd.Series
    bad: dict[str, Mask] = field(default_factory=dict)
    normalised: dict[str, int] = field(default_factory=dict)
    whole: str = ""
    """The code that rejects the file when more than half of the cells are bad."""


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
    filled = _filled(text)
    unparsed = filled & np.isnan(values)
    not_finite = np.isinf(values) | (unparsed & _matches(text, _NOT_FINITE, unparsed))
    unparsed &= ~not_finite
    bad = {"Q_TYPE": unparsed, "Q_NONFINITE": not_finite}
    if column.kind == "integer":
        finite = np.isfinite(values)
        bad["Q_HARD_RANGE"] = finite & (np.abs(values) > _LARGEST_EXACT_INTEGER)
        bad["Q_TYPE"] = bad["Q_TYPE"] | (finite & (values != np.floor(values)))
    comma = unparsed & _matches(text, _DECIMAL_COMMA, unparsed)
    whole = "E_LOCALE_DECIMAL" if comma.sum() > 0.5 * max(1, unparsed.sum()) else "E_TYPE"
    return Parsed(values=_without(values, bad), bad=bad, whole=whole)


def parse_dates(text: Any, column: Column) -> Parsed:
    """Calendar dates of one declared format; ISO 8601 unless the contract says otherwise."""
    cells = pd.Series(text.to_pandas())
    values = pd.to_datetime(cells, format=column.format or "%Y-%m-%d", errors="coerce")
    # strptime takes "2021-1-5" for %Y-%m-%d; ISO wants ten characters
    loose = (
        np.zeros(len(cells), dtype=bool)
        if column.format
        else ~_matches(text, r"^\d{4}-\d{2}-\d{2}$", _filled(text))
    )
    bad = _filled(text) & (values.isna().to_numpy() | loose)
    return Parsed(
        values=values.astype("datetime64[us]").mask(bad), bad={"Q_TYPE": bad}, whole="E_DATE_FORMAT"
    )


def parse_timestamps(text: Any, column: Column) -> Parsed:
    """ISO 8601 moments, brought to UTC; a moment without offset needs the contract's time zone."""
    filled = _filled(text)
    shaped = _matches(text, _TIMESTAMP, filled)
    offset = shaped & _matches(text, _OFFSET, shaped)
    cells = pd.Series(text.to_pandas(), dtype=object)
    values = pd.to_datetime(cells.where(offset), utc=True, format="ISO8601", errors="coerce")
    bad = {"Q_TYPE": filled & ~shaped, "Q_TZ_MISSING": np.zeros(len(cells), dtype=bool)}
    naive = shaped & ~offset
    if column.timezone and naive.any():
        local = pd.to_datetime(cells.where(naive), format="ISO8601", errors="coerce")
        placed = local.dt.tz_localize(column.timezone, ambiguous="NaT", nonexistent="NaT").dt.tz_convert(
            "UTC"
        )
        bad["Q_TIME_AMBIGUOUS"] = local.notna().to_numpy() & placed.isna().to_numpy()
        bad["Q_TYPE"] |= naive & local.isna().to_numpy()
        values = values.where(~naive, placed)
    elif naive.any():
        bad["Q_TZ_MISSING"] = naive
    bad["Q_TYPE"] |= offset & values.isna().to_numpy()
    shifted = offset & ~_matches(text, r"(?:Z|[+-]00:?00)$", offset)
    return Parsed(
        values=pd.Series(values).dt.tz_localize(None).astype("datetime64[us]"),
        bad=bad,
        normalised={"N_TZ": int(shifted.sum())},
        whole="E_TZ_MISSING" if bad["Q_TZ_MISSING"].sum() > bad["Q_TYPE"].sum() else "E_DATE_FORMAT",
    )


def parse_text(text: Any, column: Column) -> Parsed:
    """Text as it stands; declared spellings of a category become the category."""
    cells = pd.Series(text.to_pandas(), dtype="str")
    if not column.spellings:
        return Parsed(values=cells)
    folded = cells.str.lower().map(dict(column.spellings))
    respelled = folded.notna() & (folded != cells)
    values = cells.where(~respelled, folded).astype("str")
    return Parsed(values=values, normalised={"N_CATEGORY": int(respelled.sum())})


PARSERS = {
    "string": parse_text,
    "number": parse_numbers,
    "integer": parse_numbers,
    "date": parse_dates,
    "timestamp": parse_timestamps,
}


def _filled(text: Any) -> Mask:
    import pyarrow.compute as pc

    return np.array(pc.is_valid(text).to_numpy(zero_copy_only=False), dtype=bool)


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


def _without(values: npt.NDArray[np.float64], bad: dict[str, Mask]) -> pd.Series:
    for mask in bad.values():
        values[mask] = np.nan
    return pd.Series(values)
