"""First-order MAML: inner gradients are constants, what scales them is not."""

from collections.abc import Sequence

from meta_med.learners.optimization_based.maml import FOMAML
from tests.references.gradient_steps import Predicted, meta_weights, predict_from
from tests.references.rows import Context, Row

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7, "fresh_labels": False},
    {"width": 3, "fresh_labels": False, "inner_steps": 4, "cohort_steps": 2, "step_size": 0.2},
    {
        "width": 5,
        "fresh_labels": False,
        "layers": 1,
        "inner_steps": 2,
        "step_sizes": "parameter",
        "shrink": False,
    },
)


def predict(learner: FOMAML, context: Context, own: Sequence[Row], query: Sequence[Row]) -> Predicted:
    """(location, scale, df) of each query record of one subject."""
    return predict_from(learner, meta_weights(learner), context, own, query)
