"""The rows that a study selects, and the subject, patient and person of each."""

import re
import zlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import match_words, numbers, texts, unmatched_words
from meta_med.cohorts.record_table import Bools
from meta_med.published.series_names import EMPTY, ESCAPES, MARK
from meta_med.study import RecordsSpec, StudyMismatch

SUBJECT, PERSON, PATIENT = "__subject", "__person", "__patient"
SHARES = 2**32


def matching(frame: pd.DataFrame, chosen: Mapping[str, tuple[str, ...]]) -> pd.Series:
    """(n,) bool: rows in which every column of `chosen` has one of its values."""
    mask = pd.Series(True, index=frame.index)
    for column, values in chosen.items():
        mask &= match_words(frame[column], values).notna()
    return mask


def select_rows(frame: pd.DataFrame, spec: RecordsSpec, counts: RecordCounts | None = None) -> pd.DataFrame:
    """The rows that `where`, `where_not`, `between` and `share` select; needs PERSON where `share` is below 1.

    Raises:
        StudyMismatch: a key selects no row (it is named), or a column of `between` is not numeric.

    """
    counts = RecordCounts() if counts is None else counts
    for column, values in spec.where.items():
        frame = _filter(
            frame, spec, counts, f"where.{column}", *_matches(frame, column, values, spec, counts, "where")
        )
    for column, values in spec.where_not.items():
        found, _ = _matches(frame, column, values, spec, counts, "where_not")
        frame = _filter(frame, spec, counts, f"where_not.{column}", ~found, np.zeros(len(frame), dtype=bool))
    for column, (low, high) in spec.between.items():
        number = numbers(frame[column], f"records.between.{column}")
        within = (number >= low) & (number <= high)
        frame = _filter(frame, spec, counts, f"between.{column}", within, np.isnan(number))
    if spec.share < 1:
        drawn = (frame[PERSON].map(_hash_share) < spec.share).to_numpy(dtype=bool)
        frame = _filter(frame, spec, counts, "share", drawn, np.zeros(len(frame), dtype=bool))
    return frame


def _matches(
    frame: pd.DataFrame,
    column: str,
    values: tuple[str, ...],
    spec: RecordsSpec,
    counts: RecordCounts,
    key: str,
) -> tuple[Bools, Bools]:
    """(n,) rows whose column has one of the values, and rows where it is missing."""
    counts.add(
        "W_WORD_NEVER_MET",
        len(unmatched_words(frame[column], values)),
        spec.source,
        f"records.{key}.{column}",
    )
    return match_words(frame[column], values).notna().to_numpy(), frame[column].isna().to_numpy()


def _filter(
    frame: pd.DataFrame, spec: RecordsSpec, counts: RecordCounts, key: str, keep: Bools, missing: Bools
) -> pd.DataFrame:
    counts.add("W_ROW_CHOICE_MISSING", int((missing & ~keep).sum()), spec.source, f"records.{key}")
    counts.add("N_ROW_NOT_ASKED", int((~missing & ~keep).sum()), spec.source, f"records.{key}")
    if len(frame) and not keep.any():
        raise StudyMismatch(
            f"records.{key}: none of {len(frame):,} rows of {spec.source} is selected; "
            "write the values exactly as the column has them"
        )
    return frame[keep]


def add_subjects(frame: pd.DataFrame, spec: RecordsSpec, counts: RecordCounts | None = None) -> pd.DataFrame:
    """The frame with SUBJECT (one per series), PATIENT (the identifier) and PERSON (for the splits).

    Rows without an identifier are counted and left out. The name of a series is the patient's identifier and the
    series' levels (`meta_med.published.series_names`).
    """
    nobody = frame[spec.subject].isna().to_numpy()
    if counts is not None:
        counts.add("W_ROW_NO_SUBJECT", int(nobody.sum()), spec.source, spec.subject)
    frame = frame[~nobody]
    own = identifiers(frame[spec.subject])
    subject = _joined([own, *(texts(frame[column]) for column in spec.series)]) if spec.series else own
    person = _person(frame, spec.person).fillna(own) if spec.person else own
    return frame.assign(**{SUBJECT: subject, PERSON: person, PATIENT: own})


def identifiers(column: pd.Series) -> pd.Series:
    """Identifiers as unchanged text; a whole number that was read as a float is written as a whole number."""
    return texts(column).astype("str")


def _joined(parts: list[pd.Series]) -> pd.Series:
    """Parts as one name; missing parts at the end are dropped, and an empty text is not missing."""
    name = _escaped(parts[0]).fillna("")
    for part in parts[1:]:
        name = name + MARK + _escaped(part).fillna("")
    return name.str.rstrip(MARK)


def _escaped(part: pd.Series) -> pd.Series:
    plain = part.astype("str")
    for mark, written in ESCAPES:
        plain = plain.str.replace(mark, written, regex=False)
    return plain.mask(plain == "", EMPTY)


def _person(frame: pd.DataFrame, patterns: Mapping[str, str]) -> pd.Series:
    parts = [_part(identifiers(frame[column]), pattern) for column, pattern in patterns.items()]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _part(text: pd.Series, pattern: str) -> pd.Series:
    """The matching part of each text; the whole text where nothing matches, so that no identifier becomes empty."""
    if not pattern:
        return text
    compiled = re.compile(pattern)
    return text.map(
        lambda whole: found.group() if (found := compiled.search(whole)) else whole, na_action="ignore"
    )


def _hash_share(person: str) -> float:
    """A hash of a person's identifier in [0, 1), the same in every delivery."""
    return float(np.uint32(zlib.crc32(person.encode()))) / SHARES
