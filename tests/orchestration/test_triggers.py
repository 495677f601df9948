"""When runs start by themselves: every night once, and once for each new delivery."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dagster import DagsterInstance, SensorResult, SkipReason, build_sensor_context

from orchestration.graph import StudyGraph, definitions_of, graph_of
from orchestration.runs.run_folder import NIGHTLY, STAGES, TRAINING
from orchestration.study.load import LoadedStudy
from orchestration.triggers import TIMEZONE_VARIABLE, inbox_sensor, nightly_schedule, weekly_schedule
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock


@pytest.fixture
def graph(study: LoadedStudy) -> StudyGraph:
    return graph_of(study)


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


def test_a_challenger_is_trained_once_a_week(graph: StudyGraph) -> None:
    schedule = weekly_schedule(graph)
    assert schedule.name == schedule.job_name == "asthma_train"
    ticks = schedule_ticks(schedule, datetime(2027, 3, 1, tzinfo=ZoneInfo("UTC")).timestamp())
    first, second = next(ticks), next(ticks)
    assert (second - first).days == 7


@pytest.mark.fault("O12")
@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Paris", (2027, 3, 28)), ("Europe/Paris", (2027, 10, 31)), ("UTC", (2028, 2, 29))],
)
def test_one_run_a_day_even_when_the_clocks_change(
    graph: StudyGraph, monkeypatch: pytest.MonkeyPatch, zone: str, day: tuple[int, int, int]
) -> None:
    monkeypatch.setenv(TIMEZONE_VARIABLE, zone)
    schedule = nightly_schedule(graph)
    midnight = datetime(*day, tzinfo=ZoneInfo(zone))
    found = []
    for tick in schedule_ticks(schedule, midnight.timestamp()):
        if tick.astimezone(ZoneInfo(zone)).date() > midnight.date():
            break
        found.append(tick)
    assert len(found) == 1


def schedule_ticks(schedule, start: float):
    from dagster._utils.schedules import schedule_execution_time_iterator

    return schedule_execution_time_iterator(start, schedule.cron_schedule, schedule.execution_timezone)


def test_the_timezone_is_always_stated(graph: StudyGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TIMEZONE_VARIABLE, raising=False)
    assert nightly_schedule(graph).execution_timezone == "UTC"


def test_every_job_has_a_limit_and_names_its_study(graph: StudyGraph, workspace: Workspace) -> None:
    definitions = definitions_of([graph], workspace)
    for name, stages in (("asthma", STAGES), ("asthma_nightly", NIGHTLY), ("asthma_train", TRAINING)):
        job = definitions.resolve_job_def(name)
        assert {key.path[-1] for key in job.asset_layer.selected_asset_keys} == set(stages)
        assert job.tags["dagster/max_runtime"] == str(6 * 3600)
        assert job.tags["meta-med/study"] == "asthma"
        assert job.executor_def.name == "in_process"


def test_studies_of_ones_own_join_the_bundled_ones(
    study: LoadedStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.study.registry import known_studies

    monkeypatch.setenv("META_MED_STUDIES", str(study.path))
    assert set(known_studies()) >= {"asthma", "nafld", "pbc"}
    monkeypatch.setenv("META_MED_STUDIES", str(study.path.parent))
    (study.path.parent / "asthma_contract.yaml").rename(study.path.parent / "contract.txt")
    study.path.write_text(study.path.read_text().replace("asthma_contract.yaml", "contract.txt"))
    assert "asthma" in known_studies()


def test_a_study_has_a_job_once_its_data_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.study.registry import known_studies, runnable, studies

    monkeypatch.delenv("META_MED_DATA", raising=False)
    monkeypatch.delenv("META_MED_STUDIES", raising=False)
    assert {study.name for study in runnable(studies())} == {"nafld", "pbc"}
    assert "heart" in known_studies()
    place = tmp_path / "uci_heart_4sites" / "records.parquet"
    place.parent.mkdir()
    place.touch()
    monkeypatch.setenv("META_MED_DATA", str(tmp_path))
    assert {study.name for study in runnable(studies())} == {"heart", "nafld", "pbc"}


def test_the_instance_template_is_one_that_dagster_accepts(tmp_path: Path) -> None:
    template = Path(__file__).parents[2] / "orchestration" / "dagster.yaml"
    (tmp_path / "dagster.yaml").write_text(template.read_text())
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert instance.run_monitoring_enabled
        assert instance.run_retries_enabled
