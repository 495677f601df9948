"""Course models weighted by evidence, with more of them where the weight is.

Population Monte Carlo (Cappe et al. 2004): in rounds, models are drawn around those that are likely so far, and every
draw of every round is weighted by prior times likelihood over the mixture of all rounds' proposals (Cornuet et al.
2012). So the weights stay those of the posterior, and their mean estimates the marginal likelihood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from meta_med.baselines.hierarchical.courses import LATENT, Latent
from meta_med.baselines.hierarchical.evidence import CohortEvidence
from meta_med.cohorts.record_table import Floats

FIRST, ROUNDS = 800, (150, 150, 150)  # draws from the prior, then around likely ones
LIKELY = 60.0  # effective number of models that a proposal is fitted to
OF_PRIOR = 0.2  # share of a proposal's draws
WIDER, CORRELATED = (
    1.2,
    0.5,
)  # its covariance relative to theirs, and how much of their correlation is believed
LEAST_SPREAD = 0.05  # in units of the prior
Density = Callable[[Latent], Floats]
HALVINGS = 30


@dataclass(frozen=True)
class Population:
    """Weighted course models.

    Attributes:
        latent: M models; evidence: of each; log_weight: (M,) normalised; log_marginal: of the data, over the prior.

    """

    latent: Latent
    evidence: CohortEvidence
    log_weight: Floats
    log_marginal: float

    def likeliest(self, n: int) -> "Population":
        """The n models of the largest weight."""
        top = np.sort(np.argsort(-self.log_weight, kind="stable")[:n])
        weight = self.log_weight[top]
        return Population(
            self.latent.take(top), self.evidence.take(top), weight - logsumexp(weight), self.log_marginal
        )


def sampled(
    evidence: Callable[[Latent], CohortEvidence], seed: int, rounds: Sequence[int] | None = None
) -> Population:
    """Draw from the prior, then around likely models, and weight all draws."""
    rng = np.random.default_rng(seed)
    latent = Latent.draw(FIRST, rng)
    found = evidence(latent)
    proposals: list[tuple[int, Density]] = [(FIRST, Latent.log_prior)]
    for n in ROUNDS if rounds is None else rounds:
        log_weight, _ = _weights(latent, found, proposals)
        proposal = _Proposal.around(latent, log_weight)
        new = proposal.draw(n, rng)
        latent, found = latent.join(new), found.join(evidence(new))
        proposals.append((n, proposal.log_density))
    return Population(latent, found, *_weights(latent, found, proposals))


def _weights(
    latent: Latent, found: CohortEvidence, proposals: Sequence[tuple[int, Density]]
) -> tuple[Floats, float]:
    """Normalised log weights, and the log of the mean of the unnormalised ones."""
    total = sum(n for n, _ in proposals)
    mixture = logsumexp([density(latent) + np.log(n / total) for n, density in proposals], axis=0)
    log_weight = found.log.sum(0) + latent.log_prior() - mixture
    whole = float(logsumexp(log_weight))
    return np.asarray(log_weight - whole), whole - float(np.log(total))


@dataclass(frozen=True)
class _Proposal:
    """Draws around the likely models: a normal distribution, and a share of the prior that bounds all weights.

    Attributes:
        mean: (LATENT,); factor: (LATENT, LATENT) Cholesky factor of the covariance; forms: (4,) shares.

    """

    mean: Floats
    factor: Floats
    forms: Floats

    @classmethod
    def around(cls, latent: Latent, log_weight: Floats) -> "_Proposal":
        """Fits the likely models, at least LIKELY of them: fewer do not tell a spread."""
        weight = _tempered(log_weight)
        mean = weight @ latent.at
        rest = latent.at - mean
        covariance = rest.T @ (weight[:, None] * rest)
        covariance = CORRELATED * covariance + (1 - CORRELATED) * np.diag(np.diag(covariance))
        factor = np.linalg.cholesky(WIDER * covariance + LEAST_SPREAD**2 * np.eye(LATENT))
        forms = np.bincount(latent.form, weight, 4)
        return cls(mean, np.asarray(factor), (forms + 0.01) / (forms + 0.01).sum())

    def draw(self, n: int, rng: np.random.Generator) -> Latent:
        """Models of the prior, then around the likely ones."""
        prior = Latent.draw(round(n * OF_PRIOR), rng)
        rest = n - len(prior.at)
        at = self.mean + rng.standard_normal((rest, LATENT)) @ self.factor.T
        form = np.searchsorted(np.cumsum(self.forms), rng.random(rest) * self.forms.sum()).clip(0, 3)
        return prior.join(Latent(at, form >= 2, form % 2 == 1))

    def log_density(self, latent: Latent) -> Floats:
        """(M,) without the constant of the normal density, as `Latent.log_prior`."""
        z = np.linalg.solve(self.factor, (latent.at - self.mean).T)
        log = -0.5 * (z**2).sum(0) - np.log(np.diag(self.factor)).sum() + np.log(self.forms)[latent.form]
        return np.asarray(np.logaddexp(np.log1p(-OF_PRIOR) + log, np.log(OF_PRIOR) + latent.log_prior()))


def _tempered(log_weight: Floats) -> Floats:
    """Weights raised to the largest power, at most 1, at which LIKELY models share them."""
    below = log_weight - log_weight.max()
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _effective(np.exp(middle * below)) >= LIKELY else (low, middle)
    weight = np.exp((1.0 if _effective(np.exp(below)) >= LIKELY else low) * below)
    weight[weight < 1e-12] = 0.0
    return np.asarray(weight / weight.sum())


def _effective(weight: Floats) -> float:
    """Effective number of models (Kish)."""
    return float(weight.sum() ** 2 / (weight @ weight))
