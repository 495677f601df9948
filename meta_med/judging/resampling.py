"""Confidence intervals over patients: whatever is judged is a ratio of sums over patients, drawn again and again.

Records of one patient resemble each other, so patients are resampled, never records. Of n patients n are drawn with
replacement, `BOOTSTRAPS` times with a fixed seed; the interval is between the 2.5 % and 97.5 % quantiles (Efron's
percentile interval). Where what is judged is how a cohort that nobody knew is predicted, cohorts resemble themselves
too: with enough of them, cohorts are drawn first and patients within these (Davison and Hinkley 1997, section 3.8).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from meta_med.records import Bools, Floats, Ints

BOOTSTRAPS = 400
SEED = 20260101
MIN_COHORTS = 8  # drawing again from fewer says next to nothing of a further one
AT_ONCE = 4_000_000  # numbers in memory at a time


@dataclass(frozen=True)
class Estimate:
    """M ratios with their 95 % intervals, all (M,). NaN where nothing was observed."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Patients:
    """The patients behind some rows.

    Attributes:
        rows: (r,) the rows, those of one patient next to each other; starts: (P,) where each patient's begin.
        cohort: (P,) the cohort of each, if these are patients within cohorts; else None.

    """

    rows: Ints
    starts: Ints
    cohort: Ints | None = None

    @classmethod
    def of(cls, subject: Ints, chosen: Bools) -> "Patients":
        """The patients of the chosen rows."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(subject[rows], kind="stable")]
        return cls(rows, _begins(subject[rows]))

    @classmethod
    def within(cls, subject: Ints, cohort: Ints, chosen: Bools) -> "Patients":
        """The same, but who has records in two cohorts is one patient of each."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.lexsort((cohort[rows], subject[rows]))]
        starts = np.union1d(_begins(subject[rows]), _begins(cohort[rows]))
        return cls(rows, starts, cohort[rows[starts]])

    def persons(self, subject: Ints, seen: Bools) -> Ints:
        """(M,) how many different people the patients are for whom `seen` (P, M) holds."""
        if not len(self):
            return np.zeros(seen.shape[1], dtype=np.int64)
        begins = _begins(subject[self.rows[self.starts]])
        return np.asarray(np.logical_or.reduceat(seen, begins, 0).sum(0))

    def __len__(self) -> int:
        return len(self.starts)

    def sums(self, scores: Floats) -> tuple[Floats, Floats]:
        """Sum and count of the observed scores of each patient: scores (R, M) -> two (P, M)."""
        if not len(self):
            empty = np.zeros((0, scores.shape[1]))
            return empty, empty
        own = scores[self.rows]
        seen = ~np.isnan(own)
        total = np.add.reduceat(np.where(seen, own, 0.0), self.starts, 0)
        return total, np.add.reduceat(seen.astype(np.float64), self.starts, 0)


def ratio(numerator: Floats, denominator: Floats, cohort: Ints | None = None) -> Estimate:
    """Sum of numerators over sum of denominators, both (P, M); a mean is totals over counts.

    With `cohort` (P,), of `MIN_COHORTS` or more, cohorts are drawn and then patients within each.
    """
    drawn = np.concatenate(
        [_divide(w @ numerator, w @ denominator) for w in _weights(len(numerator), cohort)]
    )
    low, high = _quantiles(drawn, (0.025, 0.975))
    return Estimate(_divide(numerator.sum(0), denominator.sum(0)), low, high)


def ratio_error(numerator: Floats, denominator: Floats) -> Floats:
    """(M,) standard error of `ratio` by linearisation, patients being independent; NaN with fewer than two."""
    n = (denominator != 0).sum(0)
    value = _divide(numerator.sum(0), denominator.sum(0))
    rest = numerator - value * denominator
    spread = np.sqrt((rest**2).sum(0) * n / np.maximum(n - 1, 1))
    return np.where(n > 1, _divide(spread, denominator.sum(0)), np.nan)


