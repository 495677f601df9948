"""One file's bytes: read once, hashed, unpacked within limits, judged by what they are and by their name."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from data_contracts.file_bytes import read_once
from data_contracts.findings import reject
from data_contracts.magic import Form, check_packing, form_of
from data_contracts.unpacking import unpack

_SOMETHING = re.compile(rb"[^\s]")


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The bytes that everything after works on; the file itself is not opened again."""

    file: str
    sha256: str
    """Of the bytes as they were delivered, packed or not."""
    size: int
    content: bytes
    form: Form


def take(path: Path) -> Snapshot:
    """Reads the file once; raises `RejectedError` for what is missing, empty, too large, growing or misnamed."""
    delivered = read_once(path)
    if not _SOMETHING.search(delivered):
        raise reject("E_FILE_EMPTY", "The file is empty.")
    packing = check_packing(path.name, delivered)
    content = unpack(delivered, packing) if packing else delivered
    if not _SOMETHING.search(content):
        raise reject("E_FILE_EMPTY", "The file is empty once unpacked.")
    return Snapshot(
        file=path.name,
        sha256=hashlib.sha256(delivered).hexdigest(),
        size=len(delivered),
        content=content,
        form=form_of(path.name, content),
    )
