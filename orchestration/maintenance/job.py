"""The Dagster job and schedule of `meta-med prune`."""

import os

from dagster import (
    DefaultScheduleStatus,
    Definitions,
    MetadataValue,
    OpExecutionContext,
    ScheduleDefinition,
    in_process_executor,
    job,
    op,
)

from orchestration.assets.stage_asset import dagster_failures
from orchestration.maintenance.old import number
from orchestration.maintenance.prune import prune, reason
from orchestration.maintenance.retention import Retention
from orchestration.models.journal import PROGRAM
from orchestration.workspace import Workspace

WEEKLY = "30 6 * * 0"
NAME = "prune"


def maintenance_definitions(workspace: Workspace) -> Definitions:
    """The job `prune`, and its schedule on Sundays at 06:30 in META_MED_TIMEZONE, which is off by default."""

    @op(name=f"{NAME}_old", description="Removes what the settings META_MED_KEEP_... keep no longer.")
    def removed(context: OpExecutionContext) -> None:
        with dagster_failures():
            keep = Retention.of_environment()
            gone = prune(workspace, keep, PROGRAM, reason(keep))
        kinds: list[str] = sorted({old.kind for old in gone})
        counts = {
            kind: MetadataValue.int(sum(number(old) for old in gone if old.kind == kind)) for kind in kinds
        }
        context.add_output_metadata({**counts, "bytes": MetadataValue.int(sum(old.bytes for old in gone))})

    @job(name=NAME, executor_def=in_process_executor, description=f"{removed.description} Of every study.")
    def pruned() -> None:
        removed()

    weekly = ScheduleDefinition(
        name=NAME,
        job=pruned,
        cron_schedule=WEEKLY,
        execution_timezone=os.environ.get("META_MED_TIMEZONE", "UTC"),
        default_status=DefaultScheduleStatus.STOPPED,
        description="What it removes, `meta-med prune --dry-run` tells.",
    )
    return Definitions(jobs=[pruned], schedules=[weekly])
