"""Metric-based: siamese networks, one-shot by verification, and their nearest-support form for continuous outcomes.

Koch, Zemel & Salakhutdinov 2015. Embeddings of two records are compared by a learned weighted L1 distance,
whose logistic is the probability that both are of one class. Classes: the mean of that probability over the
support records of a class. Continuous outcomes: the residuals of the most similar support records. The cohort's
context is the prior of both.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners.built_in_options import SiameseOptions
from meta_med.learners.learner import Adapted
from meta_med.learners.metric_based.metric import AdaptedMetric, Comparison, MetricLearner
from meta_med.learners.metric_based.similarity import log_mean_probability, weighted_l1
from meta_med.outcomes import Outcome


class Siamese(MetricLearner):
    """Siamese network with cohort priors.

    Distance D(a, b) = sum_e w_e |a_e - b_e|, w > 0 learned (the paper leaves its sign free); probability that
    two records agree in class outcome d: p(a, b) = sigmoid(level_d - s_d D(a, b)), s_d > 0. Logit of class c at q:
    log[(sum_{i in c} p(q, i) + kappa g_c(q)) / (n_c + kappa)], g_c the same over the cohort's context around
    p(q, z_c) with a learned record z_c; its softmax is the share of class c in the mean probabilities, and with
    one record per class its mode is the paper's decision.

    The outer loss is the query's negative log-likelihood plus `verification` times the paper's own objective:
    the cross-entropy of p over all pairs of a support and a query record, pairs of one class and pairs of two
    classes with equal total weight (the paper samples equal numbers), averaged over the class outcomes.

    Continuous outcomes: see `MetricLearner`, with the kernel exp(-sharpness D(q, i)).

    Options: `SiameseOptions`.
    """

    loss_is_a_mean = False
    Options = SiameseOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: SiameseOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        self.neighbours, self.verification = options.neighbours, options.verification
        count, classes = len(self.layout.outcomes), len(self.layout.classes)
        self.log_weight = nn.Parameter(torch.full((self.embedding,), self.embedding**-0.5).log())
        self.agreement = nn.Parameter(torch.ones(classes))
        self.log_slope = nn.Parameter(torch.zeros(classes))
        self.log_prior = nn.Parameter(torch.full((2, count), options.prior).log())

    def distances(self, at: Tensor, keys: Tensor) -> Tensor:
        """Weighted L1 distances."""
        return weighted_l1(at, keys, self.log_weight.exp())

    def similarity(self, d: int, distance: Tensor) -> Tensor:
        """Logits that records at these distances agree in class outcome d."""
        i = self.layout.classes.index(d)
        return self.agreement[i] - self.log_slope[i].exp() * distance

    def logits(self, d: int, of_cohort: Comparison, own: Comparison) -> Tensor:
        """Log of the mean probability of agreement with the records of each class."""
        columns, at = self.layout.columns[d], own.at
        imagined = self.global_prototypes[columns].expand(len(at), -1, -1)
        found = F.logsigmoid(self.similarity(d, self.distances(at, imagined)))
        for i, compared in enumerate((of_cohort, own)):
            log_p = F.logsigmoid(self.similarity(d, compared.distance))
            kappa = self.log_prior[i, d].exp()
            found = log_mean_probability(log_p, compared.evidence.members(columns), kappa, found)
        return found

    def _loss(self, batch: EpisodeBatch) -> Tensor:
        adapted = self.adapt(batch.context, batch.cohort, batch.support)
        if not self.verification or not self.layout.classes:
            return adapted.predict(batch.query).loss(batch.query)
        return self._joint_loss(adapted, batch)

    def _joint_loss(self, adapted: Adapted, batch: EpisodeBatch) -> Tensor:
        """The query's loss plus the paper's, with one embedding of the query."""
        assert isinstance(adapted, AdaptedMetric)
        query = batch.query.clean()
        prediction, own = self.compare(adapted, query)
        target, known = self.layout.targets(query.y, query.y_observed)
        pairs = [self._verification(d, target * known, own) for d in self.layout.classes]
        return prediction.loss(batch.query) + self.verification * torch.stack(pairs).mean()

    def _verification(self, d: int, target: Tensor, compared: Comparison) -> Tensor:
        """Balanced cross-entropy of agreement over the pairs with two known classes."""
        columns = self.layout.columns[d]
        one, other = target[..., columns], compared.evidence.members(columns)
        same = one @ other.transpose(1, 2)
        known = one.sum(-1, keepdim=True) * other.sum(-1).unsqueeze(1)
        logit = self.similarity(d, compared.distance)
        agree = (F.softplus(-logit) * same).sum() / same.sum().clamp(min=1.0)
        differ = (F.softplus(logit) * (known - same)).sum() / (known - same).sum().clamp(min=1.0)
        return (agree + differ) / 2
