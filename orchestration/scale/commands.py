"""A command of the product in a process of its own, with what it cost: processor, memory, and each stage by itself.

Stages come from the command's own log in JSON.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from orchestration.monitoring.event_log import FORMAT_VARIABLE, JSON

_MAIN = "from orchestration.command import main; main()"
_SHOWN = 800


@dataclass(frozen=True)
class StageCost:
    """A stage: processor and clock seconds, and the largest resident size of the process until its end, in GB."""

    stage: str
    reused: bool
    cpu_s: float
    clock_s: float
    peak_gb: float


@dataclass(frozen=True)
class CommandCost:
    """A command: processor and clock seconds, the largest size of all its processes together in GB, and its stages."""

    cpu_s: float
    clock_s: float
    peak_gb: float
    stages: tuple[StageCost, ...]

    def to_json(self) -> dict[str, Any]:
        """For the page's data."""
        return asdict(self)


def measured(arguments: Sequence[str], cwd: Path, *, expected: Sequence[int] = (0,)) -> CommandCost:
    """Run `meta-med` with these arguments.

    Args:
        arguments: of the command.
        cwd: where it runs.
        expected: exit codes that are no failure.

    Raises:
        RuntimeError: it ended with another one; with the end of its log.

    """
    environment = {**os.environ, FORMAT_VARIABLE: JSON}
    with tempfile.TemporaryFile() as log:
        start = time.monotonic()
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _MAIN, *arguments],
            cwd=cwd,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        with _memory_of(process.pid) as memory:
            _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        clock = time.monotonic() - start
        log.seek(0)
        text = log.read().decode()
    if process.returncode not in expected:
        raise RuntimeError(f"meta-med {arguments[0]} ended with {process.returncode}: {text[-_SHOWN:]}")
    return CommandCost(
        used.ru_utime + used.ru_stime, clock, max([*memory, used.ru_maxrss * 1024]) / 1e9, _stages(text)
    )


LOOKED_EVERY_S = 0.25


@contextmanager
def _memory_of(pid: int) -> Iterator[list[int]]:
    """The resident bytes of a process and all that it started, looked at while the block runs."""
    found: list[int] = []
    over = Event()

    def look() -> None:
        while not over.wait(LOOKED_EVERY_S):
            found.append(sum(_resident(each) for each in (pid, *_descendants(pid))))

    watching = Thread(target=look, daemon=True)
    watching.start()
    try:
        yield found
    finally:
        over.set()
        watching.join()


def _descendants(pid: int) -> list[int]:
    """Processes below a process, from Linux's list of each thread's children."""
    below: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            below += [int(child) for child in children.read_text().split()]
    return below + [deeper for child in below for deeper in _descendants(child)]


def _resident(pid: int) -> int:
    """Resident bytes of a process, without what it shares with files; 0 where it has ended."""
    with suppress(OSError, ValueError):
        _, resident, shared, *_ = (int(n) for n in Path(f"/proc/{pid}/statm").read_text().split())
        return (resident - shared) * resource.getpagesize()
    return 0


def _stages(log: str) -> tuple[StageCost, ...]:
    """The stages that ended, in order, from the log of a command."""
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return tuple(
        StageCost(e["stage"], e["reused"], e["cpu_seconds"], e["seconds"], e["peak_gb"])
        for e in events
        if e["event"] == "stage_ended"
    )
