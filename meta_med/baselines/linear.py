"""Ridge and ridge-logistic regression on standardised columns, missing ones at their mean and flagged."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from meta_med.records import Bools, Floats

NEWTON = 12
HUBER = 1.0  # residuals beyond so many typical ones pull no harder: absolute error is what is judged


@dataclass(frozen=True)
class Linear:
    """An affine map of P columns and of the flags of those that are sometimes missing.

    Attributes:
        centre, spread: (P,); flagged: (P,) whether the column's absence is an input; weight: (P + flags + 1,), the
            last is the constant.

    """

    centre: Floats
    spread: Floats
    flagged: Bools
    weight: Floats

    def raw(self, x: Floats) -> Floats:
        """(R,) the linear predictor of (R, P)."""
        return np.asarray(_design(x, self.centre, self.spread, self.flagged) @ self.weight)

    def state(self) -> dict[str, np.ndarray]:
        """As arrays."""
        return {k: np.asarray(v, dtype=np.float64) for k, v in vars(self).items()}

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray]) -> "Linear":
        """What `state` gave."""
        return cls(**{**arrays, "flagged": arrays["flagged"] > 0})


def fit_linear(x: Floats, y: Floats, ridge: float, binary: bool) -> Linear:
    """Fit with this ridge penalty on standardised columns; the constant is free.

    Args:
        x: (R, P) with NaN where missing; y: (R,) without; ridge: so many records' worth of "no effect".

    """
    missing = np.isnan(x)
    share = missing.sum(0) / max(len(x), 1)
    seen = np.maximum((~missing).sum(0), 1)
    centre = np.where(missing, 0.0, x).sum(0) / seen
    spread = np.sqrt(np.where(missing, 0.0, (x - centre) ** 2).sum(0) / seen)
    flagged = (share > 0.01) & (share < 0.99)
    spread = np.where(spread > 1e-8, spread, np.inf)  # a constant column says nothing
    design = _design(x, centre, spread, flagged)
    penalty = np.full(design.shape[1], ridge)
    penalty[-1] = 1e-6
    weight = _logistic(design, y, penalty) if binary else _robust(design, y, penalty)
    return Linear(centre, spread, flagged, weight)


def _design(x: Floats, centre: Floats, spread: Floats, flagged: Bools) -> Floats:
    missing = np.isnan(x)
    scaled = np.where(missing, 0.0, (x - centre) / spread).clip(-6, 6)
    return np.concatenate([scaled, missing[:, flagged], np.ones((len(x), 1))], 1)


def _robust(design: Floats, y: Floats, penalty: Floats) -> Floats:
    """Huber regression by reweighting, started from least squares."""
    weight = np.ones(len(y))
    beta = np.zeros(design.shape[1])
    for _ in range(4):
        beta = _solved(design, weight, y, penalty)
        size = np.abs(y - design @ beta)
        usual = max(float(np.median(size)), 1e-6)
        weight = 1.0 / np.maximum(size / (HUBER * usual), 1.0)
    return beta


def _logistic(design: Floats, y: Floats, penalty: Floats) -> Floats:
    beta = np.zeros(design.shape[1])
    for _ in range(NEWTON):
        p = expit((design @ beta).clip(-12, 12))
        weight = np.maximum(p * (1 - p), 1e-4)
        beta = _solved(design, weight, design @ beta + (y - p) / weight, penalty)
    return beta


def _solved(design: Floats, weight: Floats, y: Floats, penalty: Floats) -> Floats:
    weighted = design * weight[:, None]
    return np.asarray(np.linalg.solve(weighted.T @ design + np.diag(penalty), weighted.T @ y))
