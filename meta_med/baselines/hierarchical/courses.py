"""Course models: how a patient's values move, drawn from a broad prior.

A course is y(t) = cohort mean + drift t + b + s t + u(t) + v(t) + e: own level b and slope s, a slow and a fast
Ornstein-Uhlenbeck process u and v, and noise e (Laird and Ware 1982; Taylor, Cumberland and Sy 1994). Values are
standardised and t counts usual gaps between two records, so that one prior fits every outcome.
"""

from dataclasses import dataclass, fields

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats

PARTS, SPREAD = (
    np.array([0.7, 0.9, -0.6, -0.4]),
    1.6,
)  # log-odds of level, slow, fast and noise in the variance
SLOW, FAST = (np.log(9.5), 1.1), (np.log(0.63), 0.65)  # mean and spread of the logarithms, in usual gaps
SLOPE, DRIFT = 0.15, 0.08  # standard deviations, per usual gap
WITH_SLOPE, WITH_DRIFT = 0.7, 0.6  # shares of the prior
VARIANCE = 0.6  # spread of the logarithm of a record's variance
BETWEEN = (np.log(0.1), 1.2)  # mean and spread of the logarithm of the variance of cohort means
LEAST_NOISE = 2e-3  # of a record's variance: records at one time are never exactly equal
LATENT = 10


@dataclass(frozen=True)
class Courses:
    """M course models; all arrays (M,).

    Attributes:
        level, slope, slow, fast, noise: variances; slow_time, fast_time: how long the processes last.
        drift: change of the mean per usual gap; between: variance of cohort means.

    """

    level: Floats
    slope: Floats
    slow: Floats
    fast: Floats
    noise: Floats
    slow_time: Floats
    fast_time: Floats
    drift: Floats
    between: Floats

    def __len__(self) -> int:
        """M."""
        return len(self.level)

    def take(self, index: np.ndarray) -> "Courses":
        """A selection of the models."""
        return Courses(*(getattr(self, f.name)[index] for f in fields(self)))

    def table(self) -> Floats:
        """(M, 9) one column per field."""
        return np.stack([getattr(self, f.name) for f in fields(self)], 1)

    @classmethod
    def of_table(cls, table: Floats) -> "Courses":
        """From `table`."""
        return cls(*np.ascontiguousarray(table.T))


@dataclass(frozen=True)
class Latent:
    """M course models in coordinates whose prior is a standard normal.

    Attributes:
        at: (M, LATENT); sloped, drifting: (M,) whether the model has a slope, a drift.

    """

    at: Floats
    sloped: Bools
    drifting: Bools

    @classmethod
    def draw(cls, n: int, rng: np.random.Generator) -> "Latent":
        """Draws from the prior."""
        flags = rng.random((2, n))
        return cls(rng.standard_normal((n, LATENT)), flags[0] < WITH_SLOPE, flags[1] < WITH_DRIFT)

    def take(self, index: np.ndarray) -> "Latent":
        """A selection of the models."""
        return Latent(self.at[index], self.sloped[index], self.drifting[index])

    def join(self, other: "Latent") -> "Latent":
        """Both, one after the other."""
        return Latent(*(np.concatenate([v, getattr(other, k)]) for k, v in vars(self).items()))

    @property
    def form(self) -> np.ndarray:
        """(M,) 0 to 3: which of slope and drift the model has."""
        return 2 * self.sloped + self.drifting

    def log_prior(self) -> Floats:
        """(M,) log density of the prior, without the constant of the normal density."""
        sloped = np.where(self.sloped, np.log(WITH_SLOPE), np.log1p(-WITH_SLOPE))
        drifting = np.where(self.drifting, np.log(WITH_DRIFT), np.log1p(-WITH_DRIFT))
        return np.asarray(-0.5 * (self.at**2).sum(1) + sloped + drifting)

    def courses(self) -> Courses:
        """The models themselves."""
        odds = SPREAD * self.at[:, :4] + PARTS
        share = np.exp(odds - odds.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        slow_time, fast_time, slope, drift, variance, between = self.at[:, 4:].T
        size = np.exp(VARIANCE * variance)
        return Courses(
            level=size * share[:, 0],
            slope=size * np.where(self.sloped, (SLOPE * slope) ** 2, 0.0),
            slow=size * share[:, 1],
            fast=size * share[:, 2],
            noise=size * (share[:, 3] + LEAST_NOISE),
            slow_time=np.exp(SLOW[0] + SLOW[1] * slow_time),
            fast_time=np.exp(FAST[0] + FAST[1] * fast_time),
            drift=np.where(self.drifting, DRIFT * drift, 0.0),
            between=np.exp(BETWEEN[0] + BETWEEN[1] * between),
        )
