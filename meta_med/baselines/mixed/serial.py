"""Linear mixed models with serial correlation: a subject's own level and slope, a drift, and noise.

y = X beta + Z b + u(t) + e, with b ~ N(0, s^2 F F^T), u an Ornstein-Uhlenbeck process of variance s^2 a^2 and
correlation exp(-|t - t'| / years), e ~ N(0, s^2). Without the drift this is lme4's model; Diggle 1988
describes the whole model. Cohort coefficients are shrunk by an estimated precision, which gives a new cohort its prior;
those of covariates by a precision relative to the variance of a record.

Models are fitted to runs: the records of one subject, reassembled from its episodes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from meta_med.baselines.mixed.serial_likelihood import NAMES, Likelihood, Parameters, Windows, covariance
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.episode_arrays import Episodes

__all__ = ["Form", "SerialFit", "Windows", "fit_serial", "refit"]

Form = tuple[str, ...]  # which parameters are free, of NAMES
LOGS = ("drift", "years", "pull")  # searched on the log scale
FARTHEST = 30.0  # upper bound of level, tilt and slope, in starting standard deviations of a record
RIGID = 1e4  # upper bound in standard deviations of noise: beyond, doubles cannot resolve the noise
DRIFT, PULL, YEARS = (-5.0, 4.0), (-3.0, 9.0), (-5.0, 5.0)  # bounds of logarithms, around the starting values
SOME = 0.1  # of a record's standard deviation: smallest start, because the gradient is 0 at 0
SHORTEST = 1e-6  # years: smallest starting value on the log scale
PRECISION, STEPS = {"ftol": 1e-9, "gtol": 1e-5}, 100


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

    @property
    def parameters(self) -> dict[str, float]:
        """What the covariance depends on, and `pull`."""
        return {name: getattr(self, name) for name in NAMES}

    def covariance(self, slope: Floats, time: Floats, other_slope: Floats, other_time: Floats) -> Floats:
        """Relative covariance without noise of records with these slope covariates and times, which broadcast."""
        lasting = np.exp(-np.abs(time - other_time) / self.years)
        return covariance(vars(self), slope * other_slope, slope + other_slope, lasting)


def fit_serial(windows: Windows, forms: Sequence[Form], start: Parameters) -> SerialFit:
    """Fit each form by restricted likelihood and keep the one with the smallest AIC.

    Args:
        windows: the records; unobserved ones may hold any finite value.
        forms: which parameters are free; the others stay at 0 (`pull` and `years` at their start).
        start: starting values of level, tilt, slope, drift, years and pull, relative to noise as in `SerialFit`.

    """
    likelihood = Likelihood(windows)
    fits = [(most_likely(likelihood, form, start), form) for form in forms]
    return min(fits, key=lambda pair: pair[0].criterion + 2 * len(pair[1]))[0]


def refit(windows: Windows, fit: SerialFit) -> SerialFit:
    """Fit coefficients on other subjects with the variances of a fit."""
    return fit_at(Likelihood(windows), fit.parameters)


def aic(windows: Windows, fit: SerialFit, *, of_these: bool) -> float:
    """Akaike's criterion of the records, with the coefficients as they are.

    Args:
        windows: the records; fit: a model.
        of_these: whether the model is fitted to these records alone: then its variances count, and its coefficients by
            their effective number.

    """
    likelihood, p = Likelihood(windows), fit.parameters
    n = windows.x.shape[2]
    deviance = likelihood.deviance(p, fit.beta[:n], fit.beta[n:], fit.sigma)
    return deviance + 2 * (len(NAMES) + likelihood.effective(p)) * of_these


def fit_at(likelihood: Likelihood, parameters: Parameters) -> SerialFit:
    """The most likely coefficients at some variances."""
    found = likelihood.at(parameters)
    beta = np.concatenate([found.beta, found.of_cohorts])
    return SerialFit(beta=beta, sigma=found.sigma, criterion=found.criterion, **parameters)


def most_likely(likelihood: Likelihood, form: Form, start: Parameters, steps: int = STEPS) -> SerialFit:
    """The form's most likely parameters, searched from the start in at most so many steps."""
    search = _Search(likelihood, form, start)
    first, bounds = search.first(), search.bounds()
    found = minimize(
        search.criterion,
        np.clip(first, *np.transpose(bounds)),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options=PRECISION | {"maxiter": steps},
    )
    return fit_at(likelihood, search.parameters(found.x))


