"""The marginal likelihood of cohorts' series under each course model, with the cohort means integrated out."""

from dataclasses import dataclass

import numpy as np

from meta_med.baselines.hierarchical.course_filter import filtered, to_the_left
from meta_med.baselines.hierarchical.courses import Courses
from meta_med.cohorts.record_table import Floats, Ints

AT_ONCE = 8192  # models times patients: their states fit into the cache


@dataclass(frozen=True)
class CohortEvidence:
    """What the series of K cohorts say under M models; all (K, M).

    Attributes:
        log: marginal likelihood; mean, variance: of the cohort mean given the series.

    """

    log: Floats
    mean: Floats
    variance: Floats

    def take(self, index: np.ndarray) -> "CohortEvidence":
        """A selection of the models."""
        return CohortEvidence(self.log[:, index], self.mean[:, index], self.variance[:, index])

    def join(self, other: "CohortEvidence") -> "CohortEvidence":
        """The models of both."""
        return CohortEvidence(*(np.concatenate([v, getattr(other, k)], 1) for k, v in vars(self).items()))


@dataclass(frozen=True)
class CohortSeries:
    """Series of K cohorts.

    Attributes:
        time, y: (L, N) NaN where missing or absent; cohort: (L,) 0 to K - 1; n_cohorts: K.

    """

    time: Floats
    y: Floats
    cohort: Ints
    n_cohorts: int

    def take(self, index: np.ndarray) -> "CohortSeries":
        """A selection of the series."""
        return CohortSeries(self.time[index], self.y[index], self.cohort[index], self.n_cohorts)


def cohort_evidence(courses: Courses, series: CohortSeries, between: Floats) -> CohortEvidence:
    """Marginal likelihood of every cohort's series; `between` (M,): prior variance of a cohort mean around 0."""
    since, y = to_the_left(series.time, series.y)
    order = np.argsort((~np.isnan(y)).sum(1), kind="stable")
    sums = np.zeros((3, series.n_cohorts, len(courses)))
    step = max(1, AT_ONCE // max(len(courses), 1))
    for start in range(0, len(order), step):
        some = order[start : start + step]
        width = int((~np.isnan(y[some])).sum(1).max(initial=0))
        parts = _of_series(courses, since[some, :width], y[some, :width])
        member = np.equal.outer(np.arange(series.n_cohorts), series.cohort[some]).astype(np.float64)
        sums += np.einsum("kb,qmb->qkm", member, parts)
    log, precision, weighted = sums
    variance = 1 / (precision + 1 / between)
    log = log + 0.5 * weighted**2 * variance - 0.5 * np.log1p(precision * between)
    return CohortEvidence(log, weighted * variance, variance)


def _of_series(courses: Courses, since: Floats, y: Floats) -> Floats:
    """(3, M, B) log likelihood at a cohort mean of 0; its curvature and slope by the cohort mean."""
    found = filtered(courses, since, y, np.zeros(len(courses)), ones=True)
    return np.stack([found.log_likelihood(), found.products[1, 1], found.products[0, 1]])
