"""Cohorts that share course models: their warp, covariates, usual gap, repeats, weighted courses and cohort means."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import logsumexp

from meta_med.baselines.hierarchical.course_filter import to_the_left
from meta_med.baselines.hierarchical.courses import Courses, Latent
from meta_med.baselines.hierarchical.covariate_mean import CovariateMean
from meta_med.baselines.hierarchical.evidence import CohortEvidence, CohortSeries, cohort_evidence
from meta_med.baselines.hierarchical.population_monte_carlo import Population, sampled
from meta_med.baselines.hierarchical.repeats import Repeats
from meta_med.baselines.hierarchical.runs import Runs
from meta_med.baselines.hierarchical.warp import BLENDS, ENOUGH, Warp
from meta_med.cohorts.record_table import Floats, Ints

TOP = 24  # courses that are kept
SERIES, OF_A_COHORT = 300, 60  # at most so many series weigh the courses, and tell a cohort's mean
FEWEST = 5  # of every cohort
TRIED = 250  # courses of the prior that compare warps


@dataclass(frozen=True)
class GroupModel:
    """A fitted group of K cohorts.

    Attributes:
        warp: values to scores; covariates: mean of the scores; gap: usual time between records; repeats: of values.
        courses: M course models of the residual scores; log_weight: (M,) normalised.
        cohorts: (K,) the study's indices, increasing; mean, variance: (K, M) of each cohort's mean.

    """

    warp: Warp
    covariates: CovariateMean
    gap: float
    repeats: Repeats
    courses: Courses
    log_weight: Floats
    cohorts: Ints
    mean: Floats
    variance: Floats

    @classmethod
    def fit(cls, runs: Runs, columns: Ints, seed: int) -> "GroupModel":
        """Fit on series of one outcome; columns: the covariates known ahead."""
        return cls.with_log_marginal(runs, columns, seed)[0]

    @classmethod
    def with_log_marginal(cls, runs: Runs, columns: Ints, seed: int) -> tuple["GroupModel", float]:
        """`fit`, and the log marginal likelihood of the residual scores of `telling` series."""
        some, gap = telling(runs), usual_gap(runs)
        scale = _Scale.of(runs, columns, _best_blend(some, columns, gap, seed))
        series = scale.series(some, gap)
        top = weighted_courses(series, seed).likeliest(TOP)
        plain = cls(
            warp=scale.warp,
            covariates=scale.covariates,
            gap=gap,
            repeats=Repeats.of(to_the_left(runs.time, runs.y)[1]),
            courses=_with_between(top.latent.courses(), series.n_cohorts),
            log_weight=top.log_weight,
            cohorts=np.unique(runs.cohort),
            mean=np.zeros((0, TOP)),
            variance=np.zeros((0, TOP)),
        )
        evidence = plain.evidence(runs.evenly(OF_A_COHORT))
        return replace(plain, mean=evidence.mean, variance=evidence.variance), top.log_marginal

    def evidence(self, runs: Runs) -> CohortEvidence:
        """What series say about the courses and the means of their cohorts, in increasing order."""
        return cohort_evidence(self.courses, self.series(runs), self.courses.between)

    def series(self, runs: Runs) -> CohortSeries:
        """The residual scores of series, with times in usual gaps."""
        return _Scale(self.warp, self.covariates).series(runs, self.gap)

    def given(self, runs: Runs) -> "GroupModel":
        """The same courses for a new cohort whose lenders lend these series; its mean is 0 where there are none."""
        if not len(runs):
            nothing = np.zeros((1, len(self.courses)))
            return replace(self, cohorts=np.full(1, -1), mean=nothing, variance=self.courses.between[None])
        found = self.evidence(runs)
        log_weight = self.log_weight + found.log[0]
        return replace(
            self,
            log_weight=log_weight - logsumexp(log_weight),
            cohorts=np.unique(runs.cohort),
            mean=found.mean,
            variance=found.variance,
        )


def telling(runs: Runs) -> Runs:
    """The series that weigh the courses: all, or an even part of each cohort's."""
    return runs.evenly(max(FEWEST, min(OF_A_COHORT, SERIES // len(np.unique(runs.cohort)))))


def weighted_courses(series: CohortSeries, seed: int) -> Population:
    """Courses of the prior, weighted by the marginal likelihood of series."""
    return sampled(lambda latent: _evidence(latent, series), seed)


def usual_gap(runs: Runs) -> float:
    """Median time between two records of a series; 1 where there are none."""
    since, _ = to_the_left(runs.time, runs.y)
    gaps = np.diff(since, axis=1)
    gaps = gaps[gaps > 0]
    return float(np.median(gaps)) if len(gaps) else 1.0


@dataclass(frozen=True)
class _Scale:
    """How values become residual scores."""

    warp: Warp
    covariates: CovariateMean

    @classmethod
    def of(cls, runs: Runs, columns: Ints, blend: float) -> "_Scale":
        """Fit both; every series has weight 1."""
        seen = ~np.isnan(runs.y)
        weight = (seen / np.maximum(seen.sum(1), 1)[:, None])[seen]
        warp = Warp.of(runs.y[seen], weight, blend)
        covariates = CovariateMean.of(runs.x[seen], warp.scored(runs.y[seen]), weight, columns)
        return cls(warp, covariates)

    def series(self, runs: Runs, gap: float) -> CohortSeries:
        """The residual scores, with times in usual gaps."""
        _, cohort = np.unique(runs.cohort, return_inverse=True)
        scores = self.warp.scored(runs.y) - self.covariates.at(runs.x)
        return CohortSeries(runs.time / gap, scores, cohort, int(cohort.max(initial=-1)) + 1)


def _with_between(courses: Courses, n_cohorts: int) -> Courses:
    """One cohort does not tell how cohorts differ: its scores are centred already, and its mean has a wide prior."""
    return courses if n_cohorts > 1 else replace(courses, between=np.ones(len(courses)))


def _evidence(latent: Latent, series: CohortSeries) -> CohortEvidence:
    courses = _with_between(latent.courses(), series.n_cohorts)
    return cohort_evidence(courses, series, courses.between)


def _best_blend(runs: Runs, columns: Ints, gap: float, seed: int) -> float:
    """The warp whose values are likeliest: fitted on every other series, told by those between, and the other way."""
    if (~np.isnan(runs.y)).sum() < ENOUGH or len(runs) < 4:
        return 0.0
    latent = Latent.draw(TRIED, np.random.default_rng(seed))
    halves = [runs.take(np.arange(i, len(runs), 2)) for i in range(2)]
    told = []
    for blend in BLENDS:
        scales = [_Scale.of(half, columns, blend) for half in halves]
        pairs = list(zip(scales, reversed(halves), strict=True))
        jacobian = sum(float(scale.warp.log_slope(half.y).sum()) for scale, half in pairs)
        told.append(jacobian + sum(_marginal(latent, scale.series(half, gap)) for scale, half in pairs))
    return BLENDS[int(np.argmax(told))]


def _marginal(latent: Latent, series: CohortSeries) -> float:
    return float(logsumexp(_evidence(latent, series).log.sum(0)) - np.log(len(latent.at)))
