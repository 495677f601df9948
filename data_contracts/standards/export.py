"""What a converter asks of an export, whichever standard it is written in; and which files it consists of."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from data_contracts.findings import reject
from data_contracts.limits import MAX_PARTS
from data_contracts.parts import UNFINISHED
from data_contracts.standards.batch import Batch
from data_contracts.standards.events import Events
from data_contracts.standards.people import People, Visits


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

    def events(self) -> Iterator[Batch]:
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
