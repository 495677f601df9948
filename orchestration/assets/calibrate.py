"""Calibration: intervals are widened or narrowed on patients set aside for it."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["meta_train"])
def calibrate(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Conformal calibration by outcome and support size."""
    return materialized(context, workspace)
