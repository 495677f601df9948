"""Which forms of a mixed model are tried for an outcome, and where their search starts."""

from collections.abc import Sequence

import numpy as np

from meta_med.baselines.mixed.linear_mixed import fit_mixed
from meta_med.baselines.mixed.logistic_mixed import fit_logistic_mixed
from meta_med.baselines.mixed.serial import Form, SerialFit, fit_serial
from meta_med.baselines.mixed.serial_likelihood import Windows

FEW = 10  # outcomes up to which the largest form, slope and drift, is tried too
SLOPE: Form = ("level", "tilt", "slope", "pull")
DRIFT: Form = ("level", "drift", "years", "pull")
BOTH: Form = ("level", "tilt", "slope", "drift", "years", "pull")
ALONE: Form = ("pull",)


def fit_linear_outcome(runs: Windows, n_outcomes: int) -> SerialFit:
    """Fit a continuous outcome: slope or drift (or both, with few outcomes), whichever has the smallest AIC."""
    forms = _forms(runs, n_outcomes)
    return fit_serial(runs, forms, _start(runs) | ({} if forms == [ALONE] else _without_drift(runs)))


def fit_logistic_outcome(runs: Windows, n_outcomes: int) -> SerialFit:
    """The same for a binary outcome."""
    return fit_logistic_mixed(runs, _forms(runs, n_outcomes), _start(runs))


def _forms(runs: Windows, n_outcomes: int) -> Sequence[Form]:
    if (runs.seen.sum(1) < 2).all():
        return [ALONE]
    return [DRIFT, SLOPE] + [BOTH] * (n_outcomes <= FEW)


def _start(runs: Windows) -> dict[str, float]:
    return {"level": 1.0, "tilt": 0.0, "slope": 0.1, "drift": 0.7, "years": _gap(runs), "pull": 10.0}


def _without_drift(runs: Windows) -> dict[str, float]:
    """Starting values from a fit of lme4's model without covariates."""
    seen = runs.seen > 0
    z = np.stack([np.ones(int(seen.sum())), runs.slope[seen]], 1)
    if np.ptp(z[:, 1]) == 0:
        return {}
    who = np.broadcast_to(np.arange(len(seen))[:, None], seen.shape)[seen]
    factor = fit_mixed(z, z, runs.y[seen], who).factor
    return {"level": float(factor[0, 0]), "tilt": float(factor[1, 0]), "slope": float(factor[1, 1])}


def _gap(runs: Windows) -> float:
    """Three times the median time between observed records of a subject, in years."""
    both = (runs.seen[:, 1:] * runs.seen[:, :-1]) > 0
    gaps = np.diff(runs.time, axis=1)[both]
    return 3.0 * float(np.median(gaps)) if len(gaps) and np.median(gaps) > 0 else 1.0
