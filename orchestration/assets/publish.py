"""Publish: one transaction; the dashboard sees the whole release or the one before."""

from dagster import (
    AssetExecutionContext,
    Backoff,
    MaterializeResult,
    MetadataValue,
    ResourceParam,
    RetryPolicy,
    asset,
)

from orchestration.stages import publish as publish_stage
from orchestration.workspace import Workspace

from .step import dagster_failures, step_of

# Only a busy store may be tried again; every other failure forbids it (see `dagster_failures`).
WHEN_BUSY = RetryPolicy(max_retries=3, delay=5, backoff=Backoff.EXPONENTIAL)


@asset(deps=["predict"], retry_policy=WHEN_BUSY)
def publish(context: AssetExecutionContext, workspace: ResourceParam[Workspace]) -> MaterializeResult[None]:
    """The release that the dashboard serves."""
    with dagster_failures():
        step = step_of(context.asset_key, context.run_id, context.instance, workspace)
        workspace.listener.stage_started("publish")
        done = publish_stage.publish(step.study, workspace, step.folder)
        workspace.listener.stage_ended("publish", reused=not done.changed, seconds=0.0)
        return MaterializeResult(
            metadata={
                "release": MetadataValue.text(done.release_id),
                "sequence": MetadataValue.int(done.sequence),
                "changed": MetadataValue.bool(done.changed),
            }
        )
