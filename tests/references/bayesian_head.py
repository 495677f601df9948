"""Hierarchical Bayesian regression by textbook conditioning of Gaussians on explicit matrices.

For theta ~ N(mu, P) and r = Phi theta + e, e ~ N(0, R): with G = P Phi^T (Phi P Phi^T + R)^-1,
theta | r ~ N(mu + G (r - Phi mu), P - G Phi P). Once for the cohort's effect u, once for u + v of the subject.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from meta_med.learners.bayesian_head import JITTER, BayesianHead
from meta_med.prediction import MIN_SCALE
from tests.references.outer_loss import freedom
from tests.references.rows import Row, column_values, inputs_of, link_of, perceptron, weights_of

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "features": 5},
    {"width": 6, "layers": 1, "features": 3, "student_t": False},
)


def predict(
    learner: BayesianHead, context: Sequence[Row], own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    posteriors = [posterior(learner, m, context, own) for m in range(learner.layout.width)]
    return [reading(learner, posteriors, q, own) for q in query]


def softplus(raw: Tensor) -> Tensor:
    return torch.log1p(torch.exp(raw))


def features(learner: BayesianHead, row: Row, rows: Sequence[Row]) -> Tensor:
    hidden = perceptron(weights_of(learner.phi), "tanh", inputs_of(learner, row, rows))
    return torch.cat([hidden.new_ones(1), hidden / len(hidden) ** 0.5])


def mean(learner: BayesianHead, row: Row, rows: Sequence[Row]) -> Tensor:
    inputs = inputs_of(learner, row, rows)
    return perceptron(weights_of(learner.population), "relu", inputs) + link_of(learner, row, rows)


def noise(learner: BayesianHead, row: Row, rows: Sequence[Row]) -> Tensor:
    raw = perceptron(weights_of(learner.noise), "relu", inputs_of(learner, row, rows))
    return (softplus(raw - 0.5) + 0.05) ** 2


def posterior(
    learner: BayesianHead, m: int, context: Sequence[Row], own: Sequence[Row]
) -> tuple[Tensor, Tensor]:
    """Mean and covariance of u + v for one target column."""
    between = torch.diag(softplus(learner.raw_own[m]))
    mu, covariance = torch.zeros_like(learner.raw_cohort[m]), torch.diag(softplus(learner.raw_cohort[m]))
    phi, residual, variance = observed(learner, m, context)
    # each record of the context is another subject's, whose own effect is noise here
    mu, covariance = condition(mu, covariance, phi, residual, variance + torch.diag(phi @ between @ phi.T))
    phi, residual, variance = observed(learner, m, own)
    return condition(mu, covariance + between, phi, residual, variance + JITTER)


def observed(learner: BayesianHead, m: int, rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
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
    mu: Tensor, p: Tensor, phi: Tensor, residual: Tensor, variance: Tensor
) -> tuple[Tensor, Tensor]:
    if len(phi) == 0:
        return mu, p
    gain = p @ phi.T @ torch.linalg.inv(phi @ p @ phi.T + torch.diag(variance))
    return mu + gain @ (residual - phi @ mu), p - gain @ phi @ p


def reading(
    learner: BayesianHead, posteriors: Sequence[tuple[Tensor, Tensor]], query: Row, own: Sequence[Row]
) -> tuple[Tensor, Tensor, Tensor | None]:
    phi, centre, variance = (
        features(learner, query, own),
        mean(learner, query, own),
        noise(learner, query, own),
    )
    location, scale = [], []
    for m, (mu, covariance) in enumerate(posteriors):
        at, spread = centre[m] + phi @ mu, phi @ covariance @ phi
        if m in learner.layout.continuous_columns:
            location.append(at)
            scale.append(torch.sqrt(spread + variance[m]) + MIN_SCALE)
        else:
            location.append(learner.log_temperature[m].exp() * at / torch.sqrt(1.0 + spread))
    scales = torch.stack(scale) if scale else centre.new_zeros(0)
    return torch.stack(location), scales, freedom(learner.raw_df)
