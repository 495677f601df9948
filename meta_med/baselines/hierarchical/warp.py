"""A monotone map of values to normal scores, and the choice whether to use it."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from meta_med.cohorts.record_table import Floats

BLENDS = (0.0, 0.5, 1.0)  # of values to normal scores; 0 only standardises
ENOUGH = 60  # values without which normal scores are guessed
KNOTS = np.linspace(0.02, 0.98, 33)
FLATTEST, STEEPEST = 0.3, 2.0  # slope beyond the knots, and between them, relative to standardising


@dataclass(frozen=True)
class Warp:
    """Piecewise linear and increasing, with straight ends.

    Attributes:
        values, scores: (J,) knots, increasing; ends: (2,) slopes below and above them.

    """

    values: Floats
    scores: Floats
    ends: Floats

    @classmethod
    def of(cls, values: Floats, weight: Floats, blend: float) -> "Warp":
        """Fit on values (n,) with weights: their mean goes to 0 and, in the mean, their standard deviation to 1."""
        mean = float(weight @ values / weight.sum())
        spread = float(np.sqrt(weight @ (values - mean) ** 2 / weight.sum()))
        spread = spread if spread > 1e-9 else 1.0
        knots, scores = _normal_scores(values, weight)
        if blend == 0 or len(np.unique(values)) < 3 or len(knots) < 3:
            return cls(
                np.array([mean - spread, mean + spread]), np.array([-1.0, 1.0]), np.full(2, 1 / spread)
            )
        standard = (knots - mean) / spread
        mixed = (1 - blend) * standard + blend * scores
        slope = np.diff(mixed) / np.diff(knots)
        slope = slope.clip(FLATTEST / spread, None)
        mixed = mixed[0] + np.r_[0.0, np.cumsum(slope * np.diff(knots))]
        ends = slope[[0, -1]].clip(FLATTEST / spread, STEEPEST / spread)
        return cls(knots, mixed, ends)

    def scored(self, values: Floats) -> Floats:
        """Values to scores, NaN kept."""
        inside = np.interp(values, self.values, self.scores)
        below, above = values - self.values[0], values - self.values[-1]
        return np.asarray(inside + np.minimum(below, 0) * self.ends[0] + np.maximum(above, 0) * self.ends[1])

    def valued(self, scores: Floats) -> Floats:
        """Scores back to values."""
        inside = np.interp(scores, self.scores, self.values)
        below, above = scores - self.scores[0], scores - self.scores[-1]
        return np.asarray(inside + np.minimum(below, 0) / self.ends[0] + np.maximum(above, 0) / self.ends[1])

    def log_slope(self, values: Floats) -> Floats:
        """Logarithm of the derivative at values: the Jacobian's part of each; 0 at NaN."""
        slope = np.r_[self.ends[0], np.diff(self.scores) / np.diff(self.values), self.ends[1]]
        log = np.log(slope[np.searchsorted(self.values, np.nan_to_num(values), side="right")])
        return np.asarray(np.where(np.isnan(values), 0.0, log))


def _normal_scores(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Knots at quantiles of the values, and the normal scores of their shares."""
    distinct, place = np.unique(values, return_inverse=True)
    own = np.bincount(place, weight)
    share = (np.cumsum(own) - own / 2) / own.sum()  # half of equal values count as below
    inside = KNOTS[(share[0] <= KNOTS) & (share[-1] >= KNOTS)]
    knots = np.interp(inside, share, distinct)
    apart = np.r_[True, np.diff(knots) > 1e-6 * max(float(np.ptp(distinct)), 1e-300)][: len(knots)]
    return knots[apart], ndtri(inside[apart])
