"""What a converter asks of an export in any standard, and the files of an export that consists of tables.

Each file without rows, or that is not read, has its reason.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from data_contracts.findings import reject
from data_contracts.reading.file_bytes import MAX_PARTS
from data_contracts.reading.parts import UNFINISHED
from data_contracts.standards.export_files.batch import EventBatch
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.people import People, Visits
from data_contracts.standards.to_records.events import Events


class Export(Protocol):
    """An export that can be read patients first, then visits, then events, each in one pass."""

    tables: tuple[str, ...]
    """Names of the tables with events."""

    def descendants(self) -> Mapping[str, list[str]]:
        """Concept -> every concept below it, of those that the mapping asks for so."""
        ...

    def people(self) -> People:
        """Everybody; where the standard has no table of patients, whoever will be met."""
        ...

    def born(self, people: People, /) -> People:
        """The same people with what only their events could tell, after `events`."""
        ...

    def visits(self, people: People, /) -> Visits:
        """The visits that count."""
        ...

    def events(self) -> Iterator[EventBatch]:
        """All events, chunk by chunk, in the files' order."""
        ...

    def settled(self, events: Events, /) -> Events:
        """The same events, those marked that are repetitions, or of versions of which a newer one stands."""
        ...


def everything_below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Every regular file below the folder, sorted by name: those with data, and the marks that programs leave.

    A mark is a file whose name begins with "." or "_", or which lies in such a folder. Raises `RejectedError` for
    links, for too many files and for those that are still on their way.
    """
    if folder.is_symlink():
        raise reject(
            "E_PATH_REFUSED", f"{folder.name!r} is a symbolic link; name the folder that it points to."
        )
    if not folder.is_dir():
        raise reject("E_FILE_MISSING", f"There is no folder {folder.name!r} where the export should be.")
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(place) / name for name in sorted(names)]
        links = [path for n in (*names, *folders) if (path := Path(place) / n).is_symlink()]
        if links:
            raise reject(
                "E_PATH_REFUSED", f"{links[0].name!r} is a symbolic link; copy the file that it points to."
            )
        if len(found) > MAX_PARTS:
            raise reject("E_TOO_LARGE", f"The export has more than {MAX_PARTS:,} files.")
    if on_the_way := [path for path in found if UNFINISHED.search(path.name)]:
        raise reject("E_UNSTABLE_FILE", f"{len(on_the_way):,} files of the export are still on their way.")
    if strange := [path for path in found if not path.is_file()]:
        raise reject("E_PATH_REFUSED", f"{strange[0].name!r} is a pipe, a socket or a device, not a file.")
    marks = {path for path in found if _is_mark(path.relative_to(folder))}
    return [path for path in found if path not in marks], sorted(marks)


def _is_mark(path: Path) -> bool:
    return path.name.startswith((".", "_")) or any(part.startswith(".") for part in path.parts[:-1])


_TABLE = re.compile(
    r"\.(csv|tsv|txt|psv|dat|parquet|pq|parq|xlsx?|feather|arrow|orc|avro|sas7bdat)(\.(gz|gzip|bz2|xz|zstd?))?$",
    re.IGNORECASE,
)
_VERSIONED = {"_delta_log": "Delta Lake", ".hoodie": "Hudi"}
_ICEBERG, _UNFINISHED = re.compile(r"\.metadata\.json$"), "_temporary"
_DESKTOP = ("._", ".~lock")


def table_files(folder: Path, ledger: ExportCounts) -> list[Path]:
    """Every file below the folder that may be of a table, sorted by name; marks that programs leave are passed over.

    Raises `RejectedError` for folders whose files hold older versions of rows, or are not yet finished.
    """
    visible, marks = everything_below(folder)
    for path in (*visible, *marks):
        _check_kind(path.relative_to(folder))
    for path in marks:
        pass_over(path.relative_to(folder), ledger)
    return visible


def pass_over(file: Path, ledger: ExportCounts, *, may_be_asked: bool = True) -> None:
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
