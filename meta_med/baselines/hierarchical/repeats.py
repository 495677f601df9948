"""Exact repeats of the last value beyond chance: the probability that the next one is the same."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln

from meta_med.cohorts.record_table import Floats

SAME = 1e-9  # of standardised values: smaller differences are rounding
SHARES = np.r_[0.001, np.linspace(0.01, 0.99, 50)]  # of repeats, in the population
CERTAINTIES = 2.0 ** np.arange(0, 11)  # how alike patients are: own pairs that the population counts for
FEW = (0.5, 4.5)  # repeats and other pairs that the prior counts for


@dataclass(frozen=True)
class Repeats:
    """A beta distribution over patients of the probability to repeat, and the part of it beyond chance.

    Attributes:
        share: of adjacent pairs, in the population; certainty: a patient's own pairs that the population counts for;
        beyond: part of the repeats that rounding does not explain.

    """

    share: float
    certainty: float
    beyond: float

    @classmethod
    def of(cls, y: Floats) -> "Repeats":
        """Fit on series (L, N) of standardised values, left-aligned and NaN after the last one."""
        own, alike = _counts(y)
        share, certainty = _most_likely(own, alike)
        return cls(share, certainty, _beyond_chance(y))

    def mass(self, y: Floats) -> Floats:
        """(B,) probability that the next value repeats the last one, given own series (B, N), left-aligned."""
        own, alike = _counts(y)
        chance = (self.share * self.certainty + alike) / (self.certainty + own)
        return np.asarray(np.where(np.isnan(y).all(1), 0.0, self.beyond * chance))


def _counts(y: Floats) -> tuple[Floats, Floats]:
    """(L,) each: number of adjacent pairs, and of those with equal values."""
    step = np.diff(y, axis=1)
    return (~np.isnan(step)).sum(1).astype(np.float64), (np.abs(step) <= SAME).sum(1).astype(np.float64)


def _most_likely(n: Floats, r: Floats) -> tuple[float, float]:
    """Share and certainty of the beta-binomial distribution of r repeats in n pairs."""
    a = (SHARES[:, None] * CERTAINTIES)[..., None]
    b = ((1 - SHARES)[:, None] * CERTAINTIES)[..., None]
    some = n > 0
    log = (betaln(a + r[some], b + (n - r)[some]) - betaln(a, b)).sum(-1)
    log += (FEW[0] * np.log(SHARES) + FEW[1] * np.log1p(-SHARES))[:, None]
    i, j = np.unravel_index(np.argmax(log), log.shape)
    return float(SHARES[i]), float(CERTAINTIES[j])


def _beyond_chance(y: Floats) -> float:
    """Part of the repeats that is not explained by rounding.

    Where values are merely rounded, a step to the neighbouring value is about as frequent as none. Neighbours are
    counted among the values that occur, so that rounding before a logarithm is found too.
    """
    values = np.unique(y[~np.isnan(y)])
    values = values[np.r_[True, np.diff(values) > SAME][: len(values)]]
    rank = np.where(np.isnan(y), np.nan, np.searchsorted(values, np.nan_to_num(y) - SAME))
    step = np.abs(np.diff(rank, axis=1))
    same, beside = float((step == 0).sum()), float((step == 1).sum()) / 2
    return max(0.0, same - beside) / same if same else 0.0
