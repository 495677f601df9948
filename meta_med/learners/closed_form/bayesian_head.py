"""Closed form: Bayesian linear regression on learned features, population -> cohort -> individual."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.learners.closed_form.conditioning import Evidence, FeatureSpace, RecordSpace
from meta_med.learners.closed_form.random_effects import Points, Posterior, RandomEffects
from meta_med.outcomes import Outcome


class BayesianHead(RandomEffects):
    """ALPaCA (Harrison, Sharma & Pavone 2018) with one more level: Bayesian linear regression on features.

        y = mean_m(x) + phi(x) . (u_cohort + v_subject) + noise,  all Gaussian, noise heteroscedastic
        v_cohort-posterior: N(mu_k, P_k) from the context;  P_k + diag(b) = R R^T,  psi = phi R
        own records:  w | r by conditioning N(0, I) on r = psi w + e, in record space (S x S) or feature space
        (d x d), whichever is smaller;  prediction: psi . E[w] and psi Cov[w] psi^T + noise, exactly.

    Args (beside those of every learner):
        width, layers: of the feature and population networks; `layers` None means 2 on covariates and 0 on an
            encoder's embedding. features: d >= 2, one of them the constant 1 (a random intercept).
        activation: of the feature network; "tanh" keeps features bounded, "relu" costs less.
        student_t: heavy-tailed outer likelihood instead of a normal one.
        head_dtype: "float64" (default) or "float32": the closed form's dtype, never narrower than the records'.

    Raises:
        ValueError: an option out of its range, by name.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int | None = None,
        features: int = 16,
        activation: str = "tanh",
        student_t: bool = True,
        history: bool = False,
        head_dtype: str = "float64",
    ) -> None:
        super().__init__(
            outcomes,
            n_covariates,
            encoder,
            width=width,
            layers=layers,
            features=features,
            activation=activation,
            student_t=student_t,
            history=history,
            head_dtype=head_dtype,
        )

    def amplitude(self, phi: Tensor) -> Tensor:
        """Nothing beside the random effects."""
        return phi.new_zeros(())

    def condition(self, points: Points, evidence: Evidence) -> Posterior:
        """The posterior of w in the smaller space."""
        return posterior_of(points.psi, evidence)


@dataclass(frozen=True)
class FewRecords(Posterior):
    """In record space: whitened features (B, M, S, d) of the S <= d records, what they say, and their factor."""

    psi: Tensor
    evidence: Evidence
    space: RecordSpace

    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Gaussian process regression with the linear kernel."""
        cross = self.psi @ points.psi.transpose(-1, -2)
        return self.space.read(cross, points.psi.square().sum(-1))

    def extended(self, points: Points, evidence: Evidence) -> Posterior:
        """A bordered factor; beyond d records what they say moves to feature space."""
        psi = torch.cat([self.psi, points.psi], 2)
        every = self.evidence.followed_by(evidence)
        if psi.shape[2] > psi.shape[3]:
            return ManyRecords(FeatureSpace.condition(psi, every))
        cross, kernel = (a @ points.psi.transpose(-1, -2) for a in (self.psi, points.psi))
        return FewRecords(psi, every, self.space.extended(cross, kernel, evidence))


@dataclass(frozen=True)
class ManyRecords(Posterior):
    """In feature space: cost and memory do not depend on how many records there were."""

    space: FeatureSpace

    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Bayesian linear regression."""
        return self.space.read(points.psi)

    def extended(self, points: Points, evidence: Evidence) -> Posterior:
        """ALPaCA's recursion: information adds."""
        return ManyRecords(self.space.extended(points.psi, evidence))


def posterior_of(psi: Tensor, evidence: Evidence) -> Posterior:
    """The posterior of w ~ N(0, I) by the smaller matrix."""
    if psi.shape[2] > psi.shape[3]:
        return ManyRecords(FeatureSpace.condition(psi, evidence))
    return FewRecords(psi, evidence, RecordSpace.condition(psi @ psi.transpose(-1, -2), evidence))
