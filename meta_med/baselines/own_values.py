"""Last value carried forward, and the mean of the patient's own values."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from meta_med.baselines.baseline import Arrays, Baseline, Episodes
from meta_med.baselines.lags import last_observed
from meta_med.records import Floats


class OwnValue(Baseline):
    """A summary of the own values; the cohort's mean where there is none.

    A binary outcome's probability is how often the outcome followed this summary in training subjects
    (Laplace-smoothed), so that "last state" is a fair probability and not 0 or 1.
    """

    cohort_mean: Floats
    rates: Floats

    def summary(self, episodes: Episodes) -> Floats:
        """(R, D) the own value, NaN where none was observed."""
        raise NotImplementedError

    def fit(self, episodes: Episodes) -> Self:
        """Cohort means, and event rates by the summary's level."""
        n_cohorts = int(episodes.cohort.max()) + 1
        self.cohort_mean = np.stack([_shrunk_mean(episodes, c) for c in range(n_cohorts)])
        summary = self.summary(episodes)
        self.rates = np.stack([_rates(summary[:, d], episodes.y[:, d]) for d in range(episodes.y.shape[1])])
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """Own value, else the cohort's mean."""
        overall = self.cohort_mean.mean(0)
        known = np.minimum(episodes.cohort, len(self.cohort_mean) - 1)
        fallback = np.where(
            (episodes.cohort < len(self.cohort_mean))[:, None], self.cohort_mean[known], overall
        )
        summary = self.summary(episodes)
        centre = np.where(np.isnan(summary), fallback, summary)
        for d in self.layout.classes:
            rate = self.rates[d][_level(summary[:, d])]
            centre[:, d] = np.where(np.isnan(summary[:, d]), fallback[:, d], rate)
        return centre

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Cohort means and rates."""
        return {"cohort_mean": self.cohort_mean, "rates": self.rates}, {}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        del facts
        self.cohort_mean, self.rates = arrays["cohort_mean"], arrays["rates"]
        return self


class LastValue(OwnValue):
    """Last observation carried forward."""

    def summary(self, episodes: Episodes) -> Floats:
        """The newest observed value."""
        return last_observed(episodes.support_y, episodes.support_time)[0]


class PatientMean(OwnValue):
    """The unshrunk mean of the own values."""

    def summary(self, episodes: Episodes) -> Floats:
        """The mean of the observed values."""
        seen = (~np.isnan(episodes.support_y)).sum(1)
        total = np.nansum(episodes.support_y, 1)
        return np.where(seen > 0, total / np.maximum(seen, 1), np.nan)


class ShrunkMean(PatientMean):
    """The mean of the own values, shrunk to the cohort's."""

    prior = 1.0

    def centre(self, episodes: Episodes) -> Floats:
        """Own sum and `prior` values of the cohort's mean, averaged."""
        return self.shrunk(episodes, self.prior)

    def shrunk(self, episodes: Episodes, prior: float) -> Floats:
        """(R, D) means with this weight of the cohort's."""
        known = np.minimum(episodes.cohort, len(self.cohort_mean) - 1)
        total = np.nansum(episodes.support_y, 1) + prior * self.cohort_mean[known]
        return np.asarray(total / ((~np.isnan(episodes.support_y)).sum(1) + prior))


def _shrunk_mean(episodes: Episodes, cohort: int, prior: float = 5.0) -> Floats:
    overall = np.nanmean(episodes.y, 0)
    own = episodes.y[episodes.cohort == cohort]
    return np.asarray((np.nansum(own, 0) + prior * overall) / ((~np.isnan(own)).sum(0) + prior))


def _level(summary: Floats) -> np.ndarray:
    """0: never, 1: up to half, 2: more than half of the summary's values were positive."""
    return np.where(summary > 0.5, 2, np.where(summary > 0, 1, 0))


def _rates(summary: Floats, y: Floats) -> Floats:
    seen = ~np.isnan(summary) & ~np.isnan(y)
    level = _level(summary)
    overall = float(np.mean(y[seen])) if seen.any() else 0.5
    out = []
    for value in range(3):
        at = seen & (level == value)
        out.append((float(y[at].sum()) + 2 * overall) / (float(at.sum()) + 2))
    return np.asarray(out)
