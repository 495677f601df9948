"""Adaptation on a Dask cluster: a real scheduler and two workers, as separate processes, give the release of one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from meta_med.published import heads
from orchestration.execution import run_graph
from tests.orchestration.models.test_nights import THREE, new_visits, visits_of
from tests.orchestration.small_study import Finished
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


@pytest.mark.nightly
def test_two_workers_give_the_bytes_of_one_process(finished: Finished, tmp_path: Path) -> None:
    import pandas as pd

    delivered = pd.concat([visits_of(finished.study), new_visits(finished.study, THREE)])
    alone, shared = finished.copied(tmp_path / "alone"), finished.copied(tmp_path / "shared")
    for home in (alone.home, shared.home):
        inbox = home / "inbox" / finished.study.name
        inbox.mkdir(parents=True)
        path = inbox / "visits.csv"
        delivered.sort_values(["patient", "visit_date"]).to_csv(path, index=False)
        os.utime(path, (1_700_000_000, 1_700_000_000))
    history = tmp_path / "dagster"
    history.mkdir()
    environment = {
        "DAGSTER_HOME": str(history),
        "META_MED_HOME": str(shared.home),
        "META_MED_STUDIES": str(finished.study.path),
        "META_MED_SHARDS": "3",
        "META_MED_EXECUTOR": "dask",
        "META_MED_DASK": f"tcp://127.0.0.1:{free_port()}",
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }
    with cluster(tmp_path, workers=2, **environment):
        words = ("job", "execute", "-m", "orchestration.definitions", "-j", f"{finished.study.key}_nightly")
        tags = ("--tags", '{"meta-med/full": "true"}')  # everybody is adapted, so that every shard has work
        done = subprocess.run(
            [sys.executable, "-m", "dagster", *words, *tags],
            env={**os.environ, **environment},
            capture_output=True, text=True, timeout=1800, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    shards = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if "adapt_shard_" in line and "STEP_SUCCESS" in line
    ]
    assert len(shards) == 3
    run_graph(alone.study, alone.workspace())
    one, other = (heads.head(c.workspace().store_url, c.study.name) for c in (alone, shared))
    assert one is not None
    assert other is not None
    assert other.release_id == one.release_id != finished.release_id
    assert not list(shared.home.glob("runs/*/night/shards"))
