"""Closed form: a Gaussian process a subject with learned features and kernels, population -> cohort -> individual."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.learners.closed_form import Evidence, RecordSpace
from meta_med.learners.kernels import Coregionalisation, OrnsteinUhlenbeck, RadialBasis
from meta_med.learners.option_ranges import check_ranges
from meta_med.learners.random_effects import Points, Posterior, RandomEffects
from meta_med.outcomes import Outcome


class DeepKernel(RandomEffects):
    """Deep kernel transfer (Patacchiola et al. 2020) as a mixed model: random effects, shape and serial correlation.

        y = mean_m(x) + f_m(x, t) + noise,  f_m ~ GP(phi(x) . mu_k, k_m) for a subject of cohort k
        k_m = phi^T (P_k + diag b_m) phi'  +  s_m exp(-|z - z'|^2 / 2E)  +  sum_j o_jm exp(-|t - t'| / l_jm)
              random effects, intercept too    deep radial basis            Ornstein-Uhlenbeck, times in years

    mu_k and P_k are the posterior of the cohort's random effects given its context, each record of which stands
    for another subject. Own records condition f exactly, in record space (S x S for each column, or all columns
    at once with `coupling`); queries are predicted by their exact marginal mean and variance.

    Args (beside those of every learner):
        width, layers: of the feature, embedding and population networks; `layers` None means 2 on covariates and 0
            on an encoder's embedding. features: d >= 2, one of them the constant 1 (a random intercept).
        embedding: E, inputs of the radial basis kernel; 0 leaves it out.
        time_scales: Ornstein-Uhlenbeck processes; 0 leaves them out. Where all times are equal they are one more
            shared intercept.
        coupling: rank of a learned covariance between outcomes' random effects; 0 treats them apart. The cohort's
            own posterior is still solved for each outcome alone.
        activation: of the feature and embedding networks.
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
        embedding: int = 4,
        time_scales: int = 1,
        coupling: int = 0,
        activation: str = "tanh",
        student_t: bool = True,
        history: bool = False,
        head_dtype: str = "float64",
    ) -> None:
        check_ranges(at_least_0={"time_scales": time_scales, "coupling": coupling})
        super().__init__(
            outcomes,
            n_covariates,
            encoder,
            width=width,
            layers=layers,
            features=features,
            embedding=embedding,
            activation=activation,
            student_t=student_t,
            history=history,
            head_dtype=head_dtype,
        )
        m = self.layout.width
        self.radial = RadialBasis(m) if embedding else None
        self.serial = OrnsteinUhlenbeck(m, time_scales) if time_scales else None
        self.coupled = Coregionalisation(m, coupling, features) if coupling else None

    def amplitude(self, phi: Tensor) -> Tensor:
        """Variance of all that is not a random effect of one column."""
        found = phi.new_zeros((self.layout.width, 1))
        for kernel in (self.radial, self.serial):
            found = found if kernel is None else found + kernel.variance(phi.dtype)
        return found if self.coupled is None else found + self.coupled.variance(phi)

    def variance(self, points: Points) -> Tensor:
        """Prior variance (B, M, N)."""
        return points.psi.square().sum(-1) + self.amplitude(points.phi)

    def covariance(self, first: Points, second: Points) -> Tensor:
        """Prior covariance (B, M, N, n), or (B, 1, M N, M n) where outcomes are coupled."""
        found = first.psi @ second.psi.transpose(-1, -2)
        if self.radial is not None:
            found = found + self.radial(first.embedded, second.embedded)
        if self.serial is not None:
            found = found + self.serial(first.time, second.time)
        return found if self.coupled is None else self.coupled(found, first.phi, second.phi)

    def arranged(self, evidence: Evidence) -> Evidence:
        """The evidence as `covariance` has it."""
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
