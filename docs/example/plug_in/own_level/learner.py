"""A population network and the patient's own level above it, shrunk: a random intercept (Laird & Ware 1982)."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.learner import Adapted, Learner, ScaleHead
from meta_med.learners.networks.features import mlp
from meta_med.learners.networks.lenders import Lenders
from meta_med.learners.options import LearnerOptions, number, whole
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction


@dataclass(frozen=True, kw_only=True)
class OwnLevelOptions(LearnerOptions):
    """What a study can choose: a number outside its range is refused when the study is read.

    Attributes:
        width: of the hidden layer.
        prior: how many records the population counts as, at first; learned.

    """

    width: int = whole(32, least=1)
    prior: float = number(1.0, above=True)


class OwnLevel(Learner):
    """location = f(x) + level, where level = (sum of own residuals + prior * the cohort's level) / (n + prior)."""

    Options = OwnLevelOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: OwnLevelOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        columns = self.layout.width
        self.population = mlp([self.features.width, options.width, columns])
        self.log_prior = nn.Parameter(torch.full((columns,), options.prior).log())
        self.scales = ScaleHead(len(self.layout.scaled))

    def _adapt(self, context: Lenders, cohort: Tensor, support: Records) -> "AdaptedLevel":
        lent, _ = context.inputs(self.features)
        nothing = self.log_prior.new_zeros((len(lent), self.layout.width))
        _, observed = self.layout.targets(context.records.y, context.records.y_observed)
        weights = context.even(observed.to(lent.dtype))
        of_cohort = self._level(context.records, self.population(lent), weights, nothing)
        _, observed = self.layout.targets(support.y, support.y_observed)
        weights, own = observed.to(lent.dtype), self.location(support, support)
        return AdaptedLevel(self, self._level(support, own, weights, of_cohort[cohort]), support)

    def _level(self, rows: Records, location: Tensor, weights: Tensor, around: Tensor) -> Tensor:
        """(T, M) the mean residual of records (T, N) by weights (T, N, M), drawn towards `around` (T, M)."""
        values, _ = self.layout.targets(rows.y, rows.y_observed)
        prior = self.log_prior.exp()
        total = ((values - location) * weights).sum(1)
        return (total + prior * around) / (weights.sum(1) + prior)

    def location(self, rows: Records, support: Records) -> Tensor:
        """(T, N, M) the population's prediction of records (T, N), their history being looked up in `support`."""
        inputs, _ = self.features(rows, support)
        location: Tensor = self.population(inputs)
        return location


@dataclass(frozen=True)
class AdaptedLevel(Adapted):
    """The own levels (B, M) of B patients."""

    learner: OwnLevel
    level: Tensor
    support: Records

    def _predict(self, query: Records) -> Prediction:
        learner = self.learner
        location = learner.location(query, self.support) + self.level.unsqueeze(1)
        scale = learner.scales.scale(self.support, query.present.shape[1])
        return Prediction(learner.layout, location, scale, learner.scales.df())
