"""The optimization-based family as in the papers: explicit copies of the weights, one task after the other."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.func import functional_call
from torch.nn.modules.batchnorm import _BatchNorm

from meta_med.learners.optimization_based.inner_loop import LayerRates
from meta_med.learners.optimization_based.optimization import OptimizationLearner
from tests.references.outer_loss import freedom, scale_by_count
from tests.references.rows import (
    Context,
    Row,
    Series,
    column_values,
    inputs_of,
    lent,
    link_of,
    perceptron,
    share,
)

Weights = list[Tensor]
Moments = tuple[int, Tensor, Tensor]  # of a batch normalisation: records, mean and variance of each channel
Told = list[list[Moments]]  # of each batch normalisation, by set of records told
Placed = Sequence[tuple[Row, Series]]  # records of one task, each with the series that it is of
Predicted = list[tuple[Tensor, Tensor, Tensor | None]]


def meta_weights(learner: OptimizationLearner) -> Weights:
    """Weight and bias of each linear layer that adapts, then the encoder's parameters if it adapts."""
    linear = [w for layer in learner.layers for w in (layer.weight, layer.bias)]
    encoder = learner.features.encoder
    return linear + (list(encoder.parameters()) if encoder is not None and learner.encoder_names else [])


def predict_from(
    learner: OptimizationLearner,
    weights: Weights,
    context: Context,
    own: Sequence[Row],
    query: Sequence[Row],
) -> Predicted:
    """(location, scale, df) of each query record of one subject, after both levels of inner steps."""
    weights = inner_loop(learner, weights, lent(context), "cohort", learner.cohort_steps)
    told = after(learner, weights, [row for row, _ in lent(context)], [])
    weights = inner_loop(learner, weights, of_one(own), "own", learner.inner_steps, told)
    told = after(learner, weights, own, told)
    scale, df = scale_by_count(learner, own), freedom(learner.scales.raw_df)
    asked = [(q, own) for q in query]
    return [(location, scale, df) for location in outputs(learner, weights, asked, told, asked=True)]


def of_one(rows: Series) -> Placed:
    """A subject's own records in their own series."""
    return [(row, rows) for row in rows]


def outputs(
    learner: OptimizationLearner, weights: Weights, rows: Placed, told: Told, *, asked: bool = False
) -> list[Tensor]:
    """Location of each row of one task; rows that are `asked` about count in no statistic."""
    n = 2 * len(learner.layers)
    linear = [(weights[i], weights[i + 1]) for i in range(0, n, 2)]
    if learner.features.encoder is None:
        entering = [inputs_of(learner, r, series) for r, series in rows]
    elif rows:
        entering = list(embedded(learner, weights[n:], [r for r, _ in rows], told, asked)[0])
    else:
        entering = []
    still = [(layer.weight, layer.bias) for layer in learner.hidden]
    if still:
        entering = [torch.relu(perceptron(still, "relu", h)) for h in entering]
    return [
        perceptron(linear, "relu", h) + link_of(learner, r, series)
        for h, (r, series) in zip(entering, rows, strict=True)
    ]


def embedded(
    learner: OptimizationLearner, weights: Weights, rows: Sequence[Row], told: Told, asked: bool
) -> tuple[Tensor, Told]:
    """(N, E) of a sequence of modules with the task's weights, and what each batch normalisation went by."""
    encoder, h = learner.features.encoder, torch.stack([r.x for r in rows])
    if not learner.encoder_names:
        return encoder(h), told
    own, after_it = dict(zip(learner.encoder_names, weights, strict=True)), []
    for name, module in encoder.named_children():
        parts = {k.removeprefix(f"{name}."): w for k, w in own.items() if k.startswith(f"{name}.")}
        if not isinstance(module, _BatchNorm):
            h = functional_call(module, parts, (h,))
        elif name in learner.features.frozen:
            h = norm(h, module.running_mean, module.running_var, parts, module.eps)
        else:
            known = list(told[len(after_it)]) if told else []
            known += [] if asked else [moments(h)]
            after_it.append(known)
            mean, variance = pooled(known, module)
            h = norm(h, mean, variance, parts, module.eps)
    return h, after_it


