"""Episodes: draws of context, support and query, as columns."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["cohorts"])
def episodes(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """What meta-training will draw episodes from."""
    return materialized(context, workspace)
