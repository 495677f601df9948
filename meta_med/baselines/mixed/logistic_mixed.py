"""Logistic mixed models: a subject's own level, slope and drift, and a cohort's, on the log-odds scale.

P(y = 1) = expit(f), f = X beta + cohort + Z b + u(t), with the terms of `serial`. Expectation propagation (Minka 2001;
Rasmussen and Williams 2006, sections 3.6 and 5.5) replaces each record's logistic likelihood by a normal one, its
site, of equal moments given all other records. Given the sites the model is a linear mixed model with known noise,
and where both agree the gradient of its likelihood is that of the evidence. So variances and coefficients are fitted
to the sites, then sites to them, in turns, as in penalised quasi-likelihood (Breslow and Clayton 1993), whose
expansion around the mode makes the variances of binary records too small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from meta_med.baselines.mixed.expected import Expected
from meta_med.baselines.mixed.serial import Form, SerialFit, fit_at, most_likely
from meta_med.baselines.mixed.serial_likelihood import Likelihood, Parameters, Windows
from meta_med.cohorts.record_table import Floats

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(24)
SHARES = WEIGHTS / WEIGHTS.sum()
STEP = 0.8  # of a sweep: a subject's sites are updated together, and full steps can swing
ROUNDS, SWEEPS_A_ROUND = 12, 2  # turns of model and sites
STEPS = 6  # of the search for the model in each turn
STILL = 5e-3  # sites that move less, in precision, are settled
SWEEPS = 10  # of a prediction; always as many, so that it does not depend on the batch
FIRST = 0.2  # precision of a site before the first turn; that of even odds is 0.25 at most
SLIGHT = 1e-6  # smallest precision of a site, so that its noise stays finite
NARROWEST = 1e-4  # variance of log odds below which doubles do not resolve what a record says of them
LOGISTIC = float(
    np.pi**2 / 3
)  # variance of the standard logistic distribution: a record's noise on this scale


@dataclass(frozen=True)
class Prior:
    """Normal prior of the log odds of W series of n records: mean (W, n), covariance (W, n, n)."""

    mean: Floats
    covariance: Floats


@dataclass(frozen=True)
class Sites:
    """Normal stand-ins of the likelihoods: precision, and precision times value (W, n); both 0 without a record."""

    precision: Floats
    shift: Floats

    @classmethod
    def flat(cls, shape: tuple[int, ...]) -> "Sites":
        """Sites that say nothing."""
        return cls(np.zeros(shape), np.zeros(shape))

    @property
    def noise(self) -> Floats:
        """(W, n) variance."""
        return np.asarray(1.0 / np.maximum(self.precision, SLIGHT))

    @property
    def value(self) -> Floats:
        """(W, n) the log odds that are observed."""
        return np.asarray(self.shift * self.noise)

    def weighing(self, covariance: Floats) -> Floats:
        """(W, n, n) inverse of the sum of covariance and noise."""
        root = np.sqrt(self.precision)
        inner = np.eye(root.shape[1]) + root[:, :, None] * covariance * root[:, None]
        return np.asarray(root[:, :, None] * np.linalg.inv(inner) * root[:, None])

    def cavity(self, prior: Prior) -> tuple[Floats, Floats]:
        """(W, n) mean and variance of each log odds given the other sites of its series."""
        rest = self.shift - self.precision * prior.mean
        gain = prior.covariance @ self.weighing(prior.covariance)
        ahead = np.einsum("wij,wj->wi", prior.covariance, rest)
        mean = prior.mean + ahead - np.einsum("wij,wj->wi", gain, ahead)
        variance = np.diagonal(prior.covariance, axis1=1, axis2=2) - (gain * prior.covariance).sum(2)
        left = 1.0 / np.maximum(1.0 - self.precision * variance, SLIGHT)
        return left * (mean - variance * self.shift), np.maximum(left * variance, NARROWEST)

    def swept(self, prior: Prior, y: Floats, seen: Floats, step: float = STEP) -> "Sites":
        """All sites moved toward those whose moments are those of the logistic likelihood."""
        mean, variance = self.cavity(prior)
        _, centre, spread = tilted(mean, variance, y)
        precision = np.maximum(1.0 / spread - 1.0 / variance, 0.0) * seen
        shift = (centre / spread - mean / variance) * seen
        moved = (old + step * (new - old) for old, new in ((self.precision, precision), (self.shift, shift)))
        return Sites(*moved)

    def correction(self, prior: Prior, y: Floats, seen: Floats) -> float:
        """What the evidence has beyond the likelihood of the sites (Rasmussen and Williams 2006, equation 3.65)."""
        mean, variance = self.cavity(prior)
        total, *_ = tilted(mean, variance, y)
        both = variance + self.noise
        normal = 0.5 * (np.log(2 * np.pi * both) + (mean - self.value) ** 2 / both)
        return float(((np.log(total) + normal) * seen).sum())


def tilted(mean: Floats, variance: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Probability of y (0 or 1) where log odds are normal, and mean and variance of the log odds given y."""
    odds = mean[..., None] + np.sqrt(variance)[..., None] * NODES
    weight = SHARES * expit(np.where(y > 0, 1.0, -1.0)[..., None] * odds)
    total = weight.sum(-1)
    centre = (weight * odds).sum(-1) / total
    spread = (weight * (odds - centre[..., None]) ** 2).sum(-1) / total
    return total, centre, spread


