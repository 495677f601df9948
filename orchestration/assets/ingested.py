"""The run folder that a Dagster run has ingested into, found by the metadata of its `ingest`."""

from dagster import AssetKey, DagsterEventType, DagsterInstance

from orchestration.errors import StudyError
from orchestration.runs.run_folder import RunFolder
from orchestration.workspace import Workspace

FINGERPRINT = "fingerprint"


def folder_of(study: str, run_id: str, instance: DagsterInstance, workspace: Workspace) -> RunFolder:
    """The run folder of this run's `ingest`; if only later stages run, of the newest one."""
    key = AssetKey([study, "ingest"])
    own = instance.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION).records
    events = [record.event_log_entry for record in own if record.asset_key == key]
    newest = events[-1] if events else instance.get_latest_materialization_event(key)
    if newest is None or newest.asset_materialization is None:
        raise StudyError(f'Nothing was ingested for study "{study}" yet: materialize "{study}/ingest" first.')
    return RunFolder(workspace.runs / str(newest.asset_materialization.metadata[FINGERPRINT].value))
