"""When runs start by themselves: schedules that know their time zone, and jobs of the studies that are there."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dagster import DagsterInstance

from orchestration.graph import StudyGraph, definitions_of
from orchestration.runs.run_folder import NIGHTLY, STAGES, TRAINING
from orchestration.study.load import LoadedStudy
from orchestration.triggers import TIMEZONE_VARIABLE, nightly_schedule, weekly_schedule
from orchestration.workspace import Workspace


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
