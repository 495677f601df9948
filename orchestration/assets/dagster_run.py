"""A Dagster run: the stages that it was asked for, and the run folder that its `ingest` has written into."""

from dagster import AssetExecutionContext, AssetKey, DagsterEventType, DagsterInstance

from orchestration.errors import StudyError
from orchestration.runs.run_folder import RunFolder
from orchestration.workspace import Workspace

FINGERPRINT = "fingerprint"
"""Metadata of `ingest`: the name of the run folder."""


def stages_of(context: AssetExecutionContext) -> set[str]:
    """The names of the stages that this run consists of: those of its job, or those that somebody selected.

    A run of a whole job, as schedules and sensors start it, has no selection of its own.
    """
    selected = context.run.asset_selection or context.job_def.asset_layer.selected_asset_keys
    return {key.path[-1] for key in selected}


def folder_of(study: str, run_id: str, instance: DagsterInstance, workspace: Workspace) -> RunFolder:
    """The run folder of this run's `ingest`; if only later stages run, of the newest one."""
    key = AssetKey([study, "ingest"])
    own = instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION).records
    events = [record.event_log_entry for record in own if record.asset_key == key]
    newest = events[-1] if events else instance.get_latest_materialization_event(key)
    if newest is None or newest.asset_materialization is None:
        raise StudyError(f'Nothing was ingested for study "{study}" yet: materialize "{study}/ingest" first.')
    return RunFolder(workspace.runs / str(newest.asset_materialization.metadata[FINGERPRINT].value))
