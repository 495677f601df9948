"""The bytes of one file, read once: no link is followed, no device is opened, no growing file is taken for whole."""

import os
import stat
from pathlib import Path
from typing import NamedTuple

from data_contracts.findings import reject
from data_contracts.limits import MAX_FILE_BYTES

_KINDS = (
    (stat.S_ISLNK, "is a symbolic link; name the file that it points to"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
    (stat.S_ISDIR, "is a folder, where a file should be"),
)
_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class Look(NamedTuple):
    """What a file system tells of a file; another look that differs means that somebody wrote in between."""

    name: str
    file: int
    size: int
    changed: int


def look(path: Path) -> tuple[Look, ...]:
    """The file, or every file of the folder, as it stands now; nothing where nothing can be seen."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple(_look(f.name, f.lstat()) for f in files)
    except (OSError, ValueError):
        return ()


def read_once(path: Path) -> bytes:
    """The content; raises `RejectedError` for anything but a regular file that holds still."""
    check_path(path)
    try:
        with open(os.open(path, _FLAGS), "rb") as stream:
            before = os.fstat(stream.fileno())
            _check_kind(path, before.st_mode)
            _check_size(before.st_size)
            # one byte more than there should be: a file that grows is noticed, and never read for ever
            content = stream.read(before.st_size + 1)
            after = os.fstat(stream.fileno())
    except OSError as error:
        raise reject("E_UNREADABLE", f"The file cannot be read: {os.strerror(error.errno or 0)}.") from None
    if _look("", before) != _look("", after) or len(content) != after.st_size:
        raise unstable()
    return content


def check_path(path: Path) -> os.stat_result:
    """Refuses what is not there, and what leads elsewhere than it seems to."""
    if ".." in path.parts:
        raise reject("E_PATH_REFUSED", "The path leads upwards ('..'); write it out in full.")
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise reject(
            "E_FILE_MISSING", f"There is no file {path.name!r} where the delivery should be."
        ) from None
    except (OSError, ValueError):
        raise reject("E_PATH_REFUSED", "The path cannot be used.") from None
    if not stat.S_ISDIR(found.st_mode):
        _check_kind(path, found.st_mode)
    return found


def unstable() -> Exception:
    """What is said of a file that changed under the reader's eyes."""
    return reject(
        "E_UNSTABLE_FILE", "The file changed while it was read; deliver it again when it is complete."
    )


def _check_kind(path: Path, mode: int) -> None:
    for is_kind, words in _KINDS:
        if is_kind(mode):
            raise reject("E_PATH_REFUSED", f"{path.name!r} {words}.")


def _check_size(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise reject("E_TOO_LARGE", f"The file has {size:,} bytes; the limit is {MAX_FILE_BYTES:,}.")


def _look(name: str, found: os.stat_result) -> Look:
    return Look(name, found.st_ino, found.st_size, found.st_mtime_ns)
