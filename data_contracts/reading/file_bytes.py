"""The bytes of one file, read once and unpacked within limits.

No link is followed, no device is opened, no growing file is taken for whole; what is beyond the limits is refused
before it can fill a memory or a disk.
"""

import gzip
import io
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from data_contracts.findings import reject

MAX_FILE_BYTES = 2 * 1024**3
"""Of one file, and of all parts of one folder together, as delivered."""
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_UNPACKED_RATIO = 100
"""A table packs to a tenth, perhaps to a thirtieth; what grows more than this was made to harm."""
SMALL_UNPACKED_BYTES = 1024**2
"""Whatever unpacks to less than this does no harm, at any ratio."""
MAX_COLUMNS = 4096
MAX_ROW_BYTES = 1024**2
"""Of one CSV row. A longer one is a lost quotation mark or a document in a cell; the row is held back."""
MAX_PARTS = 10_000
"""Files in one folder."""
MAX_REJECTED_ROWS_LISTED = 100_000
"""A rejected table with more rows is kept as its file: it holds every row, and nobody reviews so many one by one."""
_SETTLING_SECONDS = 1.0
_POLL_SECONDS = 0.05


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


class FileState(NamedTuple):
    """What a file system tells of a file; another look that differs means that somebody wrote in between."""

    name: str
    file: int
    size: int
    changed: int


def file_states(path: Path) -> tuple[FileState, ...]:
    """The file, or every file of the folder, as it stands now; nothing where nothing can be seen."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple(_state(f.name, f.lstat()) for f in files)
    except (OSError, ValueError):
        return ()


def is_unchanged(path: Path, before: tuple[FileState, ...], *, seems_unfinished: bool) -> bool:
    """Whether the file is as it was at the first look.

    One that seems cut off and changed just before is given a moment to show that it grows.
    """
    newest = max((one.changed for one in before), default=0) / 1e9
    while seems_unfinished and 0 <= time.time() - newest < _SETTLING_SECONDS and file_states(path) == before:
        time.sleep(_POLL_SECONDS)
    return file_states(path) == before


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
    if _state("", before) != _state("", after) or len(content) != after.st_size:
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


def _state(name: str, found: os.stat_result) -> FileState:
    return FileState(name, found.st_ino, found.st_size, found.st_mtime_ns)


Packing = Literal["gzip", "zstandard"]
MAGIC: dict[Packing, bytes] = {"gzip": b"\x1f\x8b", "zstandard": b"\x28\xb5\x2f\xfd"}
_CHUNK = 1024**2


def packing_of(content: bytes) -> Packing | None:
    """How the bytes are packed, if they are."""
    return next((packing for packing, magic in MAGIC.items() if content.startswith(magic)), None)


def unpack(packed: bytes, packing: Packing) -> bytes:
    """The content; raises `RejectedError` where it is cut off, damaged, or grows beyond measure."""
    limit = min(max(len(packed) * MAX_UNPACKED_RATIO, SMALL_UNPACKED_BYTES), MAX_UNPACKED_BYTES)
    out = bytearray()
    for piece in _UNPACKERS[packing](packed):
        out += piece
        if len(out) > limit:
            raise reject("E_TOO_LARGE", f"The file of {len(packed):,} bytes unpacks to more than {limit:,}.")
    return bytes(out)


def _gunzip(packed: bytes) -> Iterator[bytes]:
    """Every member of the file: gzip files may be joined end to end, and block gzip is nothing else."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except EOFError:
        raise reject("E_TRUNCATED", "The gzip data end too early: the file was cut off.") from None
    except (OSError, zlib.error):
        raise reject("E_UNREADABLE", "The gzip data are damaged, or something follows them.") from None


def _unzstd(packed: bytes) -> Iterator[bytes]:
    import pyarrow as pa

    try:
        with pa.CompressedInputStream(pa.BufferReader(packed), "zstd") as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except (OSError, pa.ArrowException) as error:
        if "Truncated" in str(error):
            raise reject("E_TRUNCATED", "The Zstandard data end too early: the file was cut off.") from None
        raise reject("E_UNREADABLE", "The Zstandard data are damaged.") from None


_UNPACKERS: dict[Packing, Callable[[bytes], Iterator[bytes]]] = {"gzip": _gunzip, "zstandard": _unzstd}
