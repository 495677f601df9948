"""Read, hash and decompress one file, and detect its format from its name and first bytes, which must agree."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data_contracts.findings import reject
from data_contracts.reading.csv_text import drop_bom
from data_contracts.reading.file_bytes import packing_of, read_once, unpack
from data_contracts.reading.file_names import PARQUET, Packing, extension, named_packing

Form = Literal["csv", "parquet"]

_WORKBOOK = "an Excel or LibreOffice workbook; open it there and save the sheet as CSV (UTF-8)"
_ARCHIVE = "an archive; deliver the tables in it as separate files"
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
    b"\x1f\x8b": "compressed by gzip more than once",
    b"\x28\xb5\x2f\xfd": "compressed by Zstandard more than once",
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
"""Number of first bytes that are examined to detect the format."""


def check_packing(name: str, content: bytes) -> Packing | None:
    """The compression of the file. Raises `RejectedError` if name and bytes disagree."""
    named, found = named_packing(name), packing_of(content)
    if named != found:
        actual = f"compressed by {found}" if found else "not compressed"
        expected = f"compression by {named}" if named else "no compression"
        raise reject("E_MAGIC_MISMATCH", f"The file is {actual}, but its name announces {expected}.")
    return found


def form_of(name: str, content: bytes) -> Form:
    """The format of decompressed bytes. Raises `RejectedError` for anything but CSV and Parquet."""
    suffix = extension(name)
    foreign = foreign_bytes(content)
    if suffix in _NAMED:
        raise reject("E_UNSUPPORTED_FORMAT", f"The file is {_NAMED[suffix]}.")
    if content.startswith(b"PAR1"):
        return _parquet(name, suffix)
    if suffix in PARQUET:
        raise reject("E_MAGIC_MISMATCH", "The file is named as Parquet, but its bytes are something else.")
    if foreign:
        raise reject("E_MAGIC_MISMATCH", f"The file is {foreign}, not CSV; export the table as CSV (UTF-8).")
    return "csv"


def _parquet(name: str, suffix: str) -> Form:
    if named_packing(name):
        raise reject(
            "E_UNSUPPORTED_FORMAT",
            "Parquet is compressed internally; deliver it without further compression.",
        )
    if suffix not in PARQUET:
        raise reject("E_MAGIC_MISMATCH", "The file is not named as Parquet, but its bytes are.")
    return "parquet"


def foreign_bytes(content: bytes) -> str:
    """The foreign format of the bytes; "" if they may be a table."""
    content = drop_bom(content[:_HEAD])
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
    """The bytes of a file. All later steps use them; the file is not opened again."""

    file: str
    sha256: str
    """Hash of the bytes as delivered, before decompression."""
    size: int
    content: bytes
    form: Form


def take_snapshot(path: Path) -> Snapshot:
    """Read the file once. Raises `RejectedError` if it is missing, empty, too large, changing or misnamed."""
    delivered = read_once(path)
    if not _SOMETHING.search(delivered):
        raise reject("E_FILE_EMPTY", "The file is empty.")
    packing = check_packing(path.name, delivered)
    content = unpack(delivered, packing) if packing else delivered
    if not _SOMETHING.search(content):
        raise reject("E_FILE_EMPTY", "The file is empty after decompression.")
    return Snapshot(
        file=path.name,
        sha256=hashlib.sha256(delivered).hexdigest(),
        size=len(delivered),
        content=content,
        form=form_of(path.name, content),
    )
