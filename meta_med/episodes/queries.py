"""Queries: which records are predicted, and from which of the subject's own earlier ones.

A query names the record and the stretch of own records it may use, so that every way of asking (the next record,
any record from its k newest, all later ones from the first k) goes through the same episodes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Split, Splits
from meta_med.study import DAYS_PER_YEAR, Setting, StudySpec

NEAR_DAYS = 1e-6  # a record is not nearer than the gap for the rounding of its time


class SplitRecords(Protocol):
    """What queries are asked about: a study's records and their split, as `Prepared` holds them."""

    @property
    def study(self) -> StudySpec:
        """The study's configuration."""

    @property
    def table(self) -> RecordTable:
        """Its records."""

    @property
    def splits(self) -> Splits:
        """Who is held out, calibrated and trained on."""

    def rows(self, split: Split) -> Ints:
        """Rows of a split's subjects."""


@dataclass(frozen=True)
class Queries:
    """R predictions that are asked for.

    Attributes:
        rows: (R,) the predicted record.
        end: (R,) one past the newest own record that may be used, at most `rows`.
        size: (R,) support size k: the `size` records before `end` are used.

    """

    rows: Ints
    end: Ints
    size: Ints

    def __len__(self) -> int:
        """How many predictions."""
        return len(self.rows)

    @property
    def key(self) -> Ints:
        """(R,) one number a question, to find equal ones by."""
        most, last = 1 + int(self.size.max(initial=0)), 1 + int(self.rows.max(initial=0))
        return (self.rows * last + self.end) * most + self.size

    def take(self, index: np.ndarray) -> "Queries":
        """Some of them."""
        return Queries(self.rows[index], self.end[index], self.size[index])

    def at_most(self, size: int) -> "Queries":
        """The same questions from at most `size` own records."""
        return Queries(self.rows, self.end, np.minimum(self.size, size))

    def cohort(self, table: RecordTable) -> Ints:
        """(R,) the subject's cohort by the newest record that may be used; at entry where there is none."""
        return table.cohort_before[self.end]

    def age_days(self, table: RecordTable) -> Floats:
        """(R,) days from the newest own record used to the predicted one; NaN where none is used."""
        days = (table.time[self.rows] - table.time[self.end - 1]) * DAYS_PER_YEAR
        return np.where(self.size > 0, days, np.nan)


def join_queries(parts: Sequence[Queries]) -> Queries:
    """Queries one after the other."""
    return Queries(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("rows", "end", "size")))


def settings_of(study: StudySpec) -> tuple[Setting, ...]:
    """The patient-level settings, each a way of asking; the first is the study's main one."""
    return tuple(s for s in study.evaluation.settings if s != "new_cohort") or ("next",)


def main_setting(study: StudySpec) -> Setting:
    """The setting that champion and calibration of the served model are made for."""
    return settings_of(study)[0]


def queries_of(prepared: SplitRecords, split: Split, setting: Setting, *, thinned: bool = True) -> Queries:
    """What is asked about the subjects of a split, as `EvaluationSpec` says; all of it if not `thinned`.

    Raises:
        ValueError: "new_cohort", which is a way of leaving out, not of asking.

    """
    rows, study = prepared.rows(split), prepared.study
    sizes = [k for k in study.evaluation.support_sizes if k <= study.budget.max_support]
    if setting == "next":
        asked = most_recent(prepared, rows)
    elif setting == "recent":
        asked = _from_exactly(prepared, rows, sizes)
    elif setting == "later":
        asked = _from_the_first(prepared, rows, sizes)
    else:
        raise ValueError(f"setting: {setting} asks no questions of its own")
    most = study.evaluation.most_per_subject if thinned else 0
    return evenly_thinned(asked, prepared.table, most)


def every_query(
    prepared: SplitRecords, split: Split, settings: Sequence[Setting], *, thinned: bool = True
) -> Queries:
    """What these settings ask about a split, each question once."""
    asked = join_queries([queries_of(prepared, split, s, thinned=thinned) for s in settings])
    return asked.take(np.sort(np.unique(asked.key, return_index=True)[1]))


