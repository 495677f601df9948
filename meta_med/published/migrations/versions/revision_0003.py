"""Schema 3: the data's quality by rule, column and cohort, and what findings touch."""

from meta_med.published.migrations.columns import add, create_content, ints, texts

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    """Releases of schemas 1 and 2 have findings only."""
    add("subjects", *texts("remarks"))
    add("findings", *texts("title", "kahn"), *ints("patients", "predictions", "withheld"))
    counts = ("count", "size")
    create_content(
        "quality_rules", *texts("source", "rule", "code", "title", "cohort", "unit"), *ints(*counts)
    )
    create_content("quality_missing", *texts("source", "column", "unit", "cohort"), *ints(*counts))
    shape = texts("source", "column", "part", "unit", "axis", "labels", "counts")
    create_content("quality_shapes", *shape)
