"""What a mixed model expects of a series and of the record ahead, and what the series then says about that record."""

from dataclasses import dataclass

import numpy as np

from meta_med.baselines.mixed.serial import SerialFit
from meta_med.cohorts.record_table import Floats


@dataclass(frozen=True)
class Histories:
    """R series of S records and the record ahead, as a model reads them; the same for all outcomes.

    Attributes:
        x (R, p), own_x (R, S, p): designs of the record ahead and of the series; slope (R,), own_slope (R, S): their
            covariate of the random slope; time (R, S): years, the record ahead is at 0.

    """

    x: Floats
    own_x: Floats
    slope: Floats
    own_slope: Floats
    time: Floats

    def take(self, rows: np.ndarray) -> "Histories":
        """A selection of the series; all of them are not copied."""
        return self if len(rows) == len(self.x) else Histories(*(v[rows] for v in vars(self).values()))


@dataclass(frozen=True)
class Expected:
    """Normal expectations, without noise, relative to sigma but for the means.

    Attributes:
        own (R, S), covariance (R, S, S): of the series; ahead (R,), variance (R,): of the record ahead; across (R, S):
            covariances of both.

    """

    own: Floats
    covariance: Floats
    ahead: Floats
    variance: Floats
    across: Floats

    @classmethod
    def of(cls, fit: SerialFit, histories: Histories, level: Floats, spread: Floats) -> "Expected":
        """From a model, the effect of each series' cohort (R,) and the relative variance of this effect (R,)."""
        h, beta, here = histories, fit.beta[: histories.x.shape[1]], np.zeros(1)
        time = (h.time[:, :, None], h.time[:, None])
        own = fit.covariance(h.own_slope[:, :, None], time[0], h.own_slope[:, None], time[1])
        across = fit.covariance(h.own_slope, h.time, h.slope[:, None], here)
        ahead = fit.covariance(h.slope, here, h.slope, here)
        means = h.own_x @ beta + level[:, None], h.x @ beta + level
        return cls(means[0], own + spread[:, None, None], means[1], ahead + spread, across + spread[:, None])

    def normal(self, y: Floats, seen: Floats, sigma: float) -> tuple[Floats, Floats]:
        """(R,) mean and standard deviation of the record ahead, with noise; y (R, S) where seen is 1."""
        residual = np.where(seen > 0, y - self.own, 0.0)
        gain, explained = conditional(self.covariance, self.across, seen, residual)
        # noise is 1 and cannot be explained: a smaller value is a rounding error
        return self.ahead + gain, sigma * np.sqrt(np.maximum(1.0 + self.variance - explained, 1.0))


def conditional(own: Floats, across: Floats, seen: Floats, residual: Floats) -> tuple[Floats, Floats]:
    """(R,) each: what own residuals (R, S) add to the mean of the query, and subtract from its variance."""
    both = seen[:, :, None] * seen[:, None]
    noise = np.broadcast_to(np.eye(own.shape[1]), own.shape)
    across = across * seen
    solved = np.linalg.solve(own * both + noise, np.stack([residual * seen, across], 2))
    return np.einsum("rs,rs->r", across, solved[..., 0]), np.einsum("rs,rs->r", across, solved[..., 1])