def moments(h: Tensor) -> Moments:
    by_channel = h.transpose(0, 1).flatten(1)
    return len(h), by_channel.mean(1), by_channel.var(1, correction=0)


def pooled(known: Sequence[Moments], module: _BatchNorm) -> tuple[Tensor, Tensor]:
    """Mean and variance over all records together; the running ones where there are fewer than two records."""
    total = sum(n for n, _, _ in known)
    if total < 2:
        return module.running_mean, module.running_var
    mean = sum(n * m for n, m, _ in known) / total
    return mean, sum(n * (v + (m - mean) ** 2) for n, m, v in known) / total


def norm(h: Tensor, mean: Tensor, variance: Tensor, parts: dict[str, Tensor], eps: float) -> Tensor:
    shape = (1, -1, *[1] * (h.ndim - 2))
    unit = (h - mean.view(shape)) / torch.sqrt(variance.view(shape) + eps)
    return unit * parts["weight"].view(shape) + parts["bias"].view(shape)


def after(learner: OptimizationLearner, weights: Weights, rows: Sequence[Row], told: Told) -> Told:
    """What each batch normalisation knows once these records have been told too."""
    if not rows or not learner.encoder_names:
        return told
    return embedded(learner, weights[2 * len(learner.layers) :], rows, told, asked=False)[1]


def inner_loop(
    learner: OptimizationLearner,
    weights: Weights,
    rows: Placed,
    level: str,
    steps: int,
    told: Told | None = None,
) -> Weights:
    """Gradient steps on the inner loss; without any observed outcome there is nothing to step along."""
    kappa = 0.0 if learner.log_kappa is None else learner.log_kappa[level].exp()
    for s in range(steps):
        # tensors of this step's own: what has been told before is a constant for its gradient
        at = [w.detach().requires_grad_() if learner.first_order else w.clone() for w in weights]
        moved = list(weights)
        for total, count in outcome_losses(learner, at, rows, told or [], even=level == "cohort"):
            gradients = torch.autograd.grad(total, at, create_graph=True)
            if learner.first_order:
                gradients = [g.detach() for g in gradients]
            rates = step_sizes(learner, level, s)
            moved = [w - r * g / (count + kappa) for w, r, g in zip(moved, rates, gradients, strict=True)]
        weights = moved
    return weights


def step_sizes(learner: OptimizationLearner, level: str, s: int) -> list[Tensor]:
    """One for each tensor: a number, or a tensor of its shape."""
    if not isinstance(learner.rates, LayerRates):
        return list(learner.rates.of[level])
    log = learner.rates.log[level]
    of_layer = log[min(s, len(log) - 1)].exp()
    linear = [of_layer[i // 2] for i in range(2 * len(learner.layers))]
    if not learner.encoder_names:
        return linear
    owners = [n.rpartition(".")[0] for n, _ in learner.features.encoder.named_parameters()]
    order = list(dict.fromkeys(owners))
    return linear + [of_layer[len(learner.layers) + order.index(o)] for o in owners]


def outcome_losses(
    learner: OptimizationLearner, weights: Weights, rows: Placed, told: Told, *, even: bool
) -> list[tuple[Tensor, float]]:
    """For each outcome with observed records: its weighted loss over them, and the sum of their weights.

    `even`: each series weighs one, else each record.
    """
    found, start = [], 0
    locations = outputs(learner, weights, rows, told)
    for d, outcome in enumerate(learner.layout.outcomes):
        columns = slice(start, start + outcome.width)
        start += outcome.width
        terms, total = [], 0.0
        for (row, series), location in zip(rows, locations, strict=True):
            if not row.y_seen[d]:
                continue
            weight = share(series, d) if even else 1.0
            total += weight
            if outcome.kind == "continuous":
                value = column_values(learner.layout, row)[0][columns.start]
                terms.append(weight * (location[columns.start] - value) ** 2 / 2)
            else:
                logits = location[columns]
                terms.append(weight * (torch.logsumexp(logits, 0) - logits[int(row.y[d])]))
        if terms:
            found.append((sum(terms), total))
    return found
