"""Writing a file, or a folder, by rename: a reader finds the old content or the new, never a half.

`meta_med`, which imports nothing of this package, has its own in `meta_med.checkpoints`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY_FILE, OWNER_ONLY_FOLDER = 0o600, 0o700


@contextmanager
def atomic_write(place: Path) -> Iterator[Path]:
    """A path beside `place` to write to, as a file or a folder; it takes the name on leaving.

    Args:
        place: the final path. A folder of that name must not be there yet.

    Yields:
        A hidden path in the same folder, one per process and without content. An error removes what was written.

    """
    draft = place.with_name(f".{place.name}.{os.getpid()}.partial")
    _remove(draft)
    try:
        yield draft
        draft.replace(place)
    finally:
        _remove(draft)


def write_text(place: Path, text: str) -> None:
    """Write a text as UTF-8, by rename."""
    with atomic_write(place) as draft:
        draft.write_text(text, encoding="utf-8")


def make_private(path: Path) -> None:
    """An empty file for its owner only, or the file that is there."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY_FILE))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
