"""A continuous outcome: a real number with a location-scale Student t, conformal intervals and errors in its unit."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import scipy  # loads its parts when they are first used; reading a study file uses none

from meta_med.cohorts.record_table import Floats
from meta_med.metrics import crps_of_quantiles
from meta_med.outcomes.kind import CalibratedForecast, Metric, OutcomeKind

if TYPE_CHECKING:
    from torch import Tensor

QUANTILES = 20  # of the back-transformed distribution, from which the CRPS is computed
ROOT_PI = float(np.sqrt(np.pi))


class Continuous(OutcomeKind):
    """A real number, standardised by training subjects; its location is its mean and median."""

    name = "continuous"
    has_scale = True
    standardised = True
    metrics: ClassVar[tuple[Metric, ...]] = (
        Metric("mae", "mean absolute error", "MAE"),
        Metric("rmse", "root mean squared error", "RMSE", root=True),
        Metric("crps", "error of the whole distribution (CRPS)", "CRPS"),
        Metric(
            "log_score",
            "log score of the whole distribution",
            "log score",
            unit="nats",
            error=False,
            ideal=-math.inf,
        ),
        Metric(
            "coverage_90", "coverage of the 90 % interval", "coverage", unit="share", error=False, ideal=0.9
        ),
        Metric("width_90", "width of the 90 % interval", "width", error=False),
    )
    proper = "crps"
    log_score = "log_score"

    def expected(self, location: "Tensor") -> "Tensor":
        """The location itself."""
        return location

    def location(self, expected: "Tensor") -> "Tensor":
        """The expected value itself."""
        return expected

    def at_zero(self, width: int) -> float:
        """0: the mean of training records."""
        del width
        return 0.0

    def log_likelihood(
        self, y: "Tensor", location: "Tensor", scale: "Tensor | None", df: "Tensor | None"
    ) -> "Tensor":
        """Log density of the location-scale Student t; the normal density without df."""
        assert scale is not None, "a continuous outcome has a scale"
        return student_t_log_density(y, location, scale, df)

    def centre(self, location: "Tensor") -> "Tensor":
        """Mean and median."""
        return location[..., 0]

    def error(self, y: Floats, mean: Floats) -> Floats:
        """Absolute error."""
        return np.abs(y - mean)

    def best_constant(self, y: Floats) -> float:
        """The median."""
        return float(np.median(y))

    def scores(
        self, y: Floats, forecast: CalibratedForecast, back: Callable[[Floats], Floats]
    ) -> dict[str, Floats]:
        """Absolute and squared error, CRPS, log score, and the 90 % interval's coverage and width.

        The log score is minus the log density at the truth on model scale, whatever the unit of the other scores: in
        training standard deviations (of logs where the study says so).
        """
        unit = scipy.stats.t.ppf((np.arange(QUANTILES) + 0.5) / QUANTILES, forecast.df)
        quantiles = forecast.mean[:, None] + unit * forecast.scale[:, None]
        low, high = forecast.mean - forecast.half_width, forecast.mean + forecast.half_width
        known = ~(np.isnan(y) | np.isnan(forecast.half_width))
        inside = np.where(known, (y >= low) & (y <= high), np.nan)
        with np.errstate(divide="ignore"):  # a scale of 0 has no density
            surprise = -scipy.stats.t.logpdf(y, forecast.df, forecast.mean, forecast.scale)
        y, mean, low, high, quantiles = (back(v) for v in (y, forecast.mean, low, high, quantiles))
        return {
            "mae": np.abs(y - mean),
            "rmse": (y - mean) ** 2,
            "crps": crps_of_quantiles(y, quantiles),
            "log_score": surprise,
            "coverage_90": inside,
            "width_90": np.where(np.isnan(y), np.nan, high - low),
        }

    def blend_score(
        self, mean: Floats, scale: Floats, y: Floats, width: float
    ) -> tuple[Floats, Floats, Floats]:
        """CRPS of a normal distribution (Gneiting and Raftery 2007); own code, for its derivatives."""
        wide = width * scale
        z = (y - mean) / wide
        tilt, density = 2 * scipy.special.ndtr(z) - 1, np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
        return wide * (z * tilt + 2 * density - 1 / ROOT_PI), -tilt, width * (2 * density - 1 / ROOT_PI)

    def conformity(self, y: Floats, mean: Floats, scale: Floats) -> Floats:
        """|y - mean| / scale: 0 where there is no error, infinite where the scale is 0 or not finite."""
        error = np.abs(y - mean)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(error == 0, 0.0, np.nan_to_num(error / scale, nan=np.inf, posinf=np.inf))


def student_t_log_density(y: "Tensor", mean: "Tensor", scale: "Tensor", df: "Tensor | None") -> "Tensor":
    """Log density of the location-scale Student t, elementwise; without df the normal density."""
    z = (y - mean) / scale
    if df is None:
        return -0.5 * z.square() - scale.log() - 0.5 * math.log(2 * math.pi)
    normaliser = ((df + 1) / 2).lgamma() - (df / 2).lgamma() - 0.5 * (df * math.pi).log()
    return normaliser - scale.log() - (df + 1) / 2 * (z.square() / df).log1p()
