"""The interface of an export in any standard, and the files of an export that consists of tables.

Each file that is not read is counted with its reason.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from data_contracts.findings import reject
from data_contracts.reading.file_bytes import MAX_PARTS
from data_contracts.reading.file_names import UNFINISHED
from data_contracts.standards.export_files.batch import EventBatch
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.people import People, Visits
from data_contracts.standards.to_records.events import Events


class Export(Protocol):
    """An export that is read in order: patients, visits, events, each in one pass."""

    tables: tuple[str, ...]
    """Names of the tables with events."""

    def descendants(self) -> Mapping[str, list[str]]:
        """Concept -> its descendants, for concepts that the mapping requests with descendants."""
        ...

    def people(self) -> People:
        """The patients; empty where the standard has no table of patients."""
        ...

    def with_births(self, people: People, /) -> People:
        """The people with births that are known from events only; called after `events`."""
        ...

    def visits(self, people: People, /) -> Visits:
        """The valid visits."""
        ...

    def events(self) -> Iterator[EventBatch]:
        """All events, chunk by chunk, in file order."""
        ...

    def mark_versions(self, events: Events, /) -> Events:
        """The events, with repetitions and superseded versions marked."""
        ...


def everything_below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Every file below the folder, sorted by name: data files, and marker files of programs.

    A marker file has a name that begins with "." or "_", or is in a folder that begins with ".". Raises `RejectedError`
    for links, special files, too many files, and files that are still being transferred.
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
        raise reject(
            "E_UNSTABLE_FILE", f"{len(on_the_way):,} files of the export are still being transferred."
        )
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
    """Every data file below the folder, sorted by name; marker files are passed over.

    Raises `RejectedError` for versioned table formats (Delta Lake, Hudi, Iceberg) and for unfinished folders.
    """
    visible, marks = everything_below(folder)
    for path in (*visible, *marks):
        _check_kind(path.relative_to(folder))
    for path in marks:
        pass_over(path.relative_to(folder), ledger)
    return visible


def pass_over(file: Path, ledger: ExportCounts, *, may_be_asked: bool = True) -> None:
    """Counts a file that is not read, with a warning if it may hold requested rows."""
    odd = may_be_asked and bool(_TABLE.search(file.name)) and not file.name.startswith(_DESKTOP)
    ledger.pass_over(file, "W_FILE_PASSED_OVER" if odd else "N_FILE_OTHER")


def _check_kind(file: Path) -> None:
    kind = next((_VERSIONED[part] for part in file.parts if part in _VERSIONED), "")
    if kind or _ICEBERG.search(file.name):
        raise reject(
            "E_UNSUPPORTED_FORMAT",
            f"{file.parts[0]!r} is a table of {kind or 'Iceberg'}: its files also hold replaced and deleted rows. "
            "Export the table as plain Parquet or CSV.",
        )
    if _UNFINISHED in file.parts:
        raise reject("E_UNSTABLE_FILE", f"{file.parts[0]!r} is still being written, or its job failed.")
