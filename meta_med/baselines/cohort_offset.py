"""A population model with a cohort offset: the usual way to transfer a model to a new hospital."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

import numpy as np
from scipy.special import expit, logit

from meta_med.baselines.boosting import FOLDS, Population
from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes

EDGE = 1e-4  # probabilities are clipped by this before the logit
STEPS, LONGEST = 100, 2.0  # maximum number and length of Newton steps on the logit scale
CLOSE = 1e-10  # on the logit scale: smaller steps end the iteration


class CohortOffset(Population):
    """Boosting on covariates without the cohort, plus the empirical-Bayes mean residual of the cohort.

    Boosting is tuned by leaving out whole cohorts, whose residuals also determine the shrinkage of the offsets. A new
    cohort's offset is computed from its context records, a training cohort's from its subjects' residuals. For binary
    outcomes the offset is added to the log odds.
    """

    uses_cohort = False

    def fit(self, episodes: Episodes) -> Self:
        """Fit the population model, then the offsets on residuals."""
        super().fit(episodes)
        new = CohortLevels.of(self.residual, episodes.cohort, episodes.subject)
        p = super().centre(episodes)
        trained = CohortLevels.of(episodes.y - p, episodes.cohort, episodes.subject)
        self.levels = replace(new, mean=trained.mean)
        self.residual = self.residual - new.mean[episodes.cohort]
        self.variance = np.nan_to_num(np.nanmean(p * (1 - p), 0))
        self.logits = np.zeros(self.levels.mean.shape)
        for d in self.layout.logistic:
            seen = (p[:, d], episodes.y[:, d], _share_of_subject(episodes), episodes.cohort)
            self.logits[:, d] = self._moved(d, *seen, len(self.logits))
        return self

    def folds(self, episodes: Episodes) -> Ints:
        """Folds of whole cohorts where there are enough of them, else of persons."""
        _, of = np.unique(episodes.cohort, return_inverse=True)
        return np.asarray(of % FOLDS) if of.max() > 1 else super().folds(episodes)

    def centre(self, episodes: Episodes) -> Floats:
        """The population's prediction plus the cohort's offset."""
        return self._with_offset(super().centre(episodes), episodes)

    def _with_offset(self, centre: Floats, episodes: Episodes) -> Floats:
        lent, predicted = self._context(episodes)
        share = episodes.lender_weight if lent.size else lent
        offset = self.levels.by_code(lent - predicted, share)
        for d in self.layout.logistic:
            offset[:, d] = self._offsets(d, lent[..., d], predicted[..., d], share[..., d], len(offset))
        at = offset[np.minimum(episodes.cohort, len(offset) - 1)]
        moved, odds = centre + at, self.layout.logistic
        moved[:, odds] = expit(logit(centre[:, odds].clip(EDGE, 1 - EDGE)) + at[:, odds])
        return np.asarray(moved)

    def _context(self, episodes: Episodes) -> tuple[Floats, Floats]:
        """(K, C, D) outcomes of the context, and the population's predictions of them."""
        k, c = episodes.context_y.shape[:2]
        if not k * c:
            return np.zeros((0, 0, episodes.y.shape[1])), np.zeros((0, 0, episodes.y.shape[1]))
        lent = Episodes(
            support_y=np.zeros((k * c, 0, episodes.y.shape[1])),
            support_x=np.zeros((k * c, 0, episodes.x.shape[1])),
            support_time=np.zeros((k * c, 0)),
            x=episodes.context_x.reshape(k * c, -1),
            y=episodes.context_y.reshape(k * c, -1),
            cohort=np.repeat(np.arange(k), c),
            subject=np.arange(k * c),
        )
        return episodes.context_y, super().centre(lent).reshape(k, c, -1)

    def _offsets(self, d: int, y: Floats, predicted: Floats, share: Floats, n: int) -> Floats:
        """(n,) log-odds offset by cohort index: fitted for training cohorts, from the context (K, C) for others."""
        group = np.repeat(np.arange(len(y)), y.shape[1]) if y.size else np.zeros(0, dtype=np.int64)
        out = self._moved(d, predicted.reshape(-1), y.reshape(-1), share.reshape(-1), group, n)
        out[: len(self.logits)][self.levels.known] = self.logits[self.levels.known, d]
        return out

    def _moved(self, d: int, p: Floats, y: Floats, weight: Floats, group: Ints, n: int) -> Floats:
        """(n,) log-odds offset of each group by `most_likely_offsets`."""
        seen = ~np.isnan(y)
        p, y, weight, group = p[seen].clip(EDGE, 1 - EDGE), y[seen], weight[seen], group[seen]
        precision = float(self.levels.prior[d] * self.variance[d])
        return most_likely_offsets(logit(p), y, weight, group, n, precision)

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Trees, levels and offsets."""
        arrays, facts = super().state()
        return {**arrays, **self.levels.state(), "logits": self.logits, "variance": self.variance}, facts

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""
        self.levels = CohortLevels.restore(arrays)
        self.logits, self.variance = arrays["logits"], arrays["variance"]
        return super().restore(arrays, facts)


def most_likely_offsets(
    odds: Floats, y: Floats, weight: Floats, group: Ints, n: int, precision: float
) -> Floats:
    """Offset of each group's log-odds that maximises its likelihood times a normal prior around 0.

    Newton's method with bisection: the derivative of the log posterior is decreasing, so its sign brackets the maximum,
    and a step outside the bracket is replaced by the midpoint.

    Args:
        odds: (R,) log-odds without the offset; y: (R,) 0 or 1; weight, group: (R,); n: number of groups;
        precision: of the prior.

    Returns:
        (n,).

    """
    offset, below, above = np.zeros(n), np.full(n, -np.inf), np.full(n, np.inf)
    for _ in range(STEPS):
        q = expit(odds + offset[group])
        slope = np.bincount(group, weight * (y - q), n) - precision * offset
        curvature = np.bincount(group, weight * q * (1 - q), n) + precision
        below, above = np.where(slope > 0, offset, below), np.where(slope < 0, offset, above)
        with np.errstate(invalid="ignore", divide="ignore"):
            step = np.where(slope == 0, 0.0, (slope / curvature).clip(-LONGEST, LONGEST))
            middle = (below + above) / 2
        new = offset + step
        new = np.where((new > below) & (new < above) | ~np.isfinite(middle) | (slope == 0), new, middle)
        if (np.abs(new - offset) <= CLOSE).all():
            return new
        offset = new
    return offset


def _share_of_subject(episodes: Episodes) -> Floats:
    """(R,) one over the subject's number of episodes: each subject has total weight 1."""
    _, of, count = np.unique(episodes.subject, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / count[of])
