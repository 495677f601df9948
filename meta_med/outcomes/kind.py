"""The interface of a kind of outcome: its loss, predictive distribution, scores, calibration and layout, as one object.

Other code never branches on the kind: it reads an attribute of the kind or calls a method. A method that a kind does
not support raises `UnsupportedByKind`. This package loads without torch, because a study file is read before torch is
needed.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, NoReturn

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints

if TYPE_CHECKING:
    import pandas as pd
    from torch import Tensor


class UnsupportedByKind(ValueError):
    """The kind of outcome does not support the operation."""


@dataclass(frozen=True)
class Metric:
    """A score of a record, or a number of all records jointly, and how tables and pages name it.

    Attributes:
        name: in the evaluation table; title: on a page; short: in the header of a column.
        unit: "" for the outcome's own unit; else "share", "nats" or "1" (dimensionless).
        root: whether the table has the square root of the mean.
        error: whether it is a mean of errors, each >= 0.
        ideal: its value for the best forecast; the nearer to it, the better. Minus infinity where lower is always
            better.

    """

    name: str
    title: str
    short: str = ""
    unit: str = ""
    root: bool = False
    error: bool = True
    ideal: float = 0.0

    def loss(self, values: "pd.Series[float]") -> "pd.Series[float]":
        """How far the values are from the ideal one; the values themselves where lower is always better."""
        return values if math.isinf(self.ideal) else (values - self.ideal).abs()


@dataclass(frozen=True)
class CalibratedForecast:
    """The calibrated forecast of one outcome for R records, on model scale.

    Attributes:
        mean: (R,) centre, or probability.
        scale, df: (R,) scale and degrees of freedom of the Student t; NaN scale for a kind without one.
        half_width: (R,) of the 90 % interval; NaN where there is none.

    """

    mean: Floats
    scale: Floats
    df: float
    half_width: Floats


class OutcomeKind(ABC):
    """One kind of outcome. Kinds hold no state: there is one object of each, in `registry.KINDS`.

    Attributes:
        name: as in a study file and in `Outcome`.
        has_scale: whether the distribution has a location and a scale (Student t); it then has conformal intervals, a
            standardised error, and a column of `Prediction.scale`.
        is_class: whether the truth is a class label: one target column per class; contradictory records of one time are
            missing.
        yes_or_no: whether the truth is 0 or 1; it then has an AUROC and a calibration line.
        standardised: whether model scale is standard deviations (of logs where the study says so); else raw values.
        baseline_form: what baselines fit: a mean ("identity"), or log-odds of a probability ("logistic").
        published_in: column of the published predictions that holds the centre.
        metrics: scores of a record; the first is the main error of pages. proper: name of the proper score.
        joint_metrics: numbers of all records jointly, which are no mean over records; the first is shown beside the
            errors.
        log_score: name of the metric that is minus the log density or log probability of the truth.
        width_prior: strength of the prior on a blend's width, relative to that of its weights.
        invalid_message: the end of an error message about invalid source values.

    """

    name: ClassVar[str]
    has_scale: ClassVar[bool] = False
    is_class: ClassVar[bool] = False
    yes_or_no: ClassVar[bool] = False
    standardised: ClassVar[bool] = False
    baseline_form: ClassVar[Literal["identity", "logistic"]] = "identity"
    published_in: ClassVar[Literal["mean", "probability"]] = "mean"
    metrics: ClassVar[tuple[Metric, ...]] = ()
    joint_metrics: ClassVar[tuple[Metric, ...]] = ()
    proper: ClassVar[str] = ""
    log_score: ClassVar[str] = ""
    width_prior: ClassVar[float] = 1.0
    invalid_message: ClassVar[str] = ""

    @property
    def distribution_metrics(self) -> tuple[Metric, ...]:
        """The metrics of the whole distribution: the proper score and the log score."""
        return tuple(m for m in self.metrics if m.name in (self.proper, self.log_score))

    # Layout

    def check(self, outcome: str, n_classes: int | None) -> None:
        """Check the number of classes.

        Raises:
            ValueError: the kind cannot have this number of classes; names the outcome.

        """
        del outcome, n_classes

    def width(self, n_classes: int | None) -> int:
        """Number of target columns of an outcome of this kind."""
        del n_classes
        return 1

    def targets(self, value: "Tensor", seen: "Tensor", width: int) -> "Tensor":
        """Target columns (..., width) of outcomes (...,), 0 where not `seen` (...,) bool."""
        del seen, width
        return value.unsqueeze(-1)

    def allowed(self, width: int) -> str:
        """The allowed values in words; "" for every finite number."""
        del width
        return ""

    def invalid_targets(self, y: "Tensor", width: int) -> "Tensor":
        """Bool (...), where y (...) is not one of the `allowed` values."""
        del width
        return ~y.isfinite()

    # Distribution and loss, on torch tensors

    @abstractmethod
    def expected(self, location: "Tensor") -> "Tensor":
        """Expected target columns (..., width) at a location (..., width): the inverse link.

        Minus the targets, it is the derivative of the inner loss by the location for every canonical link (McCullagh
        and Nelder 1989).
        """

    @abstractmethod
    def location(self, expected: "Tensor") -> "Tensor":
        """The location (..., width) of these expected target columns: the link."""

    @abstractmethod
    def at_zero(self, width: int) -> float:
        """The expected value of each target column at location 0, the prior."""

    @abstractmethod
    def log_likelihood(
        self, y: "Tensor", location: "Tensor", scale: "Tensor | None", df: "Tensor | None"
    ) -> "Tensor":
        """Log-likelihood (..., n) of n outcomes: several at once where each has one target column, else n = 1.

        Args:
            y: (..., n) values.
            location: (..., n * width).
            scale, df: (..., n) and (n,), for a kind with a scale.

        """

    # Forecasts, on arrays

    def centre(self, location: "Tensor") -> "Tensor":
        """The centre (...) of a forecast with this location (..., width): a mean or a probability."""
        self._unsupported(f"forecast of one number from {location.shape[-1]} target columns")

    def link(self, mean: Floats) -> Floats:
        """Centres on the scale of pooling and calibration."""
        return mean

    def inverse_link(self, value: Floats) -> Floats:
        """Inverse of `link`."""
        return value

    def error(self, y: Floats, mean: Floats) -> Floats:
        """(R,) the main error of each prediction, from values in clinical units."""
        self._unsupported("error", y, mean)

    def best_constant(self, y: Floats) -> float:
        """The constant of least `error` for these observed values."""
        self._unsupported("error", y)

    def scores(
        self, y: Floats, forecast: CalibratedForecast, back: Callable[[Floats], Floats]
    ) -> dict[str, Floats]:
        """Metric name -> score of each record (R,); NaN where not observed.

        Args:
            y: (R,) truth on model scale, NaN where not observed.
            forecast: the calibrated forecast.
            back: transform from model scale to the unit of the scores.

        """
        self._unsupported("scores", y, forecast, back)

    def blend_score(
        self, mean: Floats, scale: Floats, y: Floats, width: float
    ) -> tuple[Floats, Floats, Floats]:
        """Proper score (R,) of a pool, and its derivatives by the pooled `mean` and `scale` before widening.

        Args:
            mean: (R,) after `link`.
            scale: (R,) before it is multiplied by `width`.
            y: (R,) truth.
            width: factor on the scale.

        """
        self._unsupported("score of a blend", mean, scale, y, width)

    # Calibration

    def conformity(self, y: Floats, mean: Floats, scale: Floats) -> Floats:
        """(R,) conformity score: distance of the truth from the centre, in scales."""
        self._unsupported("prediction interval", y, mean, scale)

    def recalibration(
        self, mean: Floats, y: Floats, subject: Ints, stratum: Ints
    ) -> tuple[Floats, tuple[float, float]]:
        """Intercept and slope (2,) on the scale of `link`, and bounds of the result; (0, 1) for none."""
        del mean, y, subject, stratum
        return np.asarray([0.0, 1.0]), (0.0, 1.0)

    def recalibrated(self, mean: Floats, line: Floats, bounds: Floats) -> Floats:
        """(R,) recalibrated centres."""
        del line, bounds
        return mean

    # Source values

    def invalid_values(self, values: Floats) -> Bools:
        """(n,) whether each source value (NaN for missing) is invalid for this kind."""
        return np.zeros(len(values), dtype=bool)

    def _unsupported(self, what: str, *given: object) -> NoReturn:
        del given
        raise UnsupportedByKind(f"outcome kind {self.name!r} has no {what}")
