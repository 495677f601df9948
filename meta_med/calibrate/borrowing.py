"""Blend weights by partial pooling: the blend of each outcome and stratum is shrunk toward wider groups.

A blend is fitted in three steps, each with the result before as its prior: all outcomes of a kind together, each
outcome over its strata, each stratum. Subjects without own records (k = 0) are fitted apart from the others.

Where whole cohorts are new to the predictors, the effective sample is the number of cohorts rather than of subjects,
so the priors count for more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.calibrate.stacking import Blend, Pool, Stack, concatenated, subject_weights
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.metrics import per_subject_mean

FOLDS = 5
# Subjects that the prior counts for at each step; chosen on tuning patients of pbc (docs/negative_results.md)
OF_ALL, OF_OUTCOME, OF_STRATUM = 2.0, 5.0, 20.0
MIN_SUBJECTS = needed("compare")
SUBJECTS_PER_COHORT = 10.0  # effective subjects of a whole new cohort
FAR, FAR_T = 1.0, 3.0  # shares of the best score, and standard errors, by which a predictor is far behind it
SCREENED = 0.01  # factor on the prior weight of a predictor that is far behind
MIN_T = 2.0  # standard errors below which the centre is not moved
STRATUM_GROUPS: tuple[tuple[int, ...], ...] = ((0,), tuple(range(1, len(STRATA))))

Blends = list[list[Blend]]  # by outcome and stratum


@dataclass(frozen=True)
class Problem:
    """The forecasts to blend, and the priors.

    Attributes:
        stacks: (D,) one per outcome, scaled so that scores are about one.
        priors: mean (P,) of the Dirichlet prior in each of STRATUM_GROUPS.
        new_cohorts: whether the predictors have not seen these subjects' cohorts.

    """

    stacks: Sequence[Stack]
    priors: Sequence[Floats]
    new_cohorts: bool = False

    def strength(self, of: float, stack: Stack) -> float:
        """Prior strength in subjects of the stack, for a prior worth `of` independent subjects."""
        if not self.new_cohorts:
            return of
        n, cohorts = len(np.unique(stack.subject)), len(np.unique(stack.cohort))
        return of * max(1.0, n / (SUBJECTS_PER_COHORT * cohorts))


def fit_blends(problem: Problem, start: Blends | None = None) -> Blends:
    """Fit the blend of every outcome and stratum.

    Args:
        problem: forecasts and priors.
        start: blends at which the optimiser starts; by default the priors.

    """
    d = len(problem.stacks)
    out = [[Blend(problem.priors[s > 0]) for s in range(len(STRATA))] for _ in range(d)]
    for group, prior in zip(STRATUM_GROUPS, problem.priors, strict=True):
        here = [s.take(np.isin(s.stratum, group)) for s in problem.stacks]
        for kind in dict.fromkeys(s.kind for s in here if len(s.y)):
            members = [i for i in range(d) if here[i].kind is kind and len(here[i].y)]
            pooled = concatenated([here[i] for i in members])
            usable = Blend(screened(prior, pooled, pooled.cohort if problem.new_cohorts else pooled.subject))
            of_all = pooled.fit(usable, problem.strength(OF_ALL, pooled))
            for i in members:
                for s, blend in _of_outcome(
                    problem, here[i], of_all, group, start[i] if start else None
                ).items():
                    out[i][s] = blend
    return out


def screened(prior: Floats, stack: Stack, unit: Ints) -> Floats:
    """The prior (P,) with hardly any weight on predictors that are by far worse than the best one.

    The prior holds a bad predictor's weight up where scores are small: of an outcome that hardly ever changes, the log
    loss of the last value is a third of that of a cohort's mean, and a few subjects of prior weigh more than the data.
    `unit` (R,) is the unit of independence: the subject, or the cohort where cohorts are new.
    """
    each = np.stack([per_subject_mean(score, unit)[0] for score in stack.each_alone()])
    n, mean = each.shape[1], each.mean(1)
    if n < MIN_SUBJECTS:
        return prior
    behind = each - each[mean.argmin()]
    far = behind.mean(1) > np.maximum(FAR * mean.min(), FAR_T * behind.std(1, ddof=1) / n**0.5)
    weight = np.where(far, SCREENED, 1.0) * prior
    return np.asarray(weight / weight.sum())


def _of_outcome(
    problem: Problem, stack: Stack, of_all: Blend, group: Sequence[int], start: Sequence[Blend] | None
) -> dict[int, Blend]:
    """Stratum -> blend of one outcome."""
    own = stack.fit(of_all, problem.strength(OF_OUTCOME, stack), start[group[0]] if start else of_all)
    out = dict.fromkeys(group, own)
    for s in group if len(group) > 1 else ():
        cell = stack.take(stack.stratum == s)
        if len(np.unique(cell.subject)) >= MIN_SUBJECTS:
            out[s] = cell.fit(own, problem.strength(OF_STRATUM, cell), start[s] if start else own)
    unit = stack.cohort if problem.new_cohorts else stack.subject
    shift = _median_shift(stack, out, unit) if stack.kind.has_scale else 0.0
    return {s: replace(blend, shift=shift) for s, blend in out.items()}


def _median_shift(stack: Stack, blends: Mapping[int, Blend], unit: Ints) -> float:
    """The subjects' median error in pooled scales, shrunk to zero unless it is clearly different from it.

    The mean of a skewed outcome differs from its median. On few tuning subjects a median is noisy, so it is multiplied
    by max(0, 1 - (2 / t)^2), where t is the statistic of a sign test. `unit` (R,) is the unit of independence: the
    subject, or the cohort where cohorts are new.
    """
    n, weight = subject_weights(unit)
    if n < MIN_SUBJECTS:
        return 0.0
    error = np.empty(len(stack.y))
    for s, blend in blends.items():
        rows = stack.stratum == s
        error[rows] = stack.take(rows).error(blend)
    sign, _ = per_subject_mean(np.sign(error), unit)
    t = sign.mean() / max(float(sign.std(ddof=1)) / n**0.5, 1e-9)
    order = np.argsort(error)
    median = error[order][np.searchsorted(np.cumsum(weight[order]), 0.5)]
    return float(median * max(0.0, 1 - (MIN_T / max(abs(t), 1e-9)) ** 2))


def cross_fitted(problem: Problem, start: Blends) -> list[Pool]:
    """Each outcome's records pooled by blends that were fitted without the record's subject.

    Where cohorts are new, without its cohort. `start`, the blends of all subjects, only starts the optimiser.
    """
    out = [Pool(np.full(len(s.y), np.nan), np.full(len(s.y), np.nan)) for s in problem.stacks]
    folds = _folds(problem)
    for f in range(FOLDS):
        held = [fold == f for fold in folds]
        if not any(h.any() for h in held):
            continue
        rest = [s.take(~h) for s, h in zip(problem.stacks, held, strict=True)]
        blends = fit_blends(replace(problem, stacks=rest), start)
        for stack, rows, own, found in zip(problem.stacks, held, blends, out, strict=True):
            pool = pool_by_stratum(stack.take(rows), own)
            found.centre[rows], found.scale[rows] = pool.centre, pool.scale
    return out


def _folds(problem: Problem) -> list[Ints]:
    """(R,) fold of each outcome's records: by subject, or by cohort where cohorts are new and there are several."""
    cohorts = np.unique(np.concatenate([s.cohort for s in problem.stacks]))
    if problem.new_cohorts and len(cohorts) > 1:
        return [np.searchsorted(cohorts, s.cohort) % FOLDS for s in problem.stacks]
    return [s.subject % FOLDS for s in problem.stacks]


def pool_by_stratum(stack: Stack, blends: Sequence[Blend]) -> Pool:
    """One outcome's records, each pooled by the blend of its stratum."""
    out = Pool(np.full(len(stack.y), np.nan), np.full(len(stack.y), np.nan))
    for s in np.unique(stack.stratum):
        rows = stack.stratum == s
        pool = stack.take(rows).pool(blends[s])
        out.centre[rows], out.scale[rows] = pool.centre, pool.scale
    return out
