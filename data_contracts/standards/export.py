"""What a converter asks of an export, whichever standard it is written in; and which files it consists of."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from data_contracts.findings import reject
from data_contracts.limits import MAX_PARTS
from data_contracts.parts import UNFINISHED
from data_contracts.standards.batch import Batch
from data_contracts.standards.people import People, Visits


class Export(Protocol):
    """An export that can be read patients first, then visits, then events, each in one pass."""

    tables: tuple[str, ...]
    """Names of the tables with events."""
    twice: str
    """The reason that an event is not used whose key another one has as well."""

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


def files_below(folder: Path) -> list[Path]:
    """Every regular file below the folder, sorted by name; raises `RejectedError` for links and for too many."""
    if folder.is_symlink():
        raise reject(
            "E_PATH_REFUSED", f"{folder.name!r} is a symbolic link; name the folder that it points to."
        )
    if not folder.is_dir():
        raise reject("E_FILE_MISSING", f"There is no folder {folder.name!r} where the export should be.")
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(place) / name for name in sorted(names) if not name.startswith((".", "_"))]
        links = [path for path in (*found, *(Path(place) / f for f in folders)) if path.is_symlink()]
        if links:
            raise reject(
                "E_PATH_REFUSED", f"{links[0].name!r} is a symbolic link; copy the file that it points to."
            )
        if len(found) > MAX_PARTS:
            raise reject("E_TOO_LARGE", f"The export has more than {MAX_PARTS:,} files.")
    if on_the_way := [path for path in found if UNFINISHED.search(path.name)]:
        raise reject("E_UNSTABLE_FILE", f"{len(on_the_way):,} files of the export are still on their way.")
    return [path for path in found if path.is_file()]