def evenly_thinned(queries: Queries, table: RecordTable, most: int) -> Queries:
    """At most so many records of each subject and support size, evenly spread over them; all of them if 0."""
    if most <= 0:
        return queries
    subject = table.subject[queries.rows]
    order = np.lexsort((queries.rows, queries.size, subject))
    key = (subject * (1 + int(queries.size.max(initial=0))) + queries.size)[order]
    place = cumcount(key)
    _, index, sizes = np.unique(key, return_inverse=True, return_counts=True)
    count = sizes[index]
    # kept are the middles of `most` equal parts: where the number of middles passed goes up by one
    before, after = (-((count - 2 * p * most) // (2 * count)) for p in (place, place + 1))
    return queries.take(np.sort(order[(count <= most) | (after > before)]))


def cumcount(key: Ints) -> Ints:
    """(n,) how many earlier entries have the same key."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    start = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(key) else np.zeros(0, np.int64)
    first = np.repeat(start, np.diff(np.r_[start, len(key)]))
    out = np.empty(len(key), dtype=np.int64)
    out[order] = np.arange(len(key)) - first
    return out


def most_recent(prepared: SplitRecords, rows: Ints, size: int | None = None) -> Queries:
    """These rows, each from the most recent own records that may be used: `budget.max_support`, at most `size`."""
    table, most = prepared.table, prepared.study.budget.max_support
    end = usable_end(table, prepared.study.records.gap_days)[rows]
    start = np.asarray(table.offsets)[table.subject[rows]]
    return Queries(rows, end, np.minimum(end - start, most if size is None else size))


def _from_exactly(prepared: SplitRecords, rows: Ints, sizes: Sequence[int]) -> Queries:
    """Every row from exactly its k most recent usable records, for each k it has."""
    whole = most_recent(prepared, rows)
    return join_queries(
        [
            Queries(whole.rows[has], whole.end[has], np.full(int(has.sum()), k))
            for k in sizes
            for has in [whole.size >= k]
        ]
    )


def _from_the_first(prepared: SplitRecords, rows: Ints, sizes: Sequence[int]) -> Queries:
    """Every row from the subject's first k records, for each k of which all lie far enough before it."""
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
    row = np.arange(table.n_records)
    start = np.repeat(table.offsets[:-1], np.diff(table.offsets))
    end, gap = row.copy(), (gap_days - NEAR_DAYS) / DAYS_PER_YEAR
    while gap > 0:  # once for each record that may lie within the gap, for all rows together
        near = (end > start) & (table.time - table.time[end - 1] < gap)
        if not near.any():
            break
        end -= near
    return end


def record_use(prepared: SplitRecords) -> pd.DataFrame:
    """One row a split: records = predicted + support_only + unused, over all settings that the study asks.

    Returns:
        split; records; predicted: with an outcome that is asked about; support_only: used for the prediction of a
        later one and not asked about; unused: neither, as where questions are thinned (`evaluation.most_per_subject`),
        a record has no outcome, or lies within `records.gap_days` of all later ones.

    """
    rows = [_of_split(prepared, split) for split in SPLITS]
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
    """Questions about records that have an outcome to be judged by; of training records, all of these."""
    with_outcome: Bools = np.asarray(~np.isnan(prepared.table.y).all(1))
    if split == "train":
        return most_recent(prepared, own[with_outcome[own]])
    queries = every_query(prepared, split, settings_of(prepared.study))
    return queries.take(np.flatnonzero(with_outcome[queries.rows]))


def _used_as_support(queries: Queries, n: int) -> Bools:
    """(n,) rows that some question may use: those from `end - size` up to `end` of any."""
    change = np.zeros(n + 1, dtype=np.int64)
    np.add.at(change, queries.end - queries.size, 1)
    np.add.at(change, queries.end, -1)
    return np.asarray(np.cumsum(change[:-1]) > 0)
