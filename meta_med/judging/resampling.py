"""Confidence intervals over patients: whatever is judged is a ratio of sums over patients, drawn again and again.

Records of one patient resemble each other, so patients are resampled, never records. Of n patients n are drawn with
replacement, `BOOTSTRAPS` times with a fixed seed; the interval is between the 2.5 % and 97.5 % quantiles (Efron's
percentile interval).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from meta_med.records import Bools, Floats, Ints

BOOTSTRAPS = 400
SEED = 20260101
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

    """

    rows: Ints
    starts: Ints

    @classmethod
    def of(cls, subject: Ints, chosen: Bools) -> "Patients":
        """The patients of the chosen rows."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(subject[rows], kind="stable")]
        own = subject[rows]
        new = np.ones(len(rows), dtype=bool)
        new[1:] = own[1:] != own[:-1]
        return cls(rows, np.flatnonzero(new))

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


def ratio(numerator: Floats, denominator: Floats) -> Estimate:
    """Sum of numerators over sum of denominators, both (P, M); a mean is totals over counts."""
    drawn = np.concatenate([_divide(w @ numerator, w @ denominator) for w in _weights(len(numerator))])
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


def _weights(n: int) -> Iterator[Floats]:
    """How often each of n patients is drawn: (a part of BOOTSTRAPS, n) at a time."""
    rng = np.random.default_rng(SEED)
    step = int(min(BOOTSTRAPS, max(1, AT_ONCE // max(n, 1))))
    for begin in range(0, BOOTSTRAPS, step):
        m = min(step, BOOTSTRAPS - begin)
        who = rng.integers(0, max(n, 1), (m, n)) + n * np.arange(m)[:, None]
        yield np.bincount(who.ravel(), minlength=m * n).reshape(m, n).astype(np.float64)


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
