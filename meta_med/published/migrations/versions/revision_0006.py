"""Schema 5: forecasts over time."""

from alembic import op

from meta_med.published.migrations.columns import create_content, floats, ints, texts

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    """Older releases have one horizon, which stands in their predictions."""
    create_content(
        "horizons",
        *texts("subject_id", "outcome"),
        *floats("horizon_days", "predicted_time_days", "mean"),
        *floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
        *texts("reason"),
    )
    op.create_index("horizons_by_subject", "horizons", ["release_id", "subject_id", "outcome"])
    coverage = ("coverage_50", "coverage_80", "coverage_90", "coverage_90_low", "coverage_90_high")
    create_content(
        "horizon_check",
        *texts("outcome"),
        *floats("horizon_days", *coverage, "pooled_coverage_90", "predicted", "observed"),
        *ints("n_patients", "n_predictions"),
        *texts("reason"),
    )
