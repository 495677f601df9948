"""Dagster's old runs, with events and logs, and old ticks go, on SQLite and on PostgreSQL; the freshest runs stay."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from dagster import DagsterInstance, DagsterRunStatus, job, op
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    TickData,
    TickStatus,
)

from orchestration.errors import PublishedStoreError
from orchestration.maintenance.dagster_history import old_history, remove_history
from orchestration.maintenance.prune import plan
from orchestration.maintenance.retention import Retention
from orchestration.workspace import Workspace, open_workspace
from tests.orchestration.test_command import meta_med


@op
def works() -> None:
    print("captured")


@op
def fails() -> None:
    raise ValueError("captured")


@job(name="pbc_nightly", tags={"meta-med/study": "pbc"})
def nightly() -> None:
    works()


@job(name="pbc_train", tags={"meta-med/study": "pbc"})
def train() -> None:
    works()


@job(name="pbc_nightly", tags={"meta-med/study": "pbc"})
def failing() -> None:
    fails()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.nightly)])
def workspace(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A home whose Dagster history is real, in files or in a PostgreSQL database."""
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    settings: dict[str, object] = {"telemetry": {"enabled": False}}
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url").replace("postgresql:", "postgresql+psycopg2:")
        settings["storage"] = {"postgres": {"postgres_url": url}}
    home = open_workspace(tmp_path / "home")
    (home.home / "dagster").mkdir()
    (home.home / "dagster" / "dagster.yaml").write_text(yaml.safe_dump(settings))
    return home


@pytest.fixture
def instance(workspace: Workspace) -> Iterator[DagsterInstance]:
    with DagsterInstance.from_config(str(workspace.home / "dagster")) as opened:
        yield opened


def ran(instance: DagsterInstance, *jobs: object) -> list[str]:
    return [one.execute_in_process(instance=instance, raise_on_error=False).run_id for one in jobs]


def tick(instance: DagsterInstance, at: float) -> None:
    origin = RemoteInstigatorOrigin(
        RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("meta_med"), "repository"), "inbox"
    )
    state = InstigatorState(origin, InstigatorType.SENSOR, InstigatorStatus.RUNNING)
    if not instance.all_instigator_state():
        instance.add_instigator_state(state)
    words = (state.instigator_origin_id, "inbox", InstigatorType.SENSOR, TickStatus.SKIPPED, at)
    instance.create_tick(TickData(*words, selector_id=state.selector_id))


def test_old_runs_and_ticks_go_and_the_freshest_of_each_job_stay(
    workspace: Workspace, instance: DagsterInstance
) -> None:
    old, trained, well, failed = ran(instance, nightly, train, nightly, failing)
    before = datetime.now(UTC)
    for days in (3, 2):
        tick(instance, (before - timedelta(days=days)).timestamp())
    time.sleep(0.01)
    (young,) = ran(instance, nightly)
    tick(instance, time.time())
    planned = old_history(workspace, before)
    assert [(one.kind, one.study, one.name, one.count) for one in planned] == [
        ("Dagster runs", "pbc", "pbc_nightly", 3),
        ("Dagster ticks", "", "inbox", 2),
    ]
    assert len(instance.get_run_records()) == 5, "told, not removed"
    assert remove_history(workspace, before) == planned
    assert {record.dagster_run.run_id for record in instance.get_run_records()} == {young, trained}
    assert instance.all_logs(young)
    assert instance.all_logs(trained)
    folder = workspace.home / "dagster"
    for gone in (old, well, failed):
        assert not list(folder.rglob(f"{gone}*")), "neither its events nor its output"
        with DagsterInstance.from_config(str(folder)) as later:
            assert later.all_logs(gone) == []
    (state,) = instance.all_instigator_state()
    assert len(instance.get_ticks(state.instigator_origin_id, state.selector_id)) == 1
    assert old_history(workspace, before) == []


def test_a_job_keeps_its_freshest_run_its_last_good_one_and_what_has_not_ended(
    workspace: Workspace, instance: DagsterInstance
) -> None:
    _, good, _, last = ran(instance, nightly, nightly, failing, failing)
    at_work = instance.create_run_for_job(train, status=DagsterRunStatus.STARTED).run_id
    later = datetime.now(UTC) + timedelta(days=1)
    assert remove_history(workspace, later, study="another") == []
    (gone,) = remove_history(workspace, later, study="pbc")
    assert (gone.name, gone.count) == ("pbc_nightly", 2)
    kept = {record.dagster_run.run_id for record in instance.get_run_records()}
    assert kept == {good, last, at_work}


def test_the_settings_decide_and_the_command_tells(
    workspace: Workspace, instance: DagsterInstance, capsys
) -> None:
    ran(instance, nightly, nightly)
    later = replace(workspace, now=lambda: datetime.now(UTC) + timedelta(days=100))
    assert [one.count for one in plan(later, Retention())] == [1]
    assert plan(later, Retention(history_days=101)) == plan(later, Retention(history_days=0)) == []
    capsys.readouterr()
    code, out, _ = meta_med(capsys, "prune", "--dry-run", "--json", "--home", workspace.home)
    told = json.loads(out)
    assert (code, told["keep"]["history_days"], told["removed"]) == (0, 90, [])


def test_without_a_history_nothing_is_made_and_a_broken_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    workspace = open_workspace(tmp_path / "home")
    assert remove_history(workspace, datetime.now(UTC)) == []
    folder = workspace.home / "dagster"
    assert not folder.exists()
    folder.mkdir()
    (folder / "dagster.yaml").write_text("storage: {postgres: {postgres_url: secret}}\nnonsense: 1\n")
    with pytest.raises(PublishedStoreError, match="E_STORAGE: Dagster's history") as told:
        old_history(workspace, datetime.now(UTC))
    assert "secret" not in str(told.value)