@dataclass(frozen=True)
class _Search:
    """The free parameters, scaled to values around one.

    Level, tilt and slope are in starting standard deviations of a record; drift, years and pull are logarithms, pull
    relative to a record's variance.
    """

    likelihood: Likelihood
    form: Form
    start: Parameters

    @property
    def unit(self) -> float:
        """Starting standard deviation of a record, relative to noise."""
        return float(np.sqrt(self.likelihood.variance(dict(self.start) | {"drift": 0.0})))

    def first(self) -> Floats:
        """Starting point of the search."""
        p = dict(self.start) | {"years": max(self.start["years"], SHORTEST)}
        p["pull"] *= self.likelihood.variance(p)
        p |= {name: max(p[name], SOME * self.unit) for name in ("level", "slope")}
        return np.asarray([np.log(max(p[n], SHORTEST)) if n in LOGS else p[n] / self.unit for n in self.form])

    def bounds(self) -> list[tuple[float, float]]:
        """Bounds of the search."""
        most = min(FARTHEST, RIGID / self.unit)
        around, lasting = float(np.log(self.unit)), float(np.log(max(self.start["years"], SHORTEST)))
        every = {
            "level": (0.0, most),
            "tilt": (-most, most),
            "slope": (0.0, most),
            "drift": (DRIFT[0], min(DRIFT[1] + around, float(np.log(RIGID)))),
            "years": (lasting + YEARS[0], lasting + YEARS[1]),
            "pull": PULL,
        }
        return [every[name] for name in self.form]

    def parameters(self, theta: Floats) -> dict[str, float]:
        """All parameters, relative to noise; those that are not free are 0, or at their start."""
        p = {name: self.start[name] if name in {"years", "pull"} else 0.0 for name in NAMES}
        for name, value in zip(self.form, theta, strict=True):
            p[name] = float(np.exp(value)) if name in LOGS else float(value) * self.unit
        if "pull" in self.form:
            p["pull"] /= self.likelihood.variance(p)
        return p

    def criterion(self, theta: Floats) -> tuple[float, Floats]:
        """The criterion and its gradient by theta."""
        p = self.parameters(theta)
        value, slope = self.likelihood.with_slope(p)
        if "pull" in self.form:  # it is relative to a record's variance, which depends on the others
            for name, by in self.likelihood.variance_by(p).items():
                slope[name] -= slope["pull"] * p["pull"] / self.likelihood.variance(p) * by
        step = {name: p[name] if name in LOGS else self.unit for name in self.form}
        return value, np.asarray([slope[name] * step[name] for name in self.form])


MOST = 600  # runs for the covariance of an outcome
ALL = 20_000  # at most so many runs for the coefficients of covariates


def series_of(episodes: Episodes, most: int = MOST, runs: int = 2 * MOST) -> Ints:
    """Indices of episodes whose support and query together cover each subject's records with few repetitions.

    Of each subject the episodes with its largest support: one, or several evenly spread where the series is longer
    than a support. A record is predicted with many support sizes, but must count once.

    Args:
        episodes: of any support sizes; most: number of runs that are cut from the long series of few subjects;
            runs: where there are more in total, every second, third, ... is taken: fewer than twice this number.

    """
    order = np.lexsort((-episodes.size, episodes.subject))
    subject, size = episodes.subject[order], episodes.size[order]
    first = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]])
    length = np.diff(np.r_[first, len(order)])
    largest = np.repeat(size[first], length)
    full = np.flatnonzero(size == largest)
    count = np.bincount(np.repeat(np.arange(len(first)), length)[full])
    each = np.minimum(
        count, np.where(size[first] == episodes.support_time.shape[1], most // len(first) + 1, 1)
    )
    place = np.arange(len(full)) - np.repeat(np.cumsum(count) - count, count)
    # the newest of n evenly spread ones is the last: floor((place + 1) * each / count) rises there
    steps = np.repeat(each, count), np.repeat(count, count)
    rises = (place + 1) * steps[0] // steps[1] > place * steps[0] // steps[1]
    chosen = order[full[rises]]
    return np.sort(chosen[:: max(1, len(chosen) // runs)])


def append_query(support: Floats, query: Floats) -> Floats:
    """(R, S + 1, ...): the support's records and the query."""
    return np.concatenate([support, query[:, None]], 1)
