"""Random intercept and slope in time around fixed effects: what a biostatistician would fit first."""

from collections.abc import Mapping
from functools import reduce
from typing import Any, Self

import numpy as np

from meta_med.baselines.baseline import Arrays, Baseline, Episodes
from meta_med.baselines.linear_mixed import MixedFit, fit_mixed, posterior
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.records import Bools, Floats

BOUNDS = (0.01, 0.99)  # a linear probability is cut here
BLOCK = 4096  # subjects predicted at a time


class MixedModel(Baseline):
    """One linear mixed model an outcome: covariates known ahead and cohort fixed, intercept and slope random.

    The slope runs over the last covariate, the years since the subject's first record. A binary outcome is a
    linear probability model, cut to [0.01, 0.99].
    """

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__(layout)
        self.fits: list[MixedFit] = []
        self.usable: Bools = np.ones(0, dtype=bool)
        self.n_cohorts = 1

    def fit(self, episodes: Episodes) -> Self:
        """REML fit of each outcome on every record once."""
        self.n_cohorts = int(episodes.cohort.max()) + 1
        spread = np.nanstd(np.where(np.isnan(episodes.x), 0.0, episodes.x), 0)
        self.usable = (~np.isnan(episodes.x).all(0)) & (spread > 1e-8)
        x = self._fixed(episodes.x, episodes.cohort)
        every = [~np.isnan(episodes.y[:, d]) for d in range(episodes.y.shape[1])]
        # independent for each outcome: a cohort may have none of its values
        self._keep = reduce(np.intersect1d, [_independent_columns(x[seen]) for seen in every])
        for d, seen in enumerate(every):
            z = _random(_known(episodes.x[seen]))
            self.fits.append(
                fit_mixed(x[seen][:, self._keep], z, episodes.y[seen, d], episodes.subject[seen])
            )
        return self

    def _fixed(self, x: Floats, cohort: np.ndarray) -> Floats:
        """(R, p) design of the fixed effects: constant, covariates, cohorts but the first."""
        dummies = np.eye(self.n_cohorts)[cohort][:, 1:]
        return np.concatenate([np.ones((len(x), 1)), _known(x[:, self.usable]), dummies], 1)

    def centre(self, episodes: Episodes) -> Floats:
        """Best linear unbiased prediction."""
        return self.forecast(episodes).mean

    def forecast(self, episodes: Episodes) -> Forecast:
        """Best linear unbiased prediction with its model-based spread, in blocks that stay in the cache."""
        rows, d = episodes.y.shape
        mean, scale = np.empty((rows, d)), np.empty((rows, d))
        for start in range(0, rows, BLOCK):
            block = slice(start, start + BLOCK)
            mean[block], scale[block] = self._predict(episodes, block)
        binary = list(self.layout.classes)
        mean[:, binary] = mean[:, binary].clip(*BOUNDS)
        scale[:, binary] = np.nan
        return Forecast(mean, scale, np.full(d, NORMAL))

    def _predict(self, episodes: Episodes, block: slice) -> tuple[Floats, Floats]:
        """Mean and standard deviation (R, D) of some of the episodes."""
        x, own_x = _known(episodes.x[block]), _known(episodes.support_x[block])
        y, cohort = episodes.support_y[block], episodes.cohort[block]
        fixed, own_fixed = self._fixed_effects(x, cohort), self._fixed_effects(own_x, cohort)
        z, own_z = _random(x), _random(own_x)
        mean, scale = np.empty_like(fixed), np.empty_like(fixed)
        for i, fit in enumerate(self.fits):
            seen = ~np.isnan(y[..., i])
            residual = np.where(seen, y[..., i] - own_fixed[..., i], 0.0)
            effects, covariance = posterior(fit, own_z, residual, seen.astype(np.float64))
            mean[:, i] = fixed[:, i] + (z * effects).sum(-1)
            scale[:, i] = np.sqrt(fit.sigma**2 + np.einsum("rq,rqp,rp->r", z, covariance, z))
        return mean, scale

    def _fixed_effects(self, x: Floats, cohort: np.ndarray) -> Floats:
        """(R, ..., D): intercept, covariates (R, ..., F) and cohort of each outcome; a new cohort is the first."""
        n_covariates = int(self.usable.sum())
        beta = np.zeros((n_covariates + self.n_cohorts, len(self.fits)))
        for i, fit in enumerate(self.fits):
            beta[self._keep, i] = fit.beta
        slopes = np.zeros((x.shape[-1], len(self.fits)))
        slopes[self.usable] = beta[1 : 1 + n_covariates]
        level = np.zeros((self.n_cohorts + 1, len(self.fits)))
        level[1:-1] = beta[1 + n_covariates :]
        own_level = (beta[0] + level)[np.minimum(cohort, self.n_cohorts)]
        return np.asarray(x @ slopes + own_level.reshape(len(x), *(1,) * (x.ndim - 2), len(self.fits)))

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Nothing to do: the spread is the model's own."""
        del episodes, folds
        return self

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Coefficients by outcome."""
        arrays: dict[str, np.ndarray] = {
            "usable": self.usable.astype(np.uint8),
            "keep": self._keep.astype(np.int64),
        }
        for d, fit in enumerate(self.fits):
            arrays |= {f"beta.{d}": fit.beta, f"factor.{d}": fit.factor}
        facts = {"sigma": [f.sigma for f in self.fits], "criterion": [f.criterion for f in self.fits]}
        return arrays, {**facts, "n_cohorts": self.n_cohorts}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        self.usable, self._keep = arrays["usable"].astype(bool), arrays["keep"]
        self.n_cohorts = int(facts["n_cohorts"])
        pairs = zip(facts["sigma"], facts["criterion"], strict=True)
        self.fits = [
            MixedFit(arrays[f"beta.{d}"], arrays[f"factor.{d}"], s, c) for d, (s, c) in enumerate(pairs)
        ]
        return self


def _known(x: Floats) -> Floats:
    return np.where(np.isnan(x), 0.0, x)


def _random(x: Floats) -> Floats:
    return np.stack([np.ones(x.shape[:-1]), x[..., -1]], -1)


def _independent_columns(x: Floats) -> np.ndarray:
    """Indices of columns that are not combinations of earlier ones (a cohort may repeat a covariate)."""
    r = np.abs(np.diag(np.linalg.qr(x, mode="r")))
    return np.flatnonzero(r > 1e-6 * r.max())
