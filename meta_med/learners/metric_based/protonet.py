"""Metric-based: prototypical networks, and their kernel-regression form for continuous outcomes.

Snell, Swersky & Zemel 2017. Classes: logits are minus squared Euclidean distances to the class prototypes, the
means of the embedded support records of each class. Continuous outcomes: the residuals of the support around a
learned population mean, weighted by the same distances. The cohort's context determines the prior
prototype (and the prior residual), so that one record of one class suffices.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from meta_med.learners.built_in_options import ProtoNetOptions
from meta_med.learners.metric_based.metric import Comparison, MetricLearner
from meta_med.learners.metric_based.similarity import prototypes, squared_distances
from meta_med.outcomes import Outcome


class ProtoNet(MetricLearner):
    """Prototypical network with cohort priors.

    Prototype of class c: (sum_i 1[y_i = c] e_i + kappa p_c) / (n_c + kappa), with p_c the same over the cohort's
    context around a learned global prototype; logit_c(q) = -|e_q - prototype_c|^2. prior = 0 (kappa = 0)
    is the paper's form, in which a class without support and context records keeps its prior prototype.

    Continuous outcomes: see `MetricLearner`, with the kernel exp(-sharpness |e_q - e_i|^2 / E).

    Options: `ProtoNetOptions`.
    """

    Options = ProtoNetOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: ProtoNetOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        count = len(self.layout.outcomes)
        self.log_prior = nn.Parameter(torch.full((2, count), options.prior).log()) if options.prior else None

    def distances(self, at: Tensor, keys: Tensor) -> Tensor:
        """Mean over the embedding of squared differences."""
        return squared_distances(at, keys) / self.embedding

    def logits(self, d: int, of_cohort: Comparison, own: Comparison) -> Tensor:
        """Minus squared distances to the prototypes."""
        columns, at = self.layout.columns[d], own.at
        found = self.global_prototypes[columns].expand(len(at), -1, -1)
        for i, compared in enumerate((of_cohort, own)):
            kappa = at.new_zeros(()) if self.log_prior is None else self.log_prior[i, d].exp()
            found = prototypes(compared.evidence, columns, kappa, found)
        return -squared_distances(at, found)
