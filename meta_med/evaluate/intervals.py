"""Confidence intervals over patients: every metric is a ratio of sums over patients.

Records of one patient are correlated, so the patient is the unit of sampling, never the record. Intervals are
Student's, by linearisation of the ratio, with small-sample corrections: leverage (CR2 of Bell and McCaffrey 2002),
degrees of freedom by Kish's effective number of patients, and skewness (Johnson 1978). They are computed from the
patients' sums, so they depend neither on the order of patients nor on a seed. For predictions in new cohorts the unit
of sampling is the cohort, where there are enough of them.

Also the AUROC and the calibration line of probabilities, with intervals over patients.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special, stats
from scipy.optimize import brentq

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.metrics import auroc, calibration_line

MIN_COHORTS = 8  # for an interval over cohorts
LEVEL = 0.975  # quantile of a two-sided 95 % interval


@dataclass(frozen=True)
class Estimate:
    """M ratios with their 95 % intervals, all (M,); NaN where nothing was observed, no interval from one patient."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class RowPatients:
    """The patients behind some rows.

    Attributes:
        rows: (r,) the rows, grouped by patient.
        starts: (P,) position in `rows` of each patient's first one.
        cohort: (P,) the cohort of each, for patients within cohorts; else None.

    """

    rows: Ints
    starts: Ints
    cohort: Ints | None = None

    @classmethod
    def of(cls, subject: Ints, chosen: Bools) -> "RowPatients":
        """The patients of the chosen rows."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.argsort(subject[rows], kind="stable")]
        return cls(rows, _run_starts(subject[rows]))

    @classmethod
    def within(cls, subject: Ints, cohort: Ints, chosen: Bools) -> "RowPatients":
        """The same, but a patient with records in two cohorts counts as one patient of each."""
        rows = np.flatnonzero(chosen)
        rows = rows[np.lexsort((cohort[rows], subject[rows]))]
        starts = np.union1d(_run_starts(subject[rows]), _run_starts(cohort[rows]))
        return cls(rows, starts, cohort[rows[starts]])

    def persons(self, subject: Ints, seen: Bools) -> Ints:
        """(M,) number of distinct persons among the patients for whom `seen` (P, M) holds."""
        if not len(self):
            return np.zeros(seen.shape[1], dtype=np.int64)
        starts = _run_starts(subject[self.rows[self.starts]])
        return np.asarray(np.logical_or.reduceat(seen, starts, 0).sum(0))

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
    """Sum of numerators over sum of denominators, with 95 % intervals; a mean is totals over counts.

    Args:
        numerator, denominator: (P, M) sums of each patient.
        cohort: (P,) cohort of each patient; with `MIN_COHORTS` or more of them the interval is over cohorts.
        least: lower limit of the interval's bounds; 0 for what cannot be negative.

    """
    if cohort is not None and enough_cohorts(cohort):
        numerator, denominator = (_by_cohort(v, cohort) for v in (numerator, denominator))
    value, error = _divide(numerator.sum(0), denominator.sum(0)), ratio_error(numerator, denominator)
    whole = denominator.sum(0)
    with np.errstate(invalid="ignore"):  # an infinite value has no residuals, and no interval
        rest = numerator - value * denominator
    # the mean of skewed errors is biased by a sixth of its skewness (Johnson 1978)
    shift = np.nan_to_num(_divide(_divide((rest**3).sum(0), 6 * (rest**2).sum(0)), whole))
    half = stats.t.ppf(LEVEL, np.maximum(kish(denominator) - 1, 1)) * error
    low, high = np.minimum(value + shift - half, value), np.maximum(value + shift + half, value)
    return Estimate(value, np.maximum(low, np.minimum(least, value)), high)


def ratio_error(numerator: Floats, denominator: Floats) -> Floats:
    """(M,) standard error of `ratio` by linearisation over independent patients; NaN with fewer than two.

    Residuals are corrected for each patient's leverage (CR2).
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
    """(M,) effective number of patients with weights (P, M) (Kish 1965); 0 where there are none."""
    return np.nan_to_num(_divide(weight.sum(0) ** 2, (weight**2).sum(0)))


def one_sided_p(value: Floats, error: Floats, n: Floats) -> Floats:
    """One-sided p-value of a positive value against zero, by Student's t with n - 1 degrees of freedom."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(stats.t.sf(value / error, np.maximum(n - 1, 1)))


def holm(p: Floats, level: float) -> Bools:
    """(n,) whether each hypothesis is rejected at this level by Holm's step-down procedure (Holm 1979); NaN is not."""
    tested = np.where(np.isfinite(p), p, 1.0)
    order = np.argsort(tested, kind="stable")
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order] = np.logical_and.accumulate(tested[order] <= level / np.arange(len(p), 0, -1))
    return rejected


def wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """95 % interval of a proportion of n (Wilson 1927): inside [0, 1], and of positive width at 0 and 1."""
    z = stats.norm.ppf(LEVEL)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    # at 0 and 1 the bound is the share itself; rounding must not move it beyond
    return np.minimum((centre - half).clip(0.0), share), np.maximum((centre + half).clip(None, 1.0), share)


