"""A real dagster-daemon: a dropped file becomes a release that the dashboard shows; a run is cancelled."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus
from dagster._core.storage.dagster_run import DagsterRun
from streamlit import config as streamlit_config

from meta_med.published import reader
from orchestration.errors import InterruptedRunError
from orchestration.runs.last_run import last_run
from orchestration.runs.run_folder import ADAPT, RunFolder
from tests.dashboard.opened_pages import app, words
from tests.faults.invariants import half_files, served_whole
from tests.orchestration.small_study import Finished, small_study

BIN = Path(sys.executable).parent
MODULE = ("-m", "orchestration.definitions")
TEMPLATE = Path(__file__).parents[3] / "orchestration" / "dagster.yaml"
WAIT_SECONDS = 900
CHANGED = ("A000", "A050", "A149")


@dataclass(frozen=True)
class Installation:
    """A home, Dagster's history, and the environment of its services."""

    run: Finished
    history: Path
    environment: dict[str, str]

    def dagster(self, *command: str) -> None:
        subprocess.run(
            [BIN / "dagster", *command, *MODULE], env=self.environment, check=True, capture_output=True
        )

    def runs(self) -> list[DagsterRun]:
        with DagsterInstance.from_config(str(self.history)) as instance:
            return list(instance.get_runs())

    @property
    def served(self) -> str:
        return served_whole(self.run.workspace().store_url, "asthma")


@pytest.fixture
def installation(finished: Finished, tmp_path: Path) -> Installation:
    run, history = finished.copied(tmp_path / "home"), tmp_path / "dagster"
    history.mkdir()
    shutil.copy(TEMPLATE, history / "dagster.yaml")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("META_MED")},
        "DAGSTER_HOME": str(history),
        "META_MED_HOME": str(run.home),
        "META_MED_STUDIES": str(run.study.path),
        "PYTHONPATH": str(TEMPLATE.parents[1]),
    }
    return Installation(run, history, environment)


@contextmanager
def daemon(of: Installation) -> Iterator[None]:
    """Dagster's daemon, with its own group of processes, until the end of the block."""
    with (of.history / "daemon.log").open("wb") as log:
        service = subprocess.Popen(
            [BIN / "dagster-daemon", "run", *MODULE],
            env=of.environment,
            cwd=of.history,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(service.pid, signal.SIGTERM)
        service.wait(120)


def wait_until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(1.0)


def drop_visits(of: Installation) -> None:
    """A delivery in which three patients' newest peak flows are 1 lower, put there as another machine would."""
    rows = of.run.study.sources["visits"].read_text().splitlines()
    last = {row.split(",")[0]: position for position, row in enumerate(rows)}
    column = rows[0].split(",").index("peak_flow")
    for patient in CHANGED:
        cells = rows[last[patient]].split(",")
        cells[column] = str(float(cells[column]) - 1)
        rows[last[patient]] = ",".join(cells)
    inbox = of.run.workspace().inbox("asthma")
    inbox.mkdir(parents=True)
    part = inbox / "visits_2027-03-02.csv.part"
    part.write_text("\n".join(rows) + "\n")
    part.rename(part.with_suffix(""))


@pytest.mark.nightly
@pytest.mark.fault("O02", "I1", "I4")
def test_a_dropped_file_becomes_a_release_that_the_dashboard_shows(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, now
) -> None:
    before = installation.served
    installation.dagster("sensor", "start", "inbox")
    with daemon(installation):
        drop_visits(installation)
        wait_until(lambda: any(run.is_finished for run in installation.runs()))
    (run,) = installation.runs()
    assert (run.job_name, run.status) == ("asthma_nightly", DagsterRunStatus.SUCCESS)
    assert installation.served != before
    head = reader.head(installation.run.workspace().store_url, "asthma")
    assert head is not None
    night = RunFolder(installation.run.workspace().runs / str(head.manifest["fingerprint"]))
    counts = (night.marker(ADAPT) or {})["summary"]["counts"]
    assert (counts["adapted"], counts["carried_over"]) == (3, 147)
    monkeypatch.setenv("META_MED_STORE", installation.run.workspace().store_url)
    monkeypatch.setenv("META_MED_HOME", str(installation.run.home))
    monkeypatch.setattr(sys, "argv", ["app.py", "--single-user"])
    streamlit_config.set_option("server.address", "127.0.0.1")
    page = app()
    assert not page.exception
    assert head.release_id in words(page)
    assert half_files(installation.run.home) == []
    now("a daemon, a dropped file: one run, 3 of 150 patients adapted, a new release, which the page shows")


def endless(of: Installation, folder: Path) -> Installation:
    """The same home, with a study whose training takes hours."""
    study = small_study(folder)
    tree = yaml.safe_load(study.path.read_text())
    tree["learners"][0]["steps"] = 10**6
    tree["budget"] |= {"steps": 10**6, "evaluate_every": 10**6}
    study.path.write_text(yaml.safe_dump(tree))
    return replace(of, environment={**of.environment, "META_MED_STUDIES": str(study.path)})


def is_at_work(instance: DagsterInstance, run: DagsterRun, stage: str) -> bool:
    """Whether the run has begun this stage."""
    events = instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_START)
    return any(str(entry.step_key).endswith(stage) for entry in events)


@pytest.mark.nightly
@pytest.mark.fault("P03", "I1", "I2", "I4", "I6")
def test_a_run_that_is_cancelled_in_dagster_ends_soon_and_changes_nothing(
    installation: Installation, tmp_path: Path, now
) -> None:
    before, installation = installation.served, endless(installation, tmp_path / "endless")
    # queued before the daemon starts: two processes at once would both create Dagster's history
    installation.dagster("job", "launch", "-j", "asthma_train")
    with daemon(installation), DagsterInstance.from_config(str(installation.history)) as instance:
        (run,) = instance.get_runs()
        wait_until(lambda: is_at_work(instance, run, "meta_train"))
        instance.report_run_canceling(run)
        began = time.monotonic()
        instance.run_launcher.terminate(run.run_id)
        wait_until(lambda: all(run.is_finished for run in instance.get_runs()))
        took = time.monotonic() - began
    (run,) = installation.runs()
    assert run.status == DagsterRunStatus.CANCELED
    assert installation.served == before
    assert half_files(installation.run.home) == []
    noted = last_run(installation.run.workspace(), "asthma", "training")
    assert noted is not None
    assert (noted.ended_run, noted.exit_code) == (run.run_id, InterruptedRunError.exit_code)
    now(
        f"a run that is cancelled in Dagster is CANCELED {took:.0f} s later and noted as interrupted; "
        "the release before is served"
    )
