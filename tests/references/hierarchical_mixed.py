"""Bayesian averaging over course models, one subject at a time, by dense covariance matrices and their inverses.

All values of a cohort's lenders are one Gaussian vector under each model, the coefficients of the mean integrated out;
so are the own values and the predicted one.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from scipy import optimize, stats
from torch import Tensor

from meta_med.learners.closed_form.hierarchical_mixed import HierarchicalMixed, quantile_95
from meta_med.prediction import MIN_SCALE
from tests.references.rows import Context, Row, Series, perceptron, weights_of

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 6, "features": 3, "models": 5},
    {"width": 5, "layers": 2, "features": 2, "models": 3},
    {"features": 0, "models": 4},
)


@dataclass(frozen=True)
class Mixed:
    """Members of one predictive distribution: log weights, means and variances."""

    log_weight: Tensor
    mean: Tensor
    variance: Tensor


def predict(
    learner: HierarchicalMixed, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    return [reading(learner, context, own, row) for row in query]


def loss_terms(learner: HierarchicalMixed, context: Context, own: Sequence[Row], row: Row) -> list[Tensor]:
    """Minus the log density or probability of each observed outcome, by the mixture itself."""
    terms, place, start = [], 0, 0
    for d, outcome in enumerate(learner.layout.outcomes):
        if outcome.kind == "continuous":
            found = mixture(learner, d, place, context, own, row)
            place += 1
            if row.y_seen[d]:
                each = torch.distributions.Normal(found.mean, found.variance.sqrt()).log_prob(row.y[d])
                terms.append(-torch.logsumexp(found.log_weight + each, 0))
            continue
        if row.y_seen[d]:
            terms.append(-shares(learner, d, start, context, own, row)[int(row.y[d])].log())
        start += outcome.width
    return terms


def reading(
    learner: HierarchicalMixed, context: Context, own: Sequence[Row], row: Row
) -> tuple[Tensor, Tensor, Tensor | None]:
    location, scale, place, start = [], [], 0, 0
    df = degrees_of_freedom(learner)
    for d, outcome in enumerate(learner.layout.outcomes):
        if outcome.kind == "continuous":
            found = mixture(learner, d, place, context, own, row)
            low, middle, high = (quantile(found, p) for p in (0.05, 0.5, 0.95))
            location.append(row.x.new_tensor([middle]))
            scale.append((high - low) / (2 * quantile_95(df[place])) + MIN_SCALE)
            place += 1
        else:
            location.append(shares(learner, d, start, context, own, row).log())
            start += outcome.width
    return torch.cat(location), torch.stack(scale) if scale else row.x.new_zeros(0), df


def quantile(found: Mixed, p: float) -> float:
    weight, mean, variance = (
        t.detach().numpy() for t in (found.log_weight.exp(), found.mean, found.variance)
    )
    sd = np.sqrt(variance)
    each = mean + sd * stats.norm.ppf(p)
    if each.max() - each.min() < 1e-12:
        return float(each[0])

    def off(at: float) -> float:
        return float(weight @ stats.norm.cdf((at - mean) / sd)) - p

    return float(optimize.brentq(off, each.min() - 1e-9, each.max() + 1e-9, xtol=1e-14, rtol=1e-14))


def degrees_of_freedom(learner: HierarchicalMixed) -> Tensor:
    """A Student t's kurtosis is 3 (df - 2) / (df - 4); that of the scale mixture 3 E[t^2] / E[t]^2."""
    values, shares_of = sizes(learner.log_spread.exp())
    kurtosis = 3 * (values**2 * shares_of).sum(-1) / (values * shares_of).sum(-1) ** 2
    return (4 * kurtosis - 6) / (kurtosis - 3)


def sizes(spread: Tensor) -> tuple[Tensor, Tensor]:
    """Nodes of three-point quadrature of exp(N(0, spread^2)), and their shares."""
    at = spread.new_tensor([-math.sqrt(3), 0.0, math.sqrt(3)])
    return torch.exp(at * spread.unsqueeze(-1)), spread.new_tensor([1 / 6, 2 / 3, 1 / 6])


