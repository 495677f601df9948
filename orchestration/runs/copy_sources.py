"""Copying a delivered file, or a folder of parts, into the run folder: one consistent version, or an error."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from orchestration.errors import DataError
from orchestration.runs.time_limit import time_limit

ATTEMPTS = 3
Result = TypeVar("Result")
COPIED_AT_ONCE = 1024 * 1024
SILENT_SECONDS = 120.0
"""A source that gives nothing for so long hangs: a network drive that is gone, or a file that nobody fills."""


def copy_source(table: str, path: Path, place: Path) -> Path:
    """Copy into the folder `place`.

    Raises:
        DataError: it is not a regular file or folder, cannot be read, keeps changing, or gives nothing for minutes.

    """
    _in_time(table, path, lambda: _check(table, path))
    target = place / path.name
    target.parent.mkdir(parents=True)
    for _ in range(ATTEMPTS):
        before = _in_time(table, path, lambda: _state(table, path))
        _copy(table, path, target)
        if _in_time(table, path, lambda: _state(table, path)) == before:
            return target
    raise DataError(
        f'E_UNSTABLE_FILE: table "{table}": {path.name} kept changing while it was read. '
        f"Tried {ATTEMPTS} times. Deliver under another name and rename when it is complete."
    )


def link_own(path: Path, place: Path) -> Path:
    """A file or folder of another run, which never changes, in the folder `place` too; copied where links cannot be."""
    target = place / path.name
    if path.is_dir():
        shutil.copytree(path, target, copy_function=_link)
    else:
        place.mkdir(parents=True, exist_ok=True)
        _link(path, target)
    return target


def _link(path: str | Path, target: str | Path) -> None:
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def _check(table: str, path: Path) -> None:
    if path.is_symlink():
        raise DataError(
            f'E_PATH_REFUSED: table "{table}": {path.name} in {path.parent} is a symbolic link. '
            "Name the file that it points to: the target of a link may change."
        )
    if not path.is_file() and not path.is_dir():
        raise DataError(
            f'E_SOURCE_MISSING: table "{table}": there is no regular file {path.name} in {path.parent}. '
            'Put the file there, or name another one under "sources" in the study.'
        )


def unreadable(table: str, path: Path, error: OSError) -> DataError:
    """The error for an existing file that cannot be read."""
    cause = os.strerror(error.errno) if error.errno else type(error).__name__
    return DataError(
        f'E_SOURCE_UNREADABLE: table "{table}": {path.name} in {path.parent} cannot be read: {cause}. '
        "Give this account permission to read it, or deliver it again."
    )


def _copy(table: str, path: Path, target: Path) -> None:
    if path.is_file():
        _copy_file(table, path, target)
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for part in _parts(table, path):
        if part.is_symlink() or not part.is_file():
            raise DataError(
                f'E_PATH_REFUSED: table "{table}": {part.name} in {path.name} is not a regular file. '
                "A folder that is one table holds its parts as files, without subfolders."
            )
        _copy_file(table, part, target / part.name)


def _parts(table: str, path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError as error:
        raise unreadable(table, path, error) from None


def _copy_file(table: str, path: Path, target: Path) -> None:
    """Copy a file; only errors of the source are `DataError`, not those of the target's disk."""
    try:
        source = _in_time(table, path, lambda: path.open("rb"))
    except OSError as error:
        raise unreadable(table, path, error) from None
    with source, target.open("wb") as copy:
        while chunk := _read(table, path, source):
            copy.write(chunk)


def _read(table: str, path: Path, source: BinaryIO) -> bytes:
    try:
        return _in_time(table, path, lambda: source.read(COPIED_AT_ONCE))
    except OSError as error:
        raise unreadable(table, path, error) from None


def _in_time(table: str, path: Path, work: Callable[[], Result]) -> Result:
    """What `work` gives, or the error of a source that hangs."""
    with time_limit(SILENT_SECONDS, lambda: _hangs(table, path)):
        return work()


def _hangs(table: str, path: Path) -> DataError:
    return DataError(
        f'E_SOURCE_TIMEOUT: table "{table}": {path.name} in {path.parent} gave nothing for {SILENT_SECONDS:.0f} '
        "seconds. See whether its drive is there, and run again."
    )


def _state(table: str, path: Path) -> list[tuple[str, int, int, int]]:
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        states = [(file.name, os.stat(file)) for file in files]
    except OSError as error:
        raise unreadable(table, path, error) from None
    return [(name, state.st_ino, state.st_size, state.st_mtime_ns) for name, state in states]
