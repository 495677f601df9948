"""Conformal quantiles over subjects, by cohort and stratum, each drawn toward the wider group it belongs to.

A subject's records are not exchangeable with each other, so its scores share one unit of weight. A 90 % quantile of few
subjects is noisy: of nine it is their largest score. Each group's quantile is therefore averaged, on the log scale,
with that of the wider group, which counts as a number of prior subjects: a stratum's with that of all subjects with own
records, a cohort's with that of all cohorts in the stratum. How much cohorts differ is estimated from them. A group is
shrunk to a narrower interval only as far as chance may have made its own wider (`shrunk`).

A cohort with too few scores for a quantile of its own, and one with none, has everybody's, made wider or narrower by
what is known of its effect on the scores (`between_cohorts`).
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.calibrate.between_cohorts import BetweenCohorts, CohortScales
from meta_med.calibrate.strata import STRATA
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.enough import needed_for_level
from meta_med.metrics import per_subject_mean

LEVELS = (0.5, 0.8, 0.9)
MIN_SUBJECTS = needed_for_level(max(LEVELS))  # a group of fewer uses the wider group's quantile
STRATUM_PRIOR = 20.0  # subjects that the wider group counts for
COHORT_PRIOR = (1.0, 200.0)  # its bounds for a cohort: cohorts differ widely, or hardly at all
MAX_STEP = 2.0  # ratio of neighbouring scores up to which a quantile is interpolated between them
ROUNDING = 1e-9  # relative tolerance of sums of weights and of equal scores


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
        """Number of subjects."""
        return len(np.unique(self.subject))


@dataclass(frozen=True)
class GroupScores:
    """Quantiles of the scores of a group's n subjects.

    Attributes:
        quantile: (levels,) conformal quantiles.
        least: (levels,) the quantile at one standard error of a proportion of n below the level: the lower bound.
        tied: (levels,) whether several subjects share the quantile's score.
        n: number of subjects.

    """

    quantile: Floats
    least: Floats
    tied: Bools
    n: int

    @classmethod
    def of(cls, score: Floats, subject: Ints) -> "GroupScores":
        """From scores (R, levels), or (R, 1) where they are the same for all levels."""
        each, n = np.broadcast_to(score, (len(score), len(LEVELS))), len(np.unique(subject))
        lower = [level - (level * (1 - level) / n) ** 0.5 for level in LEVELS]
        found, least = np.asarray(
            [conformal_quantiles(s, subject, pair) for s, *pair in zip(each.T, LEVELS, lower, strict=True)]
        ).T
        same = np.isclose(each, found, rtol=ROUNDING, atol=0.0)
        tied = np.asarray([len(np.unique(subject[at])) > 1 for at in same.T])
        return cls(found, least, tied, n)

    def in_units(self, unit: Floats) -> "GroupScores":
        """The same in scores, where its own are in this unit (levels,)."""
        return replace(self, quantile=self.quantile * unit, least=self.least * unit)


def interval_multipliers(scores: Scores, n_cohorts: int, lent: Scores | None = None) -> tuple[Floats, Ints]:
    """Half-widths of intervals in scales, by cohort and stratum.

    Args:
        scores: of calibration subjects.
        n_cohorts: number of cohorts.
        lent: of subjects of new cohorts, who lend their cohort's context: in their cohort they stand for calibration
            subjects.

    Returns:
        (cohorts + 1, strata, levels) multipliers, those of one more cohort last; NaN (no interval) where all
        subjects together are too few for the level, or where the quantile is not finite.
        (cohorts + 1, strata) number of the group's own subjects that they are estimated from; 0 where these were too
        few and the wider group's multipliers are used: those of all cohorts in the stratum, with what is known of the
        cohort's effect, or of all strata. The last row is of all cohorts together.

    """
    overall, basis = _by_stratum(scores)
    unit = _units(scores, overall)
    found = _by_cohort(scores, unit, n_cohorts)
    out = _without_own_quantile(scores, unit, overall, n_cohorts, set(found), lent)
    counts = np.zeros((n_cohorts + 1, len(STRATA)), dtype=np.int64)
    counts[-1] = basis
    prior = _cohort_prior(found)
    if lent is not None:
        found |= _by_cohort(lent, unit, n_cohorts)
    cohorts = len({c for c, _ in found})
    for (c, s), own in found.items():
        out[c, s] = shrunk(own.in_units(unit[s]), overall[s], prior, cohorts)
        counts[c, s] = own.n
    return np.where(np.isfinite(out), out, np.nan), counts


def _without_own_quantile(
    scores: Scores,
    unit: Floats,
    overall: Floats,
    n_cohorts: int,
    own: Container[tuple[int, int]],
    lent: Scores | None,
) -> Floats:
    """(cohorts + 1, strata, levels) everybody's quantiles with each cohort's effect, those of one more cohort last.

    A (cohort, stratum) that has its `own` quantile needs none. Where there is one cohort only, no other one is asked
    about, and nothing is widened.
    """
    out = np.tile(overall, (n_cohorts + 1, 1, 1))
    if n_cohorts < 2 or not scores.n:
        return out
    for place, level in enumerate(LEVELS):
        between = BetweenCohorts.of(_scales(scores, unit[:, place]))
        effect = between.shrunk()[between.place(scores.cohort)]
        usual = _by_stratum(replace(scores, score=scores.score / np.exp(effect)))[0][:, place]
        out[:, :, place] = usual * between.new().widening(level)
        few = [c for c in between.scales.cohort if any((c, s) not in own for s in range(len(STRATA)))]
        members = between.members(np.asarray(few, dtype=np.int64))
        out[few, :, place] = usual * members.widening(level)[:, None]
        if lent is not None and lent.n:
            told = _scales(lent, unit[:, place], between.scales)
            out[told.cohort, :, place] = usual * between.told_by(told).widening(level)[:, None]
    return np.maximum.accumulate(out, axis=-1)


def _scales(scores: Scores, unit: Floats, relative_to: CohortScales | None = None) -> CohortScales:
    """The cohorts' scales, from scores in the unit (strata,) of their stratum."""
    return CohortScales.of(scores.score / unit[scores.stratum], scores.subject, scores.cohort, relative_to)


