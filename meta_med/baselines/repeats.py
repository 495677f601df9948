"""Outcomes that often repeat the last value exactly: the chance of a repeat, and the median that follows from it.

A dose that nobody changes, a diameter to the millimetre: the next value equals the last one with a chance w that no
density around a mean can state. The forecast is a mixture: a point mass w at the last value, and a normal distribution
of other values with weight 1 - w. Its median is the last value where that has enough weight, else a quantile of the
normal distribution moved toward the last value.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from meta_med.baselines.baseline import spread_by_size
from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.baselines.heads import Columns, Head, tuned_head
from meta_med.baselines.lags import OWN
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.metrics import per_subject_mean

RARE = 0.02  # share of repeats below which they are left to the density
SUREST = 0.98  # largest chance of a repeat that is stated
OUTERMOST = 1e-12  # smallest probability of a normal quantile
TRUSTED = 0.9  # of a chance, in the scale: chances are estimates. On tuning patients of biomarkers 1 and 0.75 are worse


@dataclass(frozen=True)
class Own:
    """What repeats of one outcome depend on: lags (R, len(OWN)), cohort and support size (R,)."""

    lags: Floats
    cohort: Ints
    size: Ints

    def lag(self, name: str) -> Floats:
        """(R,) one of OWN."""
        return np.asarray(self.lags[:, OWN.index(name)])


@dataclass(frozen=True)
class Repeats:
    """One outcome's model of repeats.

    Attributes:
        head: the chance by own values and the cohort's rate; rates: share of repeats by cohort.
        spread: (sizes,) of values that are no repeats around the centre, by support size; unit: of the outcome.

    """

    head: Head
    rates: CohortLevels
    spread: Floats
    unit: float

    def chance(self, own: Own, centre: Floats) -> Floats:
        """(R,) chance that the last value is repeated; 0 without a last value."""
        chance = self.head.centre(_columns(own, centre, self.rates, self.unit))
        return np.where(np.isnan(own.lag("last")), 0.0, chance.clip(0.0, SUREST))

    def median(self, own: Own, centre: Floats, chance: Floats) -> Floats:
        """(R,) median of the mixture."""
        spread = self.spread[np.minimum(own.size, len(self.spread) - 1)]
        return mixture_median(centre, spread, own.lag("last"), chance)

    def state(self) -> dict[str, np.ndarray]:
        """Arrays of the saved state, but for the head's facts."""
        return {
            **self.head.state(),
            **self.rates.state(),
            "spread": self.spread,
            "unit": np.asarray(self.unit),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, np.ndarray], facts: Mapping[str, object]) -> "Repeats":
        """Rebuild from `state` and the head's facts."""
        head, rates = Head.restore(arrays, facts), CohortLevels.restore(arrays)
        return cls(head, rates, arrays["spread"], float(arrays["unit"]))


def mixture_median(centre: Floats, spread: Floats, last: Floats, chance: Floats) -> Floats:
    """(R,) median of a point mass `chance` at `last`, none where it is NaN, and a normal distribution with the rest."""
    rest = 1.0 - chance
    below = rest * norm.cdf(
        (np.nan_to_num(last) - centre) / spread
    )  # mass of other values below the last one
    at = np.where(below > 0.5, 0.5, 0.5 - chance) / rest
    moved = centre + spread * norm.ppf(at.clip(OUTERMOST, 1 - OUTERMOST))
    kept = (below <= 0.5) & (below + chance >= 0.5)
    return np.where(np.isnan(last) | (chance <= 0), centre, np.where(kept, last, moved))


def narrowing(chance: Floats) -> Floats:
    """Factor of a normal distribution's scale where a share of values has no error: its standard deviation's."""
    return np.asarray(np.sqrt(1.0 - TRUSTED * chance))


def fit_repeats(
    own: Own, centre: Floats, y: Floats, fold: Ints, subject: Ints, unit: float
) -> tuple[Repeats, Floats, Floats] | None:
    """Fit to left-out centres (R,) and the truth; None where repeats are rare or the median does not improve.

    The median must lower the absolute error, over left-out subjects, by more than one standard error.

    Returns:
        The model, and the left-out medians and chances (R,).

    """
    repeat = own.lag("last") == y
    known = ~np.isnan(own.lag("last"))
    if not known.any() or repeat[known].mean() < RARE:
        return None
    rates = CohortLevels.of(np.where(known, repeat, np.nan)[:, None], own.cohort, subject)
    columns, chance = _columns(own, centre, rates, unit), np.zeros(len(y))
    part = Columns(columns.x[known], {"nothing": columns.starts["nothing"][known]})
    head, chance[known] = tuned_head(part, repeat[known].astype(np.float64), fold[known], True, False)
    chance = chance.clip(0.0, SUREST)
    residual = np.where(repeat, np.nan, y - centre)[:, None]
    spread = spread_by_size(residual, own.size, int(own.size.max()), unit)[:, 0]
    found = Repeats(head, rates, spread, unit)
    median = found.median(own, centre, chance)
    gain, _ = per_subject_mean(np.abs(y - centre) - np.abs(y - median), subject)
    if gain.mean() <= gain.std() / np.sqrt(len(gain)):
        return None
    return found, median, chance


def _columns(own: Own, centre: Floats, rates: CohortLevels, unit: float) -> Columns:
    """Inputs of the chance; they do not depend on the outcome's unit."""
    none: Floats = np.zeros((0, 0, 1))
    level = rates.by_code(none)[:, 0]
    last, change, spread = own.lag("last"), own.lag("change"), own.lag("spread")
    with np.errstate(invalid="ignore"):
        parts = [
            own.lag("age"),
            own.lag("gap"),
            own.lag("seen"),
            np.where(np.isnan(change), np.nan, change == 0),
            np.where(np.isnan(spread), np.nan, spread == 0),
            np.abs(change) / unit,
            spread / unit,
            np.abs(last - centre) / unit,
            level[np.minimum(own.cohort, len(level) - 1)],
        ]
    return Columns(np.stack(parts, 1), {"nothing": np.zeros(len(last))})
