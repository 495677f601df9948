"""The base class of metric-based learners: predictions from distances to embedded records at two levels."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import final

import torch
from torch import Tensor, nn

from meta_med.episodes.batch import Records
from meta_med.learners.built_in_options import MetricOptions
from meta_med.learners.learner import Adapted, Learner, ScaleHead
from meta_med.learners.metric_based.similarity import EmbeddedRecords, level
from meta_med.learners.networks.features import LastValueLink, hidden_widths, mlp
from meta_med.learners.networks.history import OutcomeHistory
from meta_med.learners.networks.lenders import Lenders
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction, columns_of

DEFAULT_EMBEDDING = 32


class MetricLearner(Learner):
    """A learner that compares a query with records of its cohort and of its subject in an embedding.

    For continuous outcomes: location = population mean + level over the context + level over the residuals of the own
    support after the context's level (see `similarity.level`). A subclass defines the distance of two embeddings and
    the logits of a class.
    """

    neighbours: int | None = None

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: MetricOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        self.layout.refuse_other_forms(type(self).__name__)
        m, dc = self.layout.width, len(self.layout.scaled)
        hidden = hidden_widths(self.features, options.width, options.layers)
        as_it_is = encoder is not None and len(hidden) == 1 and options.embedding is None
        self.embedding = self.features.width if as_it_is else options.embedding or DEFAULT_EMBEDDING
        self.embedder = nn.Identity() if as_it_is else mlp([*hidden, self.embedding])
        self.population = mlp([*hidden, m]) if dc or options.history else None
        self.link = LastValueLink(m)
        self.global_prototypes = nn.Parameter(0.1 * torch.randn(m, self.embedding))
        self.log_sharpness = nn.Parameter(torch.zeros(dc))
        self.log_shrink = nn.Parameter(torch.full((2, dc), 0.1).log())
        self.scales = ScaleHead(dc, student_t=options.student_t)

    @abstractmethod
    def distances(self, at: Tensor, keys: Tensor) -> Tensor:
        """(T, Q, N) distances of embeddings `at` (T, Q, E) to `keys` (T, N, E), about one before training."""

    @abstractmethod
    def logits(self, d: int, of_cohort: "Comparison", own: "Comparison") -> Tensor:
        """(B, Q, classes) logits of class outcome d from both levels of evidence."""

    @final
    def _of_cohorts(self, context: Lenders) -> EmbeddedRecords:
        return self._evidence(context.records, context.past(self.features)).weighed_by(context.even)

    @final
    def _adapt(self, of_cohorts: EmbeddedRecords, cohort: Tensor, support: Records) -> "AdaptedMetric":
        of_cohort = of_cohorts.select(cohort)
        own = self._evidence(support, self.features.past(support, support))
        if self.layout.scaled:
            # subtract the context's level at each support record before the own residuals are averaged
            own = own.around(self._level(Comparison(self, own.embedded, of_cohort), 0))
        return AdaptedMetric(self, of_cohort, own, support)

    def _evidence(self, rows: Records, past: OutcomeHistory | None) -> EmbeddedRecords:
        inputs = self.features.inputs(rows, past)
        values, seen = self.layout.targets(rows.y, rows.y_observed)
        mask = seen.to(values.dtype)
        places = self.layout.scaled_columns
        observed = columns_of(mask, places)
        residual = (columns_of(values, places) - columns_of(self._mean(inputs, past), places)) * observed
        return EmbeddedRecords(self.embedder(inputs), values, mask, residual, observed)

    def _mean(self, inputs: Tensor, past: OutcomeHistory | None) -> Tensor:
        if self.population is None:
            return inputs.new_zeros((*inputs.shape[:2], self.layout.width))
        mean: Tensor = self.population(inputs) + self.link(past)
        return mean

    def _level(self, compared: "Comparison", which: int) -> Tensor:
        sharpness, prior = self.log_sharpness.exp(), self.log_shrink[which].exp()
        return level(compared.distance, compared.evidence, sharpness, prior, self.neighbours)

    @final
    def compare(self, adapted: "AdaptedMetric", query: Records) -> tuple[Prediction, "Comparison"]:
        """The predictive distribution of the query, and its comparison with the own records."""
        inputs, past = self.features(query, adapted.support)
        at, mean = self.embedder(inputs), self._mean(inputs, past)
        of_cohort, own = Comparison(self, at, adapted.of_cohort), Comparison(self, at, adapted.own)
        levels = mean.new_zeros(())
        if self.layout.scaled:
            levels = self._level(of_cohort, 0) + self._level(own, 1)
        parts, c = [], 0
        for d, columns in enumerate(self.layout.columns):
            if self.layout.kinds[d].has_scale:
                parts.append(mean[..., columns] + levels[..., c : c + 1])
                c += 1
            else:
                # with history the population's logits are added; else the logits are those of the evidence
                bias = mean[..., columns] if self.features.own_history else 0.0
                parts.append(bias + self.logits(d, of_cohort, own))
        scale = self.scales.scale(adapted.support, query.present.shape[1])
        return Prediction(self.layout, torch.cat(parts, -1), scale, self.scales.df()), own


@dataclass(frozen=True)
class Comparison:
    """Embeddings `at` (T, Q, E) and evidence of the same tasks; distances are computed once, on use."""

    learner: MetricLearner
    at: Tensor
    evidence: EmbeddedRecords

    @cached_property
    def distance(self) -> Tensor:
        """(T, Q, N)."""
        return self.learner.distances(self.at, self.evidence.embedded)


@dataclass(frozen=True)
class AdaptedMetric(Adapted):
    """A learner with the embedded records of B subjects and of their cohorts."""

    learner: MetricLearner
    of_cohort: EmbeddedRecords
    own: EmbeddedRecords
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.compare(self, query)[0]
