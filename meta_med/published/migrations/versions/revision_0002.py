"""Schema 2: what guards flagged in each prediction, and what leakage checks found."""

from meta_med.published.migrations.columns import add, create_content, floats, ints, texts

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    """Releases of schema 1 have no guards and no leakage checks."""
    add("predictions", *texts("flags"))
    create_content(
        "guards",
        *texts("guard", "rule"),
        *floats("cut_off", "false_alarms"),
        *ints("n_calibration", "n_flagged"),
    )
    create_content(
        "sentinels",
        *texts("sentinel", "claim", "verdict", "evidence"),
        *floats("value", "ci_low", "ci_high", "limit"),
        *ints("n_patients"),
    )
