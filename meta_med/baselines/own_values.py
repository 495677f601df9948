"""Last value carried forward, and the mean of the patient's own values, unshrunk and shrunk."""

from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.baselines.lags import last_observed
from meta_med.cohorts.record_table import Floats
from meta_med.episodes.episode_arrays import Arrays, Episodes

KEEPS = (1.0, 0.9, 0.75, 0.6, 0.4, 0.2, 0.05)
PULLS = (0.01, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)


class OwnValue(Baseline):
    """A summary of the own values; the cohort's level where there is none.

    The probability of a binary outcome is its Laplace-smoothed frequency after this summary in training subjects, so
    that it is never 0 or 1.
    """

    levels: CohortLevels
    rates: Floats

    def summary(self, episodes: Episodes) -> Floats:
        """(R, D) the summary, NaN where no value is observed."""
        raise NotImplementedError

    def fit(self, episodes: Episodes) -> Self:
        """Fit cohort levels, and event rates by the summary's level."""
        self.levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        summary = self.summary(episodes)
        self.rates = np.stack([_rates(summary[:, d], episodes.y[:, d]) for d in range(episodes.y.shape[1])])
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """The summary, else the cohort's level."""
        fallback = self.levels.at(episodes)
        summary = self.summary(episodes)
        centre = np.where(np.isnan(summary), fallback, summary)
        for d in self.layout.logistic:
            rate = self.rates[d][_level(summary[:, d])]
            centre[:, d] = np.where(np.isnan(summary[:, d]), fallback[:, d], rate)
        return centre

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Cohort levels and rates."""
        return {**self.levels.state(), "rates": self.rates}, {}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        del facts
        self.levels, self.rates = CohortLevels.restore(arrays), arrays["rates"]
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


class ShrunkMean(OwnValue):
    """The exponentially weighted mean of the own values, shrunk to the cohort's level (empirical Bayes).

    Shrinkage and decay are chosen for each outcome by the error on training subjects (absolute error; log loss for
    binary outcomes, whose mean is a rate with a beta prior).
    """

    def fit(self, episodes: Episodes) -> Self:
        """Choose shrinkage and decay of each outcome."""
        self.levels = CohortLevels.of(episodes.y, episodes.cohort, episodes.subject)
        level, some = self.levels.at(episodes), ~np.isnan(episodes.support_y).all(1)
        losses = []
        for keep in KEEPS:
            total, weight = _faded(episodes.support_y, keep)
            for pull in PULLS:
                centre = (total + pull * level) / (weight + pull)
                losses.append(self._loss(np.where(some, centre, np.nan), episodes.y))
        best = np.argmin(np.stack(losses), 0)
        self.keep, self.pull = np.asarray(KEEPS)[best // len(PULLS)], np.asarray(PULLS)[best % len(PULLS)]
        return self

    def with_levels(self, levels: CohortLevels) -> "ShrunkMean":
        """The same shrinkage and decay with other cohort levels."""
        other = ShrunkMean(self.layout)
        other.levels, other.keep, other.pull = levels, self.keep, self.pull
        return other

    def _loss(self, centre: Floats, y: Floats) -> Floats:
        """(D,) mean loss over observed outcomes."""
        loss = np.abs(y - centre)
        binary = self.layout.logistic
        p = centre[:, binary].clip(1e-3, 1 - 1e-3)
        loss[:, binary] = -(y[:, binary] * np.log(p) + (1 - y[:, binary]) * np.log1p(-p))
        return np.asarray(np.nansum(loss, 0) / np.maximum((~np.isnan(loss)).sum(0), 1))

    def centre(self, episodes: Episodes) -> Floats:
        """Weighted mean of the own values and of `pull` values at the cohort's level."""
        total, weight = _faded(episodes.support_y, self.keep)
        centre = (total + self.pull * self.levels.at(episodes)) / (weight + self.pull)
        binary = self.layout.logistic
        centre[:, binary] = centre[:, binary].clip(1e-3, 1 - 1e-3)
        return np.asarray(centre)

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Levels, shrinkage and decay."""
        return {**self.levels.state(), "keep": self.keep, "pull": self.pull}, {}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""
        del facts
        self.levels, self.keep, self.pull = CohortLevels.restore(arrays), arrays["keep"], arrays["pull"]
        return self


def _faded(values: Floats, keep: Floats | float) -> tuple[Floats, Floats]:
    """(R, D) weighted sum and total weight of observed values (R, S, D); weights decay by `keep` per value."""
    seen = ~np.isnan(values)
    newer = np.cumsum(seen[:, ::-1], 1)[:, ::-1] - 1  # how many observed values are newer
    weight = np.where(seen, np.asarray(keep) ** newer, 0.0)
    return (weight * np.nan_to_num(values)).sum(1), weight.sum(1)


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
