"""Hyper-parameters of simulated studies and outcomes, drawn from broad priors.

Time is in units of a study's typical time between a record and the one to predict, values in standard deviations.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Draws:
    """Draws tensors from one generator: randomness is an argument, never global."""

    generator: torch.Generator

    def normal(self, *shape: int) -> Tensor:
        """Standard normal."""
        return torch.randn(shape, generator=self.generator)

    def uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Uniform in [low, high)."""
        return low + (high - low) * torch.rand(shape, generator=self.generator)

    def log_uniform(self, low: float, high: float, *shape: int) -> Tensor:
        """Uniform on the log scale."""
        return self.uniform(math.log(low), math.log(high), *shape).exp()

    def chance(self, p: float | Tensor, *shape: int) -> Tensor:
        """1.0 with probability p, else 0.0."""
        return (torch.rand(shape, generator=self.generator) < p).float()

    def whole(self, low: int, high: int, *shape: int) -> Tensor:
        """Whole numbers low..high-1."""
        return torch.randint(low, high, shape, generator=self.generator)

    def student_t(self, df: Tensor, *shape: int) -> Tensor:
        """Student t with df > 2, scaled to variance 1 (Bailey 1994, the polar form)."""
        u = torch.rand(shape, generator=self.generator).clamp(min=1e-6)
        angle = 2.0 * math.pi * torch.rand(shape, generator=self.generator)
        unscaled = (df * (u.pow(-2.0 / df) - 1.0)).sqrt() * angle.cos()
        return unscaled * ((df - 2.0) / df).sqrt()


FACTORS = 3
HYPER_PARAMETERS = (
    "between", "slow", "fast", "noise", "log_slow_scale", "log_fast_scale",
    "slope_sd", "slope_by_level", "drift", "trend", "tail", "noise_spread", "noise_by_level",
    "change", "dose", "skew", "rounding", "cohort_sd", "missing", "log_odds",
)  # fmt: skip


@dataclass(frozen=True)
class Hyper:
    """Hyper-parameters of Z studies, each (Z, D) unless stated otherwise.

    Attributes:
        shares: (Z, D, 4) of variance: between patients, slow and fast Ornstein-Uhlenbeck process, noise.
        slow_scale, fast_scale: time scales of these; factor_scale (Z, FACTORS): of the shared processes.
        loadings: (Z, D, FACTORS) of an outcome's components on the patient's common factors.
        slope_sd, drift: spread and mean of patients' slopes; slope_by_level: their correlation with the level;
        trend_sd: of a slope that varies in time, with time scale trend_scale.
        tail: 1 / degrees of freedom of the noise;
        noise_spread: sd of a patient's log noise; noise_by_level: its slope on the value.
        change (Z,): probability of a regime change; jump: its sd; fading: whether it decays.
        dose, dose_sd, dose_scale: a response that sets in at the first record (mean, sd, time scale).
        skew, peak: sinh-arcsinh form of the values; rounding: step they are rounded to (0: none).
        floor: standardised detection limit; cohort_sd: of cohorts' levels.
        missing: probability that a value is missing; visit_spread (Z,): sd of log gaps; informative (Z,): by how
            much sick patients come sooner; binary: 1.0 for a binary outcome; threshold: of it, in sd.

    """

    shares: Tensor
    slow_scale: Tensor
    fast_scale: Tensor
    factor_scale: Tensor
    loadings: Tensor
    slope_sd: Tensor
    slope_by_level: Tensor
    trend_sd: Tensor
    trend_scale: Tensor
    drift: Tensor
    tail: Tensor
    noise_spread: Tensor
    noise_by_level: Tensor
    change: Tensor
    jump: Tensor
    fading: Tensor
    dose: Tensor
    dose_sd: Tensor
    dose_scale: Tensor
    skew: Tensor
    peak: Tensor
    rounding: Tensor
    floor: Tensor
    cohort_sd: Tensor
    missing: Tensor
    visit_spread: Tensor
    informative: Tensor
    binary: Tensor
    threshold: Tensor

    def described(self) -> Tensor:
        """(Z, D, len(HYPER_PARAMETERS)) the numbers that describe an outcome to a network, each about in -2..2."""
        columns = [
            *(0.5 * (self.shares + 1e-3).log() + 1.0).unbind(-1),
            self.slow_scale.log() - 2.0,
            self.fast_scale.log() + 0.5,
            8.0 * self.slope_sd,
            2.0 * self.slope_by_level * (self.slope_sd > 0),
            10.0 * self.drift,
            8.0 * self.trend_sd,
            5.0 * self.tail - 1.0,
            2.0 * self.noise_spread,
            3.0 * self.noise_by_level,
            4.0 * self.change.unsqueeze(1) * self.jump,
            2.0 * self.dose,
            2.0 * self.skew,
            3.0 * self.rounding,
            2.0 * self.cohort_sd,
            2.0 * self.missing,
            -self.threshold * self.binary,
        ]
        return torch.stack(columns, -1)


