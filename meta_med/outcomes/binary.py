"""A binary outcome: a probability that is pooled, recalibrated and bounded on the log-odds scale."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import scipy  # loads its parts when they are first used; reading a study file uses none

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.logistic import fit_logistic
from meta_med.metrics import log_loss
from meta_med.outcomes.categorical import Categorical
from meta_med.outcomes.kind import CalibratedForecast, Metric

if TYPE_CHECKING:
    from torch import Tensor

PRIOR = 4.0  # subjects that the prior (no recalibration) counts for


class Binary(Categorical):
    """A class of two, 0 or 1; a forecast is the probability of 1."""

    name = "binary"
    yes_or_no = True
    baseline_form = "logistic"
    published_in = "probability"
    metrics: ClassVar[tuple[Metric, ...]] = (
        Metric("brier", "Brier score", "Brier score", unit="1"),
        Metric("log_loss", "log loss", "log loss", unit="nats"),
    )
    joint_metrics: ClassVar[tuple[Metric, ...]] = (
        Metric("auroc", "ranking (AUROC)", "AUROC", unit="1", error=False, ideal=1.0),
        Metric(
            "calibration_intercept", "intercept of the calibration line", "intercept", unit="1", error=False
        ),
        Metric(
            "calibration_slope", "slope of the calibration line", "slope", unit="1", error=False, ideal=1.0
        ),
    )
    proper = log_score = "log_loss"
    width_prior = 10.0  # recalibration scales log-odds anyway
    invalid_message = "neither 0 nor 1; write `any_positive` for columns whose values above 0 mean yes"

    def check(self, outcome: str, n_classes: int | None) -> None:
        """n_classes is 2 or left out."""
        if n_classes not in (None, 2):
            raise ValueError(f"outcome {outcome!r}: a binary outcome has 2 classes")

    def centre(self, location: "Tensor") -> "Tensor":
        """Probability of 1."""
        return location.softmax(-1)[..., 1]

    def link(self, mean: Floats) -> Floats:
        """Log-odds of probabilities clipped to [0.0001, 0.9999], so that no single predictor dominates a pool."""
        return np.asarray(scipy.special.logit(np.clip(mean, 1e-4, 1 - 1e-4)))

    def inverse_link(self, value: Floats) -> Floats:
        """Probabilities."""
        return np.asarray(scipy.special.expit(value))

    def error(self, y: Floats, mean: Floats) -> Floats:
        """Squared error: the Brier score."""
        return (y - mean) ** 2

    def best_constant(self, y: Floats) -> float:
        """The share of events."""
        return float(np.mean(y))

    def scores(
        self, y: Floats, forecast: CalibratedForecast, back: Callable[[Floats], Floats]
    ) -> dict[str, Floats]:
        """Brier score and log loss."""
        del back
        loss = log_loss(np.nan_to_num(y), forecast.mean)
        return {"brier": (y - forecast.mean) ** 2, "log_loss": np.where(np.isnan(y), np.nan, loss)}

    def blend_score(
        self, mean: Floats, scale: Floats, y: Floats, width: float
    ) -> tuple[Floats, Floats, Floats]:
        """Log loss of log-odds multiplied by `width`."""
        del scale
        odds = width * mean
        return np.logaddexp(0, odds) - y * odds, width * (scipy.special.expit(odds) - y), np.zeros_like(odds)

    def recalibration(
        self, mean: Floats, y: Floats, subject: Ints, stratum: Ints
    ) -> tuple[Floats, tuple[float, float]]:
        """`recalibrate`, and the smallest and largest risk that these records support."""
        return recalibrate(mean, y, subject, stratum), bounds_of_risk(y, subject)

    def recalibrated(self, mean: Floats, line: Floats, bounds: Floats) -> Floats:
        """Probabilities with recalibrated log-odds, clipped to the bounds."""
        intercept, slope = line
        return np.asarray(scipy.special.expit(intercept + slope * self.link(mean)).clip(*bounds))

    def invalid_values(self, values: Floats) -> Bools:
        """Values other than 0 and 1."""
        return ~np.isin(values, (0, 1)) & ~np.isnan(values)


def recalibrate(probability: Floats, y: Floats, subject: Ints, stratum: Ints, prior: float = PRIOR) -> Floats:
    """Intercept and slope of log-odds (Platt 1999), shrunk to (0, 1); a subject has weight one in each stratum.

    A total weight of one per subject would bias the rates, because the number of records depends on the outcome: who is
    readmitted has another encounter.

    Args:
        probability, y: (R,) forecast and truth.
        subject, stratum: (R,) index of the subject, support-size stratum.
        prior: subjects that the prior counts for.

    """
    x = scipy.special.logit(probability.clip(1e-4, 1 - 1e-4))
    who = np.stack([subject, stratum])
    _, index, count = np.unique(who, axis=1, return_inverse=True, return_counts=True)
    design = np.stack([np.ones(len(x)), x], 1)
    ideal = np.asarray([0.0, 1.0])
    return fit_logistic(design, y, weight=1.0 / count[index], penalty=2 * prior, centre=ideal)


def bounds_of_risk(y: Floats, subject: Ints) -> tuple[float, float]:
    """Smallest and largest probability of a binary outcome that these records support.

    Records without an event do not show a risk of 0: after n effective records (`_independent`) the bound is
    1 / (2 n + 2) by Jeffreys' rule. The lower bound is never above the share of records with the event, nor the upper
    one below it, so that a bound alone does not move a risk beyond the average.

    Args:
        y: (R,) 0 or 1; subject: (R,) the subject of each record.

    Returns:
        Lower and upper bound; 0 and 1 without records.

    """
    if not len(y):
        return 0.0, 1.0
    least = 0.5 / (_independent(y, subject) + 1)
    share = float(y.mean())
    # without events, the number of records is the only information
    floor, gap = (s if s > 0 else 0.5 / (len(y) + 1) for s in (share, 1 - share))
    return min(least, floor), 1 - min(least, gap)


def _independent(y: Floats, subject: Ints) -> float:
    """Effective number of records for a share: R over the design effect (Kish 1965).

    The design effect is the variance of the share over subjects relative to that of independent records. The result is
    at most R and at least the number of subjects.
    """
    _, index = np.unique(subject, return_inverse=True)
    binomial = len(y) * float(y.mean()) * (1 - float(y.mean()))
    if binomial == 0:
        return float(len(y))
    own = np.bincount(index, y - y.mean())
    if len(own) == 1:  # one subject shows nothing of how subjects differ
        return 1.0
    effect = float((own**2).sum()) / binomial
    return float(np.clip(len(y) / effect, len(own), len(y))) if effect > 0 else float(len(y))
