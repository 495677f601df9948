"""Patients helped and harmed: those whose error one predictor makes smaller, or larger, than another.

A patient is helped when the first predictor's error, averaged over the patient's own predictions, is lower than the
other's by more than a margin, and harmed when it is higher by more than that. The margin is 5 % of the other's mean
error over all patients.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Floats
from meta_med.evaluate.intervals import RowPatients, wilson

MARGIN = 0.05
HELPED, HARMED = "helped", "harmed"
"""Metrics of the evaluation table: the champion against `un_adapted`."""


@dataclass(frozen=True)
class Share:
    """A share of patients with its 95 % interval (Wilson)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Benefit:
    """Shares of the patients with a score of both predictors.

    Attributes:
        helped, harmed: the shares.
        n_patients, n_predictions: what they rest on.

    """

    helped: Share
    harmed: Share
    n_patients: int
    n_predictions: int


def benefit(patients: RowPatients, own: Floats, other: Floats) -> Benefit | None:
    """Who is helped and who is harmed by one predictor in place of another; None where nobody has both.

    Args:
        patients: whose records are compared.
        own, other: (R,) errors of the two predictors; NaN where there is none.

    """
    both = np.stack([own, other], 1)
    total, count = patients.sums(np.where(np.isnan(both).any(1, keepdims=True), np.nan, both))
    seen = count[:, 0] > 0
    if not seen.any():
        return None
    first, second = (total[seen] / count[seen]).T
    margin = MARGIN * float(total[:, 1].sum() / count[:, 1].sum())
    return Benefit(
        helped=_share(first < second - margin),
        harmed=_share(first > second + margin),
        n_patients=int(seen.sum()),
        n_predictions=int(count[:, 0].sum()),
    )


def _share(hit: np.ndarray) -> Share:
    low, high = wilson(np.asarray(hit.mean()), np.asarray(float(len(hit))))
    return Share(float(hit.mean()), float(low), float(high))
