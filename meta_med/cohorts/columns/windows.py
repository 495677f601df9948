"""One value of a column over the rows of a patient before each record: last, largest, mean, number, slope, time since.

All rows of the patient that the study selects count, those without an outcome too. Each value is computed from the rows
of its own window only, so that no later row changes a bit of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import mapped_numbers, numbers, require_columns
from meta_med.cohorts.record_table import Bools, Floats, Ints, newest_usable
from meta_med.cohorts.times import TIME, merge_ties
from meta_med.study import DAYS_PER_YEAR, CovariateSpec, StudySpec

CODE = "__code"
"""Column: the position of the row's subject among those with records."""
NEAR = 1e-6 / DAYS_PER_YEAR  # tolerance for rounded times at the ends of a window
AT_ONCE = 1e-9  # squared days: values at one time have no slope


@dataclass(frozen=True)
class Values:
    """Values of a column, sorted by subject and time: code (m,) of the subject, time (m,) in years, value (m,)."""

    code: Ints
    time: Floats
    value: np.ndarray


@dataclass(frozen=True)
class Windows:
    """A window before each of n records: its subject's rows from `start` up to `stop`, with it where `closed`.

    Attributes:
        code: (n,) of the subject; time: (n,) of the record; start, stop: (n,) years; closed: (n,) bool.

    """

    code: Ints
    time: Floats
    start: Floats
    stop: Floats
    closed: Bools

    def of(self, values: Values) -> tuple[Ints, Ints]:
        """(n,) the first value of each window, and one past its last; equal where it is empty."""
        first = _position(values, self.code, self.start, np.zeros(len(self.code), dtype=bool))
        return first, np.maximum(_position(values, self.code, self.stop, self.closed), first)


def windows_of(at: pd.DataFrame, spec: CovariateSpec, study: StudySpec) -> Windows:
    """The window of a covariate before each record.

    It ends with the record's own rows, or strictly before it where the covariate is known ahead, outside of
    `records.gap_days`; or, where the next record is served, with the newest record that may be used.

    Args:
        at: CODE and TIME of the records, sorted by both; spec: the covariate; study: its configuration.

    """
    code, time = at[CODE].to_numpy(np.int64), at[TIME].to_numpy(np.float64)
    length = np.inf if spec.window_days is None else spec.window_days / DAYS_PER_YEAR
    if not spec.known_ahead:
        return Windows(code, time, time - length + NEAR, time, np.ones(len(at), dtype=bool))
    gap = study.records.gap_days / DAYS_PER_YEAR
    stop, closed = time - gap + (NEAR if gap else 0.0), np.full(len(at), gap > 0)
    if study.serve.record == "next":
        first = np.searchsorted(code, np.arange(code[-1] + 2))
        end = newest_usable(first, time, study.records.gap_days)
        earlier = end > first[code]
        stop, closed = np.where(earlier, time[end - 1], stop), earlier | closed
    return Windows(code, time, time - length - NEAR, stop, closed)


def aggregated(
    rows: pd.DataFrame, at: pd.DataFrame, spec: CovariateSpec, study: StudySpec, counts: RecordCounts
) -> pd.Series:
    """(n,) the covariate at each record; missing where its window has no value (`count`: 0).

    Args:
        rows: all rows, with CODE and TIME; CODE is negative for patients without a record.
        at: the records, as for `windows_of`.
        spec: the covariate; study: its configuration; counts: receives counts of values that cannot be read.

    """
    assert spec.aggregate is not None
    column = spec.source_column
    require_columns(rows, "records", [column])
    known = rows.loc[rows[column].notna() & (rows[CODE] >= 0), [CODE, TIME, column]]
    if spec.aggregate == "last":
        known = merge_ties(known, [CODE, TIME], {column} if spec.values or spec.kind == "category" else ())[0]
        known = known[known[column].notna()]
    values = _values(known, spec, study, counts)
    windows = windows_of(at, spec, study)
    first, last = windows.of(values)
    return pd.Series(AGGREGATES[spec.aggregate](values, first, last, windows.time), index=at.index)


def _values(known: pd.DataFrame, spec: CovariateSpec, study: StudySpec, counts: RecordCounts) -> Values:
    """The column's values, sorted by subject, time and value, so that sums do not depend on the order of the rows."""
    code, time = known[CODE].to_numpy(np.int64), known[TIME].to_numpy(np.float64)
    column = known[spec.source_column]
    if spec.aggregate in ("count", "time_since"):
        value: np.ndarray = np.ones(len(known))
    elif spec.kind == "category":
        value = column.to_numpy(dtype=object)
    elif spec.values:
        value = mapped_numbers(column, spec, counts, study.records.source).to_numpy(np.float64)
    else:
        value = numbers(column, f"covariates.{spec.name}")
    read = pd.notna(value)
    code, time, value = code[read], time[read], value[read]
    order = np.lexsort((time, code) if value.dtype == object else (value, time, code))
    return Values(code[order], time[order], value[order])


def _position(values: Values, code: Ints, time: Floats, closed: Bools) -> Ints:
    """(n,) how many values lie before (subject, time), with those at the time where `closed`."""
    distinct, rank = np.unique(np.concatenate([values.time, time]), return_inverse=True)
    size = len(distinct) + 1
    known = values.code * size + rank[: len(values.time)]
    return np.searchsorted(known, code * size + rank[len(values.time) :] + closed)


def _reduced(reduce: np.ufunc, values: Floats, first: Ints, last: Ints) -> Floats:
    """(n,) a sum, minimum or maximum over each window; NaN where it is empty."""
    out, some = np.full(len(first), np.nan), last > first
    ends = np.column_stack([first[some], last[some]]).ravel()
    out[some] = reduce.reduceat(np.append(values, 0.0), ends)[::2]
    return out


def _last(values: Values, first: Ints, last: Ints, time: Floats) -> np.ndarray:
    del time
    found = np.append(values.value, np.asarray([np.nan], dtype=values.value.dtype))[last - 1]
    found[last == first] = np.nan
    return found


def _mean(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    del time
    return np.asarray(_reduced(np.add, values.value, first, last) / np.maximum(last - first, 1))


def _count(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    del values, time
    return (last - first).astype(np.float64)


def _max(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    del time
    return _reduced(np.maximum, values.value, first, last)


def _min(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    del time
    return _reduced(np.minimum, values.value, first, last)


def _time_since(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    newest = np.append(values.time, np.nan)[last - 1]
    return np.where(last > first, (time - newest) * DAYS_PER_YEAR, np.nan)


def _slope(values: Values, first: Ints, last: Ints, time: Floats) -> Floats:
    """Least-squares slope per day; NaN with fewer than two times."""
    del time
    oldest = np.searchsorted(
        values.code, values.code
    )  # each subject's first value: it lies in no window's future
    days = (values.time - values.time[oldest]) * DAYS_PER_YEAR
    level = values.value - values.value[oldest]
    n = np.maximum(last - first, 1)
    t, y, tt, ty = (_reduced(np.add, part, first, last) for part in (days, level, days * days, days * level))
    spread = tt - t * t / n
    some = spread > AT_ONCE
    return np.where(some, (ty - t * y / n) / np.where(some, spread, 1.0), np.nan)


Aggregate = Callable[[Values, Ints, Ints, Floats], np.ndarray]
AGGREGATES: dict[str, Aggregate] = {
    "last": _last,
    "max": _max,
    "min": _min,
    "mean": _mean,
    "count": _count,
    "slope": _slope,
    "time_since": _time_since,
}
