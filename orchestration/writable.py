"""Whether everything that a command will write can be written: asked before anything is computed."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from orchestration.errors import PublishedStoreError

LEAST_BYTES = 64 * 1024
"""A disk without so much room is full."""
RUN_BYTES = 1024 * 1024
"""What the smallest run needs at the very least."""
PROBE = ".probe-"


def require_writable(place: Path, room: int = LEAST_BYTES) -> None:
    """Write `room` bytes into the folder `place`, or into the nearest one above it that exists, and remove them.

    Raises:
        PublishedStoreError: with the folder and the cause.

    """
    folder = nearest_folder(place)
    try:
        descriptor, name = tempfile.mkstemp(prefix=PROBE, dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as probe:
                probe.write(bytes(room))
                probe.flush()
                os.fsync(probe.fileno())
        finally:
            with suppress(OSError):
                os.unlink(name)
    except OSError as error:
        raise cannot_write(folder, error) from None


def nearest_folder(place: Path) -> Path:
    """`place`, or the nearest folder above it that exists.

    Raises:
        PublishedStoreError: something that is no folder stands in the way.

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
    """Find out that `path` can be written as a file.

    Raises:
        PublishedStoreError: a folder has its name, or its folder cannot be written.

    """
    if path.is_dir():
        raise PublishedStoreError(
            f"E_STORAGE: {path} is a folder where a file is to be written. Name another file."
        )
    require_writable(path.absolute().parent)


def make_folder(place: Path, mode: int) -> None:
    """Make the folder, for those whom `mode` names.

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
    """The failure in our words: a system's cause is told by its number, for its text may be anybody's."""
    number = error.errno if isinstance(error, OSError) else None
    cause = os.strerror(number) if number else "the name cannot be used"
    return PublishedStoreError(
        f"E_STORAGE: {place} cannot be used: {cause}. Nothing half-done is kept. "
        "Free space or mend its rights, or name another folder, and run again."
    )
