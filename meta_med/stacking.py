"""Stacking: non-negative weights of predictors that minimise a proper score, under a prior.

Yao, Vehtari, Simpson & Gelman 2018, with pooled quantiles in place of a linear pool. The prior keeps the weights
of few subjects near their start.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtr

from meta_med.records import Floats, Ints

PRIOR_STRENGTH = (
    0.02  # of the Dirichlet prior, in units of the score; chosen on pbc, see docs/negative_results.md
)
FOLDS = 5
ROOT_PI = float(np.sqrt(np.pi))


@dataclass(frozen=True)
class Stack:
    """P predictors of one outcome on R records, all observed.

    Attributes:
        mean, scale: (P, R) on model scale; mean is a probability and scale unused where `binary`.
        y: (R,) truth; subject: (R,); binary: the kind of outcome.

    """

    mean: Floats
    scale: Floats
    y: Floats
    subject: Ints
    binary: bool

    def score(self, weights: Floats, rows: Ints | slice = slice(None)) -> Floats:
        """(R',) score of the pool with these weights (P,): CRPS of a normal distribution, or log loss."""
        return self._score(weights, rows)[0]

    def _score(self, weights: Floats, rows: Ints | slice) -> tuple[Floats, Floats, Floats]:
        """Scores and their slopes by the pool's mean and scale, each (R',)."""
        mean, y = weights @ self.mean[:, rows], self.y[rows]
        if self.binary:
            p = mean.clip(1e-6, 1 - 1e-6)
            return -(y * np.log(p) + (1 - y) * np.log1p(-p)), (p - y) / (p * (1 - p)), np.zeros_like(p)
        scale = weights @ self.scale[:, rows]
        z = (y - mean) / scale
        tilt, density = 2 * ndtr(z) - 1, np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
        return scale * (z * tilt + 2 * density - 1 / ROOT_PI), -tilt, 2 * density - 1 / ROOT_PI

    def fit(self, prior: Floats, rows: Ints | slice = slice(None)) -> Floats:
        """(P,) weights that minimise the mean score over subjects plus the Dirichlet prior."""
        _, index, count = np.unique(self.subject[rows], return_inverse=True, return_counts=True)
        by_subject = 1.0 / count[index] / len(count)
        mean, scale = self.mean[:, rows], np.nan_to_num(self.scale[:, rows])

        def objective(raw: Floats) -> tuple[float, Floats]:
            w = _softmax(raw)
            score, by_mean, by_scale = self._score(w, rows)
            slope = mean @ (by_subject * by_mean) + scale @ (by_subject * by_scale)
            value = float(by_subject @ score - PRIOR_STRENGTH * (prior @ np.log(w)))
            return value, w * (slope - w @ slope) - PRIOR_STRENGTH * (prior - w)

        return _softmax(minimize(objective, np.log(prior), jac=True, method="L-BFGS-B").x)

    def cross_fitted(self, prior: Floats) -> Floats:
        """(R,) scores of a pool that was fitted without the scored subject."""
        out = np.full(len(self.y), np.nan)
        fold = self.subject % FOLDS
        for f in np.unique(fold):
            rest, held = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
            weights = self.fit(prior, rest) if len(rest) else prior
            out[held] = self.score(weights, held)
        return out


def _softmax(raw: Floats) -> Floats:
    w = np.exp(raw - raw.max())
    return np.asarray((w / w.sum()).clip(1e-12))
