"""The files of an export that consists of tables: those with rows, and a reason for each that is not read."""

import re
from pathlib import Path

from data_contracts.findings import reject
from data_contracts.standards.export import everything_below
from data_contracts.standards.ledger import Ledger

_TABLE = re.compile(
    r"\.(csv|tsv|txt|psv|dat|parquet|pq|parq|xlsx?|feather|arrow|orc|avro|sas7bdat)(\.(gz|gzip|bz2|xz|zstd?))?$",
    re.IGNORECASE,
)
_VERSIONED = {"_delta_log": "Delta Lake", ".hoodie": "Hudi"}
_ICEBERG, _UNFINISHED = re.compile(r"\.metadata\.json$"), "_temporary"
_DESKTOP = ("._", ".~lock")


def table_files(folder: Path, ledger: Ledger) -> list[Path]:
    """Every file below the folder that may be of a table, sorted by name; marks that programs leave are passed over.

    Raises `RejectedError` for folders whose files hold older versions of rows, or are not yet finished.
    """
    visible, marks = everything_below(folder)
    for path in (*visible, *marks):
        _check_kind(path.relative_to(folder))
    for path in marks:
        pass_over(path.relative_to(folder), ledger)
    return visible


def pass_over(file: Path, ledger: Ledger, *, may_be_asked: bool = True) -> None:
    """Names a file that is not read: with a warning if it may hold rows that somebody asks for."""
    odd = may_be_asked and bool(_TABLE.search(file.name)) and not file.name.startswith(_DESKTOP)
    ledger.pass_over(file, "W_FILE_PASSED_OVER" if odd else "N_FILE_OTHER")


def _check_kind(file: Path) -> None:
    kind = next((_VERSIONED[part] for part in file.parts if part in _VERSIONED), "")
    if kind or _ICEBERG.search(file.name):
        raise reject(
            "E_UNSUPPORTED_FORMAT",
            f"{file.parts[0]!r} is a table of {kind or 'Iceberg'}: its files hold rows that were replaced or deleted "
            "as well. Write the table out as plain Parquet or CSV.",
        )
    if _UNFINISHED in file.parts:
        raise reject("E_UNSTABLE_FILE", f"{file.parts[0]!r} is still being written, or its job broke off.")
