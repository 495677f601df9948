"""A prototypical network with cohort priors, one record and one class at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.protonet import ProtoNet
from tests.references.outer_loss import freedom, scale_by_count
from tests.references.rows import Row, column_values, inputs_of, link_of, perceptron, weights_of

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "embedding": 5},
    {"width": 6, "layers": 1, "prior": 1.5, "student_t": False},
)


@dataclass(frozen=True)
class Embedded:
    """One record: embedding, target columns, their mask and what the population mean leaves of them."""

    at: Tensor
    values: list[float]
    seen: list[bool]
    residual: Tensor


def predict(
    learner: ProtoNet, context: Sequence[Row], own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    prior = learner.log_prior.exp()
    cohort = [embed(learner, r, context) for r in context]
    subject = [embed(learner, r, own) for r in own]
    left = [
        Embedded(e.at, e.values, e.seen, e.residual - level(learner, e.at, cohort, prior[0])) for e in subject
    ]
    out = []
    for q in query:
        at = perceptron(weights_of(learner.embedder), "relu", inputs_of(learner, q, own))
        location = population_mean(learner, q, own)
        location = location + level(learner, at, cohort, prior[0]) + level(learner, at, left, prior[1])
        location = with_logits(learner, location, at, cohort, subject, prior)
        out.append((location, scale_by_count(learner, own), freedom(learner.scales.raw_df)))
    return out


def embed(learner: ProtoNet, row: Row, rows: Sequence[Row]) -> Embedded:
    values, seen = column_values(learner.layout, row)
    mean = population_mean(learner, row, rows)
    at = perceptron(weights_of(learner.embedder), "relu", inputs_of(learner, row, rows))
    return Embedded(at, values, seen, mean.new_tensor(values) - mean)


def population_mean(learner: ProtoNet, row: Row, rows: Sequence[Row]) -> Tensor:
    inputs = inputs_of(learner, row, rows)
    return perceptron(weights_of(learner.population), "relu", inputs) + link_of(learner, row, rows)


def level(learner: ProtoNet, at: Tensor, evidence: Sequence[Embedded], prior: Tensor) -> Tensor:
    """Nadaraya-Watson average of the residuals, shrunk by the prior's weight; one column at a time."""
    columns = []
    for m in range(learner.layout.width):
        sharpness = learner.log_temperature[m].exp()
        weighted, weight = at.new_zeros(()), prior[m]
        for e in evidence:
            if e.seen[m]:
                kernel = torch.exp(-((at - e.at) ** 2).mean() * sharpness)
                weighted, weight = weighted + kernel * e.residual[m], weight + kernel
        columns.append(weighted / weight)
    return torch.stack(columns)


def with_logits(
    learner: ProtoNet,
    location: Tensor,
    at: Tensor,
    cohort: Sequence[Embedded],
    subject: Sequence[Embedded],
    prior: Tensor,
) -> Tensor:
    """Minus squared distances to the class prototypes, in the columns of classes."""
    columns = list(location)
    for d in learner.layout.classes:
        c = learner.layout.columns[d]
        kappa = [prior[i][c].mean() for i in (0, 1)]
        for m in range(c.start, c.stop):
            prototype = learner.global_prototypes[m]
            for strength, evidence in zip(kappa, (cohort, subject), strict=True):
                members = [e.at for e in evidence if e.seen[m] and e.values[m] == 1.0]
                total = sum(members, strength * prototype)
                prototype = total / (len(members) + strength)
            bias = location[m] if learner.features.own_history else 0.0
            columns[m] = bias - learner.log_temperature[m].exp() * ((at - prototype) ** 2).sum()
    return torch.stack(columns)
