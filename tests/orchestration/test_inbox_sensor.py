"""The inbox sensor: one run for each new delivery, withdrawn or replaced file, however many there are."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from dagster import DagsterInstance, SensorResult, SkipReason, build_sensor_context

from orchestration.graph import StudyGraph, graph_of
from orchestration.triggers import inbox_sensor
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock


def deliver(workspace: Workspace, name: str, text: str) -> Path:
    path = workspace.inbox("asthma") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    when = workspace.now().timestamp() - 60
    os.utime(path, (when, when))
    return path


def settle(workspace: Workspace) -> None:
    """Let everything in the inboxes be older than what is still written."""
    long_ago = workspace.now().timestamp() - 600
    for path in workspace.inbox("asthma").parent.rglob("*"):
        if path.is_dir():
            os.utime(path, (long_ago, long_ago))


class Sensor:
    """The inbox sensor with its memory, looked at as Dagster's daemon does."""

    def __init__(self, graph: StudyGraph, workspace: Workspace, *others: StudyGraph) -> None:
        self.sensor = inbox_sensor([graph, *others], workspace)
        self.cursor: str | None = None
        self.told = ""
        self.tags: list[dict[str, str]] = []

    def look(self) -> list[str]:
        with DagsterInstance.ephemeral() as instance:
            found = self.sensor.evaluate_tick(build_sensor_context(instance=instance, cursor=self.cursor))
        self.cursor = found.cursor or self.cursor
        self.told = found.skip_message or ""
        requests = found.run_requests or []
        own = [dict(request.tags) for request in requests]
        self.tags = [
            {key: tag for key, tag in tags.items() if key.startswith("meta-med/inbox")} for tags in own
        ]
        return [str(request.run_key) for request in requests]


def test_an_empty_inbox_starts_nothing(graph: StudyGraph, workspace: Workspace) -> None:
    assert Sensor(graph, workspace).look() == []


def test_a_delivery_starts_one_run_and_no_second(graph: StudyGraph, workspace: Workspace) -> None:
    sensor = Sensor(graph, workspace)
    deliver(workspace, "visits_1.csv", "first")
    assert len(sensor.look()) == 1
    assert sensor.look() == []


@pytest.mark.fault("O02")
def test_after_missed_ticks_the_newest_delivery_runs_once(
    graph: StudyGraph, workspace: Workspace, clock: Clock
) -> None:
    sensor = Sensor(graph, workspace)
    deliver(workspace, "visits_1.csv", "first")
    (first,) = sensor.look()
    for number in (2, 3, 4):
        clock.forward(days=1)
        deliver(workspace, f"visits_{number}.csv", f"delivery {number}")
    (second,) = sensor.look()
    assert first != second
    assert sensor.look() == []


def test_a_file_delivered_again_is_a_new_request(
    graph: StudyGraph, workspace: Workspace, clock: Clock
) -> None:
    """A run may have failed for a reason that is mended meanwhile."""
    sensor = Sensor(graph, workspace)
    deliver(workspace, "visits_1.csv", "first")
    (first,) = sensor.look()
    clock.forward(days=1)
    deliver(workspace, "visits_1.csv", "first")
    (again,) = sensor.look()
    assert first != again
    assert sensor.look() == []


def test_a_copy_that_keeps_its_date_is_a_new_request(graph: StudyGraph, workspace: Workspace) -> None:
    sensor = Sensor(graph, workspace)
    path = deliver(workspace, "visits_1.csv", "first")
    (first,) = sensor.look()
    state = path.stat()
    path.write_text("FIRST")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    (again,) = sensor.look()
    assert first != again


def test_a_withdrawn_file_is_a_new_request_and_so_is_the_way_back(
    graph: StudyGraph, workspace: Workspace, clock: Clock
) -> None:
    sensor = Sensor(graph, workspace)
    deliver(workspace, "visits_1.csv", "first")
    keys = sensor.look()
    clock.forward(days=1)
    bad = deliver(workspace, "visits_2.csv", "second")
    keys += sensor.look()
    aside = bad.rename(bad.parents[1] / bad.name)
    settle(workspace)
    keys += sensor.look()
    aside.rename(bad)
    keys += sensor.look()
    assert len(set(keys)) == 4
    for path in (bad, bad.with_name("visits_1.csv")):
        path.unlink()
    settle(workspace)
    assert len(sensor.look()) == 1  # nothing is delivered any more: the study's own files count
    assert sensor.look() == []


