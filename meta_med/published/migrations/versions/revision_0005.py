"""Schema 4 of its last programs: figures of every patient held out once, and outcomes that are whole numbers."""

from alembic import op

from meta_med.published.migrations.columns import add, create_content, floats, ints, texts

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    """Older releases have no cross-fitted figures, and do not say which outcomes are whole numbers."""
    create_content(
        "cross_fitted",
        *texts("study", "outcome", "predictor", "cohort"),
        *ints("support_size"),
        *texts("metric"),
        *floats("value", "ci_low", "ci_high"),
        *ints("n_patients", "n_predictions"),
        *texts("unit"),
    )
    op.create_index("cross_fitted_by_metric", "cross_fitted", ["release_id", "outcome", "metric"])
    add("outcomes", *ints("whole"))
