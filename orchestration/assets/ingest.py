"""Ingest: the run's own copy of every source file, in a folder named by what the result depends on."""

from dagster import AssetExecutionContext, MetadataValue

from orchestration.preflight import require_ready
from orchestration.runs.run_folder import STAGES
from orchestration.stages import ingest as copying
from orchestration.stages.run_stage import StageRun, run_stage
from orchestration.workspace import Workspace

from .metadata import metadata_of
from .stage_asset import FINGERPRINT, Metadata, stage_asset


def run(context: AssetExecutionContext, workspace: Workspace) -> Metadata:
    """Make the run folder, whose name every later stage of this run reads in the metadata."""
    study = workspace.study_of(context.asset_key.path[0])
    require_ready(workspace, publishes=_publishes(context))
    folder = copying.ingest(study, workspace)
    outcome = run_stage("ingest", StageRun(study, workspace, folder))
    return {**metadata_of(outcome), FINGERPRINT: MetadataValue.text(folder.fingerprint)}


def _publishes(context: AssetExecutionContext) -> bool:
    """Whether this run goes as far as the store."""
    chosen = context.run.asset_selection
    return chosen is None or any(key.path[-1] == STAGES[-1] for key in chosen)


ingest = stage_asset("ingest", "The source files as they were when this run read them.", run=run)
