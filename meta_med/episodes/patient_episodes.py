"""Episodes of patients, gathered from sorted columns by index arithmetic and padded only for the minibatch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.queries import Queries, cumcount, usable_end
from meta_med.episodes.query_covariates import QueryCovariates
from meta_med.episodes.scaling import Scaling

CONTEXT_TIME = -1.0  # other subjects' records have no time relative to this subject's prediction


@dataclass(frozen=True)
class ModelRecords:
    """A record table as tensors on model scale.

    Attributes:
        x, x_observed (n, F); y, y_observed (n, D); time (n,) float64 in units of the scaling's clock; start (n,)
            first row of the row's subject; stop (n,) one past its last; end (n,) one past the newest own record
            that may be used to predict the row; subject (n,); cohort (n,), as known before the record; known_ahead
            (F,).
        ahead: the covariates that a predicted record does not have as its own; None where it has all of them.

    """

    x: Tensor
    x_observed: Tensor
    y: Tensor
    y_observed: Tensor
    time: Tensor
    start: Tensor
    stop: Tensor
    end: Tensor
    subject: Tensor
    cohort: Tensor
    known_ahead: Tensor
    ahead: QueryCovariates | None = None

    @classmethod
    def of(
        cls, table: RecordTable, scaling: Scaling, device: str = "cpu", gap_days: float = 0.0
    ) -> "ModelRecords":
        """Scale the table's columns and move them to a device once; own records within the gap are not used."""
        x, y = scaling.covariates(table.x, table.cohort), scaling.outcomes(table.y, table.cohort)
        lengths = np.diff(table.offsets)
        inputs, observed = _inputs(x)
        columns = {
            "x": inputs,
            "x_observed": observed,
            "y": torch.as_tensor(np.nan_to_num(y), dtype=torch.float32),
            "y_observed": torch.as_tensor(~np.isnan(y)),
            "time": torch.as_tensor(scaling.time(table.time, table.cohort)),
            "start": torch.as_tensor(np.repeat(table.offsets[:-1], lengths)),
            "stop": torch.as_tensor(np.repeat(table.offsets[1:], lengths)),
            "end": torch.as_tensor(usable_end(table, gap_days)),
            "subject": torch.as_tensor(table.subject),
            "cohort": torch.as_tensor(table.cohort_before),
            "known_ahead": torch.as_tensor(np.asarray(table.known_ahead)[scaling.used]),
        }
        ahead = QueryCovariates.of(table, scaling, gap_days)
        return cls(**{k: v.to(device) for k, v in columns.items()}, ahead=ahead)

    def without(self, outcomes: Sequence[int]) -> "ModelRecords":
        """The same records with these outcomes masked."""
        if not outcomes:
            return self
        observed = self.y_observed.clone()
        observed[:, list(outcomes)] = False
        return replace(self, y=torch.where(observed, self.y, 0.0), y_observed=observed)

    def gather(self, index: Tensor, present: Tensor, origin: Tensor, hide: bool = False) -> Records:
        """Records at rows `index` (B, N) where `present`; time relative to `origin` (B,).

        `hide` masks covariates that are measured at the record: a query knows only what is known ahead.
        """
        index = index.clamp(0, len(self.time) - 1)
        x_observed = self.x_observed[index]
        return Records(
            x=self.x[index],
            x_observed=x_observed & self.known_ahead if hide else x_observed,
            time=(self.time[index] - origin.unsqueeze(1)).to(torch.float32),
            y=self.y[index],
            y_observed=self.y_observed[index],
            present=present,
        ).clean()

    def support(self, rows: Tensor, end: Tensor, size: Tensor, width: int) -> Records:
        """The `size` records before `end` (B,), for the prediction of `rows`; right-aligned in `width` columns."""
        back = torch.arange(width, 0, -1, device=rows.device)
        index = end.unsqueeze(1) - back
        present = (index >= self.start[rows].unsqueeze(1)) & (back <= size.unsqueeze(1))
        return self.gather(index, present, self.time[rows])

    def query(self, rows: Tensor, end: Tensor, width: int) -> Records:
        """The row itself and the subject's following records, `width` in total, as known before `end` (B,)."""
        index = rows.unsqueeze(1) + torch.arange(width, device=rows.device)
        found = self.gather(index, index < self.stop[rows].unsqueeze(1), self.time[rows], hide=True)
        return found if self.ahead is None else self._as_known(found, self.ahead, index, end)

    def _as_known(self, found: Records, ahead: QueryCovariates, index: Tensor, end: Tensor) -> Records:
        """The records at `index` (B, Q) with the covariates that are not their own."""
        rows = index.clamp(0, len(self.time) - 1).flatten().cpu().numpy()
        ends = end.repeat_interleave(index.shape[1]).cpu().numpy()
        columns = torch.as_tensor(np.flatnonzero(ahead.moving), device=index.device)
        values, observed = (part.to(index.device) for part in _inputs(ahead.at(rows, ends)))
        x, x_observed = found.x.clone(), found.x_observed.clone()
        x[..., columns] = values.reshape(*index.shape, len(columns))
        x_observed[..., columns] = observed.reshape(*index.shape, len(columns)) & found.present.unsqueeze(-1)
        return replace(found, x=x, x_observed=x_observed).clean()

    def context(self, rows: Tensor, present: Tensor) -> Records:
        """Other subjects' records as a cohort's context: rows (K, C)."""
        found = self.gather(rows, present, self.time.new_zeros(len(rows)))
        time = torch.where(present, torch.full_like(found.time, CONTEXT_TIME), torch.zeros_like(found.time))
        return Records(found.x, found.x_observed, time, found.y, found.y_observed, found.present)