def chance(mean: Floats, variance: Floats) -> Floats:
    """Probability of 1 where log odds are normal, by Gauss-Hermite quadrature."""
    return tilted(mean, variance, np.ones_like(mean))[0]


def fit_logistic_mixed(windows: Windows, forms: Sequence[Form], start: Parameters) -> SerialFit:
    """Fit each form by expectation propagation and keep the one with the smallest AIC.

    Args:
        windows: the records, y 0 or 1; forms, start: as in `fit_serial`, on the log-odds scale (sigma is 1).

    """
    sites, fits = Sites(FIRST * windows.seen, (windows.y - 0.5) * windows.seen), []
    for form in forms:  # sites of one form are near those of the next
        fit, sites = _fit_form(windows, form, start, sites)
        fits.append((fit, form))
    return min(fits, key=lambda pair: pair[0].criterion + 2 * len(pair[1]))[0]


def refit_logistic(windows: Windows, fit: SerialFit) -> SerialFit:
    """Fit coefficients on other subjects with the variances of a fit."""
    sites = Sites(FIRST * windows.seen, (windows.y - 0.5) * windows.seen)
    return _in_turns(windows, lambda likelihood, _: fit_at(likelihood, fit.parameters), sites)[0]


def _fit_form(windows: Windows, form: Form, start: Parameters, sites: Sites) -> tuple[SerialFit, Sites]:
    def model(likelihood: Likelihood, last: SerialFit | None) -> SerialFit:
        return most_likely(likelihood, form, start if last is None else last.parameters, STEPS)

    return _in_turns(windows, model, sites)


def _in_turns(
    windows: Windows, model: Callable[[Likelihood, SerialFit | None], SerialFit], sites: Sites
) -> tuple[SerialFit, Sites]:
    """Sites and model in turns, until the sites stand still; the criterion is -2 log evidence, coefficients out."""
    y, seen = windows.y, windows.seen
    fit = None
    for _ in range(ROUNDS):
        fit = model(Likelihood(replace(windows, y=sites.value, noise=sites.noise), LOGISTIC), fit)
        prior, last = _prior(windows, fit), sites.precision
        for _ in range(SWEEPS_A_ROUND):
            sites = sites.swept(prior, y, seen)
        if np.abs(sites.precision - last).max(initial=0.0) < STILL:
            break
    assert fit is not None
    return replace(fit, criterion=fit.criterion - 2 * sites.correction(prior, y, seen)), sites


def _prior(windows: Windows, fit: SerialFit) -> Prior:
    """The log odds of the runs before their outcomes are known."""
    p, s, t = windows.x.shape[2], windows.slope, windows.time
    mean = windows.x @ fit.beta[:p] + (windows.member @ fit.beta[p:])[:, None]
    return Prior(mean, fit.covariance(s[:, :, None], t[:, :, None], s[:, None], t[:, None]))


def chances(expected: Expected, y: Floats, seen: Floats) -> Floats:
    """(R,) probability of 1 of the record ahead; y (R, S) is 0 or 1 where seen is 1."""
    sites = _settled(Prior(expected.own, expected.covariance), y, seen)
    weighed = np.einsum("rs,rst->rt", expected.across, sites.weighing(expected.covariance))
    mean = expected.ahead + ((sites.value - expected.own) * weighed).sum(1)
    variance = expected.variance - (weighed * expected.across).sum(1)
    return chance(mean, np.maximum(variance, 0.0))


def of_cohorts(prior: Prior, y: Floats, seen: Floats, cohorts: int, pull: float) -> tuple[Floats, Floats]:
    """(K,) each: what context records say of their cohort's effect: precision times value, and precision.

    Args:
        prior: of the log odds of each lender's records in an average cohort, the lenders of a cohort side by side;
        y, seen: (lenders, N); cohorts: K; pull: prior precision of a cohort's effect.

    """
    sites = Sites.flat(y.shape)
    for _ in range(SWEEPS):
        gain, weight = _of_lenders(sites, prior, cohorts)
        # given the effect lenders are independent, so a lender's prior holds what the others say of it
        precision = pull + weight.sum(1, keepdims=True) - weight
        effect, spread = (gain.sum(1, keepdims=True) - gain) / precision, 1.0 / precision
        around = Prior(prior.mean + effect.reshape(-1, 1), prior.covariance + spread.reshape(-1, 1, 1))
        sites = sites.swept(around, y, seen)
    gain, weight = _of_lenders(sites, prior, cohorts)
    return gain.sum(1), weight.sum(1)


def _of_lenders(sites: Sites, prior: Prior, cohorts: int) -> tuple[Floats, Floats]:
    """(K, L) each: what each lender says of its cohort's effect."""
    weighed = sites.weighing(prior.covariance).sum(1)
    gain = (weighed * (sites.value - prior.mean)).sum(1)
    return gain.reshape(cohorts, -1), weighed.sum(1).reshape(cohorts, -1)


def _settled(prior: Prior, y: Floats, seen: Floats) -> Sites:
    sites = Sites.flat(y.shape)
    for _ in range(SWEEPS):
        sites = sites.swept(prior, y, seen)
    return sites