def clustered_share(total: Floats, count: Floats, values: int = 1) -> Estimate:
    """A proportion of values with a Wilson interval for the patients' effective number of independent values.

    Unlike a variance over patients it has a width where every value is inside its interval. The effective number,
    share (1 - share) / variance, is reduced by (z / t)^2 because few patients estimate the variance (Korn and Graubard
    1998); it lies between Kish's effective number of patients and the number of values. One patient gives no interval.

    Args:
        total, count: (P, M) sums and counts of records.
        values: how many values at most a record is the mean of.

    """
    share = _divide(total.sum(0), count.sum(0))
    low, high = wilson(share, effective_number(total, count, values))
    alone = (count > 0).sum(0) < 2
    return Estimate(share, np.where(alone, np.nan, low), np.where(alone, np.nan, high))


def effective_number(total: Floats, count: Floats, values: int = 1) -> Floats:
    """(M,) effective number of independent values behind a share; see `clustered_share`."""
    share, error = _divide(total.sum(0), count.sum(0)), ratio_error(total, count)
    least, records = kish(count), count.sum(0)
    effective = _divide(share * (1 - share), error**2) * variance_correction(least)
    return np.where(np.isnan(effective), least, effective).clip(least, np.maximum(values * records, least))


def binomial_p(share: Floats, n: Floats, true: float) -> Floats:
    """Probability of a share of n values this low or lower where the true one is `true`; n need not be whole."""
    with np.errstate(invalid="ignore"):
        return np.asarray(
            np.where(share >= 1, 1.0, special.betainc(n * (1 - share), n * share + 1, 1 - true))
        )


def variance_correction(n: Floats) -> Floats:
    """(z / t)^2 with n - 1 degrees of freedom: corrects an effective number whose variance n patients estimate."""
    return np.asarray((stats.norm.ppf(LEVEL) / stats.t.ppf(LEVEL, np.maximum(n - 1, 1))) ** 2)


def enough_cohorts(cohort: Ints | None) -> bool:
    """Whether there are enough cohorts for an interval over cohorts."""
    return cohort is not None and len(np.unique(cohort)) >= MIN_COHORTS


def _by_cohort(values: Floats, cohort: Ints) -> Floats:
    """(C, M) sums of the patients' values (P, M) over each cohort."""
    _, place = np.unique(cohort, return_inverse=True)
    return np.stack([np.bincount(place, column) for column in values.T], 1)


def _run_starts(values: Ints) -> Ints:
    """Positions where a run of equal values starts."""
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
    """AUROC with a score interval (Newcombe 2006, method 5) for the effective number of independent records.

    A score interval has a width where every pair is ranked right, and stays inside [0, 1]. The effective numbers of
    events and of other records are their counts over the design effect, which is the variance over patients (Obuchowski
    1997) over that of independent records (Hanley and McNeil 1982), and at least Kish's effective number of patients.
    One patient gives no interval.

    Args:
        y: (R,) 0 or 1, both present.
        probability: (R,) of 1.
        subject: (R,) index of the patient.

    """
    area, (_, index) = auroc(y, probability), np.unique(subject, return_inverse=True)
    patients = int(index.max()) + 1
    if patients < 2:
        return Bounded(area, np.nan, np.nan)
    own = np.stack([np.bincount(index, y == value) for value in (1.0, 0.0)], 1).astype(np.float64)
    records, effective = own.sum(0), kish(own)
    variance = _variance(y > 0.5, probability, index, area)
    if variance > 0:
        effect = variance / _independent(area, *records) / variance_correction(np.asarray(float(patients)))
        effective = (records / effect).clip(effective, records)
    return Bounded(area, _bound(area, 0.0, effective), _bound(area, 1.0, effective))


def calibration(y: Floats, probability: Floats, subject: Ints) -> tuple[Bounded, Bounded]:
    """Intercept and slope of the calibration line, with Student intervals; NaN where there is no estimate."""
    a, b, a_error, b_error = calibration_line(y, probability, subject)
    free = len(np.unique(subject)) - COEFFICIENTS
    t = stats.t.ppf(LEVEL, free) if free > 0 else np.nan
    return Bounded(a, a - t * a_error, a + t * a_error), Bounded(b, b - t * b_error, b + t * b_error)


def _variance(event: Bools, probability: Floats, index: Ints, area: float) -> float:
    """Variance of an AUROC over patients, from the sums of each patient's placements (Obuchowski 1997)."""
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

    With (positive + negative) / 2 in place of either number, as in Newcombe: symmetric in the two classes.
    """
    pairs = max((positive + negative) / 2 - 1, 0.0) * ((1 - area) / (2 - area) + area / (1 + area))
    return float(area * (1 - area) * (1 + pairs) / (positive * negative))


def _bound(area: float, end: float, effective: Floats) -> float:
    """The bound of the score interval between `area` and `end`."""
    if area == end:
        return end
    z2, start = stats.norm.ppf(LEVEL) ** 2, area + NEAR * (end - area)  # the variance is 0 at 0 and 1

    def beyond(true: float) -> float:
        return float((true - area) ** 2 - z2 * _independent(true, float(effective[0]), float(effective[1])))

    return float(brentq(beyond, start, end))