def test_a_file_that_is_being_replaced_does_not_start_the_one_before(
    graph: StudyGraph, workspace: Workspace, clock: Clock
) -> None:
    sensor = Sensor(graph, workspace)
    deliver(workspace, "visits_1.csv", "first")
    clock.forward(days=1)
    path = deliver(workspace, "visits_2.csv", "second")
    sensor.look()
    now = workspace.now().timestamp()
    path.write_text("sec")  # the beginning of its next version
    os.utime(path, (now, now))
    assert sensor.look() == []
    clock.forward(minutes=1)
    assert len(sensor.look()) == 1


def test_entries_of_no_table_are_told_by_number_never_by_name(
    graph: StudyGraph, workspace: Workspace
) -> None:
    sensor = Sensor(graph, workspace)
    deliver(workspace, "Miller.csv", "first")
    assert sensor.look() == []
    assert "Inbox of asthma: 1 entry is not read" in sensor.told
    assert "meta-med status" in sensor.told
    deliver(workspace, "visits_1.csv", "first")
    sensor.look()
    assert sensor.tags == [{"meta-med/inbox_not_read": "1"}]
    assert "Miller" not in f"{sensor.told}{sensor.cursor}{sensor.tags}"


def calls_of(work: Callable[[], object]) -> int:
    """How many functions this work calls, of Python or C: a measure of its length that no other program changes."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_a_look_at_ten_times_the_files_takes_about_ten_times_the_calls(
    graph: StudyGraph, workspace: Workspace
) -> None:
    """Dagster ends a look after a minute, so its length may not grow with the square of what is delivered."""
    calls = {}
    for last in (200, 2_000):
        for number in range(last):
            deliver(workspace, f"visits_{number}.csv", "x")
        calls[last] = calls_of(Sensor(graph, workspace).look)
    assert calls[2_000] < 12 * calls[200]


def test_ten_thousand_files_at_once_start_one_run_and_leave_a_short_memory(
    graph: StudyGraph, workspace: Workspace
) -> None:
    sensor = Sensor(graph, workspace)
    for number in range(10_000):
        deliver(workspace, f"visits_{number}.csv", "x")
    assert len(sensor.look()) == 1
    assert sensor.look() == []
    assert sensor.cursor is not None
    assert len(sensor.cursor) < 200


def test_one_look_asks_for_a_bounded_number_of_runs_and_the_next_for_the_others(
    graph: StudyGraph, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.triggers.MOST_AT_ONCE", 1)
    other = graph_of(replace(graph.study, spec=replace(graph.study.spec, study="other")))
    sensor = Sensor(graph, workspace, other)
    path = deliver(workspace, "visits.csv", "first")
    shutil.copytree(path.parent, path.parents[1] / "other")
    settle(workspace)
    looks = [sensor.look(), sensor.look(), sensor.look()]
    assert [[key.partition(":")[0] for key in found] for found in looks] == [["asthma"], ["other"], []]


def test_what_an_earlier_version_remembers_is_no_obstacle(graph: StudyGraph, workspace: Workspace) -> None:
    sensor = Sensor(graph, workspace)
    sensor.cursor = '{"asthma": "0123456789abcdef"}'
    deliver(workspace, "visits.csv", "first")
    assert len(sensor.look()) == 1


def test_a_file_under_way_starts_nothing_until_it_is_whole(graph: StudyGraph, workspace: Workspace) -> None:
    sensor = Sensor(graph, workspace)
    path = deliver(workspace, "visits.csv.part", "first")
    assert sensor.look() == []
    path.rename(path.with_suffix(""))
    assert len(sensor.look()) == 1


def test_the_request_names_the_studys_job(graph: StudyGraph, workspace: Workspace) -> None:
    deliver(workspace, "visits.csv", "first")
    with DagsterInstance.ephemeral() as instance:
        found = inbox_sensor([graph], workspace)(build_sensor_context(instance=instance))
    assert isinstance(found, SensorResult)
    assert [request.job_name for request in found.run_requests or []] == ["asthma_nightly"]
    assert not isinstance(found, SkipReason)
