"""Ingest: the run's own copy of every source file, in a folder named by what the result depends on."""

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, ResourceParam, asset

from orchestration.preflight import require_ready
from orchestration.runs.run_folder import STAGES
from orchestration.stages import ingest as intake
from orchestration.stages.run_stage import Step, run_stage
from orchestration.workspace import Workspace

from .metadata import metadata_of
from .step import FINGERPRINT, dagster_failures

PUBLISH = STAGES[-1]


@asset
def ingest(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """The source files as they were when this run read them."""
    with dagster_failures():
        study = workspace.study_of(context.asset_key.path[0])
        require_ready(workspace, publishes=_publishes(context))
        folder = intake.ingest(study, workspace)
        outcome = run_stage("ingest", Step(study, workspace, folder))
        named = {FINGERPRINT: MetadataValue.text(folder.fingerprint)}
        return MaterializeResult(metadata={**metadata_of(outcome), **named})


def _publishes(context: AssetExecutionContext) -> bool:
    """Whether this run goes as far as the store."""
    chosen = context.run.asset_selection
    return chosen is None or any(key.path[-1] == PUBLISH for key in chosen)