def columns(learner: HierarchicalMixed, row: Row, series: Series, unit: Tensor) -> Tensor:
    """1, time since the first record, covariates, and the network's features."""
    effects = learner.effects
    parts = [row.x.new_ones(1), since(row, series, unit).reshape(1), row.x]
    if effects.network is not None:
        inputs = torch.cat([row.x, row.x_seen.to(row.x.dtype)])
        hidden = perceptron(weights_of(effects.network), "tanh", inputs)
        parts.append(hidden / math.sqrt(len(hidden)))
    return torch.cat(parts)


def as_known(row: Row, own: Series) -> Row:
    """The predicted record, each hidden covariate as in the newest own record that has it."""
    x, seen = row.x.clone(), row.x_seen.clone()
    for f in range(len(x) if x.dim() == 1 else 0):
        having = [r for r in own if r.x_seen[f]]
        if not seen[f] and having:
            newest = max(float(r.time) for r in having)
            values = [r.x[f] for r in having if float(r.time) == newest]
            x[f], seen[f] = sum(values) / len(values), torch.tensor(data=True)
    return replace(row, x=x, x_seen=seen)


def since(row: Row, series: Series, unit: Tensor) -> Tensor:
    if not series:
        return row.time * 0.0
    return ((row.time - min(r.time for r in series)) / unit).clamp(-30.0, 30.0)


def time_unit(learner: HierarchicalMixed, context: Context) -> Tensor:
    gaps = []
    for series in context:
        times = sorted(float(r.time) for r in series)
        gaps += [math.log(max(b - a, 1e-6)) for a, b in itertools.pairwise(times) if b > a]
    return torch.exp((sum(gaps) + 4.0 * learner.log_time) / (len(gaps) + 4.0))


@dataclass(frozen=True)
class Model:
    """One course model of one outcome, by its numbers."""

    level: Tensor
    slow: Tensor
    fast: Tensor
    noise: Tensor
    slow_time: Tensor
    fast_time: Tensor
    slope: Tensor
    between: Tensor
    effects: Tensor

    @classmethod
    def of(cls, learner: HierarchicalMixed, place: int, s: int) -> "Model":
        numbers = learner.library.start[s] + learner.library.moved[place, s]
        level, slow, fast, noise = torch.softmax(numbers[:4], 0)
        slow_time, fast_time, slope, between, floor, effects = torch.exp(numbers[4:])
        return cls(level, slow, fast, noise + floor, slow_time, fast_time, slope, between, effects)

    def covariance(self, a: Row, b: Row, series: Series, unit: Tensor) -> Tensor:
        """Of the course of one subject at two records."""
        apart = torch.abs(a.time - b.time) / unit
        return (
            self.level
            + self.slope * since(a, series, unit) * since(b, series, unit)
            + self.slow * torch.exp(-apart / self.slow_time)
            + self.fast * torch.exp(-apart / self.fast_time)
        )

    def matrix(self, rows: Sequence[Row], series: Series, unit: Tensor) -> Tensor:
        """Of all of some records."""
        return torch.stack([torch.stack([self.covariance(a, b, series, unit) for b in rows]) for a in rows])


@dataclass(frozen=True)
class Cohort:
    """What the lenders say under one model."""

    log_weight: Tensor
    scale: Tensor
    effects: Tensor
    covariance: Tensor


