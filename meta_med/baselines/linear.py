"""Ridge and ridge-logistic regression on standardised columns, with mean imputation and missing-value indicators."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats
from meta_med.logistic import fit_logistic
from meta_med.moments import moments

FREE = 1e-6  # ridge penalty of the intercept: nearly none, so that the system stays solvable
TYPICAL = 1e-6  # of the outcome's root mean square: smallest scale of residuals
HUBER = 1.0  # Huber's threshold in median residuals; near absolute error, the metric of evaluation


@dataclass(frozen=True)
class Linear:
    """An affine map of P columns and of indicators of missing values.

    Attributes:
        centre, spread: (P,); flagged: (P,) whether the column has an indicator; weight: (P + flags + 1,), the last
            one is the intercept.

    """

    centre: Floats
    spread: Floats
    flagged: Bools
    weight: Floats

    def raw(self, x: Floats) -> Floats:
        """(R,) the linear predictor of (R, P)."""
        return np.asarray(_design(x, self.centre, self.spread, self.flagged) @ self.weight)

    def state(self) -> dict[str, np.ndarray]:
        """Arrays of the saved state."""
        return {k: np.asarray(v, dtype=np.float64) for k, v in vars(self).items()}

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray]) -> "Linear":
        """Rebuild from `state`."""
        return cls(**{**arrays, "flagged": arrays["flagged"] > 0})


def fit_linear(x: Floats, y: Floats, ridge: float, binary: bool) -> Linear:
    """Fit by Huber or logistic regression with a ridge penalty on standardised columns, without one on the intercept.

    Args:
        x: (R, P), NaN where missing; y: (R,) without NaN.
        ridge: the penalty, in records; binary: logistic regression.

    """
    missing = np.isnan(x)
    share = missing.sum(0) / max(len(x), 1)
    centre, spread = moments(x)
    flagged = (share > 0.01) & (share < 0.99)
    spread = np.where(spread > 0, spread, np.inf)  # a constant column has no effect
    design = _design(x, centre, spread, flagged)
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = FREE
    weight = fit_logistic(design, y, penalty=penalty) if binary else _robust(design, y, penalty)
    return Linear(centre, spread, flagged, weight)


def _design(x: Floats, centre: Floats, spread: Floats, flagged: Bools) -> Floats:
    missing = np.isnan(x)
    scaled = np.where(missing, 0.0, (x - centre) / spread).clip(-6, 6)
    return np.concatenate([scaled, missing[:, flagged], np.ones((len(x), 1))], 1)


def _robust(design: Floats, y: Floats, penalty: Floats) -> Floats:
    """Huber regression by iteratively reweighted least squares."""
    weight = np.ones(len(y))
    beta, smallest = np.zeros(design.shape[1]), TYPICAL * float(np.sqrt(np.mean(y**2)))
    for _ in range(4):
        beta = _solved(design, weight, y, penalty)
        size = np.abs(y - design @ beta)
        usual = max(float(np.median(size)), smallest)
        if usual == 0:
            break  # an exact fit
        weight = 1.0 / np.maximum(size / (HUBER * usual), 1.0)
    return beta


def _solved(design: Floats, weight: Floats, y: Floats, penalty: Floats) -> Floats:
    weighted = design * weight[:, None]
    return np.asarray(np.linalg.solve(weighted.T @ design + np.diag(penalty), weighted.T @ y))
