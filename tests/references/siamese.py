"""A siamese network with cohort priors, one pair of records at a time."""

from collections.abc import Sequence
from functools import partial

import torch
from torch import Tensor

from meta_med.learners.metric_based.siamese import Siamese
from tests.references.metric import Embedded, embedding, predictions
from tests.references.rows import Context, Row, column_values

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "embedding": 5, "verification": 0.0},
    {"width": 6, "layers": 1, "embedding": 4, "prior": 1.5, "student_t": False, "neighbours": 1},
    {"width": 6, "layers": 1, "embedding": 4, "neighbours": 2, "verification": 0.7},
)
Task = tuple[Context, Sequence[Row], Sequence[Row]]


def predict(
    learner: Siamese, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    return predictions(learner, (context, own, query), partial(apart, learner), partial(logits, learner))


def apart(learner: Siamese, a: Tensor, b: Tensor) -> Tensor:
    return (learner.log_weight.exp() * (a - b).abs()).sum()


def probability(learner: Siamese, d: int, a: Tensor, b: Tensor) -> Tensor:
    """That two records are of one class."""
    i = learner.layout.classes.index(d)
    logit = learner.agreement[i] - learner.log_slope[i].exp() * apart(learner, a, b)
    return 1.0 / (1.0 + torch.exp(-logit))


def logits(
    learner: Siamese, d: int, at: Tensor, cohort: Sequence[Embedded], subject: Sequence[Embedded]
) -> list[Tensor]:
    """Log of the mean probability of agreement with each class's records."""
    columns = learner.layout.columns[d]
    out = []
    for m in range(columns.start, columns.stop):
        mean = probability(learner, d, at, learner.global_prototypes[m])
        for i, evidence in enumerate((cohort, subject)):
            members = [e for e in evidence if e.seen[m] and e.values[m] == 1.0]
            kappa = learner.log_prior[i, d].exp()
            agreeing = (e.weights[m] * probability(learner, d, at, e.at) for e in members)
            mean = sum(agreeing, kappa * mean) / (sum(e.weights[m] for e in members) + kappa)
        out.append(torch.log(mean))
    return out


def further_loss(learner: Siamese, tasks: Sequence[Task]) -> Tensor | float:
    """The verification objective: every pair of a support and a query record, both classes known."""
    if not learner.verification or not learner.layout.classes:
        return 0.0
    parts = [verification(learner, d, tasks) for d in learner.layout.classes]
    return learner.verification * sum(parts) / len(parts)


def verification(learner: Siamese, d: int, tasks: Sequence[Task]) -> Tensor:
    same, different = [], []
    for _, own, query in tasks:
        for q in query:
            for r in own:
                if q.y_seen[d] and r.y_seen[d]:
                    p = probability(learner, d, embedding(learner, q, own), embedding(learner, r, own))
                    agree = class_of(learner, d, q) == class_of(learner, d, r)
                    (same if agree else different).append(-torch.log(p if agree else 1.0 - p))
    zero = learner.log_weight.sum() * 0.0
    return (sum(same, zero) / max(1, len(same)) + sum(different, zero) / max(1, len(different))) / 2


def class_of(learner: Siamese, d: int, row: Row) -> int:
    columns = learner.layout.columns[d]
    return column_values(learner.layout, row)[0][columns].index(1.0)
