"""Reptile: the outer gradient points to the weights at the end of the inner loop."""

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners.built_in_options import ReptileOptions
from meta_med.learners.networks.lenders import Lenders
from meta_med.learners.optimization_based.fast_weights import FastWeights
from meta_med.learners.optimization_based.optimization import OptimizationLearner


class Reptile(OptimizationLearner):
    """Reptile: the meta-parameters move towards the weights at the end of inner training on each task.

    Nichol, Achiam & Schulman 2018: outer gradient (W - mean_tasks W_fast) / step_size, with W_fast after inner
    steps on all records of the task, support and query. It is added by a surrogate of value 0, so that the
    outer loss is still the mean negative log-likelihood of the query after adaptation to the support; all other
    parameters (predictive scales, step sizes, kappa, the link to the last own value) follow its gradient. One inner
    step is joint training of all tasks; the paper uses several.
    Shapes and equations: `OptimizationLearner`.
    """

    loss_is_a_mean = False
    Options = ReptileOptions

    def _loss(self, batch: EpisodeBatch) -> Tensor:
        """The query's mean negative log-likelihood; its gradient by the weights that adapt is Reptile's."""
        context = Lenders(batch.context.by_lender().clean())
        support, query = batch.support.clean(), batch.query.clean()
        prior = self._to_cohort(self._shared().detached(), context).select(batch.cohort)
        fast = self._to_own(prior, support)
        value = self.read(fast, query, support).loss(query)
        return value + self._towards(prior, support, query) if torch.is_grad_enabled() else value

    def _towards(self, prior: FastWeights, support: Records, query: Records) -> Tensor:
        """0, with the gradient (W - mean fast weights) / step_size by every tensor W that adapts."""
        with torch.no_grad():
            own = self._to_own(prior, support.followed_by(query))
            ends = own.mean()
        moved = self._adapting().values()
        pull = [((w - end).detach() * (w - w.detach())).sum() for w, end in zip(moved, ends, strict=True)]
        return torch.stack(pull).sum() / self.step_size
