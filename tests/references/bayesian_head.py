"""Hierarchical Bayesian regression by textbook conditioning of Gaussians on explicit matrices.

For theta ~ N(mu, P) and r = Phi theta + e, e ~ N(0, R): with G = P Phi^T (Phi P Phi^T + R)^-1,
theta | r ~ N(mu + G (r - Phi mu), P - G Phi P). Once for the cohort's effect u, once for u + v of the subject.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from meta_med.learners.closed_form.bayesian_head import BayesianHead
from meta_med.learners.closed_form.random_effects import RandomEffects
from meta_med.prediction import MIN_SCALE
from tests.references.outer_loss import freedom
from tests.references.rows import (
    Context,
    Row,
    Series,
    activation_of,
    column_values,
    inputs_of,
    link_of,
    perceptron,
    weights_of,
)

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "features": 5},
    {"width": 6, "layers": 1, "features": 3, "student_t": False},
    {"width": 6, "features": 2, "activation": "relu"},
)


def predict(
    learner: BayesianHead, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    posteriors = [posterior(learner, m, context, own) for m in range(learner.layout.width)]
    return [reading(learner, posteriors, q, own) for q in query]


def cohort_effect(
    learner: RandomEffects, m: int, context: Context, beside: Callable[[Row, Row, Series], Tensor]
) -> tuple[Tensor, Tensor]:
    """Mean and covariance of u for one target column.

    `beside` is the covariance of two records of a series that is no random effect's of m.
    """
    between = torch.diag(softplus(learner.raw_own[m]))
    mu, covariance = torch.zeros_like(learner.raw_cohort[m]), torch.diag(softplus(learner.raw_cohort[m]))
    for series in context:
        known = [r for r in series if column_values(learner.layout, r)[1][m]]
        phi, residual, variance = observed(learner, m, series)
        # a lender's own effect and processes are noise here, which its records share
        own = [[beside(a, b, series) for b in known] for a in known]
        noise_of = torch.diag(variance) + phi @ between @ phi.T
        if known:
            noise_of = noise_of + torch.stack([torch.stack(row) for row in own])
        mu, covariance = condition(mu, covariance, phi, residual, noise_of)
    return mu, covariance


def softplus(raw: Tensor) -> Tensor:
    return torch.log1p(torch.exp(raw))


def features(learner: RandomEffects, row: Row, rows: Sequence[Row]) -> Tensor:
    hidden = perceptron(weights_of(learner.phi), activation_of(learner.phi), inputs_of(learner, row, rows))
    return torch.cat([hidden.new_ones(1), hidden / len(hidden) ** 0.5])


def population(learner: RandomEffects, row: Row, rows: Sequence[Row]) -> Tensor:
    return perceptron(weights_of(learner.population), "relu", inputs_of(learner, row, rows))


def mean(learner: RandomEffects, row: Row, rows: Sequence[Row]) -> Tensor:
    return population(learner, row, rows)[: learner.layout.width] + link_of(learner, row, rows)


def noise(learner: RandomEffects, row: Row, rows: Sequence[Row]) -> Tensor:
    return (softplus(population(learner, row, rows)[learner.layout.width :] - 0.5) + 0.01) ** 2


def posterior(learner: BayesianHead, m: int, context: Context, own: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """Mean and covariance of u + v for one target column."""
    mu, covariance = cohort_effect(learner, m, context, lambda one, other, series: one.x.new_zeros(()))
    phi, residual, variance = observed(learner, m, own)
    return condition(
        mu, covariance + torch.diag(softplus(learner.raw_own[m])), phi, residual, torch.diag(variance)
    )


def observed(learner: RandomEffects, m: int, rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Design (n, d), residual (n,) and noise variance (n,) of the records where column m is known."""
    known = [r for r in rows if column_values(learner.layout, r)[1][m]]
    if not known:
        empty = learner.raw_own.new_zeros(0)
        return learner.raw_own.new_zeros(0, learner.raw_own.shape[1]), empty, empty
    return (
        torch.stack([features(learner, r, rows) for r in known]),
        torch.stack([column_values(learner.layout, r)[0][m] - mean(learner, r, rows)[m] for r in known]),
        torch.stack([noise(learner, r, rows)[m] for r in known]),
    )


def condition(
    mu: Tensor, p: Tensor, phi: Tensor, residual: Tensor, noise_of: Tensor
) -> tuple[Tensor, Tensor]:
    if len(phi) == 0:
        return mu, p
    gain = p @ phi.T @ torch.linalg.inv(phi @ p @ phi.T + noise_of)
    return mu + gain @ (residual - phi @ mu), p - gain @ phi @ p


def reading(
    learner: BayesianHead, posteriors: Sequence[tuple[Tensor, Tensor]], query: Row, own: Sequence[Row]
) -> tuple[Tensor, Tensor, Tensor | None]:
    phi, centre = features(learner, query, own), mean(learner, query, own)
    shifts = torch.stack([phi @ mu for mu, _ in posteriors])
    spreads = torch.stack([phi @ covariance @ phi for _, covariance in posteriors])
    return as_predicted(learner, centre + shifts, spreads, noise(learner, query, own))


def as_predicted(
    learner: RandomEffects, centre: Tensor, spread: Tensor, variance: Tensor
) -> tuple[Tensor, Tensor, Tensor | None]:
    """Location, scale and degrees of freedom from each column's mean, posterior variance and noise variance."""
    location, scale = [], []
    for m in range(learner.layout.width):
        if m in learner.layout.scaled_columns:
            location.append(centre[m])
            scale.append(torch.sqrt(spread[m] + variance[m]) + MIN_SCALE)
        else:
            location.append(learner.log_temperature[m].exp() * centre[m] / torch.sqrt(1.0 + spread[m]))
    scales = torch.stack(scale) if scale else centre.new_zeros(0)
    return torch.stack(location), scales, freedom(learner.raw_df)
