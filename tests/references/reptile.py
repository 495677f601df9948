"""Reptile: train on each task plainly, then move the meta-parameters towards where that ended."""

from collections.abc import Sequence

import torch
from torch import Tensor

from meta_med.learners.optimization_based.reptile import Reptile
from tests.references.gradient_steps import (
    Predicted,
    after,
    inner_loop,
    meta_weights,
    of_one,
    predict_from,
)
from tests.references.rows import Context, Row, lent

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "inner_steps": 2, "cohort_steps": 1},
    {"width": 3, "inner_steps": 4, "cohort_steps": 2, "step_size": 0.2},
    {"width": 5, "layers": 1, "inner_steps": 1, "step_sizes": "parameter", "shrink": False},
)
Task = tuple[Context, Sequence[Row], Sequence[Row]]


def predict(learner: Reptile, context: Context, own: Sequence[Row], query: Sequence[Row]) -> Predicted:
    """(location, scale, df) of each query record; what adapts is trained otherwise, so it is a constant here."""
    weights = [w.detach() for w in meta_weights(learner)]
    return predict_from(learner, weights, context, own, query)


def further_loss(learner: Reptile, tasks: Sequence[Task]) -> Tensor:
    """0, with the gradient (W - mean of trained weights) / step_size by each weight."""
    shared = meta_weights(learner)
    total = sum(w.sum() for w in shared) * 0.0
    for context, own, query in tasks:
        weights = inner_loop(learner, shared, lent(context), "cohort", learner.cohort_steps)
        told = after(learner, weights, [row for row, _ in lent(context)], [])
        weights = inner_loop(learner, weights, of_one([*own, *query]), "own", learner.inner_steps, told)
        for w, end in zip(shared, weights, strict=True):
            gradient = (w - end).detach() / (len(tasks) * learner.step_size)
            total = total + (gradient * (w - w.detach())).sum()
    assert torch.equal(total.detach(), torch.zeros_like(total))
    return total
