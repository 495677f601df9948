"""Metric-based: prototypical networks, and their kernel-regression form for continuous outcomes.

Snell, Swersky & Zemel 2017. Classes: logits are minus squared distances to the class prototypes, the means of
the embedded support records of each class. Continuous outcomes: the residuals of the support around a learned
population mean, weighted by the same distances (Nadaraya-Watson with a learned kernel). The cohort's context
gives the prior prototype (and the prior residual), so that a patient with one record of one class works.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.features import LastValueLink, RecordFeatures, mlp
from meta_med.learners.learner import Adapted, Learner, ScaleHead
from meta_med.outcomes import Outcome
from meta_med.prediction import Prediction


class ProtoNet(Learner):
    """Prototypical network with cohort priors.

    Prototype of class c: (sum_i 1[y_i = c] e_i + kappa p_c) / (n_c + kappa), with p_c the same over the cohort's
    context around a learned global prototype. Residual level of a continuous outcome at query q:
    sum_i w_i r_i / (w_0 + sum_i w_i), w_i = exp(-|e_q - e_i|^2), first over the context, then over the support
    around what the context left.

    Args:
        width, layers: of the embedding network; embedding: its output width;
        prior: initial strength kappa of the prior prototype, in records; student_t: heavy-tailed likelihood.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int,
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int = 2,
        embedding: int = 32,
        prior: float = 0.1,
        student_t: bool = True,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        hidden = [self.features.width, *[width] * layers]
        self.embedder = mlp([*hidden, embedding])
        self.population = mlp([*hidden, self.layout.width])
        self.link = LastValueLink(self.layout.width)
        self.global_prototypes = nn.Parameter(0.1 * torch.randn(self.layout.width, embedding))
        self.log_prior = nn.Parameter(torch.full((2, self.layout.width), prior).log())
        self.log_temperature = nn.Parameter(torch.zeros(self.layout.width))
        self.scales = ScaleHead(len(self.layout.continuous), student_t=student_t)

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedProtoNet":
        of_cohort = self._evidence(context, level=0)
        own = self._evidence(support, level=1)
        return AdaptedProtoNet(self, of_cohort.select(cohort), own, support)

    def _evidence(self, rows: Records, level: int) -> "Evidence":
        inputs, past = self.features(rows, rows)
        values, seen = self.layout.targets(rows.y, rows.y_observed)
        residual = (values - self._population_mean(inputs, past)) * seen.to(values.dtype)
        return Evidence(
            self.embedder(inputs), values, residual, seen.to(values.dtype), self.log_prior[level].exp()
        )

    def _population_mean(self, inputs: Tensor, past: object) -> Tensor:
        mean: Tensor = self.population(inputs) + self.link(past)
        return mean

    def read(self, of_cohort: "Evidence", own: "Evidence", query: Records, support: Records) -> Prediction:
        """Distances of the query to support and prototypes, turned into a distribution."""
        inputs, past = self.features(query, support)
        at = self.embedder(inputs)
        sharpness = self.log_temperature.exp()
        location = self._population_mean(inputs, past)
        level = of_cohort.level(at, sharpness)
        # what the context explains at each support record is taken off before the own residuals are averaged
        own = own.around(of_cohort.level(own.embedded, sharpness))
        location = location + level + own.level(at, sharpness)
        for d in self.layout.classes:
            location = self._with_class_logits(location, at, of_cohort, own, d)
        scale = self.scales.scale(support, query.present.shape[1])
        return Prediction(self.layout, location, scale, self.scales.df())

    def _with_class_logits(
        self, location: Tensor, at: Tensor, of_cohort: "Evidence", own: "Evidence", d: int
    ) -> Tensor:
        columns = self.layout.columns[d]
        start = self.global_prototypes[columns].expand(len(at), -1, -1)
        prototypes = own.prototypes(columns, of_cohort.prototypes(columns, start))
        distance = (at.unsqueeze(2) - prototypes.unsqueeze(1)).square().sum(-1)
        bias = location[..., columns] if self.features.own_history else 0.0
        logits = bias - self.log_temperature[columns].exp() * distance
        return torch.cat([location[..., : columns.start], logits, location[..., columns.stop :]], -1)


@dataclass(frozen=True)
class Evidence:
    """Embedded records of T tasks: embedding (T, N, E), one-hot or value, residual and mask (T, N, M), prior (M,)."""

    embedded: Tensor
    values: Tensor
    residual: Tensor
    seen: Tensor
    prior: Tensor

    def select(self, index: Tensor) -> "Evidence":
        """The evidence of these tasks."""
        return Evidence(
            self.embedded[index], self.values[index], self.residual[index], self.seen[index], self.prior
        )

    def around(self, level: Tensor) -> "Evidence":
        """The same records with `level` (T, N, M) taken off their residuals."""
        return Evidence(
            self.embedded, self.values, (self.residual - level) * self.seen, self.seen, self.prior
        )

    def level(self, at: Tensor, sharpness: Tensor) -> Tensor:
        """Kernel-weighted, shrunk residual (T, Q, M) at embeddings `at` (T, Q, E)."""
        distance = (at.unsqueeze(2) - self.embedded.unsqueeze(1)).square().mean(-1)
        kernel = torch.exp(-distance.unsqueeze(-1) * sharpness) * self.seen.unsqueeze(1)
        return (kernel * self.residual.unsqueeze(1)).sum(2) / (kernel.sum(2) + self.prior)

    def prototypes(self, columns: slice, prior_prototypes: Tensor) -> Tensor:
        """Class prototypes (T, classes, E), shrunk to the prior ones by `prior` records' weight."""
        member = self.values[..., columns] * self.seen[..., columns]
        kappa = self.prior[columns].mean()
        summed = torch.einsum("tnc,tne->tce", member, self.embedded)
        count = member.sum(1).unsqueeze(-1)
        return (summed + kappa * prior_prototypes) / (count + kappa)


@dataclass(frozen=True)
class AdaptedProtoNet(Adapted):
    """The cohort's and the subject's embedded records."""

    learner: ProtoNet
    of_cohort: Evidence
    own: Evidence
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self.of_cohort, self.own, query, self.support)
