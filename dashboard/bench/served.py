"""A dashboard of its own for a measurement: started on a free port, its time and memory counted, and ended."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.bench.stores import BenchError
from dashboard.launch import LOOPBACK, command
from dashboard.views.worklist import SHOW_FIRST

PATIENCE = 120.0
CHECK_PATIENCE = 1800.0
PAUSE = 0.1


@dataclass(frozen=True)
class Dashboard:
    """A dashboard that runs.

    Attributes:
        address: its first page.
        process: its number.

    """

    address: str
    process: int

    def cpu_seconds(self) -> float:
        """Seconds that processors have worked for it so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_for_check(self) -> None:
        """Wait until the process that checks the whole release, once for each dashboard process, has ended.

        Raises:
            BenchError: it has not ended after half an hour.

        """
        until = time.monotonic() + CHECK_PATIENCE
        while any(map(_is_running, self._children())):
            if time.monotonic() > until:
                raise BenchError(
                    "E_BENCH_CHECK: the check of the whole release has not ended in half an hour."
                )
            time.sleep(1.0)

    def _children(self) -> list[str]:
        tasks = Path(f"/proc/{self.process}/task").glob("*/children")
        return [number for task in tasks for number in task.read_text().split()]

    def resident_bytes(self) -> int:
        """Its memory."""
        pages = int(Path(f"/proc/{self.process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def dashboard_of(store: str, home: Path) -> Iterator[Dashboard]:
    """A dashboard over this store for the one user of this machine; its audit goes to `home`.

    Raises:
        BenchError: it does not come up.

    """
    port = _free_port()
    words = command(store, port=port, single_user=True)
    # in the order of ids, so that it is known who is opened by a click on a row
    own = {**os.environ, "META_MED_HOME": str(home), "META_MED_STORE": store, SHOW_FIRST: "subject_id"}
    nothing = subprocess.DEVNULL
    server = subprocess.Popen(words, stdout=nothing, stderr=nothing, start_new_session=True, env=own)  # noqa: S603
    try:
        _wait_for(port, server)
        yield Dashboard(f"http://{LOOPBACK}:{port}", server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE)


def _is_running(process: str) -> bool:
    """Whether it works still: one that has ended waits as a zombie until somebody asks for its status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise BenchError(
        "E_BENCH_DASHBOARD: the dashboard did not come up. Try: meta-med dashboard --single-user"
    )
