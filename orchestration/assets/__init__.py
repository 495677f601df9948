"""One Dagster asset per stage, each made by `stage_asset`."""
