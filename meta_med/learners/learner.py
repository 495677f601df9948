"""What every learner is: shared meta-parameters that adapt to a cohort and to one subject."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import final

import torch
from torch import Tensor, nn

from meta_med.episodes import EpisodeBatch, Records
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import Prediction


class Adapted(ABC):
    """A model adapted to B subjects: immutable, knows how to predict their query records."""

    @abstractmethod
    def _predict(self, query: Records) -> Prediction: ...

    @final
    def predict(self, query: Records) -> Prediction:
        """Predictive distributions of the query records (B, Q)."""
        return self._predict(query.clean())


class Learner(nn.Module, ABC):
    """Meta-parameters and the way they adapt.

    Args of every learner:
        outcomes: D outcomes.
        n_covariates: F, or the event shape of x for an encoder that takes one.
        encoder: any module from x (N, F) to an embedding (N, E); None uses x and its mask as they are.
        history: give each record the subject's own earlier outcomes (last value and its age, mean, count)
            as inputs. On for tables of patients, off for exchangeable few-shot problems.

    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__()
        self.layout = OutcomeLayout.of(outcomes)

    @abstractmethod
    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> Adapted: ...

    @final
    def adapt(self, context: Records, cohort: Tensor, support: Records) -> Adapted:
        """Adapt to each of B subjects: first to their cohort by its context, then by their own support.

        Args:
            context: Records (K, C); C may be 0.
            cohort: LongTensor (B,), values in 0..K-1.
            support: Records (B, S); S may be 0, the prediction is then the cohort's.

        Raises:
            ValueError: shapes that do not belong together.

        """
        _check(self.layout, context, cohort, support)
        return self._adapt(context.clean(), cohort, support.clean())

    def loss(self, batch: EpisodeBatch) -> Tensor:
        """The outer-loop objective: mean negative log-likelihood of the query after adaptation."""
        return self.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).loss(batch.query)


class ScaleHead(nn.Module):
    """Scales for learners whose adaptation moves only the location: one per outcome and number of own records.

    The uncertainty left after k own records is itself meta-learned: log-scale = base + table[min(k, last)].
    """

    def __init__(self, n_continuous: int, buckets: int = 12, student_t: bool = True) -> None:
        super().__init__()
        self.raw = nn.Parameter(torch.full((buckets, n_continuous), -0.3))
        self.raw_df = nn.Parameter(torch.full((n_continuous,), 3.0)) if student_t else None

    def scale(self, support: Records, n_query: int) -> Tensor:
        """(B, Q, Dc) positive scales for subjects with these support records."""
        count = support.present.sum(-1).clamp(max=self.raw.shape[0] - 1)
        return (torch.nn.functional.softplus(self.raw[count]) + 1e-3).unsqueeze(1).expand(-1, n_query, -1)

    def df(self) -> Tensor | None:
        """(Dc,) degrees of freedom above 2, or None for a normal likelihood."""
        return None if self.raw_df is None else degrees_of_freedom(self.raw_df)


def degrees_of_freedom(raw: Tensor) -> Tensor:
    """Degrees of freedom of a Student t with a finite variance, from an unconstrained number."""
    return 2.1 + torch.nn.functional.softplus(raw)


def _check(layout: OutcomeLayout, context: Records, cohort: Tensor, support: Records) -> None:
    if cohort.ndim != 1 or cohort.dtype != torch.long:
        raise ValueError(f"cohort: expected a LongTensor (B,), got {cohort.dtype} {tuple(cohort.shape)}")
    if len(support) != len(cohort):
        raise ValueError(f"support: expected {len(cohort)} subjects as in cohort, got {len(support)}")
    for name, records in (("context", context), ("support", support)):
        if records.y.shape[-1] != len(layout.outcomes):
            raise ValueError(f"{name}.y: expected {len(layout.outcomes)} outcomes, got {records.y.shape[-1]}")
        if records.present.shape != records.time.shape:
            raise ValueError(
                f"{name}.time: expected the shape of present {tuple(records.present.shape)}, "
                f"got {tuple(records.time.shape)}"
            )
