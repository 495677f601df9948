"""Doses before a record as covariates known ahead of it: their names and their decay.

In linear pharmacokinetics the effect of a past dose is a sum of exponentials of the time since it was given; only the
rates depend on the drug. So the remaining amounts of all past doses are added up (superposition) for a grid of
half-lives h, from which a model can choose; l = ln 2 / h:

    left(h) = sum over doses of amount * exp(-l elapsed)                                       given at once
            = sum of amount / (l T) * (exp(-l max(elapsed - T, 0)) - exp(-l elapsed))          infused over T hours

    absorbed(h) = left(h) - left(0.5 hours): an oral dose, up to a factor (Bateman's function).
"""

import numpy as np
from numpy.typing import NDArray

from meta_med.study import DAYS_PER_YEAR, CovariateSpec

Floats = NDArray[np.float64]
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
HALF_LIVES = (0.1, 0.5, 2.0, 8.0, 24.0, 96.0, 384.0)
ABSORPTION = 0.5
SLOWER = tuple(h for h in HALF_LIVES if h > ABSORPTION)
FLOOR = 1e-6  # of the total amount: a smaller remainder is set to this, for its logarithm
LEFT = {f"dose_left_{h:g}h": h for h in HALF_LIVES}
ABSORBED = {f"dose_absorbed_{h:g}h": h for h in SLOWER}
GIVEN, LAST, RUNNING = "dose_given", "dose_last", "dose_running"
SINCE_FIRST, SINCE_LAST = "hours_since_first_dose", "hours_since_last_dose"
AMOUNTS = (*LEFT, *ABSORBED, GIVEN, LAST)
NAMES = (*AMOUNTS, RUNNING, SINCE_FIRST, SINCE_LAST)
COVARIATES = tuple(
    CovariateSpec(name=name, known="ahead", scale="identity" if name == RUNNING else "log") for name in NAMES
)


def decayed(x: Floats, names: tuple[str, ...], years: Floats) -> Floats:
    """Covariates (n, F) with the dose covariates moved `years` (n,) ahead without further doses."""
    place = {name: i for i, name in enumerate(names)}
    if GIVEN not in place:
        return x
    out, hours = x.copy(), years * HOURS_PER_YEAR
    floor = FLOOR * x[:, place[GIVEN]]
    left = {h: x[:, place[name]] * np.exp2(-hours / h) for name, h in LEFT.items()}
    for name, h in LEFT.items():
        out[:, place[name]] = np.maximum(left[h], floor)
    for name, h in ABSORBED.items():
        out[:, place[name]] = np.maximum(left[h] - left[ABSORPTION], floor)
    out[:, place[RUNNING]] *= 0.0
    for name in (SINCE_FIRST, SINCE_LAST):
        out[:, place[name]] += hours
    return out
