"""A covariate of a study as numeric columns: categories one-hot, texts by their stated values or groups.

Also the matching of a study's words with the levels of a column of any type, and the conversion of columns to numbers.
"""

import re
from collections.abc import Iterable
from numbers import Number

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.study import CovariateSpec, StudyMismatch

TRUE_WORDS, FALSE_WORDS = ("true", "1"), ("false", "0")


def level_text(value: object) -> str | None:
    """A level as text: 250, 250.0 and Decimal("250.00") are the same level; None where it is missing."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, Number) and not isinstance(value, (bool, np.bool_, complex)):
        whole = int(value) if np.isfinite(float(value)) else None  # type: ignore[call-overload,arg-type]
        return str(whole) if whole == value else str(value)
    return str(value)


def texts(column: pd.Series) -> pd.Series:
    """The column's levels as text, missing where the column is; each distinct value is converted once."""
    if isinstance(column.dtype, pd.StringDtype):
        return column
    return column.map({value: level_text(value) for value in column.dropna().unique()})


def match_words(column: pd.Series, words: Iterable[str]) -> pd.Series:
    """(n,) the study's word that matches each row's level; missing where none does.

    In a text column a word must equal the text. In a numeric or boolean column it is parsed, so that "250", "250.0" and
    "2.5e2" all match 250. Codes in a text column are never parsed as numbers: ICD-9 250.0 is not 250.
    """
    known = {word: word for word in words}
    if not isinstance(column.dtype, pd.StringDtype):
        for word in list(known):
            for reading in _readings(word):
                known.setdefault(reading, word)
    found = {value: known.get(_key(value)) for value in column.dropna().unique()}
    return column.map(found).astype(object)


def unmatched_words(column: pd.Series, words: Iterable[str]) -> tuple[str, ...]:
    """The words that match no level of the column."""
    words = tuple(words)
    matched = set(match_words(column, words).dropna())
    return tuple(word for word in words if word not in matched)


