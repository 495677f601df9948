"""Closed form: a Gaussian process per subject with learned features and kernels, population -> cohort -> individual.

Kernels are of M target columns over points of B subjects, with learned amplitudes. Amplitudes start small relative to
the random effects: a process that the data do not have (images, sinusoids) widens every prediction until it is
unlearned, while one that they have is learned soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from meta_med.learners.built_in_options import DeepKernelOptions
from meta_med.learners.closed_form.conditioning import Evidence, RecordSpace
from meta_med.learners.closed_form.random_effects import Points, Posterior, RandomEffects
from meta_med.outcomes import Outcome


class RadialBasis(nn.Module):
    """k_m(z, z') = s_m exp(-|z - z'|^2 / (2 E)) on an embedding z of E numbers: smooth, of any shape.

    The embedding is learned, so it holds the length scales (deep kernel; Wilson, Hu, Salakhutdinov & Xing 2016).
    """

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.raw_variance = nn.Parameter(torch.full((columns,), -3.0))

    def variance(self, dtype: torch.dtype) -> Tensor:
        """(M, 1): what it adds to the variance at any point."""
        return F.softplus(self.raw_variance.to(dtype)).unsqueeze(-1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Embeddings (B, N, E) and (B, n, E) -> (B, M, N, n)."""
        # by differences: |z|^2 - 2 z z' + |z'|^2 would round duplicated records apart
        distance = (first.unsqueeze(2) - second.unsqueeze(1)).square().mean(-1)
        shape = torch.exp(-0.5 * distance).unsqueeze(1)
        return self.variance(first.dtype).unsqueeze(-1) * shape


