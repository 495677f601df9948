"""What every baseline is: fitted on training subjects' episodes, forecasts from a support set like a learner."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Self

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes
from meta_med.forecast import NORMAL, Forecast
from meta_med.moments import spread_or_size
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import MIN_SCALE


class Baseline(ABC):
    """A predictor without meta-learning."""

    def __init__(self, layout: OutcomeLayout) -> None:
        self.layout = layout
        self.residual_scale: Floats = np.ones((1, len(layout.outcomes)))

    @abstractmethod
    def fit(self, episodes: Episodes) -> Self:
        """Fit on training subjects' episodes."""

    @abstractmethod
    def centre(self, episodes: Episodes) -> Floats:
        """(R, D) means on model scale, probabilities for binary outcomes."""

    @abstractmethod
    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays and JSON facts from which `restore` makes the same predictor."""

    @abstractmethod
    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""

    def forecast(self, episodes: Episodes) -> Forecast:
        """Centre with the spread that residuals of unseen subjects had at this support size."""
        d = len(self.layout.outcomes)
        bucket = np.minimum(episodes.size, len(self.residual_scale) - 1)
        scale = self.residual_scale[bucket]
        scale[:, list(self.layout.unscaled)] = np.nan
        return Forecast(self.centre(episodes), scale, np.full(d, NORMAL))

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Spread by support size, from residuals of subjects left out of the fit (cross-validated by person)."""
        fold = episodes.group % folds
        residual = np.full(episodes.y.shape, np.nan)
        for f in range(folds):
            out: Bools = fold == f
            if out.any() and (~out).any():
                fitted = type(self)(self.layout).fit(episodes.take(~out))
                residual[out] = episodes.y[out] - fitted.centre(episodes.take(out))
        largest, unit = episodes.support_time.shape[1], spread_or_size(episodes.y)
        self.residual_scale = spread_by_size(residual, episodes.size, largest, unit)
        return self


def spread_by_size(
    residual: Floats, size: Ints, largest: int, unit: Floats | float = 1.0, prior: float = 20.0
) -> Floats:
    """(largest + 1, D) root mean square residual by support size, shrunk to the pooled one.

    An outcome that never varies still needs a density: no spread is below MIN_SCALE of the outcome's `unit` (D,).
    """
    square = np.nan_to_num(residual**2)
    seen = ~np.isnan(residual)
    pooled = square.sum(0) / np.maximum(seen.sum(0), 1)
    out = np.empty((largest + 1, residual.shape[1]))
    for k in range(largest + 1):
        at = size == k
        out[k] = (square[at].sum(0) + prior * pooled) / (seen[at].sum(0) + prior)
    return np.maximum(np.sqrt(out), MIN_SCALE * unit)
