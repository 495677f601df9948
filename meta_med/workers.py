"""Work in several processes, each with one thread, that report progress and end with their parent.

Also the resources of a piece of work: wall-clock seconds, CPU seconds and peak memory.
"""

import contextlib
import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from threading import Thread
from typing import Any

import torch

Progress = Callable[[str, int, int, Mapping[str, float]], None]
Steps = SimpleQueue[tuple[str, int, int, dict[str, float]]]
REPORT_EVERY = 10


def in_processes(
    work: Callable[..., None],
    todo: Sequence[tuple[Any, ...]],
    workers: int,
    progress: Progress | None = None,
    done: Callable[[], None] | None = None,
) -> None:
    """Call `work(*arguments, progress)` for each of `todo` in a pool of processes.

    Args:
        work: a function of a module; todo: its arguments, which must be picklable.
        workers: number of processes.
        progress: called in this process for each reported step; done: called after each finished item.

    Raises:
        Exception: the first one that any of the calls raised.

    """
    context = get_context("spawn")
    queue: Steps = context.SimpleQueue()
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_start_worker, initargs=(queue, os.getpid())
    ) as pool:
        pending: set[Future[None]] = {pool.submit(_work, work, arguments) for arguments in todo}
        while pending:
            finished, pending = wait(pending, timeout=0.5, return_when=FIRST_EXCEPTION)
            for future in finished:
                future.result()
                if done is not None:
                    done()
            _forward_reports(queue, progress)


_steps: Steps | None = None  # in a worker process: the queue for its progress


def _start_worker(queue: Steps, parent: int) -> None:
    """Initialise a worker: it reports to the queue and exits with its parent, also where that was killed."""
    global _steps  # noqa: PLW0603  a pool's initializer has no other place to keep state
    _steps = queue
    torch.set_num_threads(1)
    Thread(target=_exit_with, args=(parent,), daemon=True).start()


def _exit_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def _work(work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    work(*arguments, _report)


def _forward_reports(queue: Steps, progress: Progress | None) -> None:
    while not queue.empty():
        message = queue.get()
        if progress is not None:
            progress(*message)


def _report(name: str, step: int, steps: int, facts: Mapping[str, float]) -> None:
    if _steps is not None and (step % REPORT_EVERY == 0 or step == steps):
        _steps.put((name, step, steps, dict(facts)))


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Context in which torch has one thread, as in a worker: another order of sums gives other bytes."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


STATUS, CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@contextlib.contextmanager
def measure_resources() -> Iterator[dict[str, float]]:
    """Yield a dictionary that is filled with `seconds`, `cpu_seconds` and `peak_mb` when the block ends."""
    with contextlib.suppress(OSError):
        CLEAR_REFS.write_text("5")  # Linux: reset the peak
    found: dict[str, float] = {}
    clock, cpu = time.perf_counter(), time.process_time()
    try:
        yield found
    finally:
        found["seconds"] = round(time.perf_counter() - clock, 2)
        found["cpu_seconds"] = round(time.process_time() - cpu, 2)
        found["peak_mb"] = round(peak_mb(), 1)


def peak_mb() -> float:
    """Largest resident memory of this process, in MB (2^20 bytes)."""
    with contextlib.suppress(OSError):
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
