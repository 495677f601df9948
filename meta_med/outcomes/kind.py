"""What a kind of outcome is: its loss, predictive distribution, scores, calibration and form, as one object.

A kind is told from another nowhere else: code asks the kind for a fact or calls its method. What a kind does not have
(a categorical outcome has no calibration here) it refuses by name. This package loads without torch, for a study file
is read before torch is needed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, NoReturn

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints

if TYPE_CHECKING:
    from torch import Tensor


class UnsupportedByKind(ValueError):
    """Something was asked that this kind of outcome does not have."""


@dataclass(frozen=True)
class Metric:
    """A score as a table names it.

    Attributes:
        name: in the evaluation table; title: on a page, short: in a column of a page.
        unit: "" is the outcome's own; "share", "nats" and "1" (a number without a unit) are not.
        root: whether the table shows the square root of the mean; error: whether it is a mean of errors, each >= 0.

    """

    name: str
    title: str
    short: str = ""
    unit: str = ""
    root: bool = False
    error: bool = True


@dataclass(frozen=True)
class CalibratedForecast:
    """What a predictor says of one outcome of R records after calibration; all (R,) on model scale.

    Attributes:
        mean: centre, or probability; scale, df: of the Student t; half_width: of the 90 % interval, NaN where there is
            none. A kind without a scale has NaN for both.

    """

    mean: Floats
    scale: Floats
    df: float
    half_width: Floats


class OutcomeKind(ABC):
    """One kind of outcome. Kinds hold no state: there is one object of each, in `registry.KINDS`.

    Attributes:
        name: as a study and `Outcome` write it.
        has_scale: the distribution has a location and a scale of its own (Student t): it gets conformal intervals, a
            standardised error, and a place among the `Prediction.scale`.
        is_class: the truth is one of some labels: a target column each; records of one time that disagree are missing.
        yes_or_no: the truth is 0 or 1: events are counted, ranked (AUROC) and checked by a calibration line.
        standardised: model scale is standard deviations (of logs where the study says so); else values as they are.
        baseline_form: what baselines fit: a mean ("identity"), or log-odds of a probability ("logistic").
        published_in: column of the published predictions that holds the centre.
        metrics: its scores of a record; the first is the error that pages lead with. proper: name of the proper one.
        width_prior: how many times as firmly as a scale the width of a blend is held at 1.
        invalid_message: what is said of source values that are none of this kind.

    """

    name: ClassVar[str]
    has_scale: ClassVar[bool] = False
    is_class: ClassVar[bool] = False
    yes_or_no: ClassVar[bool] = False
    standardised: ClassVar[bool] = False
    baseline_form: ClassVar[Literal["identity", "logistic"]] = "identity"
    published_in: ClassVar[Literal["mean", "probability"]] = "mean"
    metrics: ClassVar[tuple[Metric, ...]] = ()
    proper: ClassVar[str] = ""
    width_prior: ClassVar[float] = 1.0
    invalid_message: ClassVar[str] = ""

    # Layout

    def check(self, outcome: str, n_classes: int | None) -> None:
        """Refuse a number of classes that this kind cannot have.

        Raises:
            ValueError: names the outcome.

        """
        del outcome, n_classes

    def width(self, n_classes: int | None) -> int:
        """Target columns that an outcome of this kind takes."""
        del n_classes
        return 1

    def targets(self, value: "Tensor", seen: "Tensor", width: int) -> "Tensor":
        """Target columns (..., width) of outcomes (...,), 0 where not `seen` (...,) bool."""
        del seen, width
        return value.unsqueeze(-1)

    def allowed(self, width: int) -> str:
        """In words, the values that an outcome may have; "" where it is every finite number."""
        del width
        return ""

    def invalid_targets(self, y: "Tensor", width: int) -> "Tensor":
        """Bool, where y (...) is none of the `allowed` values."""
        del width
        return ~y.isfinite()

    # Distribution and loss, on torch tensors

    @abstractmethod
    def expected(self, location: "Tensor") -> "Tensor":
        """Expected target columns (..., width) at a location (..., width): the inverse link.

        Less the targets it is the derivative of the inner loss by the location, for every canonical link (McCullagh and
        Nelder 1989).
        """

    @abstractmethod
    def location(self, expected: "Tensor") -> "Tensor":
        """The location at which these (..., width) are expected: the link."""

    @abstractmethod
    def at_zero(self, width: int) -> float:
        """What is expected of each target column at location 0, where nothing is known."""

    @abstractmethod
    def log_likelihood(
        self, y: "Tensor", location: "Tensor", scale: "Tensor | None", df: "Tensor | None"
    ) -> "Tensor":
        """Log-likelihood (..., n) of n outcomes: all at once where each takes one target column, else n = 1.

        Args:
            y: (..., n) values; location: (..., n * width); scale: (..., n), df: (n,) of a kind with a scale.

        """

    # Forecasts, on arrays

    def centre(self, location: "Tensor") -> "Tensor":
        """The one number (...) that a forecast holds of a location (..., width): a mean or a probability."""
        self._unsupported(f"forecast of one number from {location.shape[-1]} target columns")

    def link(self, mean: Floats) -> Floats:
        """Centres on the scale on which predictors are pooled and calibrated."""
        return mean

    def inverse_link(self, value: Floats) -> Floats:
        """Back from `link`."""
        return value

    def error(self, y: Floats, mean: Floats) -> Floats:
        """What each prediction is judged by first, of values in clinical units."""
        self._unsupported("error", y, mean)

    def best_constant(self, y: Floats) -> float:
        """The constant of least `error` for these observed values."""
        self._unsupported("error", y)

    def scores(
        self, y: Floats, forecast: CalibratedForecast, back: Callable[[Floats], Floats]
    ) -> dict[str, Floats]:
        """By name of `metrics` the score of each record (R,); NaN where not observed.

        Args:
            y: (R,) truth on model scale, NaN where not observed; back: from model scale to the unit of the scores.

        """
        self._unsupported("scores", y, forecast, back)

    def blend_score(
        self, mean: Floats, scale: Floats, y: Floats, width: float
    ) -> tuple[Floats, Floats, Floats]:
        """Proper score (R,) of pooled predictors, and its slopes by the pooled `mean` and `scale` before widening.

        Args:
            mean: (R,) after `link`; scale: (R,) before it is multiplied by `width`; y: (R,) truth.

        """
        self._unsupported("score of a blend", mean, scale, y, width)

    # Calibration

    def conformity(self, y: Floats, mean: Floats, scale: Floats) -> Floats:
        """(R,) how far the truth lies from the centre, in scales: what intervals are conformalized by."""
        self._unsupported("prediction interval", y, mean, scale)

    def recalibration(
        self, mean: Floats, y: Floats, subject: Ints, stratum: Ints
    ) -> tuple[Floats, tuple[float, float]]:
        """Intercept and slope (2,) of recalibrated `link`, and bounds of what may be told: (0, 1) for none of it."""
        del mean, y, subject, stratum
        return np.asarray([0.0, 1.0]), (0.0, 1.0)

    def recalibrated(self, mean: Floats, line: Floats, bounds: Floats) -> Floats:
        """(R,) centres after what `recalibration` gave."""
        del line, bounds
        return mean

    # Source values

    def invalid_values(self, values: Floats) -> Bools:
        """(n,) which source values, NaN for missing ones, are none of this kind."""
        return np.zeros(len(values), dtype=bool)

    def _unsupported(self, what: str, *given: object) -> NoReturn:
        del given
        raise UnsupportedByKind(f"outcome kind {self.name!r} has no {what}")
