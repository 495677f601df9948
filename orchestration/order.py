"""The data's way: the stages in order. Asset files, commands and markers use these very names."""

STAGES = (
    "ingest",
    "validate",
    "cohorts",
    "episodes",
    "meta_train",
    "calibrate",
    "evaluate",
    "adapt",
    "predict",
    "publish",
)


def before(stage: str) -> str | None:
    """The stage whose files this one reads, or None for the first."""
    position = STAGES.index(stage)
    return STAGES[position - 1] if position else None


def up_to(stage: str) -> tuple[str, ...]:
    """The stages from the first to this one."""
    return STAGES[: STAGES.index(stage) + 1]
