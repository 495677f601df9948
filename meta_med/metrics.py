"""Scores of forecasts; each docstring gives the reason for its use."""

import numpy as np
import scipy  # loads its parts when they are first used; reading a study file uses none

from meta_med.cohorts.record_table import Floats
from meta_med.logistic import estimate_exists, fit_logistic

# Probabilities are clipped to this range, because wrong certainty has an infinite loss.
PROBABILITY_BOUNDS = (1e-6, 1 - 1e-6)
MIN_DETERMINANT = 1e-9  # of the product of its diagonal: a determinant so small is rounding


def crps_of_quantiles(y: Floats, quantiles: Floats) -> Floats:
    """CRPS as twice the mean pinball loss over M evenly spaced quantiles; lower is better (Gneiting and Raftery 2007).

    For a distribution given by its quantiles only, such as a back-transformed one. The score is in the outcome's unit,
    rewards calibration and sharpness, and equals the absolute error for a point forecast. Own code: `scoringrules`
    would be one more required package of the core; a test compares both.

    Args:
        y: (R,) truth; quantiles: (R, M) at probabilities (i + 1/2) / M.

    Returns:
        (R,) scores.

    """
    m = quantiles.shape[1]
    p = (np.arange(m) + 0.5) / m
    error = y[:, None] - quantiles
    return np.asarray(2 * np.maximum(p * error, (p - 1) * error).mean(1))


def log_loss(y: Floats, probability: Floats) -> Floats:
    """(R,) negative log-likelihood of a binary outcome: the proper score that penalises wrong certainty most.

    Own code: scikit-learn returns the mean over records, and here each record has its own score.
    """
    p = probability.clip(*PROBABILITY_BOUNDS)
    return np.asarray(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


def auroc(y: Floats, probability: Floats) -> float:
    """Probability that a positive is ranked above a negative (ties count half); NaN with one class only.

    It is the Mann-Whitney statistic as a share of all pairs (Hanley and McNeil 1982).
    """
    event = y > 0.5
    if event.all() or not event.any():
        return float("nan")
    found = scipy.stats.mannwhitneyu(probability[event], probability[~event], method="asymptotic")
    return float(found.statistic / (event.sum() * (~event).sum()))


def calibration_line(
    y: Floats, probability: Floats, subject: np.ndarray
) -> tuple[float, float, float, float]:
    """Intercept and slope of the outcome's log-odds on the predicted ones, with their standard errors.

    0 and 1 are ideal; a slope under 1 means predictions too extreme (Van Calster et al. 2019). Both are fitted
    together, by maximum likelihood; all four are NaN where there is no estimate (one class, one predicted
    probability, or probabilities that separate the classes). Records of one subject are not independent: the errors
    are the jackknife over subjects, by one Newton step (CR3 of Bell and McCaffrey 2002), because the plain sandwich
    is too small with few subjects. They are NaN where the fit without one subject has no estimate.
    """
    x = scipy.special.logit(probability.clip(*PROBABILITY_BOUNDS))
    if not estimate_exists(x, y):
        return np.nan, np.nan, np.nan, np.nan
    design = np.stack([np.ones(len(y)), x], 1)
    beta = fit_logistic(design, y)
    error = _left_out_errors(design, y, scipy.special.expit(design @ beta), subject)
    return float(beta[0]), float(beta[1]), float(error[0]), float(error[1])


def _left_out_errors(design: Floats, y: Floats, mu: Floats, subject: np.ndarray) -> Floats:
    """(2,) jackknife standard errors of intercept and slope: sqrt((n - 1) / n * sum of squared changes)."""
    _, index = np.unique(subject, return_inverse=True)
    information = mu * (1 - mu) * np.stack([design[:, i] * design[:, j] for i, j in ((0, 0), (0, 1), (1, 1))])
    own = np.stack([np.bincount(index, part) for part in information])
    slope = np.stack([np.bincount(index, column * (y - mu)) for column in design.T])
    (a, b, c), n = own.sum(1)[:, None] - own, own.shape[1]
    determinant = a * c - b**2
    if n < 2 or (determinant <= MIN_DETERMINANT * a * c).any():
        return np.full(2, np.nan)
    moved = np.stack([c * slope[0] - b * slope[1], a * slope[1] - b * slope[0]]) / determinant
    return np.asarray(np.sqrt((n - 1) / n * (moved**2).sum(1)))


def per_subject_mean(score: Floats, subject: np.ndarray) -> tuple[Floats, np.ndarray]:
    """Mean score of each subject, without NaN scores, and the subjects."""
    seen = ~np.isnan(score)
    who, index = np.unique(subject[seen], return_inverse=True)
    return np.bincount(index, score[seen]) / np.maximum(np.bincount(index), 1), who
