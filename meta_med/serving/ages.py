"""The newest own value of each outcome before a record: which it is, and how old it is then."""

import numpy as np

from meta_med.cohorts.record_table import Floats, Ints, RecordTable
from meta_med.episodes.queries import Queries


def age_at_next(table: RecordTable) -> Floats:
    """(n_subjects, D) years from the newest observed value in the whole history to the last record; NaN if none."""
    when = np.where(np.isnan(table.y), -np.inf, table.time[:, None])
    age = table.time[table.newest][:, None] - np.maximum.reduceat(when, table.offsets[:-1])
    return np.where(np.isfinite(age), age, np.nan)


def age_of_used(queries: Queries, size: Ints, table: RecordTable) -> Floats:
    """(R, D) years to the predicted record from the newest value of the `size` (R, D) records that are used."""
    found = np.full(size.shape, -1)
    for back in range(int(size.max(initial=0)), 0, -1):  # the newest one last
        row = np.maximum(queries.end - back, 0)
        found = np.where((back <= size) & ~np.isnan(table.y[row]), row[:, None], found)
    age = table.time[queries.rows][:, None] - table.time[np.maximum(found, 0)]
    return np.where(found >= 0, age, np.nan)


def newest_before(table: RecordTable, rows: Ints) -> Ints:
    """(M, D) row of the newest own value of each outcome before these rows; -1 where there is none."""
    start = table.offsets[:-1][table.subject[rows]][:, None]
    found = newest_values(table)[np.maximum(rows - 1, 0)]
    return np.where((rows[:, None] > start) & (found >= start), found, -1)


def newest_values(table: RecordTable) -> Ints:
    """(n, D) for each row, the newest row up to it that has a value of each outcome, of any subject; -1: none."""
    row = np.arange(table.n_records)[:, None]
    return np.asarray(np.maximum.accumulate(np.where(np.isnan(table.y), -1, row), axis=0))
