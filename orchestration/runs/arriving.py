"""The folder that a run's copies of the sources arrive in; what killed runs left of theirs is removed by the next run.

A run holds a lock on its folder, which the operating system lifts when the run ends, however it ends.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock

from orchestration.workspace import OWNER_ONLY, Workspace

ARRIVING = ".arriving-"


@contextmanager
def arriving_folder(workspace: Workspace) -> Iterator[Path]:
    """An empty folder among the runs, removed at the end unless it was renamed."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with ExitStack() as held:
        # so that no other run finds the folder before it is locked
        with FileLock(workspace.locks / "arriving.lock"):
            _remove_left(workspace.runs)
            place = Path(tempfile.mkdtemp(prefix=ARRIVING, dir=workspace.runs))
            held.callback(shutil.rmtree, place, ignore_errors=True)
            held.enter_context(_locked(place))
        yield place


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; an `OSError` where another process holds it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _remove_left(runs: Path) -> None:
    for left in runs.glob(f"{ARRIVING}*"):
        try:
            with _locked(left):
                shutil.rmtree(left)
        except OSError:
            continue  # a run is at work in it
