"""Linear mixed models whose residuals forget: a subject's own level and slope, a drift, and noise.

y = X beta + Z b + u(t) + e, with b ~ N(0, s^2 F F^T), u an Ornstein-Uhlenbeck process of variance s^2 a^2 and
correlation exp(-|t - t'| / years), e ~ N(0, s^2). Without the drift this is lme4's model (Diggle 1988 gives the
whole of it). Cohort coefficients are shrunk by a precision that is estimated with the rest, so that a new
cohort's is known a priori. Subjects stand along the first axis and every product is batched over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from meta_med.records import Floats

Form = tuple[str, ...]  # which parameters are free, of NAMES
NAMES = ("level", "tilt", "slope", "drift", "years", "pull")
PENALTY = 5.0  # precision of a standardised covariate's coefficient, relative to sigma
BOUNDS = {
    "level": (0.0, 30.0),
    "tilt": (-30.0, 30.0),
    "slope": (0.0, 30.0),
    "drift": (-5.0, 4.0),
    "pull": (-3.0, 9.0),
}


@dataclass(frozen=True)
class Windows:
    """W runs of n records, each of one subject in one cohort.

    Attributes:
        x: (W, n, p), its first column the constant; slope, time: (W, n), the covariate of the random slope and
            years; y: (W, n); seen: (W, n) 0/1; member: (W, c) 0/1, one column a cohort.

    """

    x: Floats
    slope: Floats
    time: Floats
    y: Floats
    seen: Floats
    member: Floats


@dataclass(frozen=True)
class SerialFit:
    """A fitted model; all but beta and sigma are relative to sigma.

    Attributes:
        beta: (p + c,) coefficients of x, then of cohorts.
        level, tilt, slope: entries of F; drift: a; years: how long the drift lasts.
        pull: precision of the cohort coefficients.
        sigma: residual standard deviation; criterion: -2 log restricted likelihood.

    """

    beta: Floats
    level: float
    tilt: float
    slope: float
    drift: float
    years: float
    pull: float
    sigma: float
    criterion: float

    def covariance(self, slope: Floats, time: Floats, other_slope: Floats, other_time: Floats) -> Floats:
        """Relative covariance, without noise, of records with these slope covariates and times (they broadcast)."""
        return _covariance(vars(self), slope * other_slope, slope + other_slope, np.abs(time - other_time))


def _covariance(p: dict[str, float], product: Floats, total: Floats, apart: Floats) -> Floats:
    own = p["level"] ** 2 + p["level"] * p["tilt"] * total + (p["tilt"] ** 2 + p["slope"] ** 2) * product
    return np.asarray(own + p["drift"] ** 2 * np.exp(-apart / p["years"]))


def fit_serial(windows: Windows, forms: Sequence[Form], start: dict[str, float]) -> SerialFit:
    """Fit each form by restricted likelihood and keep the one with the smallest AIC.

    Args:
        windows: the records; unseen ones may hold anything finite.
        forms: which parameters are free; the others stay at 0 (`pull` and `years` at their start).
        start: first guesses of level, tilt, slope, drift, years and pull.

    """
    problem = _Problem(windows)
    fits = [(problem.fit(form, start), form) for form in forms]
    return min(fits, key=lambda pair: pair[0].criterion + 2 * len(pair[1]))[0]


def refit(windows: Windows, fit: SerialFit) -> SerialFit:
    """The fit's variances with the coefficients of other subjects."""
    parameters = {name: getattr(fit, name) for name in NAMES}
    criterion, beta, sigma = _Problem(windows).criterion(parameters)
    return SerialFit(beta=beta, sigma=sigma, criterion=criterion, **parameters)


class _Problem:
    """The restricted likelihood of one outcome, with what does not depend on the parameters worked out once."""

    def __init__(self, windows: Windows) -> None:
        seen, s, t = windows.seen, windows.slope, windows.time
        self.member = windows.member
        self.both = seen[:, :, None] * seen[:, None, :]
        self.absent = np.eye(seen.shape[1]) * (
            1 - self.both
        )  # an unseen record: variance one, and on its own
        self.product = s[:, :, None] * s[:, None, :]
        self.total = s[:, :, None] + s[:, None, :]
        self.apart = np.abs(t[:, :, None] - t[:, None, :])
        ones = np.ones((*seen.shape, 1))
        self.columns = np.concatenate([windows.x, windows.y[..., None], ones], 2) * seen[..., None]
        self.records = float(seen.sum())

    def fit(self, form: Form, start: dict[str, float]) -> SerialFit:
        """The form's best parameters."""
        guess = {"years": max(start["years"], 1e-6)}
        lasting = float(np.log(guess["years"]))
        bounds = BOUNDS | {"years": (lasting - 5.0, lasting + 5.0)}
        first = [_inner(name, start[name]) for name in form]
        found = minimize(
            lambda theta: self.criterion(_named(form, theta, start))[0],
            np.clip(first, *np.transpose([bounds[name] for name in form])),
            method="L-BFGS-B",
            bounds=[bounds[name] for name in form],
            options={"ftol": 3e-6, "maxiter": 30},
        )
        parameters = _named(form, found.x, start)
        criterion, beta, sigma = self.criterion(parameters)
        return SerialFit(beta=beta, sigma=sigma, criterion=criterion, **parameters)

    def criterion(self, p: dict[str, float]) -> tuple[float, Floats, float]:
        """Restricted likelihood criterion, beta and sigma; cohort coefficients are integrated out too."""
        covariance = _covariance(p, self.product, self.total, self.apart) * self.both
        covariance += np.eye(self.both.shape[1]) * self.both + self.absent
        root = np.linalg.cholesky(covariance)
        half = np.linalg.solve(root, self.columns)
        # cohorts' columns are the ones of their runs, so that their block is diagonal and is eliminated first
        crossed = self.member.T @ np.einsum("wnk,wn->wk", half, half[..., -1])
        pulled = crossed[:, -1] + p["pull"]
        flat = half[..., :-1].reshape(-1, half.shape[2] - 1)
        sums = flat.T @ flat - (crossed[:, :-1] / pulled[:, None]).T @ crossed[:, :-1]
        penalty = np.full(len(sums) - 1, PENALTY)
        penalty[0] = 1e-9  # the constant is free
        xx, xy = sums[:-1, :-1] + np.diag(penalty), sums[:-1, -1]
        beta = np.linalg.solve(xx, xy)
        of_cohorts = (crossed[:, -2] - crossed[:, :-2] @ beta) / pulled
        free = max(self.records - 1, 1.0)
        sigma2 = max(float(sums[-1, -1] - beta @ xy), 1e-12) / free
        log_det = 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum())
        log_det += float(
            np.linalg.slogdet(xx)[1] - np.log(penalty[1:]).sum() + np.log(pulled / p["pull"]).sum()
        )
        criterion = log_det + free * (1 + float(np.log(2 * np.pi * sigma2)))
        return criterion, np.concatenate([beta, of_cohorts]), float(np.sqrt(sigma2))


def _inner(name: str, value: float) -> float:
    return float(np.log(max(value, 1e-6))) if name in {"drift", "years", "pull"} else value


def _named(form: Form, theta: Floats, start: dict[str, float]) -> dict[str, float]:
    """All parameters: free ones from theta (on the log scale where positive), others 0 or as they started."""
    p = {name: start[name] if name in {"years", "pull"} else 0.0 for name in NAMES}
    for name, value in zip(form, theta, strict=True):
        p[name] = float(np.exp(value)) if name in {"drift", "years", "pull"} else float(value)
    return p
