"""Validate: valid rows go on, quarantined rows stand aside with file, line and rule."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["ingest"])
def validate(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Rows that keep the contract's promises, rows held back, and the data-quality report."""
    return materialized(context, workspace)
