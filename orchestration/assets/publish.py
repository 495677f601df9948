"""Publish: one transaction; the dashboard sees the whole release or the one before."""

from dagster import AssetExecutionContext, Backoff, MetadataValue, RetryPolicy

from orchestration.stages import publish as publishing
from orchestration.workspace import Workspace

from .stage_asset import Metadata, stage_asset, step_of


def run(context: AssetExecutionContext, workspace: Workspace) -> Metadata:
    """Publish whatever the run folder holds: only the store knows whether it serves that already."""
    step = step_of(context, workspace)
    workspace.listener.stage_started("publish")
    done = publishing.publish(step.study, workspace, step.folder)
    workspace.listener.stage_ended("publish", reused=not done.changed, seconds=0.0)
    return {
        "release": MetadataValue.text(done.release_id),
        "sequence": MetadataValue.int(done.sequence),
        "changed": MetadataValue.bool(done.changed),
    }


publish = stage_asset(
    "publish",
    "The release that the dashboard serves.",
    run=run,
    retry_policy=RetryPolicy(max_retries=3, delay=5, backoff=Backoff.EXPONENTIAL),
)
