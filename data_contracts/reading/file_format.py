"""One file's bytes, hashed and unpacked, and what they are: by the first bytes and by the name, which must agree."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from data_contracts.findings import reject
from data_contracts.reading.csv_text import without_marks
from data_contracts.reading.file_bytes import Packing, packing_of, read_once, unpack

Form = Literal["csv", "parquet"]

_PACKINGS: dict[str, Packing] = {".gz": "gzip", ".gzip": "gzip", ".zst": "zstandard", ".zstd": "zstandard"}
_PARQUET = {".parquet", ".pq"}
_WORKBOOK = "an Excel or LibreOffice workbook; open it there and save the sheet as CSV (UTF-8)"
_ARCHIVE = "an archive; deliver the tables in it as files of their own"
_OTHER_TOOL = "a file of another tool; export the table as CSV (UTF-8) or Parquet"
_EVENTS = "JSON; records of FHIR become a table by a mapping file (meta-med convert)"
_NAMED = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".numbers"), _WORKBOOK),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".lz4"), _ARCHIVE),
    **dict.fromkeys((".json", ".ndjson", ".jsonl"), _EVENTS),
    **dict.fromkeys(
        (".sas7bdat", ".xpt", ".sav", ".dta", ".rds", ".rdata", ".feather", ".arrow", ".orc", ".avro", ".db",
         ".sqlite", ".mdb", ".accdb", ".pdf", ".doc", ".docx", ".html", ".htm", ".xml", ".pkl", ".pickle",
         ".npy", ".npz", ".h5", ".hdf5"),
        _OTHER_TOOL,
    ),
}  # fmt: skip
_MAGIC = {
    b"PK\x03\x04": "a zip archive or an Excel workbook",
    b"PK\x05\x06": "an empty zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "packed by gzip more than once",
    b"\x28\xb5\x2f\xfd": "packed by Zstandard more than once",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ": "xz-compressed",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite format 3": "a SQLite database",
    b"PARE": "encrypted Parquet",
    b"ARROW1": "an Arrow or Feather file",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"\x89HDF": "an HDF5 file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
    b"$FL2": "an SPSS file",
    b"<stata_dta": "a Stata file",
    b"{\\rtf": "a text document (RTF)",
}
_MARKUP = re.compile(rb"\s*<(!doctype|!--|\?xml|[a-z][\w:.-]*[\s/>])", re.IGNORECASE)
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[{\[\]"])')
_TAR = slice(257, 262)
_HEAD = 4096
"""Bytes that tell what a file is; no more of a large one is looked at, or copied."""


def named_packing(name: str) -> Packing | None:
    """How the name says that the bytes are packed."""
    return _PACKINGS.get(PurePath(name).suffix.lower())


def check_packing(name: str, content: bytes) -> Packing | None:
    """How the file is packed; raises `RejectedError` where name and bytes disagree."""
    named, found = named_packing(name), packing_of(content)
    if named != found:
        is_ = f"packed by {found}" if found else "not packed so"
        says = f"that it is packed by {named}" if named else "nothing of that"
        raise reject("E_MAGIC_MISMATCH", f"The file is {is_}, but its name says {says}.")
    return found


def form_of(name: str, content: bytes) -> Form:
    """CSV or Parquet, of unpacked bytes; raises `RejectedError` for everything else."""
    suffix = _inner_suffix(name)
    foreign = foreign_bytes(content)
    if suffix in _NAMED:
        raise reject("E_UNSUPPORTED_FORMAT", f"The file is {_NAMED[suffix]}.")
    if content.startswith(b"PAR1"):
        return _parquet(name, suffix)
    if suffix in _PARQUET:
        raise reject("E_MAGIC_MISMATCH", "The file is named as Parquet, but its bytes are something else.")
    if foreign:
        raise reject("E_MAGIC_MISMATCH", f"The file is {foreign}, not CSV; export the table as CSV (UTF-8).")
    return "csv"


def _parquet(name: str, suffix: str) -> Form:
    if named_packing(name):
        raise reject("E_UNSUPPORTED_FORMAT", "Parquet is packed inside already; deliver it without packing.")
    if suffix not in _PARQUET:
        raise reject("E_MAGIC_MISMATCH", "The file is named otherwise, but its bytes are Parquet.")
    return "parquet"


def _inner_suffix(name: str) -> str:
    path = PurePath(name)
    return PurePath(path.stem if named_packing(name) else path.name).suffix.lower()


def foreign_bytes(content: bytes) -> str:
    """What the bytes are instead of a table; "" if nothing speaks against one."""
    content = without_marks(content[:_HEAD])
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return what
    if content[_TAR] == b"ustar":
        return "a tar archive"
    if _MARKUP.match(content):
        return "a web page or XML"
    return "JSON" if _JSON.match(content) else ""


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


def take_snapshot(path: Path) -> Snapshot:
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
