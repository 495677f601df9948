"""Meta-SGD: a step size of its own, of either sign, for each weight."""

from collections.abc import Sequence

from meta_med.learners.optimization_based.maml import MetaSGD
from tests.references.gradient_steps import Predicted, meta_weights, predict_from
from tests.references.rows import Context, Row

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7},
    {"width": 5, "layers": 1, "inner_steps": 3, "cohort_steps": 2},
    {
        "width": 4,
        "inner_steps": 2,
        "first_order": True,
        "fresh_labels": False,
        "shrink": False,
        "student_t": False,
    },
)


def predict(learner: MetaSGD, context: Context, own: Sequence[Row], query: Sequence[Row]) -> Predicted:
    """(location, scale, df) of each query record of one subject."""
    return predict_from(learner, meta_weights(learner), context, own, query)
