"""Which rows a study asks about, and whose series each of them belongs to."""

import re
import zlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.cohorts import level_text
from meta_med.records import SERIES_MARK
from meta_med.study import RecordsSpec

SUBJECT, PERSON = "__subject", "__person"
SHARES = 2**32


def matching(frame: pd.DataFrame, chosen: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """(n,) bool: rows whose every column of `chosen` has one of its values."""
    mask = pd.Series(True, index=frame.index)
    for column, values in chosen.items():
        mask &= _texts(frame[column]).isin(values)
    return mask


def asked_rows(frame: pd.DataFrame, spec: RecordsSpec) -> pd.DataFrame:
    """The rows that `where`, `where_not`, `between` and `share` leave; needs PERSON where `share` is below 1."""
    keep = matching(frame, spec.where)
    for column, values in spec.where_not.items():
        keep &= ~_texts(frame[column]).isin(values)
    for column, (low, high) in spec.between.items():
        keep &= frame[column].astype(float).between(low, high)
    if spec.share < 1:
        keep &= frame[PERSON].map(_drawn_place) < spec.share
    return frame[keep]


def with_series(frame: pd.DataFrame, spec: RecordsSpec) -> pd.DataFrame:
    """The frame with SUBJECT, one a series, and PERSON, whose series it is."""
    own = frame[spec.subject].astype(str)
    subject = own
    for column in spec.series:
        text = _texts(frame[column])
        subject = subject.where(text.isna(), subject + SERIES_MARK + text.fillna("").astype(str))
    return frame.assign(**{SUBJECT: subject, PERSON: _person(frame, spec.person) if spec.person else own})


def _person(frame: pd.DataFrame, patterns: Mapping[str, str]) -> pd.Series:
    parts = [_part(frame[column].astype(str), pattern) for column, pattern in patterns.items()]
    person = parts[0]
    for part in parts[1:]:
        person = person + SERIES_MARK + part
    return person


def _part(text: pd.Series, pattern: str) -> pd.Series:
    """What of each text matches; all of it where nothing does, so that nobody's identifier becomes empty."""
    if not pattern:
        return text
    compiled = re.compile(pattern)
    return text.map(lambda whole: found.group() if (found := compiled.search(whole)) else whole)


def _texts(column: pd.Series) -> pd.Series:
    """The column's levels as text; each distinct value is read once."""
    levels = {value: level_text(value) for value in column.dropna().unique()}
    return column.map(levels)


def _drawn_place(person: str) -> float:
    """A person's place in [0, 1), the same in every delivery: it hangs on the identifier alone."""
    return float(np.uint32(zlib.crc32(person.encode()))) / SHARES
