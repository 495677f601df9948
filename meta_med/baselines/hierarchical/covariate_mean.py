"""The part of the mean that covariates known ahead explain: ridge regression with empirical-Bayes strength."""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.moments import moments

STRENGTHS = np.exp(np.linspace(np.log(0.3), np.log(3e5), 24))  # of the penalty, in patients


@dataclass(frozen=True)
class CovariateMean:
    """A linear function of standardised covariates, missing ones at their mean.

    Attributes:
        columns: (p,) covariates in use; centre, spread, slope: (p + 1,) of each, and of log(1 + time) for the last
            covariate, by convention the time since the first record; start: (2,) smallest value and spread of that one.

    """

    columns: Ints
    centre: Floats
    spread: Floats
    slope: Floats
    start: Floats

    @classmethod
    def of(cls, x: Floats, y: Floats, weight: Floats, columns: Ints) -> "CovariateMean":
        """Fit on records (n, F) and values (n,) with weights that sum to the number of patients.

        Coefficients are averaged over the strengths of the penalty by their marginal likelihood, so that covariates
        that tell little add little.
        """
        plain = cls(columns, np.zeros(0), np.ones(0), np.zeros(0), _start(x[:, -1:]))
        raw = plain._raw(x)
        centre, spread = moments(raw)
        spread = np.where(spread > 0, spread, 1.0)
        z = np.nan_to_num((raw - centre) / spread)
        z = z - weight @ z / weight.sum()
        y = y - weight @ y / weight.sum()
        slope = _averaged(
            z.T @ (weight[:, None] * z), z.T @ (weight * y), float(weight @ y**2), float(weight.sum())
        )
        return cls(columns, centre, spread, slope, plain.start)

    def at(self, x: Floats) -> Floats:
        """(...,) of covariates (..., F); 0 where all are at their mean."""
        return np.asarray(np.nan_to_num((self._raw(x) - self.centre) / self.spread) @ self.slope)

    def _raw(self, x: Floats) -> Floats:
        """(..., p + 1) the covariates in use and, where there is one, the logarithm of time."""
        if not x.shape[-1]:
            return x
        since = np.log1p(np.maximum(x[..., -1:] - self.start[0], 0.0) / self.start[1])
        return np.concatenate([x[..., self.columns], since], -1)


def _start(time: Floats) -> Floats:
    """Smallest value and spread of a column (n, 0 or 1); 0 and 1 where it has none."""
    seen = time[~np.isnan(time)]
    spread = float(moments(seen[:, None])[1][0]) if len(seen) else 0.0
    return np.array([seen.min(initial=np.inf) if len(seen) else 0.0, spread if spread > 0 else 1.0])


def _averaged(products: Floats, across: Floats, square: float, n: float) -> Floats:
    """Ridge coefficients averaged over STRENGTHS, from X'WX, X'Wy and y'Wy of n patients."""
    if square <= 0 or not len(across):
        return np.zeros(len(across))
    values, vectors = np.linalg.eigh(products)
    values, along = values.clip(0, None), vectors.T @ across
    shrunk = along / (values + STRENGTHS[:, None])
    rest = np.maximum(square - shrunk @ along, 1e-12 * square)
    log = -0.5 * n * np.log(rest) - 0.5 * np.log1p(values / STRENGTHS[:, None]).sum(1)
    return np.asarray(vectors @ (softmax(log) @ shrunk))