def _by_stratum(scores: Scores) -> tuple[Floats, Ints]:
    """(strata, levels) quantiles over all cohorts, and the number of the stratum's own subjects behind them."""
    out, basis = np.zeros((len(STRATA), len(LEVELS))), np.zeros(len(STRATA), dtype=np.int64)
    for s in range(len(STRATA)):
        # k = 0 is not pooled with other strata
        wider = scores.take((scores.stratum == 0) == (s == 0))
        wider = wider if wider.n >= MIN_SUBJECTS else scores
        out[s] = np.maximum.accumulate(conformal_quantiles(wider.score, wider.subject))
        own = wider.take(wider.stratum == s)
        if own.n >= MIN_SUBJECTS:
            out[s] = shrunk(
                GroupScores.of(own.score[:, None], own.subject), out[s], STRATUM_PRIOR, len(STRATA) - 1
            )
            basis[s] = own.n
    return out, basis


def shrunk(own: GroupScores, wider: Floats, prior: float, groups: int) -> Floats:
    """A group's quantiles (levels,) shrunk toward the wider group's, which counts as `prior` subjects.

    Where the group's own quantile is the larger one, the wider group's weight falls as the difference exceeds what
    chance explains: the logarithm of a quantile of n subjects has variance of about 1 / n, and the largest of `groups`
    equal ones deviates by 2 log(groups) of it (a positive-part James-Stein weight beyond the threshold of Donoho &
    Johnstone 1994). A group with larger errors thus keeps its wider interval. A quantile shared by several subjects is
    not shrunk downwards, because a narrower interval would lose all of them; nothing is shrunk toward a quantile of 0.
    The result is never below `GroupScores.least`.
    """
    usable = (own.quantile > 0) & (wider > 0) & np.isfinite(own.quantile) & np.isfinite(wider)
    log_ratio = np.log(np.where(usable, wider / np.where(usable, own.quantile, 1.0), 1.0))
    chance = max(1.0, 2 * np.log(max(groups, 1))) / own.n
    downwards = np.minimum(prior, 1.0 / np.maximum(log_ratio**2 - chance, 1.0 / COHORT_PRIOR[1]))
    weight = np.where(log_ratio < 0, np.where(own.tied, 0.0, downwards), prior)
    drawn = own.quantile * np.exp(log_ratio * weight / (own.n + weight))
    return np.maximum.accumulate(np.maximum(drawn, own.least))


def _units(scores: Scores, overall: Floats) -> Floats:
    """(strata, levels) unit of a cohort's scores: the overall quantile, or the mean score where that is 0."""
    usable = np.isfinite(overall) & (overall > 0)
    finite = scores.score[np.isfinite(scores.score)]
    mean = float(finite.mean()) if len(finite) else 0.0
    return np.where(usable, overall, mean if mean > 0 else 1.0)


