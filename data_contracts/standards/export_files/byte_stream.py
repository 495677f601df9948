"""One file of an export as a stream: hashed while it is read, decompressed within limits, refused if it changes."""

import bz2
import codecs
import gzip
import hashlib
import io
import lzma
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.findings import reject
from data_contracts.reading.file_bytes import (
    MAX_UNPACKED_RATIO,
    SMALL_UNPACKED_BYTES,
    check_path,
    packing_of,
    unstable,
)

_BLOCK = 1024**2
_BZIP2, _XZ = b"BZh", b"\xfd7zXZ"
_MAGIC_BYTES = 5


@dataclass(frozen=True, kw_only=True)
class ReadFile:
    """A file that was read to its end."""

    name: str
    sha256: str
    bytes: int

    def check(self, path: Path) -> None:
        """Raises `RejectedError` if the file has changed since it was hashed."""
        if hash_file(path) != self:
            raise unstable()


class ByteStream(io.RawIOBase):
    """The decompressed bytes of a file; `facts` once it is read to its end."""

    def __init__(self, path: Path, *, text: bool = False, hashed: bool = True) -> None:
        check_path(path)
        self._decoder = codecs.getincrementaldecoder("utf-8")() if text else None
        self._name = path.name
        self._raw = _Hashing(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), hashed=hashed)
        self._inner = _unpacked(self._raw)
        self.packed = self._inner is not self._raw
        self._unpacked = 0
        self.ends_a_line = True
        """Whether the bytes read so far end with a line end."""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; raises `RejectedError` for damaged, truncated or excessively compressed data."""
        try:
            piece = self._inner.read(len(buffer))
        except EOFError:
            raise reject("E_TRUNCATED", "The packed data end too early: the file was cut off.") from None
        except (OSError, zlib.error, lzma.LZMAError) as error:
            cut = "Truncated" in str(error)
            code, what = ("E_TRUNCATED", "end too early") if cut else ("E_UNREADABLE", "are damaged")
            raise reject(code, f"The packed data {what}.") from None
        self._unpacked += len(piece)
        if self._unpacked > max(self._raw.size * MAX_UNPACKED_RATIO, SMALL_UNPACKED_BYTES):
            raise reject("E_TOO_LARGE", f"The file unpacks to over {MAX_UNPACKED_RATIO} times its size.")
        self._check_text(piece)
        buffer[: len(piece)] = piece
        self.ends_a_line = piece[-1:] in (b"\n", b"\r") if piece else self.ends_a_line
        return len(piece)

    def _check_text(self, piece: bytes) -> None:
        if self._decoder is None:
            return
        try:
            self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            raise reject("E_ENCODING", "A table is not UTF-8; encodings are not guessed.") from None

    def facts(self) -> ReadFile:
        """Name, hash and size; raises `RejectedError` if the file changed while it was read."""
        while self._raw.read(_BLOCK):
            pass
        if not self._raw.held_still():
            raise unstable()
        return ReadFile(name=self._name, sha256=self._raw.digest.hexdigest(), bytes=self._raw.size)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._raw.close()
        super().close()


class _Hashing(io.RawIOBase):
    def __init__(self, descriptor: int, *, hashed: bool) -> None:
        self._file = os.fdopen(descriptor, "rb", buffering=0)
        self._before = os.fstat(descriptor)
        self.digest = hashlib.sha256()
        self._hashed = hashed
        self.size = self._before.st_size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._file.readinto(buffer) or 0
        if self._hashed:
            self.digest.update(memoryview(buffer)[:count])
        return count

    def peek(self) -> bytes:
        return os.pread(self._file.fileno(), _MAGIC_BYTES, 0)

    def held_still(self) -> bool:
        now = os.fstat(self._file.fileno())
        return (now.st_size, now.st_mtime_ns) == (self._before.st_size, self._before.st_mtime_ns)

    def close(self) -> None:
        self._file.close()
        super().close()


def _unpacked(raw: _Hashing) -> Any:
    """A decompressing stream, by the first bytes and not by the name."""
    start = raw.peek()
    packing = packing_of(start)
    if packing == "gzip":
        return gzip.GzipFile(fileobj=io.BufferedReader(raw, _BLOCK))
    if start.startswith(_BZIP2) and start[3:4].isdigit():
        return bz2.BZ2File(io.BufferedReader(raw, _BLOCK))
    if start.startswith(_XZ):
        return lzma.LZMAFile(io.BufferedReader(raw, _BLOCK))
    if packing == "zstandard":
        import pyarrow as pa

        return pa.CompressedInputStream(pa.PythonFile(io.BufferedReader(raw, _BLOCK), "r"), "zstd")
    return raw


@dataclass(frozen=True, kw_only=True)
class OpenFile:
    """A file that is being read; `reader` gives its decompressed bytes."""

    reader: "io.BufferedReader[ByteStream]"
    stream: ByteStream

    def facts(self) -> ReadFile:
        """Name, hash and size, after reading to the end; raises `RejectedError` if the file changed meanwhile."""
        return self.stream.facts()


@contextmanager
def opened(path: Path, *, text: bool = False, hashed: bool = True) -> Iterator[OpenFile]:
    """Opens a file for reading.

    Args:
        path: of the file.
        text: whether the content must be UTF-8; other content raises `RejectedError`.
        hashed: whether to compute the hash; not needed if only the beginning is read.

    """
    stream = ByteStream(path, text=text, hashed=hashed)
    with stream, io.BufferedReader(stream, _BLOCK) as reader:
        yield OpenFile(reader=reader, stream=stream)


def hash_file(path: Path) -> ReadFile:
    """Hashes a file that another reader opens itself; call `check` afterwards."""
    check_path(path)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return ReadFile(name=path.name, sha256=digest, bytes=os.fstat(stream.fileno()).st_size)
