"""Confidence intervals over patients: whatever is judged is a ratio of sums over patients.

Records of one patient resemble each other, so patients are what varies, never records. Intervals are Student's, by
linearisation of the ratio, with what few patients ask for: each one's leverage (CR2 of Bell and McCaffrey 2002),
degrees of freedom by Kish's number of patients, and the skewness of errors (Johnson 1978). They are a formula of the
patients' sums, so neither the order nor the name of a patient nor a seed moves them. Where what is judged is how a
cohort that nobody knew is predicted, cohorts resemble themselves too: with enough of them, cohorts are what varies.

How well probabilities tell events from other records, and how well they are scaled: with intervals over patients.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.metrics import auroc, calibration_line

MIN_COHORTS = 8  # fewer tell next to nothing of a further one
LEVEL = 0.975  # both sides together leave out 5 %


@dataclass(frozen=True)
class Estimate:
    """M ratios with their 95 % intervals, all (M,). NaN where nothing was observed; no interval from one patient."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class RowPatients:
    """The patients behind some rows.

    Attributes:
        rows: (r,) the rows, those of one patient next to each other; starts: (P,) where each patient's begin.
        cohort: (P,) the cohort of each, if these are patients within cohorts; else None.

    """

    rows: Ints
    starts: Ints
    cohort: Ints | None = None

    @classmethod
    def of(cls, subject: Ints, chosen: Bools) -> "RowPatients":
        """The patients of the chosen rows."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(subject[rows], kind="stable")]
        return cls(rows, _begins(subject[rows]))

    @classmethod
    def within(cls, subject: Ints, cohort: Ints, chosen: Bools) -> "RowPatients":
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


def ratio(
    numerator: Floats, denominator: Floats, cohort: Ints | None = None, least: float = -np.inf
) -> Estimate:
    """Sum of numerators over sum of denominators, both (P, M); a mean is totals over counts.

    With `cohort` (P,), of `MIN_COHORTS` or more, the interval is over cohorts: about a further one. No bound lies
    below `least`, 0 for what cannot be negative.
    """
    if cohort is not None and enough_cohorts(cohort):
        numerator, denominator = (_by_cohort(v, cohort) for v in (numerator, denominator))
    value, error = _divide(numerator.sum(0), denominator.sum(0)), ratio_error(numerator, denominator)
    whole = denominator.sum(0)
    with np.errstate(invalid="ignore"):  # an infinite value has no residuals, and no interval
        rest = numerator - value * denominator
    # a skewed mean errs to one side, by a sixth of its skewness (Johnson 1978)
    shift = np.nan_to_num(_divide(_divide((rest**3).sum(0), 6 * (rest**2).sum(0)), whole))
    half = stats.t.ppf(LEVEL, np.maximum(kish(denominator) - 1, 1)) * error
    low, high = np.minimum(value + shift - half, value), np.maximum(value + shift + half, value)
    return Estimate(value, np.maximum(low, np.minimum(least, value)), high)


def ratio_error(numerator: Floats, denominator: Floats) -> Floats:
    """(M,) standard error of `ratio` by linearisation, patients being independent; NaN with fewer than two.

    A residual is smaller than the error that it stands for, the more of the whole is its patient's (CR2).
    """
    whole = denominator.sum(0)
    value = _divide(numerator.sum(0), whole)
    leverage = _divide(denominator, np.broadcast_to(whole, denominator.shape))
    alone = ((denominator != 0).sum(0) < 2) | (np.nan_to_num(leverage) >= 1).any(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = numerator - value * denominator
        spread = np.sqrt((rest**2 / (1 - leverage)).sum(0))
    return np.where(alone, np.nan, _divide(spread, np.abs(whole)))


def kish(weight: Floats) -> Floats:
    """(M,) how many patients of one weight these (P, M) are worth (Kish 1965); 0 where there are none."""
    return np.nan_to_num(_divide(weight.sum(0) ** 2, (weight**2).sum(0)))


def probability_of_chance(value: Floats, error: Floats, n: Floats) -> Floats:
    """One-sided p of a positive value under none at all, by Student's t with n - 1 degrees of freedom."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(stats.t.sf(value / error, np.maximum(n - 1, 1)))


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """95 % interval of a share of n (Wilson 1927): it stays inside [0, 1] and is honest at its ends."""
    z = stats.norm.ppf(LEVEL)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # at 0 and 1 the bound is the share itself, and rounding must not push it beyond
    return np.minimum((centre - half).clip(0.0), share), np.maximum((centre + half).clip(None, 1.0), share)


def clustered_share(total: Floats, count: Floats, values: int = 1) -> Estimate:
    """A share of values with a Wilson interval for as many independent values as these patients are worth.

    A variance over patients says nothing where every value is inside its interval; this does. Kish's effective
    number, share (1 - share) / variance, is itself told by few patients and made smaller by (z / t)^2 (Korn and
    Graubard 1998); it lies between what these patients are worth if each one's values are all alike and the number
    of values. One patient tells no interval.

    Args:
        total, count: (P, M) sums and counts of records; values: how many values at most a record is the mean of.

    """
    share, error = _divide(total.sum(0), count.sum(0)), ratio_error(total, count)
    least, records = kish(count), count.sum(0)
    worth = _divide(share * (1 - share), error**2) * few_patients(least)
    worth = np.where(np.isnan(worth), least, worth).clip(least, np.maximum(values * records, least))
    low, high = wilson(share, worth)
    alone = (count > 0).sum(0) < 2
    return Estimate(share, np.where(alone, np.nan, low), np.where(alone, np.nan, high))


