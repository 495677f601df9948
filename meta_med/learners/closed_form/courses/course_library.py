"""A library of Gaussian course models: how a subject's values move around a mean, in units of the outcome's scale.

Model s has the covariance, at times t and u since the subject's first record, in the cohort's time unit,

    level + slope t u + slow exp(-|t - u| / slow_time) + fast exp(-|t - u| / fast_time)

and independent noise: own level and slope, a slow and a fast Ornstein-Uhlenbeck process (Laird & Ware 1982; Taylor,
Cumberland & Sy 1994). The library is spread evenly over the broad prior of `baselines.hierarchical.courses`.

Tensors are (D, M) for D outcomes and M models; those of records end with the dimensions records, subjects.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from meta_med.baselines.hierarchical.courses import (
    BETWEEN,
    FAST,
    LEAST_NOISE,
    PARTS,
    SLOPE,
    SLOW,
    SPREAD,
    WITH_SLOPE,
)

NUMBERS = (
    10  # of a model: log-odds of four parts; logarithms of two times, slope, between, noise floor and effects
)
EFFECTS = (math.log(0.1), 2.0)  # mean and spread of the logarithm of how much covariates matter
FLAT = -14.0  # logarithm of the slope's variance of a model without slope
LONGEST_SLOPE = 30.0  # time units over which a slope holds


@dataclass(frozen=True)
class Courses:
    """M models for each of D outcomes, all (D, M): variances, how long the processes last, and `between`.

    `between` is the variance of cohorts' means; `effects` multiplies the prior variances of covariates' effects, so
    that models in which covariates hardly matter are among them: of few lenders, most effects are chance.
    """

    level: Tensor
    slope: Tensor
    slow: Tensor
    fast: Tensor
    noise: Tensor
    slow_time: Tensor
    fast_time: Tensor
    between: Tensor
    effects: Tensor

    def covariance(self, first: "Moments", second: "Moments") -> Tensor:
        """(D, M, N, n, B) between the courses at times of N and n records."""
        nearer = -(first.time.unsqueeze(-2) - second.time.unsqueeze(-3)).abs()
        straight = first.since.unsqueeze(-2) * second.since.unsqueeze(-3)
        total = torch.addcmul(_wide(self.level), _wide(self.slope), straight)
        for variance, lasting in ((self.slow, self.slow_time), (self.fast, self.fast_time)):
            total = torch.addcmul(total, _wide(variance), torch.exp(nearer * _wide(lasting.reciprocal())))
        return total

    def variance(self, at: "Moments") -> Tensor:
        """(D, M, N, B) of the courses."""
        stationary = self.level + self.slow + self.fast
        return stationary[..., None, None] + self.slope[..., None, None] * at.since.square()


def _wide(values: Tensor) -> Tensor:
    return values[..., None, None, None]


@dataclass(frozen=True)
class Moments:
    """Times of N records of B subjects in time units, both (N, B).

    Attributes:
        time: relative to prediction time; since: since the subject's first record, at most LONGEST_SLOPE.

    """

    time: Tensor
    since: Tensor

    def part(self, records: slice) -> "Moments":
        """Some of the records."""
        return Moments(self.time[records], self.since[records])


class CourseLibrary(nn.Module):
    """The models as meta-parameters: each starts at its place in the prior, and weight decay pulls it back there."""

    start: Tensor

    def __init__(self, outcomes: int, models: int) -> None:
        super().__init__()
        self.register_buffer("start", spread_over_prior(models).to(torch.get_default_dtype()))
        self.moved = nn.Parameter(torch.zeros(outcomes, models, NUMBERS))
        self.log_prior = nn.Parameter(torch.zeros(outcomes, models))

    def forward(self) -> Courses:
        """The models in float64."""
        numbers = self.start.double() + self.moved.double()
        parts = numbers[..., :4].softmax(-1)
        slow_time, fast_time, slope, between, floor, effects = numbers[..., 4:].exp().unbind(-1)
        level, slow, fast, noise = parts.unbind(-1)
        return Courses(level, slope, slow, fast, noise + floor, slow_time, fast_time, between, effects)


def spread_over_prior(models: int) -> Tensor:
    """(M, NUMBERS) float64: Sobol points of the prior, the same at every call."""
    engine = torch.quasirandom.SobolEngine(NUMBERS, scramble=True, seed=11)  # type: ignore[no-untyped-call]
    at = engine.draw(models, dtype=torch.float64).clamp(1e-4, 1 - 1e-4)
    normal = torch.special.ndtri(at)
    odds = torch.from_numpy(PARTS) + SPREAD * normal[:, :4]
    times = [mean + spread * normal[:, 4 + i] for i, (mean, spread) in enumerate((SLOW, FAST))]
    sloped = 2.0 * (math.log(SLOPE) + torch.special.ndtri(0.5 + 0.5 * at[:, 6]).log())
    slope = torch.where(at[:, 7] < WITH_SLOPE, sloped.clamp(min=FLAT), torch.full_like(sloped, FLAT))
    between = BETWEEN[0] + BETWEEN[1] * normal[:, 8]
    floor = torch.full_like(between, math.log(LEAST_NOISE))
    effects = EFFECTS[0] + EFFECTS[1] * normal[:, 9]
    return torch.cat([odds, torch.stack([*times, slope, between, floor, effects], -1)], -1)