def _by_cohort(scores: Scores, unit: Floats, n_cohorts: int) -> dict[tuple[int, int], GroupScores]:
    """(cohort, stratum) -> quantiles in units (strata, levels).

    A cohort with too few subjects in the stratum pools its neighbouring strata first.
    """
    out: dict[tuple[int, int], GroupScores] = {}
    relative = scores.score[:, None] / unit[scores.stratum]
    for c in range(n_cohorts):
        own = scores.cohort == c
        if len(np.unique(scores.subject[own])) < MIN_SUBJECTS:
            continue
        for s in range(len(STRATA)):
            wider = own & ((scores.stratum == 0) == (s == 0))
            for rows in (wider & (scores.stratum == s), wider):
                if len(np.unique(scores.subject[rows])) >= MIN_SUBJECTS:
                    out[c, s] = GroupScores.of(relative[rows], scores.subject[rows])
                    break
    return out


def _cohort_prior(found: Mapping[tuple[int, int], GroupScores]) -> float:
    """Prior subjects that the overall quantile counts for beside a cohort's own.

    The logarithm of a quantile of n subjects has variance of about 1 / n (0.8 to 1.4 times that for the levels of a
    normal). The variance between cohorts is estimated from what exceeds it (method of moments); quantiles of 0, which
    have no logarithm, are left out.
    """
    excess = [
        float(np.mean(np.log(usable) ** 2)) - 1.0 / n
        for n, factor in ((own.n, own.quantile) for own in found.values())
        for usable in (factor[(factor > 0) & np.isfinite(factor)],)
        if len(usable)
    ]
    if len(excess) < 2:
        return COHORT_PRIOR[1]
    mean = float(np.mean(excess))
    return float(np.clip(1.0 / mean, *COHORT_PRIOR)) if mean > 0 else COHORT_PRIOR[1]


def conformal_quantiles(score: Floats, subject: Ints, levels: Sequence[float] = LEVELS) -> Floats:
    """(levels,) conformal quantiles of scores (R,), each subject with a total weight of one.

    With one record per subject it is the smallest of n scores with i / (n + 1) at the level or above, i being its rank:
    a new subject's score is equally likely to fall between any two, so it lies at or below that one with at least the
    level's probability. Between close neighbours it is interpolated, so that coverage equals the level on average;
    where scores are tied or clustered it is not, because coverage would lose the cluster. Several different records of
    a subject carry more information than one, so the finite-sample correction is smaller, by the share of the variance
    below the quantile that lies between subjects. NaN at levels for which there are too few subjects.
    """
    _, index, count = np.unique(subject, return_inverse=True, return_counts=True)
    order = np.argsort(score)
    ranked, below = score[order], np.cumsum((1.0 / count[index])[order])
    out = [
        _at(
            ranked,
            below,
            level * (len(count) + _correction(ranked, below, subject[order], level, len(count))),
        )
        if len(count) >= needed_for_level(level)
        else np.nan
        for level in levels
    ]
    return np.asarray(out)


def _at(ranked: Floats, below: Floats, weight: float) -> float:
    """The smallest score with at least this weight at or below it, interpolated between close neighbours."""
    i = min(int(np.searchsorted(below, weight - ROUNDING)), len(ranked) - 1)
    if i == 0 or below[i] <= weight + ROUNDING or not _smooth(ranked, i):  # at a rank, its very score
        return float(ranked[i])
    return float(np.interp(weight, below[i - 1 : i + 1], ranked[i - 1 : i + 1]))


def _smooth(ranked: Floats, i: int) -> bool:
    """Whether the scores around i are neither tied nor far apart, so that a quantile can be interpolated."""
    if not ranked[i] <= MAX_STEP * ranked[i - 1] < np.inf:
        return False
    return bool((np.diff(ranked[max(i - 2, 0) : i + 2]) > ROUNDING * ranked[i]).all())


def _correction(ranked: Floats, below: Floats, subject: Ints, level: float, n: int) -> float:
    """Finite-sample correction in subjects: 1 where subjects have one record each, less where records differ."""
    if len(ranked) == n:
        return 1.0
    share, _ = per_subject_mean((ranked <= _at(ranked, below, level * n)).astype(np.float64), subject)
    between = float(((share - level) ** 2).mean()) / (level * (1 - level))
    return float(np.clip(between, n / len(ranked), 1.0))
