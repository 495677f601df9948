"""One file's bytes: read once, hashed, unpacked within limits, judged by what they are, not by name."""

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_contracts.findings import reject

MAX_FILE_BYTES = 2 * 1024**3
MAX_UNPACKED_RATIO = 100
_CHUNK = 1024**2

_FOREIGN = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x28\xb5\x2f\xfd": "zstandard-compressed",
    b"BZh": "bzip2-compressed",
    b"SQLite format 3": "a SQLite database",
}


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The bytes that everything after works on; the file itself is not opened again."""

    file: str
    sha256: str
    size: int
    content: bytes
    form: Literal["csv", "parquet"]


def take(path: Path) -> Snapshot:
    """Reads the file once; refuses what is missing, empty, too large, still growing or misnamed."""
    content = _read(path)
    sha256 = hashlib.sha256(content).hexdigest()
    size = len(content)
    if content.startswith(b"\x1f\x8b"):
        content = _unpack(content)
    return Snapshot(file=path.name, sha256=sha256, size=size, content=content, form=_form(path, content))


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise reject("E_FILE_MISSING", f"There is no file {path.name!r} where the delivery should be.")
    before = path.stat()
    if before.st_size > MAX_FILE_BYTES:
        raise reject(
            "E_TOO_LARGE", f"The file has {before.st_size:,} bytes; the limit is {MAX_FILE_BYTES:,}."
        )
    content = path.read_bytes()
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or after.st_size != len(
        content
    ):
        raise reject(
            "E_UNSTABLE_FILE", "The file changed while it was read; deliver it again when it is complete."
        )
    if not content.strip():
        raise reject("E_FILE_EMPTY", "The file is empty.")
    return content


def _unpack(packed: bytes) -> bytes:
    """Gunzips with a limit, so that a few kilobytes cannot become a full disk."""
    limit = max(len(packed) * MAX_UNPACKED_RATIO, _CHUNK)
    machine, out, rest = zlib.decompressobj(wbits=31), bytearray(), packed
    try:
        while rest and not machine.eof:
            out += machine.decompress(rest, _CHUNK)
            rest = machine.unconsumed_tail
            if len(out) > limit:
                raise reject("E_TOO_LARGE", f"The file unpacks to over {MAX_UNPACKED_RATIO} times its size.")
    except zlib.error:
        raise reject("E_UNREADABLE", "The gzip data are damaged.") from None
    if not machine.eof:
        raise reject("E_TRUNCATED", "The gzip data end too early: the file was cut off.")
    if machine.unused_data.strip(b"\x00"):
        raise reject("E_UNREADABLE", "Something follows the gzip data.")
    if not out.strip():
        raise reject("E_FILE_EMPTY", "The file is empty once unpacked.")
    return bytes(out)


def _form(path: Path, content: bytes) -> Literal["csv", "parquet"]:
    named_parquet = ".parquet" in path.suffixes[-2:]
    looks_parquet = content.startswith(b"PAR1")
    if named_parquet != looks_parquet:
        is_, named = ("Parquet", "otherwise") if looks_parquet else ("something else", "Parquet")
        raise reject("E_MAGIC_MISMATCH", f"The file is named as {named}, but its bytes are {is_}.")
    if looks_parquet:
        return "parquet"
    for magic, what in _FOREIGN.items():
        if content.startswith(magic):
            raise reject("E_MAGIC_MISMATCH", f"The file is {what}, not CSV; export the table as CSV (UTF-8).")
    return "csv"
