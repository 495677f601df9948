"""What a run was asked for: the stages of its job, or those of them that somebody selected."""

from dagster import AssetExecutionContext


def stages_of(context: AssetExecutionContext) -> set[str]:
    """The names of the stages that this run consists of.

    A run of a whole job, as schedules and sensors start it, has no selection of its own.
    """
    selected = context.run.asset_selection or context.job_def.asset_layer.selected_asset_keys
    return {key.path[-1] for key in selected}
