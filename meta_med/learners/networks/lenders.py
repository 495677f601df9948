"""A cohort's context as its lenders' series: how every learner reads the records of other subjects.

A record's history is that of its own lender, so that a context record has the same inputs as a record that is
predicted. Lenders weigh the same however many records each of them lends.
"""

from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from meta_med.episodes.batch import Records
from meta_med.learners.networks.features import RecordFeatures
from meta_med.learners.networks.history import OutcomeHistory


@dataclass(frozen=True)
class Lenders:
    """Context records (K, L, N) of L lenders of each of K cohorts, cleaned.

    All methods return the C = L N records of a cohort in one dimension.
    """

    series: Records

    @cached_property
    def records(self) -> Records:
        """The records (K, C)."""
        return self.series.merged(1)

    @property
    def empty(self) -> bool:
        """Whether there is no place for a record."""
        return self.records.present.shape[1] == 0

    def past(self, features: RecordFeatures) -> OutcomeHistory | None:
        """The history (K, C, M) of each record in its lender's own series; None when off."""
        own = self.series.merged(0)
        found = features.past(own, own)
        if found is None:
            return None
        shape = self.records.present.shape
        return OutcomeHistory(**{k: v.reshape(*shape, v.shape[-1]) for k, v in vars(found).items()})

    def inputs(self, features: RecordFeatures) -> tuple[Tensor, OutcomeHistory | None]:
        """Inputs (K, C, width) of the records, and their history."""
        past = self.past(features)
        return features.inputs(self.records, past), past

    def even(self, seen: Tensor) -> Tensor:
        """Weights (K, C, M) of observed values, seen (K, C, M) 1 or 0: each lender's sum to one, or to zero."""
        by_lender = seen.reshape(*self.series.present.shape, seen.shape[-1])
        return (by_lender / by_lender.sum(2, keepdim=True).clamp(min=1.0)).reshape(seen.shape)
