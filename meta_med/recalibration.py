"""Recalibrated probabilities: log-odds moved and stretched as calibration subjects say (Platt 1999)."""

import numpy as np
from scipy.special import logit

from meta_med.logistic import fit_logistic
from meta_med.records import Floats, Ints


def recalibrate(probability: Floats, y: Floats, subject: Ints, stratum: Ints, prior: float = 4.0) -> Floats:
    """Intercept and slope of log-odds, shrunk to (0, 1); a subject weighs one in each stratum.

    Not one in all: how many records there are may tell of the outcome. Who is readmitted has another encounter, so
    that the first encounters of those who come once would count for more than they are, and rates come out too low.
    """
    x = logit(probability.clip(1e-4, 1 - 1e-4))
    who = np.stack([subject, stratum])
    _, index, count = np.unique(who, axis=1, return_inverse=True, return_counts=True)
    design = np.stack([np.ones(len(x)), x], 1)
    ideal = np.asarray([0.0, 1.0])
    return fit_logistic(design, y, weight=1.0 / count[index], penalty=2 * prior, centre=ideal)
