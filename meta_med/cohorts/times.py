"""Times of source rows as years on the study's own axis.

Rows of a subject at one time are a set: the mean of their numbers, and of their classes what all agree on.

A class is no number: the mean of "yes" and "no" is neither. Where rows of one time disagree on a class, which of them
is right cannot be known, so the class is missing and is counted. What comes out does not depend on the rows' order.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import match_words
from meta_med.cohorts.record_table import Bools
from meta_med.outcomes import kind_of
from meta_med.study import DAYS_PER_YEAR, StudyMismatch, StudySpec, TimeSpec

TIME = "__time"
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
ROUNDING = 1e-9
PER_YEAR = {"hours": HOURS_PER_YEAR, "days": DAYS_PER_YEAR, "years": 1.0, "order": 1.0}


def years(frame: pd.DataFrame, spec: TimeSpec) -> pd.Series:
    """A time column in years on the study's axis (dates: since 1970-01-01); missing where it cannot be read.

    "order" stays the count that it is: one record on is one step on the axis.
    """
    if not spec.column:
        return pd.Series(0.0, index=frame.index)
    column = frame[spec.column]
    if spec.unit_column:
        unit = match_words(frame[spec.unit_column], spec.unit_days).map(spec.unit_days).astype(float)
        return _number(column) * unit / DAYS_PER_YEAR
    if spec.unit == "date":
        read = pd.to_datetime(column, utc=True, errors="coerce")
        return (read - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400.0 / DAYS_PER_YEAR
    return _number(column) / PER_YEAR[spec.unit]


def add_times(
    frame: pd.DataFrame, spec: TimeSpec, name: str, counts: RecordCounts, source: str
) -> pd.DataFrame:
    """The rows whose time can be read, with it in the column `name`; the others are counted.

    Raises:
        StudyMismatch: no row has a time that can be read.

    """
    time = _round_down(years(frame, spec), spec.step / DAYS_PER_YEAR)
    readable = np.isfinite(time.to_numpy(np.float64))
    if spec.unit_column:
        undeclared = ~readable & match_words(frame[spec.unit_column], spec.unit_days).isna().to_numpy()
        counts.add("W_ROW_TIME_UNIT", int(undeclared.sum()), source, spec.unit_column)
        counts.add("W_ROW_NO_TIME", int((~readable & ~undeclared).sum()), source, spec.column)
    else:
        counts.add("W_ROW_NO_TIME", int((~readable).sum()), source, spec.column)
    if len(frame) and not readable.any():
        raise StudyMismatch(
            f"records.time: none of {len(frame):,} rows of {source} has a time in column {spec.column} that can be "
            f"read as {spec.unit_column or spec.unit}"
        )
    kept: pd.DataFrame = frame.assign(**{name: time})[readable]
    return kept


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype(float)


def _round_down(time: pd.Series, step: float) -> pd.Series:
    """Times rounded down to multiples of `step`; a time at a multiple is not below it for its rounding."""
    return np.floor(time / step + ROUNDING) * step if step else time


ROWS = "__rows"
"""How many source rows stand in a row."""


def class_columns(study: StudySpec) -> set[str]:
    """Columns (tests, in a table of measurements) that the study reads as classes."""
    outcomes = {
        c for o in study.outcomes if kind_of(o.kind).is_class for c in (o.any_positive or (o.source_column,))
    }
    coded = {c.source_column for c in study.covariates if c.kind == "category" or c.values or c.groups}
    factors = {f.column for f in study.cohorts.factors if not f.bands}
    return outcomes | coded | factors | set(study.serve.where)


def is_yes_or_no(column: pd.Series) -> bool:
    """Whether a column is a class by what it holds: no numbers, or nothing but 0 and 1."""
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return True
    return bool(column.dropna().isin([0, 1]).all())


def merge_ties(
    frame: pd.DataFrame, keys: Sequence[str], classes: Collection[str], kept: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row a combination of `keys`, sorted by them; and where its rows disagree, a bool column a class.

    Args:
        frame: rows; ROWS is added up. keys: columns without missing values.
        classes: columns that are classes; so is every column of no numbers or of 0 and 1 alone.
        kept: columns that belong to the keys and are the same within them.

    """
    keys = list(keys)
    tied = frame.duplicated(keys, keep=False)
    if not tied.any():
        ordered = frame.sort_values(keys, kind="stable").reset_index(drop=True)
        return ordered, pd.DataFrame(index=ordered.index)
    one, disagree = _merge_tied(_sorted_by_content(frame[tied]), frame, keys, set(classes), set(kept))
    both = pd.concat([frame[~tied].reset_index(drop=True), one], ignore_index=True)
    differs = disagree.reindex(range(-int((~tied).sum()), len(one)), fill_value=False).reset_index(drop=True)
    order = both.sort_values(keys, kind="stable").index
    return both.loc[order].reset_index(drop=True), differs.loc[order].reset_index(drop=True)


def _merge_tied(
    tied: pd.DataFrame, frame: pd.DataFrame, keys: list[str], classes: set[str], kept: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    rest = [c for c in frame.columns if c not in (*keys, *kept, ROWS)]
    coded = [c for c in rest if c in classes or is_yes_or_no(frame[c])]
    groups = tied.groupby(keys, sort=True)
    one = groups[[c for c in rest if c not in set(coded)]].mean()
    first = groups[[*coded, *kept]].first()
    disagree = groups[coded].nunique() > 1  # noqa: PD101 - of a group, not of a column
    one = one.join(first[list(kept)]).join(first[coded].where(~disagree))
    if ROWS in frame:
        one = one.join(groups[ROWS].sum())
    return one.reset_index()[list(frame.columns)], disagree.reset_index(drop=True)


def _sorted_by_content(tied: pd.DataFrame) -> pd.DataFrame:
    """The rows by what they hold, so that sums of them do not depend on how they came."""
    content = pd.util.hash_pandas_object(tied[sorted(tied.columns)], index=False)
    return tied.iloc[np.argsort(content.to_numpy(), kind="stable")]


def refuse_ties(frame: pd.DataFrame, keys: Sequence[str]) -> None:
    """Refuse a subject with two rows at one time (`keys`: SUBJECT first), for a study that does not say what they are.

    Raises:
        StudyMismatch: how many rows, of how many patients.

    """
    tied = frame.duplicated(list(keys), keep=False)
    if tied.any():
        raise StudyMismatch(
            f"records: some subjects have two records at one time ({int(tied.sum()):,} rows of "
            f"{frame.loc[tied, keys[0]].nunique():,} patients); let the contract hold such rows back, or write "
            "records.same_time: mean"
        )


def disagreeing_rows(disagree: pd.DataFrame, columns: Collection[str]) -> Bools:
    """(n,) rows where any of these columns disagrees."""
    known = [c for c in columns if c in disagree]
    if not known:
        return np.zeros(len(disagree), dtype=bool)
    return np.asarray(disagree[known].any(axis=1))
