"""Ingest: the run's own copy of every source file, in a folder named by what the result depends on."""

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, ResourceParam, asset

from orchestration import intake
from orchestration.stages import Step, run_stage
from orchestration.workspace import Workspace

from .metadata import metadata_of
from .step import FINGERPRINT, dagster_failures


@asset
def ingest(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """The source files as they were when this run read them."""
    study = workspace.studies[context.asset_key.path[0]]
    with dagster_failures():
        folder = intake.ingest(study, workspace)
        outcome = run_stage("ingest", Step(study, workspace, folder))
    named = {FINGERPRINT: MetadataValue.text(folder.fingerprint)}
    return MaterializeResult(metadata={**metadata_of(outcome), **named})
