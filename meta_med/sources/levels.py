"""Levels of a column as text, and which of them a study's words name, whatever type the column has."""

from collections.abc import Iterable
from numbers import Number

import numpy as np
import pandas as pd

_TRUE, _FALSE = ("true", "1"), ("false", "0")


def level_text(value: object) -> str | None:
    """A level as text: 250, 250.0 and Decimal("250.00") are the same level; None where there is none."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, Number) and not isinstance(value, (bool, np.bool_, complex)):
        whole = int(value) if np.isfinite(float(value)) else None  # type: ignore[call-overload,arg-type]
        return str(whole) if whole == value else str(value)
    return str(value)


def texts(column: pd.Series) -> pd.Series:
    """The column's levels as text, missing where the column is; each distinct value is read once."""
    if isinstance(column.dtype, pd.StringDtype):
        return column
    return column.map({value: level_text(value) for value in column.dropna().unique()})


def named_by(column: pd.Series, words: Iterable[str]) -> pd.Series:
    """(n,) the word of a study that names each row's level; missing where none does.

    In a column of text a word is the text. In a column of numbers or of yes and no it is read as one, so that "250",
    "250.0" and "2.5e2" all name 250. Codes of a text column are never read as numbers: ICD-9 250.0 is not 250.
    """
    known = {word: word for word in words}
    if not isinstance(column.dtype, pd.StringDtype):
        for word in list(known):
            for reading in _readings(word):
                known.setdefault(reading, word)
    found = {value: known.get(_key(value)) for value in column.dropna().unique()}
    return column.map(found).astype(object)


def never_met(column: pd.Series, words: Iterable[str]) -> tuple[str, ...]:
    """The words that name no level of the column."""
    words = tuple(words)
    met = set(named_by(column, words).dropna())
    return tuple(word for word in words if word not in met)


def _key(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return f"{bool(value)!r} "  # a word of text cannot be it by chance
    return str(level_text(value))


def _readings(word: str) -> Iterable[str]:
    """What a word may mean in a column that is not text."""
    lowered = word.strip().lower()
    if lowered in _TRUE:
        yield _key(True)
    if lowered in _FALSE:
        yield _key(False)
    for number in (int, float):
        try:
            read = number(lowered)
        except ValueError:
            continue
        yield _key(read)
        return
