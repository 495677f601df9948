"""Gzip and Zstandard, unpacked within limits, so that a few kilobytes cannot become a full memory."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from typing import Literal

from data_contracts.findings import reject
from data_contracts.limits import MAX_UNPACKED_BYTES, MAX_UNPACKED_RATIO, SMALL_UNPACKED_BYTES

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
