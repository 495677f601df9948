"""Evaluation: error and coverage on held-out patients, and the champion."""

from dagster import MetadataValue

from orchestration.stages.run_stage import StageOutcome

from .metadata import line_plot
from .stage_asset import stage_asset


def plots(outcome: StageOutcome) -> dict[str, MetadataValue]:
    """Error and coverage by support size, one line per predictor."""
    drawn = {name: table for name, table in outcome.tables.items() if name != "sentinels"}
    return {f"{name}_plot": line_plot(table, name) for name, table in drawn.items()}


evaluate = stage_asset("evaluate", "The evaluation table on held-out patients.", plots=plots)
