"""MAML as in the paper: explicit copies of the weights, W - lr * gradient, one task after the other."""

from collections.abc import Sequence

import torch
from torch import Tensor

from meta_med.learners.maml import MAML
from tests.references.outer_loss import freedom, scale_by_count
from tests.references.rows import Row, column_values, inputs_of, link_of, perceptron

Weights = list[tuple[Tensor, Tensor]]

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7},
    {"width": 5, "layers": 1, "inner_steps": 3, "cohort_steps": 2, "step_size": 0.3},
    {"width": 6, "shrink": False, "student_t": False},
    {"width": 6, "first_order": True, "inner_steps": 2},
    {"width": 6, "inner_steps": 2, "cohort_steps": 0},
)


def predict(
    learner: MAML, context: Sequence[Row], own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    weights = [(layer.weight, layer.bias) for layer in learner.layers]
    weights = inner_loop(learner, weights, context, "cohort", learner.cohort_steps)
    weights = inner_loop(learner, weights, own, "own", learner.inner_steps)
    scale = scale_by_count(learner, own)
    return [
        (
            perceptron(weights, "relu", inputs_of(learner, q, own)) + link_of(learner, q, own),
            scale,
            freedom(learner.scales.raw_df),
        )
        for q in query
    ]


def inner_loop(learner: MAML, weights: Weights, rows: Sequence[Row], level: str, steps: int) -> Weights:
    """Gradient steps on the inner loss; without any observed outcome there is nothing to step along."""
    for s in range(steps):
        loss = inner_loss(learner, weights, rows, level)
        if loss is None:
            return weights
        flat = [w for pair in weights for w in pair]
        gradients = torch.autograd.grad(loss, flat, create_graph=True)
        rates = learner.log_rates[level][s].exp()
        steps_taken = [rates[i // 2] * g for i, g in enumerate(gradients)]
        if learner.first_order:
            steps_taken = [t.detach() for t in steps_taken]
        moved = [w - t for w, t in zip(flat, steps_taken, strict=True)]
        weights = list(zip(moved[::2], moved[1::2], strict=True))
    return weights


def inner_loss(learner: MAML, weights: Weights, rows: Sequence[Row], level: str) -> Tensor | None:
    """Sum over outcomes of the loss over their observed records, divided by (their number + kappa)."""
    kappa = 0.0 if learner.log_kappa is None else learner.log_kappa[level].exp()
    total, start = None, 0
    outputs = [
        perceptron(weights, "relu", inputs_of(learner, r, rows)) + link_of(learner, r, rows) for r in rows
    ]
    for d, outcome in enumerate(learner.layout.outcomes):
        columns = slice(start, start + outcome.width)
        start += outcome.width
        terms = []
        for row, output in zip(rows, outputs, strict=True):
            if not row.y_seen[d]:
                continue
            if outcome.kind == "continuous":
                value = column_values(learner.layout, row)[0][columns.start]
                terms.append((output[columns.start] - value) ** 2 / 2)
            else:
                logits = output[columns]
                terms.append(torch.logsumexp(logits, 0) - logits[int(row.y[d])])
        if terms:
            part = sum(terms) / (len(terms) + kappa)
            total = part if total is None else total + part
    return total
