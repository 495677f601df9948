"""Empirical-Bayes level of each cohort; a new cohort's level is computed from its context."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.episode_arrays import Episodes

LEAST, MOST = 0.05, 1e4  # range of the prior, in subjects


@dataclass(frozen=True)
class CohortLevels:
    """Levels of D quantities.

    Attributes:
        mean: (n, D) of training cohorts; known: (n,) which cohorts are in training; overall: (D,) of all subjects;
            prior: (D,) weight of the overall level, in subjects.

    """

    mean: Floats
    known: Bools
    overall: Floats
    prior: Floats

    @classmethod
    def of(cls, values: Floats, cohort: Ints, subject: Ints) -> "CohortLevels":
        """Fit levels of values (R, D), NaN where missing; each subject has weight 1 in a cohort."""
        pair, of_pair = np.unique(cohort * (int(subject.max()) + 1) + subject, return_inverse=True)
        of_cohort = pair // (int(subject.max()) + 1)
        own = _group_mean(values, of_pair, len(pair))
        n = int(cohort.max()) + 1
        count = _group_sum((~np.isnan(own)).astype(np.float64), of_cohort, n)
        total = _group_sum(np.nan_to_num(own), of_cohort, n)
        overall = total.sum(0) / np.maximum(count.sum(0), 1)
        prior = _prior(own, of_cohort, total / np.maximum(count, 1), count, overall)
        mean = (total + prior * overall) / (count + prior)
        return cls(mean, np.bincount(of_cohort, minlength=n) > 0, overall, prior)

    def by_code(self, lent: Floats, share: Floats | None = None) -> Floats:
        """(max(n, K) + 1, D) level of every cohort index; the last one is for all other cohorts.

        Args:
            lent: (K, C, D) context values of each cohort, NaN where missing; used for cohorts outside training.
            share: (K, C, D) weight of each value (`Episodes.lender_weight`); None: 1 each.

        """
        n = max(len(self.mean), len(lent))
        count, total = np.zeros((n + 1, len(self.prior))), np.zeros((n + 1, len(self.prior)))
        if lent.size:
            weight = ~np.isnan(lent) if share is None else share
            count[: len(lent)] = weight.sum(1)
            total[: len(lent)] = (weight * np.nan_to_num(lent)).sum(1)
        level = (total + self.prior * self.overall) / (count + self.prior)
        level[: len(self.mean)][self.known] = self.mean[self.known]
        return np.asarray(level)

    def at(self, episodes: Episodes) -> Floats:
        """(R, D) outcome level of each episode's cohort."""
        level = self.by_code(episodes.context_y, episodes.lender_weight)
        return np.asarray(level[np.minimum(episodes.cohort, len(level) - 1)])

    def state(self) -> dict[str, np.ndarray]:
        """Arrays of the saved state."""
        return {f"levels.{k}": np.asarray(v, dtype=np.float64) for k, v in vars(self).items()}

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray]) -> "CohortLevels":
        """Rebuild from `state`."""
        parts = {k: arrays[f"levels.{k}"] for k in ("mean", "known", "overall", "prior")}
        return cls(**(parts | {"known": parts["known"] > 0}))


def _group_sum(values: Floats, group: Ints, n: int) -> Floats:
    return np.stack([np.bincount(group, values[:, d], n) for d in range(values.shape[1])], 1)


def _group_mean(values: Floats, group: Ints, n: int) -> Floats:
    count = _group_sum((~np.isnan(values)).astype(np.float64), group, n)
    total = _group_sum(np.nan_to_num(values), group, n)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _prior(own: Floats, cohort: Ints, mean: Floats, count: Floats, overall: Floats) -> Floats:
    """(D,) variance within cohorts over variance between them, by moments (DerSimonian and Laird 1986)."""
    within = np.nansum((own - mean[cohort]) ** 2, 0)
    cohorts, subjects = (count > 0).sum(0), count.sum(0)
    variance = within / np.maximum(subjects - cohorts, 1)
    between = (count * (mean - overall) ** 2).sum(0) - (cohorts - 1) * variance
    size = subjects - (count**2).sum(0) / np.maximum(subjects, 1)
    enough = (cohorts > 1) & (subjects > cohorts) & (size > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        prior = variance * size / between
    return np.where(enough & (between * MOST > variance * size), np.maximum(prior, LEAST), MOST)
