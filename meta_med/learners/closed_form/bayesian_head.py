"""Closed form: Bayesian linear regression on learned features, population -> cohort -> individual."""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.built_in_options import BayesianHeadOptions
from meta_med.learners.closed_form.conditioning import Evidence, FeatureSpace, RecordSpace
from meta_med.learners.closed_form.random_effects import Points, Posterior, RandomEffects


class BayesianHead(RandomEffects):
    """ALPaCA (Harrison, Sharma & Pavone 2018) with one more level: Bayesian linear regression on features.

        y = mean_m(x) + phi(x) . (u_cohort + v_subject) + noise,  all Gaussian, noise heteroscedastic
        v_cohort-posterior: N(mu_k, P_k) from the context;  P_k + diag(b) = R R^T,  psi = phi R
        own records:  w | r by conditioning N(0, I) on r = psi w + e, in record space (S x S) or feature space
        (d x d), whichever is smaller;  prediction: psi . E[w] and psi Cov[w] psi^T + noise, exactly.

    Options: `BayesianHeadOptions`.
    """

    Options = BayesianHeadOptions

    def beside(self, points: Points) -> float:
        """Zero: there are only random effects."""
        del points
        return 0.0

    def condition(self, points: Points, evidence: Evidence) -> Posterior:
        """The posterior of w in the smaller space."""
        return posterior_of(points.psi, evidence)


@dataclass(frozen=True)
class FewRecords(Posterior):
    """Posterior in record space: whitened features (B, M, S, d) of S <= d records, their evidence, and the factor."""

    psi: Tensor
    evidence: Evidence
    space: RecordSpace

    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Gaussian process regression with the linear kernel."""
        cross = self.psi @ points.psi.transpose(-1, -2)
        return self.space.read(cross, points.psi.square().sum(-1))

    def extended(self, points: Points, evidence: Evidence) -> Posterior:
        """A bordered factor; beyond d records the posterior is held in feature space."""
        psi = torch.cat([self.psi, points.psi], 2)
        every = self.evidence.followed_by(evidence)
        if psi.shape[2] > psi.shape[3]:
            return ManyRecords(FeatureSpace.condition(psi, every))
        cross, kernel = (a @ points.psi.transpose(-1, -2) for a in (self.psi, points.psi))
        return FewRecords(psi, every, self.space.extended(cross, kernel, evidence))


@dataclass(frozen=True)
class ManyRecords(Posterior):
    """Posterior in feature space: cost and memory do not depend on the number of records."""

    space: FeatureSpace

    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Bayesian linear regression."""
        return self.space.read(points.psi)

    def extended(self, points: Points, evidence: Evidence) -> Posterior:
        """ALPaCA's recursion: information is additive."""
        return ManyRecords(self.space.extended(points.psi, evidence))


def posterior_of(psi: Tensor, evidence: Evidence) -> Posterior:
    """The posterior of w ~ N(0, I) by the smaller matrix."""
    if psi.shape[2] > psi.shape[3]:
        return ManyRecords(FeatureSpace.condition(psi, evidence))
    return FewRecords(psi, evidence, RecordSpace.condition(psi @ psi.transpose(-1, -2), evidence))
