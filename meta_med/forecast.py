"""What any predictor says of R query records, as plain arrays on model scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction
from meta_med.records import Floats

NORMAL = 1e6  # degrees of freedom that stand for a normal distribution in JSON and arrays


@dataclass(frozen=True)
class Forecast:
    """Predictions of D outcomes for R records.

    Attributes:
        mean: (R, D) centre on model scale; the probability of 1 for a binary outcome.
        scale: (R, D) scale of the continuous outcomes; NaN for binary ones.
        df: (D,) degrees of freedom of the Student t; NORMAL for a normal distribution.

    """

    mean: Floats
    scale: Floats
    df: Floats

    def quantile(self, p: float, outcome: int) -> Floats:
        """(R,) p-quantile of a continuous outcome on model scale."""
        unit = float(stats.t.ppf(p, self.df[outcome]))
        return np.asarray(self.mean[:, outcome] + unit * self.scale[:, outcome])

    def take(self, rows: np.ndarray) -> "Forecast":
        """The forecasts of these records."""
        return Forecast(self.mean[rows], self.scale[rows], self.df)


def concatenate(parts: Sequence[Forecast]) -> Forecast:
    """Forecasts of the same predictor, one after the other."""
    return Forecast(
        np.concatenate([p.mean for p in parts]), np.concatenate([p.scale for p in parts]), parts[0].df
    )


def pool(forecasts: Sequence[Forecast], weights: Floats) -> Forecast:
    """Weighted pool: quantile averaging (Vincentization) of continuous outcomes, linear pool of probabilities.

    Averaging quantiles of one location-scale family averages locations and scales, so the pool stays in the
    family and is sharper than a linear pool (Lichtendahl et al. 2013).

    Args:
        forecasts: P predictors' forecasts of the same records; weights: (P, D), columns sum to one.

    """
    weight = weights[:, None, :]
    mean = (weight * np.stack([f.mean for f in forecasts])).sum(0)
    scale = (weight * np.stack([f.scale for f in forecasts])).sum(0)
    df = (weights * np.stack([f.df for f in forecasts])).sum(0)
    return Forecast(mean, scale, df)


def from_prediction(prediction: Prediction) -> Forecast:
    """A learner's prediction of (R, 1) queries."""
    layout: OutcomeLayout = prediction.layout
    rows, d = prediction.location.shape[0], len(layout.outcomes)
    mean, scale = np.full((rows, d), np.nan), np.full((rows, d), np.nan)
    df = np.full(d, NORMAL)
    places = list(layout.continuous)
    mean[:, places] = prediction.mean[:, 0].double().cpu().numpy()
    scale[:, places] = prediction.scale[:, 0].double().cpu().numpy()
    if prediction.df is not None:
        df[places] = prediction.df.double().cpu().numpy()
    for c in layout.classes:
        mean[:, c] = prediction.location[:, 0, layout.columns[c]].softmax(-1)[..., 1].double().cpu().numpy()
    return Forecast(mean, scale, df)
