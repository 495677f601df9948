"""Forecasts of any predictor as plain arrays on model scale, and weighted pools of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import Prediction

NORMAL = 1e6  # degrees of freedom that encode a normal distribution in JSON and arrays
# Quantile at which distributions with different tails are compared: the end of the 80 % interval.
MATCHED_QUANTILE = 0.9


@dataclass(frozen=True)
class Forecast:
    """Predictions of D outcomes for R records.

    Attributes:
        mean: (R, D) centre on model scale; the probability of 1 for a binary outcome.
        scale: (R, D) scale of the outcomes that have one; NaN for the others.
        df: (D,) degrees of freedom of the Student t; NORMAL for a normal distribution.

    """

    mean: Floats
    scale: Floats
    df: Floats

    def quantile(self, p: float, outcome: int) -> Floats:
        """(R,) p-quantile of an outcome with a scale, on model scale."""
        unit = float(stats.t.ppf(p, self.df[outcome]))
        return np.asarray(self.mean[:, outcome] + unit * self.scale[:, outcome])

    def normal_scale(self) -> Floats:
        """(R, D) scale of the normal distribution with the same 90 % quantile; NaN without a scale."""
        return np.asarray(self.scale * _wider_than_normal(self.df))

    def take(self, rows: np.ndarray) -> "Forecast":
        """The forecasts of these records."""
        return Forecast(self.mean[rows], self.scale[rows], self.df)


def empty_forecast(layout: OutcomeLayout) -> Forecast:
    """A forecast of zero records."""
    d = len(layout.outcomes)
    return Forecast(np.zeros((0, d)), np.zeros((0, d)), np.full(d, NORMAL))


def by_outcome(parts: Sequence[Forecast], of: Ints) -> Forecast:
    """One forecast from several of the same records: outcome d is taken from parts[of[d]]; of is (D,)."""
    column = np.arange(len(of))
    mean, scale = (np.stack([getattr(p, n) for p in parts])[of, :, column].T for n in ("mean", "scale"))
    return Forecast(mean, scale, np.stack([p.df for p in parts])[of, column])


def bounded(forecast: Forecast, limits: tuple[Floats, Floats]) -> Forecast:
    """The forecast with its centres (R, D) clipped to lower and upper limits (R, D) on model scale."""
    return Forecast(np.clip(forecast.mean, *limits), forecast.scale, forecast.df)


def concatenate(parts: Sequence[Forecast]) -> Forecast:
    """Forecasts concatenated along the records, of one predictor or of several fits of one.

    Where degrees of freedom differ, they become their harmonic mean, and scales those with the same 90 % quantile.
    """
    df = parts[0].df
    if all(np.array_equal(p.df, df) for p in parts):
        parts = [Forecast(p.mean, p.scale, df) for p in parts]
    else:
        df = np.asarray(len(parts) / np.sum([1.0 / p.df for p in parts], 0))
    same = [p.scale if p.df is df else p.normal_scale() / _wider_than_normal(df) for p in parts]
    return Forecast(np.concatenate([p.mean for p in parts]), np.concatenate(same), df)


def pool(
    forecasts: Sequence[Forecast],
    weights: Floats,
    layout: OutcomeLayout,
    df: Floats | None = None,
    centres: Floats | None = None,
) -> Forecast:
    """Weighted pool: quantile averaging (Vincentization) of continuous outcomes, averaged log-odds of binary ones.

    Averaging quantiles of one location-scale family averages locations and scales, so the pool stays in the
    family and is sharper than a linear pool (Lichtendahl et al. 2013). Where degrees of freedom differ, the
    medians and the 90 % quantiles are averaged exactly; the pooled t has nearly the other ones. A linear pool of
    probabilities is underconfident even where its members are calibrated; averaged log-odds are not.

    Args:
        forecasts: P predictors' forecasts of the same R records.
        weights: (P, D) or (P, R, D), sums over predictors are one; a weight of zero excludes a predictor, also
            where its forecast is NaN.
        layout: the outcomes; a kind without a scale is averaged after its `link`.
        df: (D,) degrees of freedom of the pool; by default `pooled_df` of weights (P, D).
        centres: (P, R, D) weights of the centres, where they differ from those of the scales.

    """
    weight = weights if weights.ndim == 3 else weights[:, None, :]
    df = pooled_df(forecasts, weights) if df is None else df
    scales = np.stack([f.normal_scale() for f in forecasts])
    means = np.stack([f.mean for f in forecasts])
    for d in layout.unscaled:
        means[..., d] = layout.kinds[d].link(means[..., d])
    of_means = weight if centres is None else centres
    mean, scale = (
        (w * np.where(w == 0, 0.0, part)).sum(0) for w, part in ((of_means, means), (weight, scales))
    )
    scale = scale / _wider_than_normal(df)
    for d in layout.unscaled:
        mean[:, d], scale[:, d] = layout.kinds[d].inverse_link(mean[:, d]), np.nan
    return Forecast(mean, scale, df)


def pooled_df(forecasts: Sequence[Forecast], weights: Floats) -> Floats:
    """(D,) degrees of freedom of a pool with weights (P, D): their harmonic mean, as tails depend on 1 / df."""
    return np.asarray(1.0 / (weights * np.stack([1.0 / f.df for f in forecasts])).sum(0))


def _wider_than_normal(df: Floats) -> Floats:
    """(D,) ratio of the 90 % quantiles of a standard t and a standard normal."""
    return np.asarray(stats.t.ppf(MATCHED_QUANTILE, df) / stats.norm.ppf(MATCHED_QUANTILE))


def from_prediction(prediction: Prediction) -> Forecast:
    """A learner's prediction of (R, 1) queries; NaN where it has no finite mean and scale."""
    layout: OutcomeLayout = prediction.layout
    rows, d = prediction.location.shape[0], len(layout.outcomes)
    mean, scale = np.full((rows, d), np.nan), np.full((rows, d), np.nan)
    df = np.full(d, NORMAL)
    places = list(layout.scaled)
    mean[:, places] = prediction.mean[:, 0].double().cpu().numpy()
    scale[:, places] = prediction.scale[:, 0].double().cpu().numpy()
    lost = ~(np.isfinite(mean) & np.isfinite(scale))
    mean[lost], scale[lost] = np.nan, np.nan
    if prediction.df is not None:
        df[places] = prediction.df.double().cpu().numpy()
    for d in layout.unscaled:
        centre = layout.kinds[d].centre(prediction.location[:, 0, layout.columns[d]])
        mean[:, d] = centre.double().cpu().numpy()
    return Forecast(mean, scale, df)
