"""Checks that folders and files can be written, made before anything is computed."""

import os
import tempfile
from pathlib import Path

from orchestration.errors import PublishedStoreError

LEAST_BYTES = 64 * 1024
"""A disk with less free space counts as full."""
RUN_BYTES = 1024 * 1024
"""Free space that the smallest run needs."""
PROBE = ".probe-"


def require_writable(place: Path, room: int = LEAST_BYTES) -> None:
    """Write and remove `room` bytes in the folder `place`, or in the nearest existing one above it.

    Raises:
        PublishedStoreError: with the folder and the cause.

    """
    folder = nearest_folder(place)
    try:
        with tempfile.TemporaryFile(
            prefix=PROBE, dir=folder
        ) as probe:  # without a name, so that no kill leaves it
            probe.write(bytes(room))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise cannot_write(folder, error) from None


def nearest_folder(place: Path) -> Path:
    """`place`, or the nearest folder above it that exists.

    Raises:
        PublishedStoreError: a part of the path is a file.

    """
    for folder in (place, *place.parents):
        try:
            there = os.path.lexists(folder)
            folder.stat() if there else None
        except OSError as error:
            raise cannot_write(folder, error) from None
        if there and not folder.is_dir():
            raise PublishedStoreError(
                f"E_STORAGE: {folder} is a file where a folder is needed. Move it away, or name another folder."
            )
        if there:
            return folder
    return place


def require_file(path: Path) -> None:
    """Check that `path` can be written as a file.

    Raises:
        PublishedStoreError: it is a folder, or its folder cannot be written.

    """
    if path.is_dir():
        raise PublishedStoreError(
            f"E_STORAGE: {path} is a folder where a file is to be written. Name another file."
        )
    require_writable(path.absolute().parent)


def make_folder(place: Path, mode: int) -> None:
    """Make the folder with these permissions.

    Raises:
        PublishedStoreError: with the folder and the cause.

    """
    try:
        place.mkdir(mode=mode, parents=True, exist_ok=True)
        place.chmod(mode)
    except (FileExistsError, NotADirectoryError) as error:
        nearest_folder(place)
        raise cannot_write(place, error) from None
    except (OSError, ValueError) as error:
        raise cannot_write(place, error) from None


def cannot_write(place: Path | str, error: OSError | ValueError) -> PublishedStoreError:
    """The error for a failed write; the cause is the text of the errno, because the original text may hold anything."""
    number = error.errno if isinstance(error, OSError) else None
    cause = os.strerror(number) if number else "the name cannot be used"
    return PublishedStoreError(
        f"E_STORAGE: {place} cannot be used: {cause}. Nothing incomplete is kept. "
        "Free space, fix its permissions or name another folder, and run again."
    )
