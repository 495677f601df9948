"""The base class of baselines: fitted on training subjects' episodes, forecasting from a support set."""

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
    """A predictor without meta-learning.

    Args:
        layout: the D outcomes.

    """

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
        """Arrays and JSON facts from which `restore` rebuilds the predictor."""

    @abstractmethod
    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""

    def forecast(self, episodes: Episodes) -> Forecast:
        """Centre, with the spread of left-out residuals at each support size as its scale."""
        d = len(self.layout.outcomes)
        bucket = np.minimum(episodes.size, len(self.residual_scale) - 1)
        scale = self.residual_scale[bucket]
        scale[:, list(self.layout.unscaled)] = np.nan
        return Forecast(self.centre(episodes), scale, np.full(d, NORMAL))

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Fit the spread by support size, from residuals that are cross-validated by person."""
        fold = episodes.group % folds
        residual = np.full(episodes.y.shape, np.nan)
        for f in range(folds):
            out: Bools = fold == f
            if out.any() and (~out).any():
                model = type(self)(self.layout).fit(episodes.take(~out))
                residual[out] = episodes.y[out] - model.centre(episodes.take(out))
        largest, unit = episodes.support_time.shape[1], spread_or_size(episodes.y)
        self.residual_scale = spread_by_size(residual, episodes.size, largest, unit)
        return self


def spread_by_size(
    residual: Floats, size: Ints, largest: int, unit: Floats | float = 1.0, prior: float = 20.0
) -> Floats:
    """Root mean square residual by support size, shrunk to the pooled one.

    Args:
        residual: (R, D), NaN where missing; size: (R,) support sizes, at most `largest`.
        unit: (D,) unit of each outcome; no spread is below MIN_SCALE of it, so that constant outcomes have a density.
        prior: weight of the pooled spread, in residuals.

    Returns:
        (largest + 1, D).

    """
    square = np.nan_to_num(residual**2)
    seen = ~np.isnan(residual)
    pooled = square.sum(0) / np.maximum(seen.sum(0), 1)
    out = np.empty((largest + 1, residual.shape[1]))
    for k in range(largest + 1):
        at = size == k
        out[k] = (square[at].sum(0) + prior * pooled) / (seen[at].sum(0) + prior)
    return np.maximum(np.sqrt(out), MIN_SCALE * unit)
