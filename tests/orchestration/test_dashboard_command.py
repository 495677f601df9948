"""`meta-med dashboard` is the server itself: what ends the command ends the pages."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress

import pytest

from tests.orchestration.small_study import Finished
from tests.orchestration.test_command import COMMAND

WAIT_SECONDS = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as page,
    ):
        return bool(page.status == 200)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_command_ends_the_server_too(finished: Finished, number: signal.Signals) -> None:
    port = free_port()
    words = ["dashboard", "--single-user", "--home", str(finished.home), "--port", str(port)]
    process = subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not answers(port):
            assert process.poll() is None
            assert time.monotonic() < until, "the dashboard does not answer"
            time.sleep(0.2)
        process.send_signal(number)
        process.wait(timeout=30)
        assert not answers(port)
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
