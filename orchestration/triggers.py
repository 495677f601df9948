"""What starts a run: a nightly and a weekly schedule, and a sensor for new complete files in a study's inbox."""

import json
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dagster import (
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
)

from orchestration.graph import StudyGraph
from orchestration.runs.inbox import deliveries
from orchestration.runs.run_folder import fingerprint, sha256_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

log = logging.getLogger("meta_med")
NIGHTLY, WEEKLY = "30 2 * * *", "30 4 * * 6"
TIMEZONE_VARIABLE = "META_MED_TIMEZONE"
SENSOR_SECONDS = 30


def nightly_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """Every night at 02:30 in META_MED_TIMEZONE (UTC if unset); off by default."""
    told = "Reads the newest delivery; a missed night is made up by the next one."
    return _schedule(f"{graph.study.key}_nightly", graph.nightly, NIGHTLY, told)


def weekly_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """The training of a challenger, on Saturdays at 04:30; off by default."""
    told = "Trains on the newest delivery; the champion stays unless the challenger is shown to be no worse."
    return _schedule(f"{graph.study.key}_train", graph.train, WEEKLY, told)


def _schedule(
    name: str, job: "UnresolvedAssetJobDefinition", cron: str, description: str
) -> ScheduleDefinition:
    return ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=cron,
        execution_timezone=os.environ.get(TIMEZONE_VARIABLE, "UTC"),
        default_status=DefaultScheduleStatus.STOPPED,
        description=description,
    )


def inbox_sensor(graphs: Sequence[StudyGraph], workspace: Workspace) -> SensorDefinition:
    """Watches every study's inbox; off by default."""

    studies = [graph.study for graph in graphs]

    def evaluate(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        seen: dict[str, str] = json.loads(context.cursor or "{}")
        arrived = dict(new_deliveries(studies, workspace, seen))
        if not arrived:
            return SkipReason("No new finished file in any inbox.")
        keys = {graph.study.name: graph.nightly.name for graph in graphs}
        requests = [RunRequest(run_key=f"{name}:{key}", job_name=keys[name]) for name, key in arrived.items()]
        return SensorResult(run_requests=requests, cursor=json.dumps({**seen, **arrived}, sort_keys=True))

    return SensorDefinition(
        name="inbox",
        evaluation_fn=evaluate,
        jobs=[graph.nightly for graph in graphs],
        minimum_interval_seconds=SENSOR_SECONDS,
        default_status=DefaultSensorStatus.STOPPED,
        description="Starts a study's nightly job once for each new content of its inbox.",
    )


def new_deliveries(
    studies: Sequence[LoadedStudy], workspace: Workspace, seen: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """(study, hash of its newest files) where that content is new."""
    for study in studies:
        try:
            files = deliveries(workspace.inbox(study.name), study.sources, workspace.now())
            key = content_hash(files)
        except OSError as error:
            # an unreadable inbox does not delay the others; it is read again at the next evaluation
            log.warning("The inbox of study %s cannot be read: %s", study.name, type(error).__name__)
            continue
        if files and seen.get(study.name) != key:
            yield study.name, key


def content_hash(files: Mapping[str, Path]) -> str:
    """A hash of the files' contents; names and dates do not count."""
    return fingerprint({name: sha256_of(path) for name, path in files.items()}, "", "", "")
