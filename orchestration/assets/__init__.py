"""One Dagster assets file a stage."""
