"""A limit on the time of a piece of work: when it is over, the work is ended by an error of ours, wherever it hangs."""

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from orchestration.errors import MetaMedError

AGAIN_SECONDS = 5.0
"""Python swallows what a signal's handler raises while an object is destroyed, so the signal comes again."""
SOONEST = 0.001


@contextmanager
def time_limit(seconds: float | None, error: Callable[[], MetaMedError]) -> Iterator[None]:
    """Raise `error()` in the block once it has been at work for so many seconds; worker processes are ended first.

    An enclosing limit that ends earlier stays in force. Only the main thread can be interrupted: in another thread, and
    with None, there is no limit.
    """
    enclosing = signal.getitimer(signal.ITIMER_REAL)[0] if seconds is not None else 0.0
    if seconds is None or not _in_main_thread() or 0 < enclosing <= seconds:
        yield
        return

    def over(_number: int, _frame: FrameType | None) -> None:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise error()

    started = time.monotonic()
    handler = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, SOONEST), AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if enclosing:
            left = enclosing - (time.monotonic() - started)
            signal.setitimer(signal.ITIMER_REAL, max(left, SOONEST), AGAIN_SECONDS)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
