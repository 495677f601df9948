"""How well probabilities tell events from other records, and how well they are scaled: with intervals over patients."""

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from meta_med.judging.resampling import LEVEL, few_patients, kish
from meta_med.records import Bools, Floats, Ints
from meta_med.scores import auroc, calibration_line

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
