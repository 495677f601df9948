"""The supervisor with real programs: pages that are served, killed, hang and end."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from orchestration.errors import PublishedStoreError
from orchestration.services.service import Service, answers, daemons_beat
from orchestration.services.supervisor import Patience, Supervisor
from tests.orchestration.test_dashboard_command import free_port

QUICK = Patience(look=0.1, start=20.0, unhealthy=2, starts=2, pause=0.1, longest=0.2, settled=60.0)
SERVER = """
import http.server, os, sys, subprocess
child = subprocess.Popen(["sleep", "600"])  # a descendant, which must not be left behind
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if os.path.exists(sys.argv[2]) else 200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


class Told:
    """What a supervisor told, as (event, service)."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.pids: list[int] = []

    def __call__(self, event: str, text: str, **facts: object) -> None:
        self.events.append((event, str(facts["service"])))
        if "pid" in facts:
            self.pids.append(int(str(facts["pid"])))

    def count(self, event: str) -> int:
        return sum(told == event for told, _ in self.events)


@pytest.fixture
def page(tmp_path: Path) -> Service:
    port = free_port()
    program = (sys.executable, "-c", SERVER, str(port), str(tmp_path / "hangs"))
    return Service("page", program, answers(f"http://127.0.0.1:{port}/"), f"http://127.0.0.1:{port}")


async def until(true, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.05)


def supervised(service: Service, told: Told, meanwhile) -> None:
    """Run a supervisor until `meanwhile` is done, then end it as systemd does."""

    async def run() -> None:
        supervisor = Supervisor([service], told, lambda _: None, QUICK)
        task = asyncio.create_task(supervisor.run())
        await until(lambda: told.count("service_healthy") == 1 or task.done())
        await meanwhile()
        os.kill(os.getpid(), signal.SIGTERM)
        await task

    asyncio.run(run())


def members(group: int) -> bool:
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False


@pytest.mark.nightly
def test_a_killed_service_is_started_again_and_nothing_is_left(page: Service) -> None:
    told = Told()

    async def kill() -> None:
        os.kill(told.pids[0], signal.SIGKILL)
        await until(lambda: told.count("service_healthy") == 2)
        assert not members(told.pids[0])  # the first one's child as well

    supervised(page, told, kill)
    kinds = [event for event, _ in told.events]
    assert kinds == [
        "service_started", "service_healthy", "service_ended", "service_started", "service_healthy", "service_stopped",
    ]  # fmt: skip
    assert [pid for pid in told.pids if members(pid)] == []


@pytest.mark.nightly
def test_a_service_that_answers_wrongly_is_started_again(page: Service, tmp_path: Path) -> None:
    told = Told()

    async def hang() -> None:
        (tmp_path / "hangs").touch()
        await until(lambda: told.count("service_ended") == 1)
        (tmp_path / "hangs").unlink()
        await until(lambda: told.count("service_healthy") == 2)

    supervised(page, told, hang)
    assert [pid for pid in told.pids if members(pid)] == []


def test_a_service_that_cannot_start_ends_the_supervisor_with_the_reason() -> None:
    told = Told()
    broken = Service("broken", (sys.executable, "-c", "raise SystemExit(2)"), lambda: False)
    supervisor = Supervisor([broken], told, lambda _: None, QUICK)
    with pytest.raises(
        PublishedStoreError, match="E_SERVICE: broken cannot be started: it ended with exit code 2"
    ):
        asyncio.run(supervisor.run())
    assert told.count("service_started") == QUICK.starts


@pytest.fixture
def killed_parent(page: Service) -> Iterator[int]:
    """The process group of a service whose supervisor was killed with SIGKILL."""
    words = [sys.executable, "-m", "orchestration.services.tied"]
    script = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([*{words!r}, str(os.getpid()), *{list(page.program)!r}], start_new_session=True)\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    end = time.monotonic() + 20
    while not page.check():
        assert time.monotonic() < end
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    yield child
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_service_ends_with_a_supervisor_that_was_killed(page: Service, killed_parent: int) -> None:
    end = time.monotonic() + 10
    while page.check():
        assert time.monotonic() < end, "the service outlives its supervisor"
        time.sleep(0.05)


def test_nothing_is_known_of_the_daemon_while_the_webserver_is_silent() -> None:
    assert daemons_beat(f"http://127.0.0.1:{free_port()}/graphql")() is None


def test_a_taken_port_is_told_before_anything_is_started(tmp_path: Path) -> None:
    from orchestration.command.app import app, exit_code_of

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = [
            "up",
            "--single-user",
            "--home",
            str(tmp_path / "home"),
            "--port",
            str(taken.getsockname()[1]),
        ]
        assert exit_code_of(lambda: app(words), as_json=False) == 2
