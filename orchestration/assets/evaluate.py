"""Evaluation: error and coverage on held-out patients, and the champion."""

from dagster import AssetExecutionContext, MaterializeResult, ResourceParam, asset

from orchestration.workspace import Workspace

from .step import materialized


@asset(deps=["calibrate"])
def evaluate(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """The evaluation table on held-out patients."""
    return materialized(context, workspace)
