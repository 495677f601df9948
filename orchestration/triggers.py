"""What starts a run: a nightly and a weekly schedule, and a sensor for new complete files in a study's inbox."""

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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

from orchestration.errors import StudyError
from orchestration.graph import StudyGraph
from orchestration.runs.inbox_state import Asked, Offer, offer_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

log = logging.getLogger("meta_med")
NIGHTLY, WEEKLY, MONTHLY = "30 2 * * *", "30 4 * * 6", "30 12 1 * *"
RECALIBRATION = "30 3 * * 3"
TIMEZONE_VARIABLE = "META_MED_TIMEZONE"
SENSOR_SECONDS = 30
MOST_AT_ONCE = 20
"""Most runs that one look at the inboxes asks for; the others are asked for at the next ones."""
UNREAD_TAG = "meta-med/inbox_not_read"
"""Tag of a run: number of entries of the inbox that are not read."""


def nightly_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """Every night at 02:30 in META_MED_TIMEZONE (UTC if unset); off by default."""
    told = "Reads the newest delivery; a missed night is made up by the next one."
    return _schedule(f"{graph.study.key}_nightly", graph.nightly, NIGHTLY, told)


def weekly_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """The training of a challenger, on Saturdays at 04:30; off by default."""
    told = "Trains on the newest delivery; the champion stays unless the challenger is shown to be no worse."
    return _schedule(f"{graph.study.key}_train", graph.train, WEEKLY, told)


def monthly_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """The cross-fitted evaluation of the champion's training, on the first of a month at 12:30; off by default."""
    told = "Holds every patient of the champion's training out once; hours for large studies."
    return _schedule(f"{graph.study.key}_evaluate", graph.evaluate, MONTHLY, told)


def recalibration_schedule(graph: StudyGraph) -> ScheduleDefinition:
    """The recalibration of the champion, on Wednesdays at 03:30; off by default."""
    told = "Calibrates the champion on the newest outcomes, between two trainings."
    return _schedule(f"{graph.study.key}_recalibrate", graph.recalibrate, RECALIBRATION, told)


def _schedule(
    name: str, job: "UnresolvedAssetJobDefinition", cron: str, description: str
) -> ScheduleDefinition:
    return ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=cron,
        execution_timezone=time_zone(),
        default_status=DefaultScheduleStatus.STOPPED,
        description=description,
    )


def time_zone() -> str:
    """META_MED_TIMEZONE, or UTC.

    Raises:
        StudyError: there is no time zone of that name.

    """
    name = os.environ.get(TIMEZONE_VARIABLE) or "UTC"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise StudyError(
            f"{TIMEZONE_VARIABLE} names no time zone of this machine; write one such as Europe/Paris."
        ) from None
    return name


def inbox_sensor(graphs: Sequence[StudyGraph], workspace: Workspace) -> SensorDefinition:
    """Watches every study's inbox; off by default."""

    def evaluate(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        remembered: dict[str, object] = json.loads(context.cursor or "{}")
        asked = {graph.study.name: Asked.of(remembered.get(graph.study.name)) for graph in graphs}
        offers = dict(_offers([graph.study for graph in graphs], workspace))
        news = dict(islice(_news(asked, offers), MOST_AT_ONCE))
        if not news:
            return SkipReason(_without_news(offers))
        requests = [
            _request(graph, news[graph.study.name], offers) for graph in graphs if graph.study.name in news
        ]
        cursor = {name: entry.content() for name, entry in {**asked, **news}.items()}
        return SensorResult(run_requests=requests, cursor=json.dumps(cursor, sort_keys=True))

    return SensorDefinition(
        name="inbox",
        evaluation_fn=evaluate,
        jobs=[graph.nightly for graph in graphs],
        minimum_interval_seconds=SENSOR_SECONDS,
        default_status=DefaultSensorStatus.STOPPED,
        description="Starts a study's nightly job when its inbox has a new delivery, the same one again, or one less.",
    )


def _offers(studies: Iterable[LoadedStudy], workspace: Workspace) -> Iterator[tuple[str, Offer]]:
    for study in studies:
        try:
            every = study.spec.delivery == "delta"
            yield (
                study.name,
                offer_of(workspace.inbox(study.name), study.sources, workspace.now(), every=every),
            )
        except OSError as error:
            # an unreadable inbox does not delay the others; it is read again at the next evaluation
            log.warning("The inbox of study %s cannot be read: %s", study.name, type(error).__name__)


def _news(asked: Mapping[str, Asked], offers: Mapping[str, Offer]) -> Iterator[tuple[str, Asked]]:
    for name, offer in offers.items():
        entry = asked[name].next_for(offer)
        if entry is not None:
            yield name, entry


def _request(graph: StudyGraph, entry: Asked, offers: Mapping[str, Offer]) -> RunRequest:
    """The request of a run; its number makes it another one where the inbox is again as it was."""
    name = graph.study.name
    unread = offers[name].unread
    return RunRequest(
        run_key=f"{name}:{entry.number}:{entry.state}",
        job_name=graph.nightly.name,
        tags={UNREAD_TAG: str(unread)} if unread else {},
    )


def _without_news(offers: Mapping[str, Offer]) -> str:
    """Why no run is started, with the number of entries that nothing reads; their names may hold anything."""
    unread = {name: offer.unread for name, offer in offers.items() if offer.unread}
    told = "".join(
        f" Inbox of {name}: {count:,} {'entry is' if count == 1 else 'entries are'} not read; "
        "`meta-med status` says which and why."
        for name, count in unread.items()
    )
    return f"No new finished file in any inbox.{told}"
