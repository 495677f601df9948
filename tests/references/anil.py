"""ANIL: the last layer alone moves."""

from collections.abc import Sequence

from meta_med.learners.optimization_based.maml import ANIL
from tests.references.gradient_steps import Predicted, meta_weights, predict_from
from tests.references.rows import Context, Row

VARIANTS: tuple[dict[str, object], ...] = (
    {"width": 7},
    {"width": 5, "layers": 1, "inner_steps": 3, "cohort_steps": 2, "step_size": 0.3},
    {"width": 2, "inner_steps": 4, "shrink": False, "student_t": False},
    {"width": 6, "inner_steps": 2, "step_sizes": "parameter"},
    {"width": 6, "inner_steps": 2, "first_order": True, "fresh_labels": False},
)


def predict(learner: ANIL, context: Context, own: Sequence[Row], query: Sequence[Row]) -> Predicted:
    """(location, scale, df) of each query record of one subject."""
    return predict_from(learner, meta_weights(learner), context, own, query)
