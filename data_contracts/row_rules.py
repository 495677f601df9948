"""Rules that judge rows, vectorised: a frame and arguments in, a mask of the rows that keep the rule out.

A row that lacks what a rule needs keeps it: missing values are the business of `not_null`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
_DAYS_PER_YEAR = 365.25
_ENOUGH_PAIRS = 20


def dates_between(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The column's moment lies within the bounds."""
    dates = frame[arguments["column"]]
    keeps = pd.Series(True, index=frame.index)
    if arguments.get("min"):
        keeps &= ~(dates < pd.Timestamp(arguments["min"]))
    if arguments.get("max"):
        keeps &= ~(dates > pd.Timestamp(arguments["max"]))
    return _mask(keeps)


def unique_key(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """No other row has this key with other values; of a conflict, every version is held."""
    key = list(arguments["columns"])
    complete = frame[key].notna().all(axis=1)
    suspects = frame[complete & frame.duplicated(key, keep=False)]
    versions = suspects.drop_duplicates()
    in_conflict = versions.loc[versions.duplicated(key, keep=False), key].drop_duplicates()
    keeps = pd.Series(True, index=frame.index)
    if len(in_conflict):
        keeps[suspects.index[_rows_in(suspects[key], in_conflict)]] = False
    return _mask(keeps)


def repeated_row(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is the first of its kind: none before it is equal in every cell."""
    key = list(arguments["columns"])
    candidates = frame[frame[key].notna().all(axis=1) & frame.duplicated(key, keep=False)]
    keeps = pd.Series(True, index=frame.index)
    keeps[candidates.index[candidates.duplicated().to_numpy()]] = False
    return _mask(keeps)


def constant_per_subject(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The subject has one value of each column in all its rows."""
    subjects = frame[arguments["subject"]]
    keeps = np.ones(len(frame), dtype=bool)
    for column in arguments["columns"]:
        codes = pd.Series(pd.factorize(frame[column])[0], index=frame.index).where(lambda c: c >= 0)
        grouped = codes.groupby(subjects)
        keeps &= ~_mask(grouped.transform("min") < grouped.transform("max"))
    return keeps


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


def in_order(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is not earlier than the row of the same subject before it in the file."""
    subject, time = arguments["columns"]
    return ~_mask(frame[time] < frame.groupby(subject)[time].shift())


def no_jump(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value lies within so many robust deviations of the subject's own middle value."""
    values = frame[arguments["column"]]
    grouped = values.groupby(frame[arguments["subject"]])
    middle = grouped.transform("median")
    away = (values - middle).abs()
    usual = 1.4826 * float(away[grouped.transform("count") >= 3].median())
    if not usual > 0:
        return np.ones(len(frame), dtype=bool)
    return ~_mask((away > float(arguments["deviations"]) * usual) & (away > 0.25 * middle.abs()))


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
    paired = _rows_in(frame.loc[copies, by], originals[by].drop_duplicates())
    equal_rows = _rows_in(frame.loc[copies, [*by, column]], originals)
    if _is_copy(int(equal_rows.sum()), int(paired.sum()), most):
        # what was copied as a whole is not trusted where the copy happens to have no original either
        return ~_mask(copies)
    return np.ones(len(frame), dtype=bool)


def _is_copy(equal: int, pairs: int, most: float) -> bool:
    return pairs >= _ENOUGH_PAIRS and equal > most * pairs


def _rows_in(rows: pd.DataFrame, among: pd.DataFrame) -> Mask:
    """Which rows stand, with all their columns, in a frame without repeated rows."""
    merged = rows.merge(among, how="left", on=list(rows.columns), indicator=True)
    return _mask(merged["_merge"] == "both")


def _mask(flags: "pd.Series[bool]") -> Mask:
    return flags.to_numpy(dtype=bool)


ROW_RULES: dict[str, Callable[[pd.DataFrame, Mapping[str, Any]], Mask]] = {
    f.__name__: f
    for f in (
        dates_between,
        unique_key,
        repeated_row,
        constant_per_subject,
        not_after,
        age_agrees,
        in_order,
        no_jump,
        not_a_copy,
    )
}
