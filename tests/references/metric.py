"""What the metric-based references share: records embedded one by one, and levels of continuous outcomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.metric_based.metric import MetricLearner
from tests.references.outer_loss import freedom, scale_by_count
from tests.references.rows import (
    Context,
    Row,
    column_values,
    inputs_of,
    lent,
    link_of,
    perceptron,
    share,
    weights_of,
)

Distance = Callable[[Tensor, Tensor], Tensor]
ClassLogits = Callable[[int, Tensor, Sequence["Embedded"], Sequence["Embedded"]], list[Tensor]]


@dataclass(frozen=True)
class Embedded:
    """One record: embedding, target columns, their mask, what the population mean leaves of them, and their weights."""

    at: Tensor
    values: list[float]
    seen: list[bool]
    residual: Tensor
    weights: list[float]


def embedded(learner: MetricLearner, row: Row, rows: Sequence[Row], *, lent: bool = False) -> Embedded:
    values, seen = column_values(learner.layout, row)
    mean, weights = population_mean(learner, row, rows), []
    for d, outcome in enumerate(learner.layout.outcomes):
        weights += [share(rows, d) if lent and row.y_seen[d] else 1.0] * outcome.width
    return Embedded(embedding(learner, row, rows), values, seen, mean.new_tensor(values) - mean, weights)


def embedding(learner: MetricLearner, row: Row, rows: Sequence[Row]) -> Tensor:
    return perceptron(weights_of(learner.embedder), "relu", inputs_of(learner, row, rows))


def population_mean(learner: MetricLearner, row: Row, rows: Sequence[Row]) -> Tensor:
    if learner.population is None:
        return row.x.new_zeros(learner.layout.width)
    inputs = inputs_of(learner, row, rows)
    return perceptron(weights_of(learner.population), "relu", inputs) + link_of(learner, row, rows)


def level(
    learner: MetricLearner, c: int, at: Tensor, evidence: Sequence[Embedded], which: int, apart: Distance
) -> Tensor:
    """Kernel-weighted average of one continuous outcome's residuals, shrunk by the prior's weight."""
    m = learner.layout.scaled_columns[c]
    known = [(apart(at, e.at), e.residual[m], e.weights[m]) for e in evidence if e.seen[m]]
    if learner.neighbours is not None and len(known) > learner.neighbours:
        every = sorted(float(distance.detach()) for distance, _, _ in known)
        last = every[learner.neighbours - 1] + 1e-14 * every[-1]  # equal ones may be rounded apart
        known = [one for one in known if float(one[0].detach()) <= last]
    weighted, weight = at.new_zeros(()), learner.log_shrink[which, c].exp()
    for distance, residual, of_record in known:
        kernel = of_record * torch.exp(-learner.log_sharpness[c].exp() * distance)
        weighted, weight = weighted + kernel * residual, weight + kernel
    return weighted / weight


def without_level(
    learner: MetricLearner, cohort: Sequence[Embedded], subject: Sequence[Embedded], apart: Distance
) -> list[Embedded]:
    """The subject's records with the cohort's level taken off their continuous residuals."""
    out = []
    for e in subject:
        residual = list(e.residual)
        for c, m in enumerate(learner.layout.scaled_columns):
            residual[m] = residual[m] - level(learner, c, e.at, cohort, 0, apart)
        out.append(Embedded(e.at, e.values, e.seen, torch.stack(residual), e.weights))
    return out


def predictions(
    learner: MetricLearner,
    rows: tuple[Context, Sequence[Row], Sequence[Row]],
    apart: Distance,
    class_logits: ClassLogits,
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record; rows are the context's, the subject's own and the query's."""
    context, own, query = rows
    cohort = [embedded(learner, r, series, lent=True) for r, series in lent(context)]
    subject = [embedded(learner, r, own) for r in own]
    left = without_level(learner, cohort, subject, apart)
    out = []
    for q in query:
        at, columns = embedding(learner, q, own), list(population_mean(learner, q, own))
        for c, m in enumerate(learner.layout.scaled_columns):
            of_cohort, of_subject = (
                level(learner, c, at, cohort, 0, apart),
                level(learner, c, at, left, 1, apart),
            )
            columns[m] = columns[m] + of_cohort + of_subject
        for d in learner.layout.classes:
            start = learner.layout.columns[d].start
            for i, logit in enumerate(class_logits(d, at, cohort, subject)):
                bias = columns[start + i] if learner.features.own_history else 0.0
                columns[start + i] = bias + logit
        out.append((torch.stack(columns), scale_by_count(learner, own), freedom(learner.scales.raw_df)))
    return out
