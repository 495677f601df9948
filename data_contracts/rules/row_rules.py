"""Rules that judge rows, vectorised: a frame and arguments in, a mask of the rows that keep the rule out.

A row that lacks what a rule needs keeps it: missing values are the business of `not_null`.

Rules about keys: one row a key, and no row twice. Looked for on hashes of codes, confirmed on the values.

Rules that look at a row beside the other rows of its subject.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, coded, repeated, row_hashes, varies_within
from data_contracts.reading.arrow_cells import Mask


def unique_key(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """No other row has this key with other values; of a conflict, every version is held."""
    key = list(arguments["columns"])
    suspects = _sharing_a_key(frame, key)
    versions = suspects.drop_duplicates()
    in_conflict = versions.loc[versions.duplicated(key, keep=False), key].drop_duplicates()
    keeps = np.ones(len(frame), dtype=bool)
    if len(in_conflict):
        keeps[suspects.index[rows_in(suspects[key], in_conflict)]] = False
    return keeps


def repeated_row(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is the first of its kind: none before it is equal in every cell."""
    suspects = _sharing_a_key(frame, list(arguments["columns"]))
    keeps = np.ones(len(frame), dtype=bool)
    keeps[suspects.index[suspects.duplicated().to_numpy()]] = False
    return keeps


