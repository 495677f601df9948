"""Adaptation: the shared model moved to each current patient by their own records."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["evaluate"])
def adapt(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """One adapted model a current patient."""
    return materialized(context, workspace)
