"""Queries: which records are predicted, and from which of the subject's own earlier ones.

A query is a record and the range of own records that it may use, so that every setting (the next record, any record
from its k newest, all later ones from the first k) uses the same episodes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable, newest_usable
from meta_med.cohorts.splits import Split, Splits
from meta_med.study import DAYS_PER_YEAR, Setting, StudySpec

USUAL_SIZES = (0, 1, 2, 3, 5, 10)
"""Support sizes that are counted in the claims, unless the study states its own."""


class SplitRecords(Protocol):
    """A study's records and their split; `Prepared` is one."""

    @property
    def study(self) -> StudySpec:
        """The study's configuration."""

    @property
    def table(self) -> RecordTable:
        """Its records."""

    @property
    def splits(self) -> Splits:
        """Their split."""

    def rows(self, split: Split) -> Ints:
        """Rows of a split's subjects."""


@dataclass(frozen=True)
class Queries:
    """R prediction requests.

    Attributes:
        rows: (R,) the predicted record.
        end: (R,) one past the newest own record that may be used, at most `rows`.
        size: (R,) support size k: the `size` records before `end` are used.

    """

    rows: Ints
    end: Ints
    size: Ints

    def __len__(self) -> int:
        """Number of requests."""
        return len(self.rows)

    @property
    def key(self) -> Ints:
        """(R,) one number per request; equal requests have equal numbers."""
        most, last = 1 + int(self.size.max(initial=0)), 1 + int(self.rows.max(initial=0))
        return (self.rows * last + self.end) * most + self.size

    def take(self, index: np.ndarray) -> "Queries":
        """A selection of the requests."""
        return Queries(self.rows[index], self.end[index], self.size[index])

    def at_most(self, size: int) -> "Queries":
        """The same requests with at most `size` own records."""
        return Queries(self.rows, self.end, np.minimum(self.size, size))

    def cohort(self, table: RecordTable) -> Ints:
        """(R,) the subject's cohort by the newest record that may be used; at entry where there is none."""
        return table.cohort_before[self.end]

    def own_values(self, observed: Bools) -> Ints:
        """(R, D) values of each outcome among the own records used; observed: (n_records, D)."""
        most = int(self.size.max(initial=0))
        if most * len(self) < len(observed):  # few of many records are looked at
            out = np.zeros((len(self), observed.shape[1]), dtype=np.int64)
            for back in range(1, most + 1):
                out += observed[np.maximum(self.end - back, 0)] & (back <= self.size)[:, None]
            return out
        before = np.zeros((len(observed) + 1, observed.shape[1]), dtype=np.int64)
        np.cumsum(observed, axis=0, out=before[1:])
        return np.asarray(before[self.end] - before[self.end - self.size])

    def age_days(self, table: RecordTable) -> Floats:
        """(R,) days from the newest own record used to the predicted one; NaN where none is used."""
        days = (table.time[self.rows] - table.time[self.end - 1]) * DAYS_PER_YEAR
        return np.where(self.size > 0, days, np.nan)


def join_queries(parts: Sequence[Queries]) -> Queries:
    """Concatenate queries."""
    return Queries(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("rows", "end", "size")))


def settings_of(study: StudySpec) -> tuple[Setting, ...]:
    """The settings of a study except "new_cohort"; the first is the main one."""
    return tuple(s for s in study.evaluation.settings if s != "new_cohort") or ("next",)


def main_setting(study: StudySpec) -> Setting:
    """The setting for which champion and calibration of the served model are fitted."""
    return settings_of(study)[0]


def support_sizes(study: StudySpec, setting: Setting) -> tuple[int, ...]:
    """The support sizes k that are evaluated in a setting, smallest first; at most `budget.max_support`."""
    most, stated = study.budget.max_support, study.evaluation.support_sizes
    every: Sequence[int] = range(most + 1) if setting == "next" else USUAL_SIZES
    return tuple(k for k in (every if stated is None else stated) if k <= most)


def queries_of(prepared: SplitRecords, split: Split, setting: Setting, *, thinned: bool = True) -> Queries:
    """Queries of a split in one setting of `EvaluationSpec`.

    Args:
        prepared: the records; split, setting: which queries.
        thinned: whether `evaluation.most_per_subject` applies.

    Raises:
        ValueError: "new_cohort", which has no queries of its own.

    """
    rows, study = prepared.rows(split), prepared.study
    sizes = support_sizes(study, setting)
    if setting == "next":
        queries = _from_the_largest(prepared, rows, sizes)
    elif setting == "recent":
        queries = _from_exactly(prepared, rows, sizes)
    elif setting == "later":
        queries = _from_the_first(prepared, rows, sizes)
    else:
        raise ValueError(f"setting: {setting} has no queries of its own")
    most = study.evaluation.most_per_subject if thinned else 0
    return evenly_thinned(queries, prepared.table, most)


def every_query(
    prepared: SplitRecords, split: Split, settings: Sequence[Setting], *, thinned: bool = True
) -> Queries:
    """Queries of a split in several settings, without duplicates."""
    queries = join_queries([queries_of(prepared, split, s, thinned=thinned) for s in settings])
    return queries.take(np.sort(np.unique(queries.key, return_index=True)[1]))


