"""Adaptation on a Dask cluster: a real scheduler and two workers, as separate processes, give the release of one."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from dagster import DagsterEventType, DagsterInstance

from meta_med.published import heads
from orchestration.execution import run_graph
from tests.orchestration.models.test_nights import THREE, new_visits, visits_of
from tests.orchestration.small_study import Finished, spoilt
from tests.orchestration.test_dashboard_command import free_port

START_SECONDS = 120.0


@contextmanager
def started(*words: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, *words], stdout=out, stderr=out, env={**os.environ, **environment}
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def cluster(folder: Path, workers: int, **environment: str) -> Iterator[None]:
    """A scheduler at META_MED_DASK, on the loopback interface, and its workers."""
    port = int(environment["META_MED_DASK"].rpartition(":")[2])
    address = environment["META_MED_DASK"]
    log = folder / "dask.log"
    with ExitStack() as running:
        quiet = ("--no-dashboard", "--host", "127.0.0.1")
        scheduler = ("-m", "distributed.cli.dask_scheduler", "--port", str(port), *quiet)
        running.enter_context(started(*scheduler, log=log, **environment))
        until = time.monotonic() + START_SECONDS
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        for number in range(workers):
            own = ("--nthreads", "1", "--no-nanny", "--name", f"worker-{number}", *quiet)
            place = ("--local-directory", str(folder / f"worker-{number}"))
            running.enter_context(
                started("-m", "distributed.cli.dask_worker", address, *own, *place, log=log, **environment)
            )
        yield


@dataclass(frozen=True)
class Shared:
    """A home whose nights are adapted by the workers of a cluster, and Dagster's history of them."""

    run: Finished
    history: Path
    environment: dict[str, str]

    def night(self) -> subprocess.CompletedProcess[str]:
        words = ("job", "execute", "-m", "orchestration.definitions", "-j", f"{self.run.study.key}_nightly")
        tags = ("--tags", '{"meta-med/full": "true"}')  # everybody is adapted, so that every shard has work
        return subprocess.run(
            [sys.executable, "-m", "dagster", *words, *tags],
            env={**os.environ, **self.environment},
            capture_output=True, text=True, timeout=1800, check=False,
        )  # fmt: skip

    def succeeded(self) -> list[str]:
        """The steps that ended well, as Dagster's history tells: what a step says is on its worker's own streams."""
        with DagsterInstance.from_config(str(self.history)) as instance:
            (run,) = instance.get_runs()
            events = instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_SUCCESS)
        return [str(entry.step_key) for entry in events]

    @property
    def served(self) -> str:
        return release_of(self.run)


def release_of(run: Finished) -> str:
    head = heads.head(run.workspace().store_url, run.study.name)
    assert head is not None
    return head.release_id


@pytest.fixture
def shared(finished: Finished, tmp_path: Path) -> Iterator[Shared]:
    run, history = finished.copied(tmp_path / "shared"), tmp_path / "dagster"
    history.mkdir()
    environment = {
        "DAGSTER_HOME": str(history),
        "META_MED_HOME": str(run.home),
        "META_MED_STUDIES": str(run.study.path),
        "META_MED_SHARDS": "3",
        "META_MED_EXECUTOR": "dask",
        "META_MED_DASK": f"tcp://127.0.0.1:{free_port()}",
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    with cluster(tmp_path, workers=2, **environment):
        yield Shared(run, history, environment)


def delivered_to(run: Finished, file: Path) -> None:
    path = run.home / "inbox" / run.study.name / "visits.csv"
    path.parent.mkdir(parents=True)
    shutil.copy(file, path)
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.mark.nightly
def test_two_workers_give_the_bytes_of_one_process(
    finished: Finished, shared: Shared, tmp_path: Path
) -> None:
    alone, file = finished.copied(tmp_path / "alone"), tmp_path / "visits.csv"
    delivered = pd.concat([visits_of(finished.study), new_visits(finished.study, THREE)])
    delivered.sort_values(["patient", "visit_date"]).to_csv(file, index=False)
    for run in (alone, shared.run):
        delivered_to(run, file)
    done = shared.night()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([step for step in shared.succeeded() if "adapt_shard_" in step]) == 3
    run_graph(alone.study, alone.workspace())
    assert shared.served == release_of(alone) != finished.release_id
    assert not list(shared.run.home.glob("runs/*/night/shards"))


@pytest.mark.nightly
def test_a_rejected_delivery_publishes_nothing_where_workers_divide_the_night(
    shared: Shared, tmp_path: Path
) -> None:
    delivered_to(shared.run, spoilt(shared.run.study, tmp_path))
    assert shared.night().returncode != 0
    assert shared.served == shared.run.release_id
    assert not [step for step in shared.succeeded() if step.endswith("publish")]
