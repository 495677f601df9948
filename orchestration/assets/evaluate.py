"""Evaluation: error and coverage on held-out patients, and the champion."""

from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, ResourceParam, asset

from orchestration.stages.run_stage import StageOutcome
from orchestration.workspace import Workspace

from .metadata import line_plot
from .step import materialized


@asset(deps=["calibrate"])
def evaluate(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """The evaluation table on held-out patients."""
    return materialized(context, workspace, pictures)


def pictures(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Error and coverage by support size, one line a predictor."""
    drawn = {name: table for name, table in outcome.tables.items() if name != "sentinels"}
    return {f"{name}_plot": line_plot(table, name) for name, table in drawn.items()}