def _sharing_a_key(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows of a complete key that another row has too, in order, with their positions as index."""
    complete = np.ones(len(frame), dtype=bool)
    for column in key:
        complete &= frame[column].notna().to_numpy()
    hashes = row_hashes(frame[key])
    twice = repeated(hashes if complete.all() else hashes[complete])
    if len(twice):
        complete &= twice[np.minimum(np.searchsorted(twice, hashes), len(twice) - 1)] == hashes
    positions = np.flatnonzero(complete) if len(twice) else np.zeros(0, dtype=np.int64)
    rows = frame.take(positions).set_axis(pd.Index(positions), axis=0)
    return rows[rows.duplicated(key, keep=False)]


def rows_in(rows: pd.DataFrame, among: pd.DataFrame) -> Mask:
    """Which rows stand, with all their columns, in a frame without repeated rows."""
    merged = rows.merge(among, how="left", on=list(rows.columns), indicator=True)
    return (merged["_merge"] == "both").to_numpy(dtype=bool)


_ENOUGH_VALUES = 3


def constant_per_subject(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The subject has one value of each column in all its rows."""
    subjects = coded(frame[arguments["subject"]])
    several = np.zeros(len(subjects.values), dtype=bool)
    for column in arguments["columns"]:
        several |= varies_within(subjects, frame[column])
    return ~subjects.spread(several)


def in_order(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is not earlier than the row of the same subject before it in the file."""
    subject, time = arguments["columns"]
    codes, times = coded(frame[subject]).codes, frame[time].to_numpy()
    keeps = np.ones(len(frame), dtype=bool)
    order = _grouped(codes)
    here, before = order[1:], order[:-1]
    same = (codes[here] == codes[before]) & (codes[here] >= 0)
    keeps[here[same & (times[here] < times[before])]] = False
    return keeps


def _grouped(codes: Any) -> Any:
    """Row positions, subject by subject, each in the file's order."""
    return np.argsort(codes, kind="stable")


def no_jump(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value lies within so many robust deviations of the subject's own middle value."""
    values = frame[arguments["column"]]
    subjects = coded(frame[arguments["subject"]])
    middle = _middle_values(values, subjects)[subjects.codes]
    away = np.abs(values.to_numpy() - middle)
    enough = subjects.spread(subjects.counts(values.notna().to_numpy()) >= _ENOUGH_VALUES)
    usual = 1.4826 * float(pd.Series(away[enough]).median())
    if not usual > 0:
        return np.ones(len(frame), dtype=bool)
    jumps: Mask = (away > float(arguments["deviations"]) * usual) & (away > 0.25 * np.abs(middle))
    return ~jumps


def _middle_values(values: "pd.Series[Any]", subjects: Coded) -> Any:
    """Of each subject, then of nobody, which is missing."""
    middle = values.groupby(subjects.codes).median()
    out = np.full(len(subjects.values) + 1, np.nan)
    out[middle.index.to_numpy()] = middle.to_numpy()
    out[-1] = np.nan
    return out


_DAYS_PER_YEAR = 365.25
_ENOUGH_PAIRS = 20
_READ_ALIKE = re.compile(r"(?:[^\\(\[]|\(\?:|\((?!\?)|\\[.\-d]|\[(?!:))*")
"""Regular expressions that accept no more with RE2 than with Python; other escapes differ beyond ASCII."""


def not_null(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The column has a value."""
    return _mask(frame[arguments["column"]].notna())


def between(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The number or moment lies within the bounds."""
    column = frame[arguments["column"]]
    keeps = np.ones(len(frame), dtype=bool)
    if arguments.get("min") is not None:
        keeps &= ~_mask(column < _bound(column, arguments["min"]))
    if arguments.get("max") is not None:
        keeps &= ~_mask(column > _bound(column, arguments["max"]))
    if arguments.get("above") is not None:
        keeps &= ~_mask(column <= _bound(column, arguments["above"]))
    if arguments.get("below") is not None:
        keeps &= ~_mask(column >= _bound(column, arguments["below"]))
    return keeps


def _bound(column: "pd.Series[Any]", bound: Any) -> Any:
    return pd.Timestamp(bound) if column.dtype.kind == "M" else bound


def allowed(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value is one of the declared ones."""
    column, values = frame[arguments["column"]], list(arguments["values"])
    if column.dtype.kind == "f":
        keeps = np.array(column.isna(), dtype=bool)
        for value in values:
            keeps |= _mask(column == value)
        return keeps
    found = coded(column)
    return ~found.spread(~found.values.isin(values))


def pattern(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The whole text matches the regular expression."""
    found = coded(frame[arguments["column"]])
    texts = pd.Series(found.values, dtype="str").to_numpy(dtype=object)
    matches = _surely_match(texts, arguments["regex"])
    whole = re.compile(arguments["regex"])
    doubtful = np.flatnonzero(~matches)
    matches[doubtful] = [whole.fullmatch(text) is not None for text in texts[doubtful]]
    return ~found.spread(~matches)


def length(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The text has so many characters."""
    found = coded(frame[arguments["column"]])
    lengths = pd.Series(found.values, dtype="str").str.len().to_numpy()
    low, high = arguments.get("min", 0), arguments.get("max", np.inf)
    return ~found.spread(~((lengths >= low) & (lengths <= high)))


def multiple_of(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The number is a whole multiple of the step, but for what a binary number cannot say exactly."""
    steps = frame[arguments["column"]].to_numpy(dtype=np.float64) / float(arguments["of"])
    away = np.abs(steps - np.round(steps))
    keeps: Mask = np.isnan(steps) | (away <= 1e-9 * np.maximum(1.0, np.abs(steps)))
    return keeps


def _surely_match(texts: Any, regex: str) -> Mask:
    """Texts that the faster RE2 accepts, where its yes is Python's yes too; its no means nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(texts) and _READ_ALIKE.fullmatch(regex):
        try:
            found = pc.match_substring_regex(pa.array(texts, type=pa.string()), rf"\A(?:{regex})\z")
            return np.array(found.to_numpy(zero_copy_only=False), dtype=bool)
        except pa.ArrowInvalid:
            pass  # an expression that only Python knows
    return np.zeros(len(texts), dtype=bool)


def not_after(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """`earlier` is not after `later`, give or take the tolerance."""
    earlier, later = frame[arguments["earlier"]], frame[arguments["later"]]
    days = float(arguments.get("tolerance_days", 0))
    slack = pd.Timedelta(days=days) if pd.api.types.is_datetime64_any_dtype(later) else days
    return ~_mask(earlier > later + slack)


def age_agrees(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The age is the time since birth, give or take the tolerance."""
    since_birth = frame[arguments["time"]] - frame[arguments["birth"]]
    years = since_birth / pd.Timedelta(days=_DAYS_PER_YEAR)
    return ~_mask((years - frame[arguments["age"]]).abs() > float(arguments.get("tolerance_years", 1.0)))


def not_a_copy(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The values are not those of another measurement. Single equal values happen; most of them do not."""
    column, of = arguments["column"], arguments["of"]
    most = float(arguments.get("max_share", 0.95))
    if "name" not in arguments:
        both = frame[column].notna() & frame[of].notna()
        equal = both & (frame[column] == frame[of])
        return (
            ~_mask(equal)
            if _is_copy(int(equal.sum()), int(both.sum()), most)
            else np.ones(len(frame), dtype=bool)
        )
    by = list(arguments["by"])
    copies = frame[arguments["name_column"]] == arguments["name"]
    originals = frame.loc[frame[arguments["name_column"]] == of, [*by, column]].drop_duplicates()
    paired = rows_in(frame.loc[copies, by], originals[by].drop_duplicates())
    equal_rows = rows_in(frame.loc[copies, [*by, column]], originals)
    if _is_copy(int(equal_rows.sum()), int(paired.sum()), most):
        # what was copied as a whole is not trusted where the copy happens to have no original either
        return ~_mask(copies)
    return np.ones(len(frame), dtype=bool)


def _is_copy(equal: int, pairs: int, most: float) -> bool:
    return pairs >= _ENOUGH_PAIRS and equal > most * pairs


def _mask(flags: "pd.Series[bool]") -> Mask:
    return flags.to_numpy(dtype=bool)


RowRule = Callable[[pd.DataFrame, Mapping[str, Any]], Mask]
ROW_RULES: dict[str, RowRule] = {
    "hard_range": between,
    "soft_range": between,
    **{
        f.__name__: f
        for f in (
            not_null,
            allowed,
            pattern,
            length,
            multiple_of,
            unique_key,
            repeated_row,
            constant_per_subject,
            not_after,
            age_agrees,
            in_order,
            no_jump,
            not_a_copy,
        )
    },
}
