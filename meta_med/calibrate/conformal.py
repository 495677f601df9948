"""Conformal quantiles over subjects, by cohort and stratum, each widened toward the wider group it belongs to.

A subject's records are not exchangeable with each other, so its scores share one unit of weight. Few subjects tell a
90 % quantile badly: with nine it is their largest score. Each group's quantile is therefore averaged, on the log
scale, with that of the wider group, as if that were so many subjects more: strata toward all subjects with own
records, a cohort's toward everybody's in the stratum. How much cohorts differ is estimated from them. A group is drawn
to a narrower interval only as far as chance may have made its own wider (`_drawn`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.enough import needed_for_level
from meta_med.metrics import per_subject_mean

LEVELS = (0.5, 0.8, 0.9)
MIN_SUBJECTS = needed_for_level(max(LEVELS))  # fewer do not stand by themselves and are pooled upward
STRATUM_PRIOR = 20.0  # subjects that the wider group counts for
COHORT_PRIOR = (1.0, 200.0)  # its bounds for a cohort, between "all differ" and "all are alike"
LUMPS_APART = 2.0  # times as large is no neighbour of the score before
ROUNDING = 1e-9  # sums of subjects' shares are no whole numbers, equal errors not equal in their last bits


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


@dataclass(frozen=True)
class GroupScores:
    """What the scores of a group's n subjects say.

    Attributes:
        quantile: (levels,); least: (levels,) the quantile at one standard error of a share of n below the level;
            tied: (levels,) whether several subjects have the quantile's very score.

    """

    quantile: Floats
    least: Floats
    tied: Bools
    n: int

    @classmethod
    def of(cls, score: Floats, subject: Ints) -> "GroupScores":
        """Of scores (R, levels), or (R, 1) where they are the same for all levels."""
        each, n = np.broadcast_to(score, (len(score), len(LEVELS))), len(np.unique(subject))
        lower = [level - (level * (1 - level) / n) ** 0.5 for level in LEVELS]
        found, least = np.asarray(
            [conformal_quantiles(s, subject, pair) for s, *pair in zip(each.T, LEVELS, lower, strict=True)]
        ).T
        same = np.isclose(each, found, rtol=ROUNDING, atol=0.0)
        tied = np.asarray([len(np.unique(subject[at])) > 1 for at in same.T])
        return cls(found, least, tied, n)

    def in_units(self, unit: Floats) -> "GroupScores":
        """The same in scores, told that its own are in so many of these (levels,)."""
        return replace(self, quantile=self.quantile * unit, least=self.least * unit)


def multipliers_of(scores: Scores, n_cohorts: int) -> tuple[Floats, Ints]:
    """Half-widths of intervals in scales, (cohorts + 1, strata, levels); everybody's stand last.

    NaN where all subjects together are too few for the level, or where the quantile is no finite number: there is
    no interval then. Also (cohorts + 1, strata): how many subjects of the very group they rest on. Zero says that
    there were too few and the wider group's stand in: for a cohort everybody's in the stratum, for a stratum those
    of all strata.
    """
    everybody, basis = _by_stratum(scores)
    out = np.tile(everybody, (n_cohorts + 1, 1, 1))
    counts = np.zeros((n_cohorts + 1, len(STRATA)), dtype=np.int64)
    counts[-1] = basis
    unit = _units(scores, everybody)
    found = _by_cohort(scores, unit, n_cohorts)
    prior = _cohort_prior(found)
    cohorts = len({c for c, _ in found})
    for (c, s), own in found.items():
        out[c, s] = _drawn(own.in_units(unit[s]), everybody[s], prior, cohorts)
        counts[c, s] = own.n
    return np.where(np.isfinite(out), out, np.nan), counts


def _by_stratum(scores: Scores) -> tuple[Floats, Ints]:
    """(strata, levels) quantiles of everybody, and how many subjects of the stratum they rest on."""
    out, basis = np.zeros((len(STRATA), len(LEVELS))), np.zeros(len(STRATA), dtype=np.int64)
    for s in range(len(STRATA)):
        # k = 0 is its own kind
        world = scores.take((scores.stratum == 0) == (s == 0))
        world = world if world.n >= MIN_SUBJECTS else scores
        out[s] = np.maximum.accumulate(conformal_quantiles(world.score, world.subject))
        own = world.take(world.stratum == s)
        if own.n >= MIN_SUBJECTS:
            out[s] = _drawn(
                GroupScores.of(own.score[:, None], own.subject), out[s], STRATUM_PRIOR, len(STRATA) - 1
            )
            basis[s] = own.n
    return out, basis


def _drawn(own: GroupScores, wider: Floats, prior: float, groups: int) -> Floats:
    """A group's own quantiles (levels,) drawn toward a wider group's, as if that were `prior` subjects more.

    Where the group's own quantile is the larger one, the wider group counts for less the less likely chance alone
    explains the difference: the logarithm of a quantile of n subjects varies by about 1 / n, and the largest of so
    many `groups` that are alike lies 2 log(groups) of these off (a positive-part James-Stein weight beyond the
    threshold of Donoho & Johnstone 1994). Who errs more than others keeps the wider interval. A score that several
    subjects share is not drawn at all, for whatever is narrower loses all of them; and nobody is drawn toward a
    quantile of 0. However the scores lie, the group's own quantile at one standard error below the level is kept
    (`GroupScores.least`).
    """
    told = (own.quantile > 0) & (wider > 0) & np.isfinite(own.quantile) & np.isfinite(wider)
    apart = np.log(np.where(told, wider / np.where(told, own.quantile, 1.0), 1.0))
    chance = max(1.0, 2 * np.log(max(groups, 1))) / own.n
    rarer = np.minimum(prior, 1.0 / np.maximum(apart**2 - chance, 1.0 / COHORT_PRIOR[1]))
    counted = np.where(apart < 0, np.where(own.tied, 0.0, rarer), prior)
    drawn = own.quantile * np.exp(apart * counted / (own.n + counted))
    return np.maximum.accumulate(np.maximum(drawn, own.least))


def _units(scores: Scores, everybody: Floats) -> Floats:
    """(strata, levels) what a cohort's scores are measured in: everybody's quantile, or mean score where that is 0."""
    usable = np.isfinite(everybody) & (everybody > 0)
    finite = scores.score[np.isfinite(scores.score)]
    mean = float(finite.mean()) if len(finite) else 0.0
    return np.where(usable, everybody, mean if mean > 0 else 1.0)


def _by_cohort(scores: Scores, unit: Floats, n_cohorts: int) -> Mapping[tuple[int, int], GroupScores]:
    """(cohort, stratum) -> quantiles in units (strata, levels).

    A cohort with too few subjects in the stratum pools its neighbouring strata first.
    """
    out: dict[tuple[int, int], GroupScores] = {}
    relative = scores.score[:, None] / unit[scores.stratum]
    for c in range(n_cohorts):
        mine = scores.cohort == c
        if len(np.unique(scores.subject[mine])) < MIN_SUBJECTS:
            continue
        for s in range(len(STRATA)):
            world = mine & ((scores.stratum == 0) == (s == 0))
            for rows in (world & (scores.stratum == s), world):
                if len(np.unique(scores.subject[rows])) >= MIN_SUBJECTS:
                    out[c, s] = GroupScores.of(relative[rows], scores.subject[rows])
                    break
    return out


def _cohort_prior(found: Mapping[tuple[int, int], GroupScores]) -> float:
    """How many subjects everybody's quantile counts for beside a cohort's own.

    The logarithm of a quantile of n subjects varies by about 1 / n (0.8 to 1.4 for the levels of a normal). What
    cohorts differ by beyond that is theirs (method of moments). A quantile of 0 has no logarithm and tells nothing.
    """
    excess = [
        float(np.mean(np.log(told) ** 2)) - 1.0 / n
        for n, factor in ((own.n, own.quantile) for own in found.values())
        for told in (factor[(factor > 0) & np.isfinite(factor)],)
        if len(told)
    ]
    if len(excess) < 2:
        return COHORT_PRIOR[1]
    mean = float(np.mean(excess))
    return float(np.clip(1.0 / mean, *COHORT_PRIOR)) if mean > 0 else COHORT_PRIOR[1]


def conformal_quantiles(score: Floats, subject: Ints, levels: Sequence[float] = LEVELS) -> Floats:
    """(levels,) conformal quantiles of scores (R,), each subject weighing one in all.

    With one record a subject it is the smallest of n scores that stands at level or above, where the i-th smallest
    stands at i / (n + 1): a new subject's score is as likely to fall between any two, so it lies at or below that one
    with the level's probability at least. Where scores are smooth it is interpolated, so that coverage is the level on
    average and not above it (tails thin out: no less); where they are tied or lie in lumps the part of the lump that
    is cut off would be lost, so it is not. Several records of a subject that differ tell more than one, so their
    correction is smaller: by the share of the scores' variance below the quantile that lies between subjects. NaN at
    levels that so few subjects cannot vouch for.
    """
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    order = np.argsort(score)
    ranked, below = score[order], np.cumsum((1.0 / count[index])[order])
    out = [
        _at(ranked, below, level * (len(count) + _lump(ranked, below, subject[order], level, len(count))))
        if len(count) >= needed_for_level(level)
        else np.nan
        for level in levels
    ]
    return np.asarray(out)


def _at(ranked: Floats, below: Floats, weight: float) -> float:
    """The smallest score with so much weight at or below it, interpolated toward the one before in a smooth stretch."""
    i = min(int(np.searchsorted(below, weight - ROUNDING)), len(ranked) - 1)
    if i == 0 or not _smooth(ranked, i):
        return float(ranked[i])
    return float(np.interp(weight, below[i - 1 : i + 1], ranked[i - 1 : i + 1]))


def _smooth(ranked: Floats, i: int) -> bool:
    """Whether no lump begins or ends between the score i and the one before: neither is shared, and they are near."""
    if not ranked[i] <= LUMPS_APART * ranked[i - 1] < np.inf:
        return False
    return bool((np.diff(ranked[max(i - 2, 0) : i + 2]) > ROUNDING * ranked[i]).all())


def _lump(ranked: Floats, below: Floats, subject: Ints, level: float, n: int) -> float:
    """How much of one subject each independent piece of the scores is: 1 where subjects have one record each."""
    if len(ranked) == n:
        return 1.0
    share, _ = per_subject_mean((ranked <= _at(ranked, below, level * n)).astype(np.float64), subject)
    between = float(((share - level) ** 2).mean()) / (level * (1 - level))
    return float(np.clip(between, n / len(ranked), 1.0))