def _inputs(x: Floats) -> tuple[Tensor, Tensor]:
    """Covariates on model scale as tensors, extreme ones bounded, and where they are observed."""
    bounded = torch.as_tensor(np.nan_to_num(x).clip(-8, 8), dtype=torch.float32)
    return bounded, torch.as_tensor(~np.isnan(x))


class PatientEpisodes:
    """Draws episodes from the records of some subjects: cohort context, own support, next records as query.

    In each draw subjects are split at random into those who lend context and those who are predicted, so
    that no own record is in the context of a subject's cohort. The support keeps the most recent k records, with k
    drawn so that small supports (0 too) are frequent.

    Args:
        records: on model scale; subjects: mask (n_subjects,) of those who are drawn.
        batch: subjects per batch, approximately; context, support, query: records in each (C, S, Q).
        cohort_names: for messages.
        from_first: share of episodes whose support is the subject's first k records, for the setting "later".
        thin_context: also draw contexts with few records or none.

    """

    def __init__(
        self,
        records: ModelRecords,
        subjects: Bools,
        *,
        batch: int,
        context: int,
        support: int,
        query: int,
        cohort_names: Sequence[str] = (),
        from_first: float = 0.0,
        thin_context: bool = False,
    ) -> None:
        self.records, self.batch, self.context_size = records, batch, context
        self.support_size, self.query_size = support, query
        self.from_first, self.thin_context = from_first, thin_context
        chosen = torch.as_tensor(subjects, device=records.time.device)
        rows = torch.nonzero(chosen[records.subject] & records.y_observed.any(1)).squeeze(1)
        by_cohort = torch.argsort(records.cohort[rows], stable=True)
        self.rows = rows[by_cohort]
        counts = torch.bincount(records.cohort[self.rows])
        self.cohorts = torch.nonzero(counts).squeeze(1)
        self.names = [cohort_names[c] for c in self.cohorts.tolist()] if cohort_names else []
        self.count = counts[self.cohorts]
        self.first = torch.cumsum(self.count, 0) - self.count
        self.n_subjects = len(chosen)

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """About `batch` subjects of `n_cohorts` cohorts (all, if there are fewer), cohorts drawn by size."""
        drawn = self._cohorts(n_cohorts, generator)
        lends = torch.rand(self.n_subjects, generator=generator) < 0.5
        which = torch.multinomial(self.count[drawn].double(), 2 * self.batch, True, generator=generator)
        rows = self._random_rows(drawn[which], generator)
        predicted = ~lends[self.records.subject[rows]]
        rows, which = rows[predicted], which[predicted]
        lenders = self._random_rows(drawn.repeat_interleave(self.context_size), generator)
        lenders = lenders.reshape(len(drawn), self.context_size)
        context = self.records.context(lenders, self._lent(lends[self.records.subject[lenders]], generator))
        end, first = self._ends(rows, generator)
        size = self._support_sizes(rows, end, generator)
        size = torch.where(first, (end - self.records.start[rows]).clamp(max=self.support_size), size)
        support = self.records.support(rows, end, size, self.support_size)
        names = tuple(self.names[i] for i in drawn.tolist()) if self.names else ()
        return EpisodeBatch(context, which, support, self.records.query(rows, end, self.query_size), names)

    def _cohorts(self, n: int, generator: torch.Generator) -> Tensor:
        every = len(self.cohorts)
        if n >= every:
            return torch.arange(every)
        return torch.multinomial(self.count.double().sqrt(), n, False, generator=generator)

    def _random_rows(self, cohorts: Tensor, generator: torch.Generator) -> Tensor:
        share = torch.rand(len(cohorts), generator=generator, dtype=torch.float64)
        return self.rows[self.first[cohorts] + (share * self.count[cohorts]).long()]

    def _lent(self, lent: Tensor, generator: torch.Generator) -> Tensor:
        """(K, C) which records are lent: all, or in half of the cohorts a uniformly drawn share of them."""
        if not self.thin_context:
            return lent
        share = torch.rand(len(lent), 2, generator=generator)
        share = torch.where(share[:, :1] < 0.5, share[:, 1:], torch.ones(len(lent), 1))
        return lent & (torch.rand(lent.shape, generator=generator) < share)

    def _ends(self, rows: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """(B,) one past the newest own record of each episode, and whether the support is the first k records."""
        start, end = self.records.start[rows], self.records.end[rows]
        early = torch.zeros_like(rows, dtype=torch.bool)
        if self.from_first:
            k = torch.randint(0, self.support_size + 1, (len(rows),), generator=generator)
            early = torch.rand(len(rows), generator=generator) < self.from_first
            end = torch.where(early, torch.minimum(start + k, end), end)
        return end, early

    def _support_sizes(self, rows: Tensor, end: Tensor, generator: torch.Generator) -> Tensor:
        """Half of the episodes keep every record; the others a uniform number of the most recent ones, 0 included."""
        cap = torch.randint(0, self.support_size + 1, (len(rows),), generator=generator)
        available = (end - self.records.start[rows]).clamp(max=self.support_size)
        everything = torch.rand(len(rows), generator=generator) < 0.5
        return torch.where(everything, available, torch.minimum(cap, available))


def cohort_context_rows(records: ModelRecords, subjects: Bools, n_cohorts: int, size: int, seed: int) -> Ints:
    """(n_cohorts, size) rows of these (training) subjects that are each cohort's context; -1 for padding.

    One record per subject where possible. Fixed once per fitted model, so that a patient's prediction does not depend
    on who else is scored.
    """
    rng = np.random.default_rng(seed)
    subject, cohort = records.subject.cpu().numpy(), records.cohort.cpu().numpy()
    rows = np.flatnonzero(subjects[subject] & records.y_observed.any(1).cpu().numpy())
    rows = rows[rng.permutation(len(rows))]
    seen_before = cumcount(subject[rows] * n_cohorts + cohort[rows])
    rows = rows[np.lexsort((np.arange(len(rows)), seen_before, cohort[rows]))]
    place = cumcount(cohort[rows])
    kept = place < size
    index = np.full((n_cohorts, size), -1, dtype=np.int64)
    index[cohort[rows][kept], place[kept]] = rows[kept]
    return index


def cohort_context(records: ModelRecords, rows: Ints) -> Records:
    """The records of `cohort_context_rows`."""
    index = torch.as_tensor(rows, device=records.time.device)
    return records.context(index, index >= 0)


def episodes_at(records: ModelRecords, context: Records, queries: Queries, width: int) -> EpisodeBatch:
    """The episodes of these queries, with the support padded to `width` records."""
    rows, end, size = (
        torch.as_tensor(part, dtype=torch.long, device=records.time.device)
        for part in (queries.rows, queries.end, queries.size)
    )
    own = records.support(rows, end, size, width)
    return EpisodeBatch(context, records.cohort[end], own, records.query(rows, end, 1))