class OrnsteinUhlenbeck(nn.Module):
    """k_m(t, t') = sum_j s_jm exp(-|t - t'| / l_jm), times and lengths in years: mean-reverting levels.

    The stationary Ornstein-Uhlenbeck process (Matern 1/2), the usual serial correlation of records of a subject
    (Diggle 1988). Lengths start a factor of four apart around one year.
    """

    def __init__(self, columns: int, scales: int) -> None:
        super().__init__()
        apart = 4.0 ** (torch.arange(scales, dtype=torch.get_default_dtype()) - (scales - 1) / 2)
        self.log_length = nn.Parameter(apart.log().unsqueeze(1).repeat(1, columns))
        self.raw_variance = nn.Parameter(torch.full((scales, columns), -4.0))

    def variance(self, dtype: torch.dtype) -> Tensor:
        """(M, 1): what it adds to the variance at any point."""
        return F.softplus(self.raw_variance.to(dtype)).sum(0).unsqueeze(-1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Times (B, N) and (B, n) -> (B, M, N, n)."""
        apart = (first.unsqueeze(2) - second.unsqueeze(1)).abs()
        rate = torch.exp(-self.log_length.to(first.dtype))
        amplitude = F.softplus(self.raw_variance.to(first.dtype))
        decay = torch.exp(-rate[:, None, :, None, None] * apart.unsqueeze(1))
        return (amplitude[:, None, :, None, None] * decay).sum(0)


class Coregionalisation(nn.Module):
    """Random effects that outcomes share: Cov(f_m(x), f_n(x')) = (W W^T)_mn phi(x)^T diag(c) phi(x').

    W (M, r) is of low rank (intrinsic coregionalisation; Bonilla, Chai & Williams 2007). Added to a kernel of
    each column alone, over M N stacked records, it is exact for any pattern of missing values.
    """

    def __init__(self, columns: int, rank: int, features: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(0.3 * torch.randn(columns, rank))
        self.raw_shared = nn.Parameter(torch.full((features,), -2.0))

    def variance(self, phi: Tensor) -> Tensor:
        """(B, M, N): what it adds to the variance at features phi (B, N, d)."""
        shared = phi.square() @ F.softplus(self.raw_shared.to(phi.dtype))
        return self.weights.to(phi.dtype).square().sum(1, keepdim=True) * shared.unsqueeze(1)

    def of_each(self, first: Tensor, second: Tensor) -> Tensor:
        """(B, M, N, n): what it adds to the covariance of each column with itself."""
        weights = self.weights.to(first.dtype).square().sum(1)
        return weights[:, None, None] * self._shared(first, second).unsqueeze(1)

    def _shared(self, first: Tensor, second: Tensor) -> Tensor:
        """phi^T diag(c) phi' (B, N, n)."""
        return (first * F.softplus(self.raw_shared.to(first.dtype))) @ second.transpose(1, 2)

    def forward(self, alone: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Kernel of each column alone (B, M, N, n), features (B, N, d), (B, n, d) -> stacked (B, 1, M N, M n)."""
        weights = self.weights.to(alone.dtype)
        coupled = torch.einsum("mr,kr,bij->bmikj", weights, weights, self._shared(first, second))
        own = torch.eye(len(weights), dtype=alone.dtype, device=alone.device)[:, None, :, None]
        both = coupled + own * alone.unsqueeze(3)
        b, m, n, _, q = both.shape
        return both.reshape(b, 1, m * n, m * q)


class DeepKernel(RandomEffects):
    """Deep kernel transfer (Patacchiola et al. 2020) as a mixed model: random effects, shape and serial correlation.

        y = mean_m(x) + f_m(x, t) + noise,  f_m ~ GP(phi(x) . mu_k, k_m) for a subject of cohort k
        k_m = phi^T (P_k + diag b_m) phi'  +  s_m exp(-|z - z'|^2 / 2E)  +  sum_j o_jm exp(-|t - t'| / l_jm)
              random effects, intercept too    deep radial basis            Ornstein-Uhlenbeck, times in years

    mu_k and P_k are the posterior of the cohort's random effects given its context, in which each lender has processes
    of its own. Own records condition f exactly, in record space (S x S for each column, or all columns
    at once with `coupling`); queries are predicted by their exact marginal mean and variance.

    Options: `DeepKernelOptions`.
    """

    Options = DeepKernelOptions

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        n_covariates: int | Sequence[int],
        encoder: nn.Module | None,
        options: DeepKernelOptions,
    ) -> None:
        super().__init__(outcomes, n_covariates, encoder, options)
        m = self.layout.width
        self.radial = RadialBasis(m) if options.embedding else None
        self.serial = OrnsteinUhlenbeck(m, options.time_scales) if options.time_scales else None
        self.coupled = Coregionalisation(m, options.coupling, options.features) if options.coupling else None

    def variance(self, points: Points) -> Tensor:
        """Prior variance (B, M, N)."""
        found = points.psi.square().sum(-1)
        for kernel in (self.radial, self.serial):
            found = found if kernel is None else found + kernel.variance(found.dtype)
        return found if self.coupled is None else found + self.coupled.variance(points.phi)

    def beside(self, points: Points) -> Tensor | float:
        """The kernels of each column alone, and what outcomes share of its own variance."""
        found = self._alone(points, points)
        return found if self.coupled is None else found + self.coupled.of_each(points.phi, points.phi)

    def covariance(self, first: Points, second: Points) -> Tensor:
        """Prior covariance (B, M, N, n), or (B, 1, M N, M n) where outcomes are coupled."""
        found = first.psi @ second.psi.transpose(-1, -2) + self._alone(first, second)
        return found if self.coupled is None else self.coupled(found, first.phi, second.phi)

    def _alone(self, first: Points, second: Points) -> Tensor | float:
        """Covariance (B, M, N, n) by the radial and the serial kernel."""
        found: Tensor | float = 0.0
        if self.radial is not None:
            found = found + self.radial(first.embedded, second.embedded)
        if self.serial is not None:
            found = found + self.serial(first.time, second.time)
        return found

    def arranged(self, evidence: Evidence) -> Evidence:
        """The evidence in the layout of `covariance`."""
        return evidence if self.coupled is None else evidence.stacked()

    def condition(self, points: Points, evidence: Evidence) -> Posterior:
        """Gaussian process regression on the own records."""
        space = RecordSpace.condition(self.covariance(points, points), self.arranged(evidence))
        return ConditionedProcess(self, (points,), space)


@dataclass(frozen=True)
class ConditionedProcess(Posterior):
    """Processes given own records: the points of each observation, in the order of the factor."""

    learner: DeepKernel
    points: tuple[Points, ...]
    space: RecordSpace

    def read(self, points: Points) -> tuple[Tensor, Tensor]:
        """Marginals of the query points."""
        prior = self.learner.variance(points)
        stack = prior.flatten(1).unsqueeze(1) if self.learner.coupled is not None else prior
        shift, spread = self.space.read(self._cross(points), stack)
        return shift.reshape(prior.shape), spread.reshape(prior.shape)

    def extended(self, points: Points, evidence: Evidence) -> Posterior:
        """A bordered factor."""
        own = self.learner.covariance(points, points)
        space = self.space.extended(self._cross(points), own, self.learner.arranged(evidence))
        return ConditionedProcess(self.learner, (*self.points, points), space)

    def _cross(self, points: Points) -> Tensor:
        return torch.cat([self.learner.covariance(known, points) for known in self.points], -2)
