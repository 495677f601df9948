"""Episodes of patients, gathered from sorted columns by index arithmetic and padded only for the minibatch."""

from collections.abc import Sequence

import torch
from torch import Tensor

from meta_med.cohorts.record_table import Bools
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.contexts import ContextSize, Lending, context_of
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.queries import Queries


class PatientEpisodes:
    """Draws episodes from the records of some subjects: cohort context, own support, next records as query.

    In each draw subjects are split at random into those who lend context and those who are predicted, so
    that no own record is in the context of a subject's cohort. The support keeps the most recent k records, with k
    drawn so that small supports (0 too) are frequent.

    Args:
        records: on model scale; subjects: mask (n_subjects,) of those who are drawn.
        batch: subjects per batch, approximately; context: lenders and records of each; support, query: records (S, Q).
        cohort_names: for messages.
        from_first: share of episodes whose support is the subject's first k records, for the setting "later".
        thin_context: also draw contexts with few lenders or none.

    """

    def __init__(
        self,
        records: ModelRecords,
        subjects: Bools,
        *,
        batch: int,
        context: ContextSize,
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
        self.lending = Lending(records, chosen)
        self.n_subjects = len(chosen)

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """About `batch` subjects of `n_cohorts` cohorts (all, if there are fewer), cohorts drawn by size."""
        drawn = self._cohorts(n_cohorts, generator)
        lends = torch.rand(self.n_subjects, generator=generator) < 0.5
        which = torch.multinomial(self.count[drawn].double(), 2 * self.batch, True, generator=generator)
        rows = self._random_rows(drawn[which], generator)
        predicted = ~lends[self.records.subject[rows]]
        rows, which = rows[predicted], which[predicted]
        lent = self.lending.drawn(self.cohorts[drawn], self.context_size, lends, generator)
        context = context_of(self.records, torch.where(self._kept(lent, generator), lent, -1))
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

    def _kept(self, lent: Tensor, generator: torch.Generator) -> Tensor:
        """(K, L, 1) lenders that are kept: all, or in half of the cohorts a uniformly drawn share of them."""
        if not self.thin_context:
            return torch.ones(*lent.shape[:2], 1, dtype=torch.bool)
        share = torch.rand(len(lent), 2, generator=generator)
        share = torch.where(share[:, :1] < 0.5, share[:, 1:], torch.ones(len(lent), 1))
        return (torch.rand(lent.shape[:2], generator=generator) < share).unsqueeze(-1)

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


def episodes_at(records: ModelRecords, context: Records, queries: Queries, width: int) -> EpisodeBatch:
    """The episodes of these queries, with the support padded to `width` records."""
    rows, end, size = (
        torch.as_tensor(part, dtype=torch.long, device=records.time.device)
        for part in (queries.rows, queries.end, queries.size)
    )
    own = records.support(rows, end, size, width)
    return EpisodeBatch(context, records.cohort[end], own, records.query(rows, end, 1))