def probability_of_chance(value: Floats, error: Floats, n: Floats) -> Floats:
    """One-sided p of a positive value under none at all, by Student's t with n - 1 degrees of freedom."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(stats.t.sf(value / error, np.maximum(n - 1, 1)))


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """95 % interval of a share of n (Wilson 1927): it stays inside [0, 1] and is honest at its ends."""
    z = stats.norm.ppf(0.975)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.asarray(centre - half), np.asarray(centre + half)


def clustered_share(total: Floats, count: Floats, values: int = 1) -> Estimate:
    """A share of values with a Wilson interval for as many independent values as these patients are worth.

    The bootstrap has no width where every value is inside its interval; this one has. Kish's effective number:
    share (1 - share) / variance, between the number of patients and that of values.

    Args:
        total, count: (P, M) sums and counts of records; values: how many values at most a record is the mean of.

    """
    share, error = _divide(total.sum(0), count.sum(0)), ratio_error(total, count)
    patients, records = (count > 0).sum(0), count.sum(0)
    worth = _divide(share * (1 - share), error**2)
    worth = np.where(np.isnan(worth), patients, worth).clip(np.minimum(patients, records), values * records)
    return Estimate(share, *wilson(share, worth))


def draws_cohorts(cohort: Ints | None) -> bool:
    """Whether there are enough cohorts for drawing these again to say anything."""
    return cohort is not None and len(np.unique(cohort)) >= MIN_COHORTS


def _weights(n: int, cohort: Ints | None = None) -> Iterator[Floats]:
    """How often each of n patients is drawn: (a part of BOOTSTRAPS, n) at a time."""
    rng = np.random.default_rng(SEED)
    step = int(min(BOOTSTRAPS, max(1, AT_ONCE // max(n, 1))))
    for begin in range(0, BOOTSTRAPS, step):
        m = min(step, BOOTSTRAPS - begin)
        if cohort is not None and draws_cohorts(cohort):
            yield _in_two_stages(rng, m, cohort)
        else:
            yield _drawn(rng, m, n)


def _drawn(rng: np.random.Generator, m: int, n: int) -> Floats:
    """(m, n) how often each of n is among n drawn with replacement."""
    who = rng.integers(0, max(n, 1), (m, n)) + n * np.arange(m)[:, None]
    return np.bincount(who.ravel(), minlength=m * n).reshape(m, n).astype(np.float64)


def _in_two_stages(rng: np.random.Generator, m: int, cohort: Ints) -> Floats:
    """(m, P) as many cohorts as there are, each with as many of its patients as it has, both with replacement."""
    _, place = np.unique(cohort, return_inverse=True)
    n_cohorts = int(place.max()) + 1
    times = _drawn(rng, m, n_cohorts).astype(np.int64)
    out = np.empty((m, len(cohort)))
    for c in range(n_cohorts):
        own = np.flatnonzero(place == c)
        out[:, own] = rng.multinomial(times[:, c] * len(own), np.full(len(own), 1 / len(own)))
    return out


def _begins(values: Ints) -> Ints:
    """Where a run of equal values begins."""
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return np.flatnonzero(new)


def _divide(a: Floats, b: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(b != 0, a / b, np.nan))


def _quantiles(drawn: Floats, p: tuple[float, float]) -> tuple[Floats, Floats]:
    """Quantiles down the draws; draws in which nothing was observed (rare outcomes) are left out."""
    if drawn.size == 0:
        empty = np.full(drawn.shape[1], np.nan)
        return empty, empty
    if np.isnan(drawn).any():
        filled = ~np.isnan(drawn).all(0)
        out = np.full((2, drawn.shape[1]), np.nan)
        out[:, filled] = np.nanquantile(drawn[:, filled], p, axis=0)
        return out[0], out[1]
    low, high = np.quantile(drawn, p, axis=0)
    return np.asarray(low), np.asarray(high)
