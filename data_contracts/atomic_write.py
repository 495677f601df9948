"""Write a file or a folder by rename: a reader sees the old content or the new content, never a part of it.

`meta_med` does not import this package; it has its own function in `meta_med.checkpoints`.
"""

import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700


@contextmanager
def atomic_write(place: Path) -> Iterator[Path]:
    """Give a path next to `place` to write to, as a file or a folder, and rename it to `place` at the end.

    Args:
        place: the final path. A folder of that name must not exist yet.

    Yields:
        A hidden path in the same folder, one per process, where nothing exists yet. It is removed after an error; what
        a killed process has left of its own is removed too.

    """
    draft = place.with_name(f".{place.name}.{os.getpid()}.partial")
    for left in place.parent.glob(f".{glob.escape(place.name)}.*.partial"):
        if left == draft or not _is_at_work(left.name.split(".")[-2]):
            _remove(left)
    try:
        yield draft
        draft.replace(place)
    finally:
        _remove(draft)


def write_text(place: Path, text: str) -> None:
    """Write text as UTF-8, by rename."""
    with atomic_write(place) as draft:
        draft.write_text(text, encoding="utf-8")


def make_private(path: Path) -> None:
    """Create an empty file that only its owner can read; keep a file that exists."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE))


def _is_at_work(process: str) -> bool:
    """Whether a process of this number runs on this machine; True where that cannot be told."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except (PermissionError, ValueError):
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
