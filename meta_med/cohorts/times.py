"""Times of source rows as years on the study's own axis, and the merging of rows of one time.

Rows of a subject at one time are a set: they become the mean of their numbers, and the classes on which they agree.
Where they disagree on a class it is missing, and is counted. The result does not depend on the rows' order.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.columns.text_places import begins
from meta_med.cohorts.covariates import match_words
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.outcomes import kind_of
from meta_med.study import DAYS_PER_YEAR, StudyMismatch, StudySpec, TimeSpec

TIME = "__time"
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
ROUNDING = 1e-9
PER_YEAR = {"hours": HOURS_PER_YEAR, "days": DAYS_PER_YEAR, "years": 1.0, "order": 1.0}


def years(frame: pd.DataFrame, spec: TimeSpec) -> pd.Series:
    """A time column in years on the study's axis (dates: since 1970-01-01); missing where it cannot be read.

    "order" is not converted: one record is one step on the axis.
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


def time_part(time: pd.Series, part: str) -> pd.Series:
    """A part of each time: "hour" (0-23), "weekday" (0 is Monday) or "month" (1-12).

    Args:
        time: dates, as `years` reads them; part: as pandas names it.

    """
    # to whole seconds, because years are rounded
    seconds = (time * DAYS_PER_YEAR * 86400.0).round()
    read: pd.Series = getattr(pd.to_datetime(seconds, unit="s").dt, part)
    return read.astype(float)


def add_times(
    frame: pd.DataFrame, spec: TimeSpec, name: str, counts: RecordCounts, source: str
) -> pd.DataFrame:
    """The rows with a readable time, which is added as the column `name`; the others are counted.

    Raises:
        StudyMismatch: no row has a readable time.

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


def end_times(subject: pd.Series, time: pd.Series, *, first: bool) -> Floats:
    """(n,) the first or the newest time of each row's subject, in rows by subject and time."""
    start = np.flatnonzero(begins(subject))
    end = np.append(start[1:], len(time))[: len(start)]
    return np.repeat(time.to_numpy(np.float64)[start if first else end - 1], end - start)


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype(float)


def _round_down(time: pd.Series, step: float) -> pd.Series:
    """Times rounded down to multiples of `step`, with a tolerance for rounding errors."""
    return np.floor(time / step + ROUNDING) * step if step else time


ROWS = "__rows"
"""Column: how many source rows were merged into a row."""


def class_columns(study: StudySpec) -> set[str]:
    """Columns (tests, in a measurements table) that the study reads as classes."""
    outcomes = {
        c for o in study.outcomes if kind_of(o.kind).is_class for c in (o.any_positive or (o.source_column,))
    }
    coded = {n for c in study.covariates if c.kind == "category" or c.values or c.groups for n in c.columns}
    factors = {f.column for f in study.cohorts.factors if not f.bands}
    return outcomes | coded | factors | set(study.serve.where)


def is_yes_or_no(column: pd.Series) -> bool:
    """Whether a column holds classes: it is boolean or not numeric, or all values are 0 or 1."""
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return True
    return bool(column.dropna().isin([0, 1]).all())


def merge_ties(
    frame: pd.DataFrame, keys: Sequence[str], classes: Collection[str], kept: Collection[str] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per combination of `keys`, sorted by them.

    Args:
        frame: rows; ROWS is summed. keys: columns without missing values.
        classes: columns that are classes, beside those that `is_yes_or_no` recognises.
        kept: columns that are constant within the keys.

    Returns:
        The rows, and where their source rows disagree: one bool column per class.

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
    """The rows sorted by a hash of their content, so that sums do not depend on their order."""
    content = pd.util.hash_pandas_object(tied[sorted(tied.columns)], index=False)
    return tied.iloc[np.argsort(content.to_numpy(), kind="stable")]


def refuse_ties(frame: pd.DataFrame, keys: Sequence[str]) -> None:
    """Refuse two rows of a subject at one time (`keys`: SUBJECT first), for a study that does not merge them.

    Raises:
        StudyMismatch: it gives the number of rows and of patients.

    """
    tied = frame.duplicated(list(keys), keep=False)
    if tied.any():
        raise StudyMismatch(
            f"records: some subjects have two records at one time ({int(tied.sum()):,} rows of "
            f"{frame.loc[tied, keys[0]].nunique():,} patients); let the contract quarantine such rows, or write "
            "records.same_time: mean"
        )


def disagreeing_rows(disagree: pd.DataFrame, columns: Collection[str]) -> Bools:
    """(n,) rows where any of these columns disagrees."""
    known = [c for c in columns if c in disagree]
    if not known:
        return np.zeros(len(disagree), dtype=bool)
    return np.asarray(disagree[known].any(axis=1))
