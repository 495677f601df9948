"""A prototypical network with cohort priors, one record and one class at a time."""

from collections.abc import Sequence
from functools import partial

from torch import Tensor

from meta_med.learners.metric_based.protonet import ProtoNet
from tests.references.metric import Embedded, predictions
from tests.references.rows import Context, Row

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "embedding": 5},
    {"width": 6, "layers": 1, "prior": 1.5, "student_t": False},
    {"width": 6, "layers": 1, "embedding": 4, "prior": 0.0},
)


def predict(
    learner: ProtoNet, context: Context, own: Sequence[Row], query: Sequence[Row]
) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """(location, scale, df) of each query record of one subject."""
    return predictions(learner, (context, own, query), mean_square, partial(logits, learner))


def mean_square(a: Tensor, b: Tensor) -> Tensor:
    return ((a - b) ** 2).mean()


def logits(
    learner: ProtoNet, d: int, at: Tensor, cohort: Sequence[Embedded], subject: Sequence[Embedded]
) -> list[Tensor]:
    """Minus squared distances to the class prototypes."""
    columns = learner.layout.columns[d]
    out = []
    for m in range(columns.start, columns.stop):
        prototype = learner.global_prototypes[m]
        for i, evidence in enumerate((cohort, subject)):
            kappa = at.new_zeros(()) if learner.log_prior is None else learner.log_prior[i, d].exp()
            members = [(e.weights[m], e.at) for e in evidence if e.seen[m] and e.values[m] == 1.0]
            if members or kappa > 0:
                total = sum(weight for weight, _ in members) + kappa
                prototype = sum((weight * e for weight, e in members), kappa * prototype) / total
        out.append(-((at - prototype) ** 2).sum())
    return out
