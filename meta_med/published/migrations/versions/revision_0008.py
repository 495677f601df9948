"""Schema 8: how earlier predictions did for a patient, and why a prediction is as it is."""

from alembic import op

from meta_med.published.migrations.columns import create_content, floats, ints, texts

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    """Older releases have neither."""
    create_content(
        "replay",
        *texts("subject_id", "outcome"),
        *ints("own_records"),
        *floats("time_days", "value", "last_value", "mean"),
        *floats("lower_50", "upper_50", "lower_80", "upper_80", "lower_90", "upper_90", "probability"),
        *ints("support_size"),
        *texts("reason", "role"),
    )
    create_content("influences", *texts("subject_id", "outcome"), *floats("time_days", "moved", "narrowed"))
    create_content("width_reasons", *texts("subject_id", "outcome", "reason"), *floats("share", "narrower"))
    create_content(
        "what_if",
        *texts("subject_id", "outcome", "covariate"),
        *ints("position"),
        *texts("value"),
        *ints("current"),
        *floats("mean", "lower_90", "upper_90", "probability"),
    )
    op.create_index("replay_by_subject", "replay", ["release_id", "subject_id", "outcome"])
    for name in ("influences", "width_reasons", "what_if"):
        op.create_index(f"{name}_by_subject", name, ["release_id", "subject_id"])
