"""Queries: which records are predicted, and from which of the subject's own earlier ones.

A query names the record and the stretch of own records it may use, so that every way of asking (the next record,
any record from its k newest, all later ones from the first k) goes through the same episodes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from meta_med.records import Floats, Ints, RecordTable
from meta_med.splits import Split
from meta_med.study import DAYS_PER_YEAR, Setting, StudySpec

if TYPE_CHECKING:
    from meta_med.fitted import Prepared

NEAR_DAYS = 1e-6  # a record is not nearer than the gap for the rounding of its time


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


def main_setting(study: StudySpec) -> Setting:
    """The patient-level setting that champion and calibration of the served model are made for."""
    return next((s for s in study.evaluation.settings if s != "new_cohort"), "next")


def queries_of(prepared: "Prepared", split: Split, setting: Setting) -> Queries:
    """What is asked about the subjects of a split, as `EvaluationSpec.settings` says.

    "new_cohort" is not a way of asking but of leaving out: ask in the study's main setting.

    Raises:
        ValueError: that setting.

    """
    rows = prepared.rows(split)
    if setting == "next":
        return most_recent(prepared, rows)
    raise ValueError(f"setting: {setting} asks no questions of its own")


def most_recent(prepared: "Prepared", rows: Ints, size: int | None = None) -> Queries:
    """These rows, each from the most recent own records that may be used: `budget.max_support`, at most `size`."""
    table, most = prepared.table, prepared.study.budget.max_support
    end = usable_end(table, prepared.study.records.gap_days)[rows]
    start = np.asarray(table.offsets)[table.subject[rows]]
    return Queries(rows, end, np.minimum(end - start, most if size is None else size))


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
