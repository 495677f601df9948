"""Logistic regression by Newton's method with step halving, and whether a maximum-likelihood estimate exists.

Plain Newton steps overshoot where predicted probabilities are near 0 or 1, and can stop anywhere. The loss is convex,
so halving a step until the loss falls always converges (Boyd and Vandenberghe 2004, section 9.5).
"""

import numpy as np
import scipy  # loads its parts when they are first used; reading a study file uses none

from meta_med.cohorts.record_table import Floats

STEPS, HALVINGS = 100, 60
ARMIJO = 1e-4  # minimum decrease of the loss, as a share of the predicted one (Armijo's rule)
CLOSE = 1e-12  # of the total weight: where the predicted decrease is smaller, the next step is the last


def fit_logistic(
    design: Floats,
    y: Floats,
    *,
    weight: Floats | None = None,
    penalty: Floats | float = 0.0,
    centre: Floats | float = 0.0,
) -> Floats:
    """Coefficients that minimise the weighted logistic loss + penalty / 2 * (coefficient - centre)^2.

    Args:
        design: (R, P); y: (R,) in [0, 1]; weight: (R,), 1 each by default;
        penalty, centre: (P,) or one number for all. Without a penalty an estimate must exist (`estimate_exists`).

    Returns:
        (P,) coefficients; NaN where Newton's method does not converge.

    """
    w = np.ones(len(y)) if weight is None else weight
    pull, towards = (np.broadcast_to(v, design.shape[1]) for v in (penalty, centre))

    def loss(beta: Floats) -> float:
        z = design @ beta
        return float(w @ (np.logaddexp(0, z) - y * z) + 0.5 * pull @ (beta - towards) ** 2)

    beta, total = np.zeros(design.shape[1]), float(w.sum())
    for _ in range(STEPS):
        mu = scipy.special.expit(design @ beta)
        slope = design.T @ (w * (mu - y)) + pull * (beta - towards)
        curvature = (design * (w * mu * (1 - mu))[:, None]).T @ design + np.diag(pull)
        try:
            step = np.linalg.solve(curvature, slope)
        except np.linalg.LinAlgError:
            break
        fall = float(slope @ step)
        if fall <= CLOSE * total:
            return np.asarray(beta - step)
        size, here = 1.0, loss(beta)
        for _ in range(HALVINGS):
            if loss(beta - size * step) <= here - ARMIJO * size * fall:
                break
            size /= 2
        beta = beta - size * step
    return np.full(design.shape[1], np.nan)


def estimate_exists(x: Floats, y: Floats) -> bool:
    """Whether intercept and slope of y (0/1) on x have a finite maximum-likelihood estimate.

    There is none with one class only, or where a threshold of x separates the classes, ties at the threshold included
    (complete and quasi-complete separation, Albert and Anderson 1984). A constant x is such a case.
    """
    event = y > 0.5
    if event.all() or not event.any():
        return False
    (low, high), (low_other, high_other) = ((x[e].min(), x[e].max()) for e in (event, ~event))
    return bool(high > low_other and high_other > low)