def evenly_thinned(queries: Queries, table: RecordTable, most: int) -> Queries:
    """At most `most` records of each subject and support size, evenly spread; all of them if 0."""
    if most <= 0:
        return queries
    subject = table.subject[queries.rows]
    order = np.lexsort((queries.rows, queries.size, subject))
    key = (subject * (1 + int(queries.size.max(initial=0))) + queries.size)[order]
    place = cumcount(key)
    _, index, sizes = np.unique(key, return_inverse=True, return_counts=True)
    count = sizes[index]
    # keep the middle of each of `most` equal parts: where the number of middles passed increases
    before, after = (-((count - 2 * p * most) // (2 * count)) for p in (place, place + 1))
    return queries.take(np.sort(order[(count <= most) | (after > before)]))


def cumcount(key: Ints) -> Ints:
    """(n,) number of earlier entries with the same key, as pandas' `GroupBy.cumcount`."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.zeros(0, np.int64)
    first = np.repeat(start, np.diff(np.r_[start, len(key)]))
    out = np.empty(len(key), dtype=np.int64)
    out[order] = np.arange(len(key)) - first
    return out


def most_recent(prepared: SplitRecords, rows: Ints, size: int | None = None) -> Queries:
    """Queries of these rows from the most recent usable own records: `size` of them, or `budget.max_support`."""
    table, most = prepared.table, prepared.study.budget.max_support
    gap = prepared.study.records.gap_days
    end = usable_end(table, gap)[rows] if gap > 0 else np.asarray(rows)
    start = np.asarray(table.offsets)[table.subject[rows]]
    return Queries(rows, end, np.minimum(end - start, most if size is None else size))


def _from_the_largest(prepared: SplitRecords, rows: Ints, sizes: Sequence[int]) -> Queries:
    """Every row from its most recent usable records, as many as the largest k that it has; rows without one are out."""
    whole = most_recent(prepared, rows)
    place = np.searchsorted(sizes, whole.size, side="right") - 1
    has = np.flatnonzero(place >= 0)
    return Queries(rows[has], whole.end[has], np.asarray(sizes, dtype=np.int64)[place[has]])


def _from_exactly(prepared: SplitRecords, rows: Ints, sizes: Sequence[int]) -> Queries:
    """Every row from exactly its k most recent usable records, for each k that it has."""
    whole = most_recent(prepared, rows)
    return join_queries(
        [
            Queries(whole.rows[has], whole.end[has], np.full(int(has.sum()), k))
            for k in sizes
            for has in [whole.size >= k]
        ]
    )


def _from_the_first(prepared: SplitRecords, rows: Ints, sizes: Sequence[int]) -> Queries:
    """Every row from the subject's first k records, for each k whose records are all usable for it."""
    table = prepared.table
    usable = most_recent(prepared, rows).end
    start = np.asarray(table.offsets)[table.subject[rows]]
    return join_queries(
        [
            Queries(rows[has], start[has] + k, np.full(int(has.sum()), k))
            for k in sizes
            for has in [start + k <= usable]
        ]
    )


def usable_end(table: RecordTable, gap_days: float = 0.0) -> Ints:
    """(n,) one past the newest own record that lies at least `gap_days` before each row."""
    return newest_usable(table.offsets, table.time, gap_days)


def record_use(prepared: SplitRecords) -> pd.DataFrame:
    """How the records of each split are used: records = predicted + support_only + unused, over all settings.

    Returns:
        One row per split. predicted: records with an outcome that are predicted; support_only: used to predict a later
        record, but not predicted; unused: neither, such as records without an outcome, records dropped by
        `evaluation.most_per_subject`, or within `records.gap_days` of all later ones.

    """
    rows = [_of_split(prepared, split) for split in prepared.splits.distinct]
    return pd.DataFrame(rows, columns=["split", "records", "predicted", "support_only", "unused"])


def _of_split(prepared: SplitRecords, split: Split) -> tuple[str, int, int, int, int]:
    own = prepared.rows(split)
    queries = _queries_with_outcome(prepared, split, own)
    predicted = np.zeros(prepared.table.n_records, dtype=bool)
    predicted[queries.rows] = True
    support = _used_as_support(queries, prepared.table.n_records) & ~predicted
    both = (int(predicted[own].sum()), int(support[own].sum()))
    return split, len(own), *both, len(own) - sum(both)


def _queries_with_outcome(prepared: SplitRecords, split: Split, own: Ints) -> Queries:
    """Queries of records with an outcome; not thinned for training records."""
    with_outcome: Bools = np.asarray(~np.isnan(prepared.table.y).all(1))
    if split == "train":
        return most_recent(prepared, own[with_outcome[own]])
    queries = every_query(prepared, split, settings_of(prepared.study))
    return queries.take(np.flatnonzero(with_outcome[queries.rows]))


def _used_as_support(queries: Queries, n: int) -> Bools:
    """(n,) rows in the support of any query: from `end - size` up to `end`."""
    change = np.zeros(n + 1, dtype=np.int64)
    np.add.at(change, queries.end - queries.size, 1)
    np.add.at(change, queries.end, -1)
    return np.asarray(np.cumsum(change[:-1]) > 0)
