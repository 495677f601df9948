"""Blends of every outcome and stratum, each borrowing from the others: what few subjects cannot tell, many can.

The prior of all is refined by what suits all outcomes of a kind together, that by each outcome over its strata,
and that by each stratum. Subjects without own records (k = 0) are a world of their own: they neither lend nor borrow.

Where whole cohorts are new to the predictors, what suits one may harm the next: a hundred subjects of one cohort are
one draw of a cohort, so the priors count for more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.calibrate.stacking import Blend, Stack, subject_weights, together
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.metrics import per_subject_mean

FOLDS = 5
# Subjects that the prior counts for at each step down; chosen on tuning patients of pbc (docs/negative_results.md)
OF_ALL, OF_OUTCOME, OF_STRATUM = 2.0, 5.0, 20.0
MIN_SUBJECTS = needed("compare")
WORTH_OF_COHORT = 10.0  # subjects that a whole new cohort tells as much as
SURE = 2.0  # standard errors below which the centre is not moved
WORLDS: tuple[tuple[int, ...], ...] = ((0,), tuple(range(1, len(STRATA))))

Blends = list[list[Blend]]  # by outcome and stratum


@dataclass(frozen=True)
class Problem:
    """What is to be blended.

    Attributes:
        stacks: (D,) one an outcome, scores about one; priors: the prior's mean (P,) in each of WORLDS;
        new_cohorts: whether the predictors never saw these subjects' cohorts.

    """

    stacks: Sequence[Stack]
    priors: Sequence[Floats]
    new_cohorts: bool = False

    def strength(self, of: float, stack: Stack) -> float:
        """How many of the stack's subjects a prior counts for that is worth `of` of them."""
        if not self.new_cohorts:
            return of
        n, cohorts = len(np.unique(stack.subject)), len(np.unique(stack.cohort))
        return of * max(1.0, n / (WORTH_OF_COHORT * cohorts))


def fit_blends(problem: Problem, start: Blends | None = None) -> Blends:
    """The blend of every outcome and stratum; `start` is where to look first."""
    d = len(problem.stacks)
    out = [[Blend(problem.priors[s > 0]) for s in range(len(STRATA))] for _ in range(d)]
    for world, prior in zip(WORLDS, problem.priors, strict=True):
        here = [s.take(np.isin(s.stratum, world)) for s in problem.stacks]
        for kind in dict.fromkeys(s.kind for s in here if len(s.y)):
            group = [i for i in range(d) if here[i].kind is kind and len(here[i].y)]
            everything = together([here[i] for i in group])
            of_all = everything.fit(Blend(prior), problem.strength(OF_ALL, everything))
            for i in group:
                for s, blend in _of_outcome(
                    problem, here[i], of_all, world, start[i] if start else None
                ).items():
                    out[i][s] = blend
    return out


def _of_outcome(
    problem: Problem, stack: Stack, of_all: Blend, world: Sequence[int], start: Sequence[Blend] | None
) -> dict[int, Blend]:
    """Stratum -> blend of one outcome."""
    own = stack.fit(of_all, problem.strength(OF_OUTCOME, stack), start[world[0]] if start else of_all)
    out = dict.fromkeys(world, own)
    for s in world if len(world) > 1 else ():
        cell = stack.take(stack.stratum == s)
        if len(np.unique(cell.subject)) >= MIN_SUBJECTS:
            out[s] = cell.fit(own, problem.strength(OF_STRATUM, cell), start[s] if start else own)
    unit = stack.cohort if problem.new_cohorts else stack.subject
    shift = _median_shift(stack, out, unit) if stack.kind.has_scale else 0.0
    return {s: replace(blend, shift=shift) for s, blend in out.items()}


def _median_shift(stack: Stack, blends: Mapping[int, Blend], unit: Ints) -> float:
    """The subjects' median error in pooled scales, shrunk to nothing unless it is beyond doubt.

    Predictors of means sit beside the median of a skewed outcome. On 46 tuning subjects a median is noisy, so it
    is multiplied by max(0, 1 - (2 / t)^2), where t tests whether as many errors are positive as negative.
    `unit` (R,) is what errors are independent between: the subject, or the cohort where cohorts are new.
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
    return float(median * max(0.0, 1 - (SURE / max(abs(t), 1e-9)) ** 2))


def cross_fitted(problem: Problem, start: Blends) -> list[Floats]:
    """Scores (R,) of each outcome's records by blends that were fitted without the scored subject.

    Where cohorts are new, without the scored cohort: a blend that has seen others of it would look too good.
    `start`, the blends of everybody, is only where the search begins.
    """
    out = [np.full(len(s.y), np.nan) for s in problem.stacks]
    folds = _folds(problem)
    for f in range(FOLDS):
        held = [fold == f for fold in folds]
        if not any(h.any() for h in held):
            continue
        rest = [s.take(~h) for s, h in zip(problem.stacks, held, strict=True)]
        blends = fit_blends(replace(problem, stacks=rest), start)
        for stack, rows, own, scores in zip(problem.stacks, held, blends, out, strict=True):
            scores[rows] = score_blends(stack.take(rows), own)
    return out


def _folds(problem: Problem) -> list[Ints]:
    """(R,) fold of each outcome's records: by subject, or by cohort where these are new and more than one."""
    cohorts = np.unique(np.concatenate([s.cohort for s in problem.stacks]))
    if problem.new_cohorts and len(cohorts) > 1:
        return [np.searchsorted(cohorts, s.cohort) % FOLDS for s in problem.stacks]
    return [s.subject % FOLDS for s in problem.stacks]


def score_blends(stack: Stack, blends: Sequence[Blend]) -> Floats:
    """(R,) scores of one outcome's records, each by the blend of its stratum."""
    out = np.full(len(stack.y), np.nan)
    for s in np.unique(stack.stratum):
        rows = stack.stratum == s
        out[rows] = stack.take(rows).score(blends[s])
    return out