def draw_hyper(draws: Draws, studies: int, outcomes: int) -> Hyper:
    """Hyper-parameters of `studies` studies of `outcomes` outcomes each."""
    z, d = studies, outcomes
    favour = torch.tensor([0.7, 0.9, -0.6, -0.4])
    return Hyper(
        shares=(1.8 * draws.normal(z, d, 4) + favour).softmax(-1),
        slow_scale=draws.log_uniform(1.5, 60.0, z, d),
        fast_scale=draws.log_uniform(0.2, 2.0, z, d),
        factor_scale=draws.log_uniform(1.0, 60.0, z, FACTORS),
        loadings=_loadings(draws, z, d),
        slope_sd=0.15 * draws.normal(z, d).abs() * draws.chance(0.75, z, d),
        slope_by_level=draws.uniform(-0.5, 0.95, z, d),
        trend_sd=0.2 * draws.normal(z, d).abs() * draws.chance(0.35, z, d),
        trend_scale=draws.log_uniform(1.0, 12.0, z, d),
        drift=0.08 * draws.normal(z, d) * draws.chance(0.6, z, d),
        tail=draws.uniform(0.02, 0.42, z, d),
        noise_spread=draws.uniform(0.0, 0.7, z, d),
        noise_by_level=0.25 * draws.normal(z, d) * draws.chance(0.5, z, d),
        change=draws.uniform(0.0, 0.5, z) * draws.chance(0.5, z),
        jump=draws.uniform(0.4, 1.8, z, d),
        fading=draws.chance(0.4, z),
        dose=0.7 * draws.normal(z, d) * draws.chance(0.3, z, 1),
        dose_sd=draws.uniform(0.1, 0.5, z, d),
        dose_scale=draws.log_uniform(0.5, 8.0, z, 1),
        skew=0.4 * draws.normal(z, d) * draws.chance(0.5, z, d),
        peak=draws.log_uniform(0.75, 1.25, z, d),
        rounding=draws.uniform(0.1, 0.7, z, d) * draws.chance(0.2, z, d),
        floor=torch.where(draws.chance(0.1, z, d) > 0, draws.uniform(-1.5, 0.0, z, d), -99.0),
        cohort_sd=draws.uniform(0.0, 0.6, z, 1) * draws.uniform(0.3, 1.0, z, d),
        missing=draws.uniform(0.0, 0.7, z, d) * draws.chance(0.4, z, d),
        visit_spread=draws.uniform(0.0, 0.9, z),
        informative=0.4 * draws.normal(z) * draws.chance(0.5, z),
        binary=draws.chance(0.25, z, d),
        threshold=1.0 * draws.normal(z, d).clamp(-2.2, 2.2),
    )


def _loadings(draws: Draws, studies: int, outcomes: int) -> Tensor:
    """Random directions of squared length up to 0.9; in a third of the studies outcomes are independent."""
    direction = torch.nn.functional.normalize(draws.normal(studies, outcomes, FACTORS), dim=-1)
    length = draws.uniform(0.0, 0.95, studies, outcomes, 1) * draws.chance(0.67, studies, 1, 1)
    return direction * length