def few_patients(n: Floats) -> Floats:
    """(z / t)^2 with n - 1 degrees of freedom: what a variance is worth that so few patients told."""
    return np.asarray((stats.norm.ppf(LEVEL) / stats.t.ppf(LEVEL, np.maximum(n - 1, 1))) ** 2)


def enough_cohorts(cohort: Ints | None) -> bool:
    """Whether there are enough cohorts to say anything of a further one."""
    return cohort is not None and len(np.unique(cohort)) >= MIN_COHORTS


def _by_cohort(values: Floats, cohort: Ints) -> Floats:
    """(C, M) sums of the patients' values (P, M) over each cohort."""
    _, place = np.unique(cohort, return_inverse=True)
    return np.stack([np.bincount(place, column) for column in values.T], 1)


def _begins(values: Ints) -> Ints:
    """Where a run of equal values begins."""
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return np.flatnonzero(new)


def _divide(a: Floats, b: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(b != 0, a / b, np.nan))


COEFFICIENTS = 2
NEAR = 1e-12


@dataclass(frozen=True)
class Bounded:
    """A number with its 95 % interval; NaN where it cannot be estimated."""

    value: float
    low: float
    high: float


def ranking(y: Floats, probability: Floats, subject: Ints) -> Bounded:
    """AUROC with a score interval (Newcombe 2006, method 5) for as many records as these patients are worth.

    A score interval has a width where every pair is ranked right, and stays inside [0, 1]. It takes as many events
    and other records as would be independent: their number over the design effect, the variance over patients
    (Obuchowski 1997) beside that of independent records (Hanley and McNeil 1982), never fewer than the patients are
    worth if each one's records are all alike. One patient tells no interval.

    Args:
        y: (R,) 0 or 1, both present; probability: (R,); subject: (R,).

    """
    area, (_, index) = auroc(y, probability), np.unique(subject, return_inverse=True)
    patients = int(index.max()) + 1
    if patients < 2:
        return Bounded(area, np.nan, np.nan)
    own = np.stack([np.bincount(index, y == value) for value in (1.0, 0.0)], 1).astype(np.float64)
    records, worth = own.sum(0), kish(own)
    variance = _variance(y > 0.5, probability, index, area)
    if variance > 0:
        effect = variance / _independent(area, *records) / few_patients(np.asarray(float(patients)))
        worth = (records / effect).clip(worth, records)
    return Bounded(area, _bound(area, 0.0, worth), _bound(area, 1.0, worth))


def calibration(y: Floats, probability: Floats, subject: Ints) -> tuple[Bounded, Bounded]:
    """Intercept and slope of the calibration line, with Student intervals; NaN where there is no estimate."""
    a, b, a_error, b_error = calibration_line(y, probability, subject)
    free = len(np.unique(subject)) - COEFFICIENTS
    t = stats.t.ppf(LEVEL, free) if free > 0 else np.nan
    return Bounded(a, a - t * a_error, a + t * a_error), Bounded(b, b - t * b_error, b + t * b_error)


def _variance(event: Bools, probability: Floats, index: Ints, area: float) -> float:
    """Variance of an AUROC over patients: of the sums of each one's placements (Obuchowski 1997)."""
    n, m = int(index.max()) + 1, np.asarray([event.sum(), (~event).sum()], dtype=np.float64)
    whole, (low, high) = (
        stats.rankdata(probability),
        (stats.rankdata(probability[e]) for e in (~event, event)),
    )
    placement = np.empty(len(event))
    placement[event] = (whole[event] - high) / m[1]  # share of other records below
    placement[~event] = 1 - (whole[~event] - low) / m[0]  # share of events above
    rest = (placement - area) / np.where(event, *m)
    return float(n / (n - 1) * (np.bincount(index, rest) ** 2).sum())


def _independent(area: float, positive: float, negative: float) -> float:
    """Variance of an AUROC of independent records, under exponential scores (Hanley and McNeil 1982).

    With (positive + negative) / 2 in the place of either number, as Newcombe has it: the same whichever class is
    the event.
    """
    pairs = max((positive + negative) / 2 - 1, 0.0) * ((1 - area) / (2 - area) + area / (1 + area))
    return float(area * (1 - area) * (1 + pairs) / (positive * negative))


def _bound(area: float, end: float, worth: Floats) -> float:
    """The AUROC between `area` and `end` from which the one found is as far as chance allows."""
    if area == end:
        return end
    z2, start = stats.norm.ppf(LEVEL) ** 2, area + NEAR * (end - area)  # at 0 and 1 itself no chance is left

    def beyond(true: float) -> float:
        return float((true - area) ** 2 - z2 * _independent(true, float(worth[0]), float(worth[1])))

    return float(brentq(beyond, start, end))
