"""Folders that may hold patients' values, while they are filled or removed: what a kill leaves, the next one removes.

A process holds a lock on its folder, which the operating system lifts when the process ends, however it ends.
"""

import fcntl
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

YOUNG_S = 60.0
"""A folder that is younger may not be locked yet."""
CONVERTED = "meta-med-copies-"
"""Prefix of the folders in the machine's folder for temporary files."""
REMOVED = ".removed-"
"""Prefix of folders that are being removed."""


@contextmanager
def working_folder(parent: Path | None = None, prefix: str = CONVERTED) -> Iterator[Path]:
    """An empty folder, removed at the end; those of this prefix that nobody works in are removed at its start.

    `parent`: by default the machine's folder for temporary files.
    """
    place = Path(tempfile.gettempdir()) if parent is None else parent
    with locked_folder(place, prefix) as folder:
        remove_left(place, prefix, before=folder.stat().st_mtime - YOUNG_S)
        yield folder


@contextmanager
def locked_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """An empty folder that this process holds the lock of, removed at the end unless it was renamed."""
    place = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    with ExitStack() as held:
        held.callback(shutil.rmtree, place, ignore_errors=True)
        held.enter_context(_locked(place))
        yield place


def remove_whole(folder: Path) -> None:
    """Remove a folder, which loses its name at once: what a kill leaves of it is for `remove_left` of REMOVED."""
    gone = folder.with_name(f"{REMOVED}{folder.name}")
    remove_left(gone.parent, gone.name)  # of an earlier removal
    folder.rename(gone)
    remove_left(gone.parent, gone.name)


def remove_left(parent: Path, prefix: str, before: float = math.inf) -> None:
    """Remove the folders of this prefix that no process holds the lock of, if they were last changed before a time."""
    for left in parent.glob(f"{prefix}*"):
        try:
            with _locked(left):
                if left.stat().st_mtime < before:
                    shutil.rmtree(left)
        except OSError:
            continue  # somebody is at work in it, or it is another user's


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; an `OSError` where another process holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