def _key(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return f"{bool(value)!r} "  # the blank keeps it apart from the text "True"
    return str(level_text(value))


def _readings(word: str) -> Iterable[str]:
    """Keys of the values that a word can mean in a column that is not text."""
    lowered = word.strip().lower()
    if lowered in TRUE_WORDS:
        yield _key(True)
    if lowered in FALSE_WORDS:
        yield _key(False)
    for number in (int, float):
        try:
            read = number(lowered)
        except ValueError:
            continue
        yield _key(read)
        return


def numbers(column: pd.Series, key: str) -> Floats:
    """(n,) values as float64, NaN where missing.

    Args:
        column: numeric, boolean, or text that holds numbers.
        key: of the study that needs numbers, for the message.

    Raises:
        StudyMismatch: values are not numbers.

    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(np.float64, na_value=np.nan)
    if pd.api.types.is_datetime64_any_dtype(column):
        raise StudyMismatch(f"{key}: column {column.name} holds dates, which are not read as numbers")
    read = pd.to_numeric(column, errors="coerce")
    wrong = int((read.isna() & column.notna()).sum())
    if wrong:
        raise StudyMismatch(
            f"{key}: column {column.name} has {wrong:,} values that are not numbers; map them by "
            "`values`, or write `kind: category`"
        )
    return read.to_numpy(np.float64, na_value=np.nan)


def apply_floor(values: Floats, floor: float | None, at: Bools | None = None) -> tuple[Floats, int, int]:
    """Values for a log scale: smaller ones are set to the floor.

    Args:
        values: (n,) as delivered. floor: such as a limit of detection; None where the study states none.
        at: (n,) rows on the log scale; None: all.

    Returns:
        The values, the number set to the floor, and the number without a logarithm.

    """
    logged = np.ones(len(values), dtype=bool) if at is None else at
    below = logged & (values < floor) if floor is not None else np.zeros(len(values), dtype=bool)
    out = np.where(below, floor if floor is not None else np.nan, values)
    without = logged & (out <= 0)
    return out, int(below.sum()), int(without.sum())


OTHER = "other"


def covariate_block(
    frame: pd.DataFrame, spec: CovariateSpec, counts: RecordCounts | None = None, source: str = "records"
) -> tuple[list[str], Floats]:
    """The names of a covariate's columns and their values (n, columns); NaN where missing.

    Raises:
        StudyMismatch: a column is missing in the records, or is not numeric where numbers are needed; `values` or
            `groups` match nothing that was delivered.

    """
    counts = RecordCounts() if counts is None else counts
    column = spec.name if spec.kind == "event" else spec.source_column
    require_columns(frame, "records", [column])
    if spec.kind == "category":
        return _category(frame[column], spec, counts, source)
    values = mapped_numbers(frame[column], spec, counts, source) if spec.values else frame[column]
    number = numbers(values, f"covariates.{spec.name}")
    if spec.scale == "log":
        number, floored, without = apply_floor(number, spec.floor)
        counts.add("N_VALUE_FLOORED", floored, source, column)
        counts.add("W_VALUE_NO_LOGARITHM", without, source, column)
        number = np.where(number > 0, number, np.nan)
    return [spec.name], number[:, None]


def _category(
    column: pd.Series, spec: CovariateSpec, counts: RecordCounts, source: str
) -> tuple[list[str], Floats]:
    values = _grouped(column, spec, counts, source) if spec.groups else texts(column)
    codes, levels = pd.factorize(values, sort=True)
    block = (codes[:, None] == np.arange(len(levels))).astype(np.float64)
    block[codes < 0] = np.nan
    return [f"{spec.name}={level}" for level in levels], block


def require_columns(frame: pd.DataFrame, source: str, columns: list[str]) -> None:
    """Refuse a frame that lacks columns of the study.

    Raises:
        StudyMismatch: it names the missing columns.

    """
    missing = [c for c in columns if c not in frame]
    if missing:
        raise StudyMismatch(f"{source}: the study names column {', '.join(missing)}, which the table lacks")


def mapped_numbers(column: pd.Series, spec: CovariateSpec, counts: RecordCounts, source: str) -> pd.Series:
    """The number for each level; missing where the study declares none."""
    word = match_words(column, spec.values)
    undeclared = int((column.notna() & word.isna()).sum())
    _require_a_match(column, undeclared, f"covariates.{spec.name}.values")
    counts.add("W_VALUE_UNDECLARED", undeclared, source, spec.source_column)
    counts.add(
        "W_WORD_NEVER_MET",
        len(unmatched_words(column, spec.values)),
        source,
        f"covariates.{spec.name}.values",
    )
    return word.map(spec.values).astype(float)


def _grouped(column: pd.Series, spec: CovariateSpec, counts: RecordCounts, source: str) -> pd.Series:
    patterns = [(name, re.compile(pattern)) for name, pattern in spec.groups.items()]
    found = {value: _group_of(value, patterns) for value in column.dropna().unique()}
    group = column.map(found).astype(object)
    other = int((group == OTHER).sum()) if OTHER not in spec.groups else 0
    _require_a_match(column, other, f"covariates.{spec.name}.groups")
    counts.add("N_VALUE_OTHER", other, source, spec.source_column)
    unmet = len(set(spec.groups) - set(found.values()))
    counts.add("W_WORD_NEVER_MET", unmet, source, f"covariates.{spec.name}.groups")
    return group


def _group_of(value: object, patterns: list[tuple[str, re.Pattern[str]]]) -> str:
    """The first group that matches the level; 250 and 250.0 are the same level."""
    spellings = {str(level_text(value)), str(value)}
    for name, pattern in patterns:
        if any(pattern.fullmatch(text) for text in spellings):
            return name
    return OTHER


def _require_a_match(column: pd.Series, unmet: int, key: str) -> None:
    delivered = int(column.notna().sum())
    if delivered and unmet == delivered:
        raise StudyMismatch(
            f"{key}: column {column.name} has {delivered:,} values, and none of them matches this key; "
            "write the values exactly as the column has them"
        )
