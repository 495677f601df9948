"""`meta-med up` from outside, with the real services."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.orchestration.small_study import Finished
from tests.orchestration.test_command import COMMAND
from tests.orchestration.test_dashboard_command import answers, free_port

START_SECONDS = 400.0


def descendants_of(group: int) -> list[str]:
    """Command lines of the processes that were started by this one, by sessions: each service has its own."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    found, more = {str(group)}, True
    while more:
        new = {pid for pid, parent, _ in rows if parent in found} - found
        found, more = found | new, bool(new)
    return [words for pid, _, words in rows if pid in found]


@pytest.mark.nightly
def test_three_services_run_are_healed_and_end_without_a_trace(finished: Finished, tmp_path: Path) -> None:
    copied = finished.copied(tmp_path / "home")
    port, dagster = free_port(), free_port()
    words = ["up", "--single-user", "--home", str(copied.home), "--json"]
    words += ["--port", str(port), "--dagster-port", str(dagster)]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [*COMMAND, *words, "--log-format", "json"],
        stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        ready = json.loads("".join(iter(process.stdout.readline, "}\n")) + "}")
        assert set(ready["pids"]) == {"webserver", "daemon", "dashboard", "up"}
        assert answers(port)
        with urllib.request.urlopen(f"{ready['addresses']['webserver']}/server_info", timeout=10) as page:
            assert "dagster_webserver_version" in json.loads(page.read())
        listening = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False).stdout
        assert f"0.0.0.0:{port}" not in listening
        assert f"0.0.0.0:{dagster}" not in listening
        os.kill(ready["pids"]["dashboard"], signal.SIGKILL)
        until = time.monotonic() + START_SECONDS
        while answers(port):
            time.sleep(0.1)
        while not answers(port):
            assert time.monotonic() < until, "the dashboard was not started again"
            time.sleep(0.5)
        every = descendants_of(process.pid)
        assert len(every) >= 6  # with the code servers of webserver and daemon
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0
        left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert f"--server.port={port}" not in left
        assert f"-p {dagster}" not in left
        assert [line for line in left.splitlines() if line in every] == []
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    events = [
        json.loads(line) for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")
    ]
    told = [(event["event"], event["service"]) for event in events if "service" in event]
    assert told.count(("service_started", "dashboard")) == 2
    assert {name for kind, name in told if kind == "service_stopped"} == {"webserver", "daemon", "dashboard"}
