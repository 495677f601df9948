"""Conformal quantiles over subjects, by cohort and stratum, each drawn toward the wider group it belongs to.

A subject's records are not exchangeable with each other, so its scores share one unit of weight. Few subjects tell a
90 % quantile badly: with nine it is their largest score. Each group's quantile is therefore averaged, on the log
scale, with that of the wider group, as if that were so many subjects more: strata toward all subjects with own
records, a cohort's toward everybody's in the stratum. How much cohorts differ is estimated from them.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.records import Bools, Floats, Ints
from meta_med.scores import per_subject_mean
from meta_med.strata import STRATA

LEVELS = (0.5, 0.8, 0.9)
MIN_SUBJECTS = 9  # the fewest whose largest score is a 90 % quantile: 9 of 10; fewer are pooled upward
STRATUM_PRIOR = 20.0  # subjects that the wider group counts for
COHORT_PRIOR = (1.0, 200.0)  # its bounds for a cohort, between "all differ" and "all are alike"
TINY = 1e-9


@dataclass(frozen=True)
class Scores:
    """Scores of R records of one outcome: score, subject, stratum, cohort (R,), none missing."""

    score: Floats
    subject: Ints
    stratum: Ints
    cohort: Ints

    def take(self, rows: Bools) -> "Scores":
        """These records only."""
        return Scores(self.score[rows], self.subject[rows], self.stratum[rows], self.cohort[rows])

    @property
    def n(self) -> int:
        """How many subjects there are."""
        return len(np.unique(self.subject))


def multipliers_of(scores: Scores, n_cohorts: int) -> tuple[Floats, Ints]:
    """Half-widths of intervals in scales, (cohorts + 1, strata, levels); everybody's stand last.

    Also (cohorts + 1, strata): how many subjects of the very group they rest on. Zero says that there were too few
    and the wider group's stand in: for a cohort everybody's in the stratum, for a stratum everybody's.
    """
    everybody, basis = _by_stratum(scores)
    out = np.tile(everybody, (n_cohorts + 1, 1, 1))
    counts = np.zeros((n_cohorts + 1, len(STRATA)), dtype=np.int64)
    counts[-1] = basis
    found = _by_cohort(scores, everybody, n_cohorts)
    prior = _cohort_prior(found)
    for (c, s), (factor, n) in found.items():
        out[c, s] *= np.exp(n / (n + prior) * np.log(factor))
        counts[c, s] = n
    return out, counts


def _by_stratum(scores: Scores) -> tuple[Floats, Ints]:
    """(strata, levels) quantiles of everybody, and how many subjects of the stratum they rest on."""
    out, basis = np.zeros((len(STRATA), len(LEVELS))), np.zeros(len(STRATA), dtype=np.int64)
    for s in range(len(STRATA)):
        # k = 0 is its own kind
        world = scores.take((scores.stratum == 0) == (s == 0))
        world = world if world.n >= MIN_SUBJECTS else scores
        out[s] = conformal_quantiles(world.score, world.subject)
        own = world.take(world.stratum == s)
        if own.n >= MIN_SUBJECTS:
            weight = own.n / (own.n + STRATUM_PRIOR)
            out[s] = _between(conformal_quantiles(own.score, own.subject), out[s], weight)
            basis[s] = own.n
    return out, basis


def _between(own: Floats, wider: Floats, weight: float) -> Floats:
    logs = [np.log(np.maximum(q, TINY)) for q in (own, wider)]
    return np.asarray(np.exp(weight * logs[0] + (1 - weight) * logs[1]))


def _by_cohort(
    scores: Scores, everybody: Floats, n_cohorts: int
) -> dict[tuple[int, int], tuple[Floats, int]]:
    """(cohort, stratum) -> factor (levels,) on everybody's quantiles, and of how many subjects.

    A cohort with too few subjects in the stratum pools its neighbouring strata first.
    """
    out = {}
    relative = scores.score[:, None] / np.maximum(everybody[scores.stratum], TINY)
    for c in range(n_cohorts):
        mine = scores.cohort == c
        if len(np.unique(scores.subject[mine])) < MIN_SUBJECTS:
            continue
        for s in range(len(STRATA)):
            world = mine & ((scores.stratum == 0) == (s == 0))
            for rows in (world & (scores.stratum == s), world):
                n = len(np.unique(scores.subject[rows]))
                if n >= MIN_SUBJECTS:
                    out[c, s] = _factor(relative[rows], scores.subject[rows]), n
                    break
    return out


def _factor(relative: Floats, subject: Ints) -> Floats:
    parts = [conformal_quantiles(relative[:, i], subject)[i] for i in range(len(LEVELS))]
    return np.maximum(parts, TINY)


def _cohort_prior(found: dict[tuple[int, int], tuple[Floats, int]]) -> float:
    """How many subjects everybody's quantile counts for beside a cohort's own.

    The logarithm of a quantile of n subjects varies by about 1 / n (0.8 to 1.4 for the levels of a normal). What
    cohorts differ by beyond that is theirs (method of moments).
    """
    if len(found) < 2:
        return COHORT_PRIOR[1]
    excess = [float(np.mean(np.log(factor) ** 2)) - 1.0 / n for factor, n in found.values()]
    return float(np.clip(1.0 / max(float(np.mean(excess)), TINY), *COHORT_PRIOR))


def conformal_quantiles(score: Floats, subject: Ints) -> Floats:
    """(levels,) conformal quantiles of scores (R,), each subject weighing one in all.

    With one record a subject, the i-th smallest of n scores stands at i / (n + 1), as a new subject's score is
    as likely to fall between any two; between them the quantile is interpolated, so that coverage is the level on
    average and not above it. Several records of a subject that differ tell more than one, so their correction is
    smaller: by the share of the scores' variance below the quantile that lies between subjects. With too few subjects
    for a level the largest score is returned: coverage is then not promised.
    """
    if len(score) == 0:
        return np.full(len(LEVELS), np.inf)
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    order = np.argsort(score)
    ranked, weight = score[order], (1.0 / count[index])[order]
    middle = np.cumsum(weight) - weight / 2
    out = [
        np.interp(level, (middle + lump / 2) / (len(count) + lump), ranked)
        for level in LEVELS
        for lump in (_lump(ranked, middle, subject[order], level, len(count)),)
    ]
    return np.maximum.accumulate(out)


def _lump(ranked: Floats, middle: Floats, subject: Ints, level: float, n: int) -> float:
    """How much of one subject each independent piece of the scores is: 1 where subjects have one record each."""
    if len(ranked) == n:
        return 1.0
    near = ranked[min(int(np.searchsorted(middle, level * n)), len(ranked) - 1)]
    below, _ = per_subject_mean((ranked <= near).astype(np.float64), subject)
    between = float(((below - level) ** 2).mean()) / (level * (1 - level))
    return float(np.clip(between, n / len(ranked), 1.0))