def mixture(
    learner: HierarchicalMixed, d: int, place: int, context: Context, own: Sequence[Row], row: Row
) -> Mixed:
    unit, row = time_unit(learner, context), as_known(row, own)
    models = [Model.of(learner, place, s) for s in range(learner.library.log_prior.shape[1])]
    log_weights, means, variances = [], [], []
    for s, model in enumerate(models):
        known = cohort(learner, d, place, s, model, context, unit)
        told = [r for r in own if r.y_seen[d]]
        rows = [*told, row]
        phi = torch.stack([columns(learner, r, own, unit) for r in rows])
        joint = model.matrix(rows, own, unit) + phi @ known.covariance @ phi.T
        joint = joint + model.noise * torch.eye(len(rows), dtype=joint.dtype)
        n, centre = len(told), phi @ known.effects
        inside, across = joint[:n, :n], joint[:n, n]
        residual = torch.stack([r.y[d] for r in told]) - centre[:n] if n else centre[:0]
        inverse = torch.linalg.inv(inside)
        mean = centre[n] + across @ inverse @ residual
        variance = joint[n, n] - across @ inverse @ across
        values, share = sizes(learner.log_spread[place].exp())
        for size, part in zip(values, share, strict=True):
            scale = size * known.scale
            log = -0.5 * (n * torch.log(scale) + torch.logdet(inside) + residual @ inverse @ residual / scale)
            log_weights.append(known.log_weight + torch.log(part) + log)
            means.append(mean)
            variances.append(scale * variance)
    return Mixed(torch.log_softmax(torch.stack(log_weights), 0), torch.stack(means), torch.stack(variances))


def cohort(
    learner: HierarchicalMixed, d: int, place: int, s: int, model: Model, context: Context, unit: Tensor
) -> Cohort:
    """The posterior under one model, from one matrix over all lenders' values."""
    known = [(r, series) for series in context for r in series if r.y_seen[d]]
    effects = learner.effects
    matter = model.effects * effects.log_effect[place].exp()
    prior = torch.cat([model.between.reshape(1), effects.log_drift[place].exp().reshape(1), matter])
    freedom, square = learner.log_freedom[place].exp(), torch.exp(2 * learner.log_scale[place])
    log_prior = learner.library.log_prior[place, s]
    if not known:
        return Cohort(log_prior, square, 0.0 * prior, torch.diag(prior))
    phi = torch.stack([columns(learner, r, series, unit) for r, series in known])
    alone = [
        torch.stack([model.covariance(a, b, one, unit) if one is other else 0.0 * unit for b, other in known])
        for a, one in known
    ]
    n = len(known)
    whole = torch.stack(alone) + model.noise * torch.eye(n, dtype=phi.dtype) + phi @ torch.diag(prior) @ phi.T
    inverse, y = torch.linalg.inv(whole), torch.stack([r.y[d] for r, _ in known])
    rest = y @ inverse @ y
    evidence = -0.5 * (torch.logdet(whole) + (freedom + n) * torch.log(1 + rest / (freedom * square)))
    counts_as = learner.log_evidence[place].exp() / (learner.log_evidence[place].exp() + n)
    gain = torch.diag(prior) @ phi.T @ inverse
    return Cohort(
        log_prior + counts_as * evidence,
        (freedom * square + rest) / (freedom + n),
        gain @ y,
        torch.diag(prior) - gain @ phi @ torch.diag(prior),
    )


def shares(
    learner: HierarchicalMixed, d: int, start: int, context: Context, own: Sequence[Row], row: Row
) -> Tensor:
    """Posterior mean of the classes' shares, population -> cohort -> individual."""
    counting, width, row = learner.classes, learner.layout.outcomes[d].width, as_known(row, own)
    place = learner.layout.classes.index(d)
    features = columns(learner, row, [], row.time)[2:]
    odds = counting.weight @ features + counting.bias
    share = torch.softmax(odds[start : start + width], 0)
    strength = counting.log_own[place].exp()
    lent = share * 0.0
    told = share * 0.0
    for r in own:
        if r.y_seen[d]:
            apart = ((columns(learner, r, [], r.time)[2:] - features) ** 2).mean()
            told[int(r.y[d])] += torch.exp(-counting.log_narrow[place].exp() * apart)
    for series in context:
        own_counts = counts(series, d, width, share)
        n = float(own_counts.sum())
        lent = lent + own_counts / (1 + max(n - 1, 0.0) / (1 + strength))
    for weight, found in ((counting.log_cohort[place].exp(), lent), (strength, told)):
        share = (weight * share + found) / (weight + found.sum())
    return share


def counts(rows: Sequence[Row], d: int, width: int, like: Tensor) -> Tensor:
    seen = [int(r.y[d]) for r in rows if r.y_seen[d]]
    return like.new_tensor([float(seen.count(c)) for c in range(width)])
