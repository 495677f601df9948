"""The base class of learners: meta-parameters that adapt to a cohort and to one subject."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self, final

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.input_checks import (
    CONTEXT,
    EVERYTHING,
    NOTHING,
    VALUES,
    Expected,
    check_after,
    check_batch,
    check_batch_times,
    check_query,
    check_times,
    check_values,
    trusting,
)
from meta_med.learners.networks.features import RecordFeatures
from meta_med.learners.networks.lenders import Lenders
from meta_med.learners.networks.masked_norm import training_step
from meta_med.learners.options import LearnerOptions
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import Prediction, check_finite


class Adapted(ABC):
    """A model adapted to B subjects; immutable.

    Attributes:
        learner: the learner; support: Records (B, S), the own records that it was adapted to, cleaned.

    """

    learner: "Learner"
    support: Records

    @abstractmethod
    def _predict(self, query: Records) -> Prediction: ...

    @final
    def predict(self, query: Records) -> Prediction:
        """Predictive distributions of the query records (B, Q).

        Raises:
            InvalidInput: a ValueError that names the tensor; see `episodes.input_checks`. EmptyQuery where Q = 0;
                NotBeforePrediction where an own record is not before its query; NotFinitePrediction where a
                prediction overflows.

        """
        self.learner.expected().check("query", query, rows=len(self.support))
        check_query(query)
        check_values(self.learner.layout, {"query": query})
        check_after(self.support, query)
        prediction = self._predict(query.clean())
        check_finite(prediction.location, prediction.scale, query)
        return prediction


@dataclass(frozen=True)
class OfCohorts:
    """A learner adapted to K cohorts, ready for their subjects: the first half of `Learner.adapt`, done once.

    Attributes:
        learner: the learner; context: as it was given; known: what the learner made of it.

    """

    learner: "Learner"
    context: Records
    known: Any

    def adapt(self, cohort: Tensor, support: Records) -> Adapted:
        """Adapt to B subjects of the cohorts; see `Learner.adapt`."""
        self.learner.expected().check_tasks(self.context, cohort, support)
        check_values(self.learner.layout, {"support": support}, cohort, len(self.context))
        check_times({"support": support})
        return self.learner._adapt(self.known, cohort, support.clean())


class Learner(nn.Module, ABC):
    """Meta-parameters and their adaptation.

    Args:
        outcomes: D outcomes.
        n_covariates: F, or the event shape of x for an encoder that takes one.
        encoder: any module from x (N, F) to an embedding (N, E); None uses x and its mask themselves. Modules of it
            that are in evaluation mode when the learner is created are frozen, as is all of it where no parameter
            requires a gradient: they stay in evaluation mode.
        options: an instance of the class attribute `Options`. With `history` each record has the subject's own
            earlier outcomes (last value and its age, mean, count) as inputs: on for tables of patients, off for
            exchangeable few-shot problems.

    A subclass sets `Options` and takes these four arguments in this order.
    """

    Options: ClassVar[type[LearnerOptions]]
    loss_is_a_mean: ClassVar[bool] = True
    """Whether the loss is a mean over the observed query outcomes, so that subjects may be divided among processes."""
    features: RecordFeatures

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: LearnerOptions,
    ) -> None:
        super().__init__()
        self.layout = OutcomeLayout.of(outcomes)
        self.features = RecordFeatures(self.layout, n_covariates, encoder, options.history)

    def _of_cohorts(self, context: Lenders) -> Any:
        """What `_adapt` needs of the cohorts' contexts, whoever the subjects are; by default the contexts."""
        return context

    @abstractmethod
    def _adapt(self, of_cohorts: Any, cohort: Tensor, support: Records) -> Adapted: ...

    def parameter_groups(self) -> list[tuple[float, list[nn.Parameter]]]:
        """All parameters in groups, each with its share of meta-training's learning rate (1 by default)."""
        return [(1.0, list(self.parameters()))]

    def train(self, mode: bool = True) -> Self:
        """Set the mode; modules that were frozen when the learner was created stay in evaluation mode."""
        super().train(mode)
        self.features.stay_frozen()
        return self

    @final
    def adapt(self, context: Records, cohort: Tensor, support: Records) -> Adapted:
        """Adapt to each of B subjects: first to the cohort by its context, then to the subject by the support.

        Args:
            context: Records (K, L, N): the series of L other subjects of each cohort, or (K, C): one record of each
                of C subjects. L, N or C may be 0. All its times are < 0.
            cohort: LongTensor (B,), values in 0..K-1.
            support: Records (B, S); S may be 0, the prediction is then the cohort's. All its times are < 0; records
                of one time are a set.

        Returns:
            A new object; the learner is not changed.

        Raises:
            InvalidInput: a ValueError that names the tensor, what is expected and what was given; see
                `meta_med.episodes.input_checks`. On a GPU the check waits for the device.

        """
        expected = self.expected()
        expected.check_tasks(context, cohort, support)
        records = {"context": context, "support": support}
        check_values(self.layout, records, cohort, len(context))
        check_times(records)
        return self._adapt(self._known(context), cohort, support.clean())

    @final
    def of_cohorts(self, context: Records) -> OfCohorts:
        """Adapt to the cohorts alone: the first half of `adapt`, for many batches of their subjects.

        Args:
            context: Records (K, L, N) or (K, C), as in `adapt`.

        Returns:
            The learner of the K cohorts, whose `adapt` takes cohort and support.

        Raises:
            InvalidInput: a ValueError that names the tensor.

        """
        self.expected().check("context", context, dimensions=CONTEXT)
        check_values(self.layout, {"context": context})
        check_times({"context": context})
        return OfCohorts(self, context, self._known(context))

    def _known(self, context: Records) -> Any:
        return self._of_cohorts(Lenders(context.by_lender().clean()))

    @final
    def loss(self, batch: EpisodeBatch) -> Tensor:
        """The outer-loop objective (a scalar) after adaptation to the batch's context and support.

        On a GPU no value is read, so that a step stays asynchronous.

        Raises:
            InvalidInput: as `adapt` and `predict`; values are checked on the CPU only.

        """
        on_cpu = batch.cohort.device.type == "cpu"
        with trusting(NOTHING if on_cpu else VALUES):
            check_batch(self.expected(), batch)
            check_batch_times(batch)
        with trusting(EVERYTHING), training_step():
            return self._loss(batch)

    def _loss(self, batch: EpisodeBatch) -> Tensor:
        """Mean negative log-likelihood of the query; a learner with an objective of its own overrides this."""
        return self.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).loss(batch.query)

    @final
    def check(self, batch: EpisodeBatch) -> None:
        """Check a batch on any device; on a GPU this waits for the device.

        Raises:
            InvalidInput: a ValueError that names the tensor, what is expected and what was given.

        """
        check_batch(replace(self.expected(), device=batch.cohort.device), batch)
        check_batch_times(batch)

    @final
    def expected(self) -> Expected:
        """Layout, dtype, device and shape of the records that this learner accepts."""
        own = self._parameter_outside_the_encoder()
        return Expected(self.layout, own.dtype, own.device, self.features.event_shape)

    def _parameter_outside_the_encoder(self) -> Tensor:
        """A parameter whose dtype and device the records must have; an encoder may have its own dtype."""
        for parameter in self._parameters.values():
            if parameter is not None:
                return parameter
        own = (module for name, module in self._modules.items() if module is not None and name != "features")
        return next(parameter for module in own for parameter in module.parameters())


class ScaleHead(nn.Module):
    """Scales for learners that adapt only the location: one per outcome and number of own records k.

    The remaining uncertainty is meta-learned: scale = softplus(raw[min(k, last)]) + 0.001.
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
