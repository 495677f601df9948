"""Read the bytes of one file once, and decompress them within limits.

Links are not followed, devices are not opened, and files that are still being written are not accepted. Files beyond
the limits are refused before they fill memory or disk.
"""

import gzip
import io
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from data_contracts.findings import reject
from data_contracts.reading.file_names import Packing

MAX_FILE_BYTES = 2 * 1024**3
"""Limit for one file, and for all parts of one folder together, before decompression."""
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_UNPACKED_RATIO = 100
"""Tables compress ten to thirty times; a file beyond this ratio is a decompression bomb."""
SMALL_UNPACKED_BYTES = 1024**2
"""The ratio is not checked up to this size."""
MAX_COLUMNS = 4096
MAX_ROW_BYTES = 1024**2
"""Limit for one CSV row. A longer row is a missing quotation mark or a document in a cell, and is held back."""
MAX_PARTS = 10_000
"""Limit for the number of files in one folder."""
MAX_REJECTED_ROWS_LISTED = 100_000
"""A rejected table with more rows is kept in the quarantine as a file: nobody reviews so many rows one by one."""
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
    """State of a file in the file system; if it differs later, the file was changed in between."""

    name: str
    file: int
    size: int
    changed: int


def file_states(path: Path) -> tuple[FileState, ...]:
    """The current state of the file, or of every file in the folder; empty if it cannot be read."""
    try:
        files = sorted(f for f in path.rglob("*") if not f.is_dir()) if path.is_dir() else [path]
        return tuple(_state(str(f.relative_to(path.parent)), f.lstat()) for f in files)
    except (OSError, ValueError):
        return ()


def is_unchanged(path: Path, before: tuple[FileState, ...], *, seems_unfinished: bool) -> bool:
    """Whether the file still has the state `before`.

    A file that `seems_unfinished` and was changed just before is observed for up to a second, in case it grows.
    """
    newest = max((one.changed for one in before), default=0) / 1e9
    while seems_unfinished and 0 <= time.time() - newest < _SETTLING_SECONDS and file_states(path) == before:
        time.sleep(_POLL_SECONDS)
    return file_states(path) == before


def read_once(path: Path) -> bytes:
    """Read the content. Raises `RejectedError` for anything but a regular file that does not change."""
    check_path(path)
    try:
        with open(os.open(path, _FLAGS), "rb") as stream:
            before = os.fstat(stream.fileno())
            _check_kind(path, before.st_mode)
            _check_size(before.st_size)
            # read one byte more than the size, to notice a growing file without reading it endlessly
            content = stream.read(before.st_size + 1)
            after = os.fstat(stream.fileno())
    except OSError as error:
        raise reject("E_UNREADABLE", f"The file cannot be read: {os.strerror(error.errno or 0)}.") from None
    if _state("", before) != _state("", after) or len(content) != after.st_size:
        raise unstable()
    return content


def check_path(path: Path) -> os.stat_result:
    """Return the state of the path. Raises `RejectedError` if it does not exist, is a link, or contains '..'."""
    if ".." in path.parts:
        raise reject("E_PATH_REFUSED", "The path contains '..'; write it out in full.")
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
    """Return the error for a file that changed while it was read."""
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


MAGIC: dict[Packing, bytes] = {"gzip": b"\x1f\x8b", "zstandard": b"\x28\xb5\x2f\xfd"}
_CHUNK = 1024**2


def packing_of(content: bytes) -> Packing | None:
    """The compression of the bytes, by their first bytes; None if they are not compressed."""
    return next((packing for packing, magic in MAGIC.items() if content.startswith(magic)), None)


def unpack(packed: bytes, packing: Packing) -> bytes:
    """Decompress the bytes. Raises `RejectedError` if they are truncated, damaged, or expand beyond the limits."""
    limit = min(max(len(packed) * MAX_UNPACKED_RATIO, SMALL_UNPACKED_BYTES), MAX_UNPACKED_BYTES)
    out = bytearray()
    for piece in _UNPACKERS[packing](packed):
        out += piece
        if len(out) > limit:
            raise reject(
                "E_TOO_LARGE", f"The file of {len(packed):,} bytes decompresses to more than {limit:,}."
            )
    return bytes(out)


def _gunzip(packed: bytes) -> Iterator[bytes]:
    """Decompress all members: gzip files may be concatenated, as in block gzip."""
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
