"""Contexts: which series of other subjects a cohort lends, drawn anew for an episode or fixed for a fitted model.

A lender lends consecutive records with an outcome, as many as there is room for. Lenders are drawn with the same
chance and at most once, whatever the number of their records.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.cohorts.splits import Splits
from meta_med.episodes.batch import Records
from meta_med.episodes.model_records import ModelRecords
from meta_med.study import StudySpec

LEAST_LENDERS = 16  # a cohort's level needs people more than it needs records
MOST_RECORDS = 12  # of a lender: beyond them a course is known, and the cost of pairs of records grows


@dataclass(frozen=True)
class ContextSize:
    """Room of a context: L lenders of each cohort, with N records each."""

    lenders: int
    records: int

    @classmethod
    def of(cls, study: StudySpec, table: RecordTable, splits: Splits) -> "ContextSize":
        """The room that `budget.context_records` gives; at least for all subjects who lend to a left-out cohort."""
        budget, longest = study.budget.context_records, int(np.diff(table.offsets).max(initial=1))
        records = max(1, min(budget // LEAST_LENDERS, MOST_RECORDS, longest))
        lending = int(splits.lends.max(initial=-1)) + 1
        return cls(max(budget // records, lending), records)

    def times(self, factor: int) -> "ContextSize":
        """Room for `factor` times as many lenders."""
        return ContextSize(factor * self.lenders, self.records)


class Lending:
    """The series that some subjects can lend: runs of consecutive records of one subject in one cohort.

    Args:
        records: on model scale; subjects: (n_subjects,) mask of those who lend.

    """

    def __init__(self, records: ModelRecords, subjects: Tensor) -> None:
        rows = torch.nonzero(subjects[records.subject] & records.y_observed.any(1)).squeeze(1)
        cohort = records.cohort[rows]
        order = torch.argsort(cohort, stable=True)
        self.rows = rows[order]
        of_cohort, of_subject = cohort[order], records.subject[self.rows]
        new = torch.ones_like(of_cohort, dtype=torch.bool)
        new[1:] = (of_cohort[1:] != of_cohort[:-1]) | (of_subject[1:] != of_subject[:-1])
        self.start = torch.nonzero(new).squeeze(1)
        self.length = torch.diff(self.start, append=self.start.new_tensor([len(self.rows)]))
        self.subject, self.cohort = of_subject[self.start], of_cohort[self.start]

    def drawn(self, cohorts: Tensor, size: ContextSize, lends: Tensor, generator: torch.Generator) -> Tensor:
        """(K, L, N) rows of lenders drawn for each of these cohorts (K,); -1 for padding.

        `lends` (n_subjects,): who lends in this draw.
        """
        chance = torch.rand(len(self.start), generator=generator)
        by_chance = torch.argsort(chance + (~lends[self.subject]).to(chance.dtype))
        order = by_chance[torch.argsort(self.cohort[by_chance], stable=True)]
        first = torch.searchsorted(self.cohort, cohorts)
        count = torch.searchsorted(self.cohort, cohorts, right=True) - first
        place = torch.arange(size.lenders)
        index = first.unsqueeze(1) + place
        run = order[index.clamp(max=max(len(order) - 1, 0))] if len(order) else index
        there = place < count.unsqueeze(1)
        if len(order):
            there = there & lends[self.subject[run]]
        share = torch.rand(run.shape, generator=generator, dtype=torch.float64)
        return self._windows(run, there, share, size.records)

    def _windows(self, run: Tensor, there: Tensor, share: Tensor, records: int) -> Tensor:
        """(K, L, N) rows of a window of each run (K, L) that is `there`, beginning at a share of what is possible."""
        if not len(self.start):
            return torch.full((*run.shape, records), -1)
        length = self.length[run]
        begin = (share * ((length - records).clamp(min=0) + 1)).long()
        place = torch.arange(records)
        inside = there.unsqueeze(-1) & (place < length.unsqueeze(-1))
        at = self.start[run].unsqueeze(-1) + begin.unsqueeze(-1) + place
        return torch.where(inside, self.rows[at.clamp(max=len(self.rows) - 1)], -1)


def fixed_rows(records: ModelRecords, subjects: Bools, n_cohorts: int, size: ContextSize, seed: int) -> Ints:
    """(n_cohorts, L, N) rows that these (training) subjects lend to each cohort; -1 for padding.

    Fixed once per fitted model, so that a patient's prediction does not depend on who else is scored.
    """
    lends = torch.as_tensor(subjects, device=records.time.device)
    generator = torch.Generator().manual_seed(seed)
    rows = Lending(records, lends).drawn(torch.arange(n_cohorts), size, lends, generator)
    return np.asarray(rows.cpu().numpy())


def context_of(records: ModelRecords, rows: Tensor) -> Records:
    """The context (K, L, N) of these rows, -1 where there is none.

    Each lender's newest record is one unit of time before prediction time; the others are as far before it as they are.
    """
    lenders, n = rows.shape[0] * rows.shape[1], rows.shape[2]
    flat = rows.reshape(lenders, n)
    present = flat >= 0
    if n == 0:
        origin = records.time.new_zeros(lenders)
    else:
        time = records.time[flat.clamp(min=0)]
        origin = time.masked_fill(~present, -torch.inf).amax(1) + 1.0
        origin = torch.where(present.any(1), origin, torch.zeros_like(origin))
    return records.gather(flat, present, origin).grouped(rows.shape[0])
