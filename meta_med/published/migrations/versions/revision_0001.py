"""Schema 1: releases with patients, records, predictions, evaluation, champions and findings; head and journal."""

from alembic import op
from sqlalchemy import Column, Integer, String, Text

from meta_med.published.migrations.columns import create_content, floats, ints, texts

revision, down_revision = "0001", None


def upgrade() -> None:
    """Make the tables of an empty database."""
    _patients()
    _model()
    _store()
    op.create_index("subjects_by_id", "subjects", ["release_id", "subject_id"])
    op.create_index("records_by_subject", "records", ["release_id", "subject_id", "outcome", "time_days"])
    op.create_index("predictions_by_subject", "predictions", ["release_id", "subject_id", "outcome"])
    op.create_index("evaluation_by_metric", "evaluation", ["release_id", "outcome", "metric"])


def _patients() -> None:
    create_content(
        "subjects",
        *texts("subject_id", "cohort", "split"),
        *ints("n_records"),
        *floats("newest_record_days"),
        *texts("status", "display"),
    )
    create_content("records", *texts("subject_id"), *floats("time_days"), *texts("outcome"), *floats("value"))
    create_content(
        "predictions",
        *texts("subject_id", "outcome"),
        *floats("predicted_time_days", "mean"),
        *floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
        *floats("unadapted_mean", "unadapted_lower_90", "unadapted_upper_90", "unadapted_probability"),
        *texts("predictor"),
        *ints("support_size"),
        *floats("newest_value_age_days"),
        *texts("status", "reason"),
    )


def _model() -> None:
    create_content(
        "evaluation",
        *texts("study", "outcome", "predictor", "cohort"),
        *ints("support_size"),
        *texts("metric"),
        *floats("value", "ci_low", "ci_high"),
        *ints("n_patients", "n_predictions"),
        *texts("unit"),
    )
    create_content(
        "champions",
        *texts("outcome"),
        *ints("support_size"),
        *texts("predictor", "best_baseline", "weights", "evidence"),
    )
    create_content(
        "findings",
        *texts("code", "severity", "rule", "source", "column", "cohort"),
        *ints("count"),
        *floats("share"),
        *texts("message"),
    )
    create_content(
        "outcomes",
        *texts("name", "label", "kind", "unit", "scale"),
        *floats("reference_low", "reference_high"),
        *ints("position"),
    )
    sizes = ints("n_subjects", "n_records", "n_train", "n_tuning", "n_calibration", "n_held_out")
    create_content("cohorts", *texts("cohort"), *sizes)


def _store() -> None:
    op.create_table("store", Column("schema_version", Integer, primary_key=True, autoincrement=False))
    op.create_table(
        "releases",
        Column("release_id", String(16), primary_key=True),
        Column("study", Text, nullable=False),
        Column("manifest", Text, nullable=False),
        Column("content_sha256", String(64), nullable=False),
        Column("staged_at", Text, nullable=False),
    )
    op.create_table(
        "head",
        Column("study", Text, primary_key=True),
        Column("release_id", String(16), nullable=False),
        Column("sequence", Integer, nullable=False),
    )
    op.create_table(
        "journal",
        Column("sequence", Integer, primary_key=True, autoincrement=False),
        Column("study", Text, nullable=False),
        Column("release_id", String(16), nullable=False),
        Column("action", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("actor", Text, nullable=False),
    )
