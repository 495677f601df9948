"""Assets beside the stages: the champion recalibrated, and the served model's cross-fitted evaluation.

Neither is on the way to a release: `recalibrate` may give the study another champion, by which the next night serves;
`cross_fit` leaves figures that the next publication shows.
"""

import time

import pandas as pd
from dagster import (
    AssetExecutionContext,
    AssetsDefinition,
    MaterializeResult,
    MetadataValue,
    ResourceParam,
    asset,
)
from filelock import FileLock

from orchestration.models import recalibration
from orchestration.models.served_evaluation import evaluate_served
from orchestration.runs.run_folder import GATE
from orchestration.stages.run_stage import require_done, terminate_workers_first
from orchestration.startup import limit_threads
from orchestration.workspace import Workspace

from .metadata import markdown_table, metadata_of_summary
from .noted_runs import noted_in_last_run
from .stage_asset import dagster_failures, step_of

RECALIBRATE, CROSS_FIT = "recalibrate", "cross_fit"


@asset(
    name=RECALIBRATE,
    deps=[GATE[-1]],
    description="The champion's predictors, calibrated again on the newest outcomes; promoted by evidence.",
)
def recalibrate(
    context: AssetExecutionContext, workspace: ResourceParam[Workspace]
) -> MaterializeResult[None]:
    """Recalibrate the champion and promote the result by evidence."""
    with dagster_failures(), noted_in_last_run(RECALIBRATE, context, workspace):
        step = step_of(context, workspace)
        require_done(GATE[-1], step)
        lock = FileLock(workspace.locks / f"{step.folder.fingerprint}.training.lock")
        workspace.listener.stage_started(RECALIBRATE)
        started = time.monotonic()
        with lock, terminate_workers_first():
            limit_threads()
            done, summary = recalibration.recalibrate(step)
        seconds = time.monotonic() - started
        workspace.listener.stage_ended(RECALIBRATE, reused=not done.decided_now, seconds=seconds)
        compared = done.evidence.get("comparison", {}).get("differences", [])
        return MaterializeResult(
            metadata={
                **metadata_of_summary(summary),
                "model": MetadataValue.text(done.version),
                "state": MetadataValue.text(done.state),
                "why": MetadataValue.text(done.why),
                "promoted": MetadataValue.bool(done.promoted),
                **({"against_the_champion": markdown_table(pd.DataFrame(compared))} if compared else {}),
            }
        )


@asset(
    name=CROSS_FIT,
    deps=["promote"],
    description="Every patient of the served model's training held out once; shown with the next publication.",
)
def cross_fit(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """Evaluate the champion's training cross-fitted."""
    with dagster_failures(), noted_in_last_run(CROSS_FIT, context, workspace):
        with terminate_workers_first():
            limit_threads()
            found = evaluate_served(workspace.study_of(context.asset_key.path[0]), workspace)
        return MaterializeResult(
            metadata={
                "model": MetadataValue.text(found.model),
                "patients": MetadataValue.int(found.patients),
                "table": markdown_table(found.shown),
            }
        )


BESIDE: tuple[AssetsDefinition, ...] = (recalibrate, cross_fit)
