"""Prediction: the next visit of each current patient, or the reason why it is withheld."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["adapt"])
def predict(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Adapted and un-adapted predictions with their intervals."""
    return materialized(context, workspace)
