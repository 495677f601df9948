"""Closed form: Bayesian linear regression on learned features, population -> cohort -> individual.

ALPaCA (Harrison, Sharma & Pavone 2018) with one more level. For target column m and features phi:
    y = mean(x) + phi . (u_cohort + v_subject) + noise,
    u ~ N(0, diag(a_m)), v ~ N(0, diag(b_m)), noise ~ N(0, s_m(x)^2).
Records of the context stand for one subject each, so their own v adds phi^T diag(b) phi to their noise.
The cohort posterior is solved in feature space (d x d), the individual's in record space (S x S).
Classes are regressed as one-hot columns with a learned temperature (Bertinetto 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.episodes import Records
from meta_med.learners.features import LastValueLink, RecordFeatures, mlp
from meta_med.learners.learner import Adapted, Learner, degrees_of_freedom
from meta_med.outcomes import Outcome
from meta_med.prediction import MIN_SCALE, Prediction

JITTER = 1e-5  # relative to a unit prior variance; enough for float32 at S <= 32 with duplicated records


class BayesianHead(Learner):
    """Hierarchical Bayesian linear regression on learned features.

    Args:
        width, layers: of the feature network; features: d, one of them the constant 1 (a random intercept);
        student_t: heavy-tailed outer likelihood; history: own-history inputs to the mean and the features.

    """

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int,
        encoder: nn.Module | None = None,
        *,
        width: int = 64,
        layers: int = 2,
        features: int = 16,
        student_t: bool = True,
        history: bool = False,
    ) -> None:
        super().__init__(outcomes)
        m = self.layout.width
        self.features = RecordFeatures(self.layout, n_covariates, encoder, history)
        hidden = [self.features.width, *[width] * layers]
        self.phi = mlp([*hidden, features - 1], "tanh")
        self.population = mlp([*hidden, m])
        self.noise = mlp([*hidden[:1], width, m])
        self.link = LastValueLink(m)
        self.raw_cohort = nn.Parameter(torch.full((m, features), -4.0))
        self.raw_own = nn.Parameter(torch.full((m, features), -2.0))
        self.log_temperature = nn.Parameter(torch.ones(m))
        dc = len(self.layout.continuous)
        self.raw_df = nn.Parameter(torch.full((dc,), 3.0)) if student_t else None

    def _adapt(self, context: Records, cohort: Tensor, support: Records) -> "AdaptedHead":
        mean, covariance = self._cohort_posterior(self._design(context, context))
        own = self._design(support, support)
        return self._condition(mean[cohort], covariance[cohort], own, support)

    def _design(self, rows: Records, support: Records) -> "Design":
        inputs, past = self.features(rows, support)
        hidden = self.phi(inputs)
        phi = torch.cat([torch.ones_like(hidden[..., :1]), hidden / hidden.shape[-1] ** 0.5], -1)
        values, seen = self.layout.targets(rows.y, rows.y_observed)
        location = self.population(inputs) + self.link(past)
        variance = (F.softplus(self.noise(inputs) - 0.5) + 0.05).square()
        return Design(phi, location, values - location, seen, variance)

    def _cohort_posterior(self, context: "Design") -> tuple[Tensor, Tensor]:
        """Mean (K, M, d) and covariance (K, M, d, d) of u given the context."""
        prior = F.softplus(self.raw_cohort)
        own = F.softplus(self.raw_own)
        noise = context.variance + context.phi.square() @ own.T
        weight = (context.seen.to(noise.dtype) / noise).transpose(1, 2)
        gram = torch.einsum("kmc,kcd,kce->kmde", weight, context.phi, context.phi)
        moment = torch.einsum("kmc,kcd,kcm->kmd", weight, context.phi, context.residual)
        # precision scaled by the prior's root: I + L^T G L has eigenvalues >= 1, so float32 is safe
        root = prior.sqrt()
        scaled = root.unsqueeze(-1) * gram * root.unsqueeze(-2) + torch.eye(
            prior.shape[1], dtype=gram.dtype, device=gram.device
        )
        factor = torch.linalg.cholesky(scaled)
        inverse = torch.cholesky_inverse(factor)
        covariance = root.unsqueeze(-1) * inverse * root.unsqueeze(-2)
        return (covariance @ moment.unsqueeze(-1)).squeeze(-1), covariance

    def _condition(self, mean: Tensor, covariance: Tensor, own: "Design", support: Records) -> "AdaptedHead":
        """Condition u + v on the subject's own records, in record space."""
        total = covariance + torch.diag_embed(F.softplus(self.raw_own))
        seen = own.seen.to(mean.dtype).transpose(1, 2)
        cross = torch.einsum("bsd,bmde->bmse", own.phi, total) * seen.unsqueeze(-1)
        kernel = torch.einsum("bmse,bte->bmst", cross, own.phi) * seen.unsqueeze(-2)
        noise = own.variance.transpose(1, 2) * seen + (1.0 - seen)
        factor = torch.linalg.cholesky(kernel + torch.diag_embed(noise + JITTER))
        residual = (own.residual.transpose(1, 2) - torch.einsum("bsd,bmd->bms", own.phi, mean)) * seen
        return AdaptedHead(
            self, mean, total, cross, factor, torch.cholesky_solve(residual.unsqueeze(-1), factor), support
        )

    def read(self, adapted: "AdaptedHead", query: Records) -> Prediction:
        """Posterior predictive of the query."""
        at = self._design(query, adapted.support)
        gain = torch.einsum("bqe,bmse->bmqs", at.phi, adapted.cross)
        shift = torch.einsum("bqd,bmd->bqm", at.phi, adapted.mean)
        shift = shift + (gain @ adapted.solved).squeeze(-1).transpose(1, 2)
        spread = torch.einsum("bqd,bmde,bqe->bqm", at.phi, adapted.covariance, at.phi)
        whitened = torch.linalg.solve_triangular(adapted.factor, gain.transpose(2, 3), upper=False)
        spread = (spread - whitened.square().sum(2).transpose(1, 2)).clamp(min=0.0)
        return self._prediction(at, at.location + shift, spread)

    def _prediction(self, at: "Design", location: Tensor, spread: Tensor) -> Prediction:
        columns = list(self.layout.continuous_columns)
        scale = (spread + at.variance)[..., columns].sqrt() + MIN_SCALE
        for d in self.layout.classes:
            c = self.layout.columns[d]
            # probit-like moderation (MacKay 1992): uncertain logits are pulled to even odds
            logits = self.log_temperature[c].exp() * location[..., c] / (1.0 + spread[..., c]).sqrt()
            location = torch.cat([location[..., : c.start], logits, location[..., c.stop :]], -1)
        df = None if self.raw_df is None else degrees_of_freedom(self.raw_df)
        return Prediction(self.layout, location, scale, df)


@dataclass(frozen=True)
class Design:
    """Records of T tasks: features phi (T, N, d); mean, residual, mask and noise variance (T, N, M)."""

    phi: Tensor
    location: Tensor
    residual: Tensor
    seen: Tensor
    variance: Tensor


@dataclass(frozen=True)
class AdaptedHead(Adapted):
    """Posterior of B subjects: prior mean (B, M, d) and covariance of u + v, and what their records say."""

    learner: BayesianHead
    mean: Tensor
    covariance: Tensor
    cross: Tensor
    factor: Tensor
    solved: Tensor
    support: Records

    def _predict(self, query: Records) -> Prediction:
        return self.learner.read(self, query)
