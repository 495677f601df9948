"""What a run folder notes of the deliveries that its tables are made of.

The note is beside the markers, because no result depends on it: the tables say what they are made of, and the note only
says which files of the inbox are among them. A damaged note is refused and not taken for none, or a withdrawn delivery
would be applied again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeGuard

from meta_med import run_files
from orchestration.errors import PublishedStoreError
from orchestration.runs.run_folder import RunFolder, write_json

NAME = f"{run_files.MARKERS}/{run_files.DELIVERED}"
Files = dict[str, list[str]]
"""Table -> states of delivered files, as text."""


class DeltaDamagedError(PublishedStoreError):
    """A run folder's note cannot be believed, so nobody knows which delivered files its tables are made of."""


@dataclass(frozen=True)
class DeltaNote:
    """The deliveries that a run's tables are made of.

    Attributes:
        follows: the run whose tables were changed by the new files; "" where there was none.
        number: of the run, larger than that of the one that it follows; an older run folder may be used anew.
        applied: the files that the tables are made of.
        left_out: files that are not applied, because the gate rejected them or a person withdrew them.

    """

    follows: str = ""
    number: int = 0
    applied: Files = field(default_factory=dict)
    left_out: Files = field(default_factory=dict)

    @classmethod
    def of(cls, folder: RunFolder) -> "DeltaNote":
        """The note of a run folder; empty where there is none.

        Raises:
            DeltaDamagedError: it is not one that `write` has written.

        """
        try:
            content: object = folder.read(NAME)
        except FileNotFoundError:
            return cls()
        except (ValueError, RecursionError):
            raise _damaged(folder.path) from None
        if not _is_note(content):
            raise _damaged(folder.path)
        return cls(**content)

    def write(self, folder: RunFolder) -> None:
        """Write it into a run folder, by rename."""
        write_json(folder.path / NAME, asdict(self))

    def new_beside(self, before: "DeltaNote") -> Files:
        """The applied files that the run before did not have."""
        return {
            table: [state for state in states if state not in before.applied.get(table, [])]
            for table, states in self.applied.items()
        }


def damaged_notes(folders: Iterable[RunFolder]) -> list[str]:
    """A sentence for each of these run folders whose note is refused."""
    told = []
    for folder in folders:
        try:
            DeltaNote.of(folder)
        except DeltaDamagedError as error:
            told.append(str(error))
    return told


def state_of(path: Path) -> str:
    """Name, size and time of a file, or of the files of a folder; a home that was restored keeps them.

    "" where it is gone, which its copy will tell.
    """
    if not path.exists():
        return ""
    files = sorted(part for part in path.rglob("*") if part.is_file()) if path.is_dir() else [path]
    found = [(str(file.relative_to(path.parent)), file.stat()) for file in files]
    return json.dumps([(name, state.st_size, state.st_mtime_ns) for name, state in found])


def merged(*several: Mapping[str, list[str]]) -> Files:
    """The files of several lists, each once, in their order."""
    tables = {table for files in several for table in files}
    return {
        table: list(dict.fromkeys(state for files in several for state in files.get(table, [])))
        for table in sorted(tables)
    }


def _damaged(folder: Path) -> DeltaDamagedError:
    return DeltaDamagedError(
        f"E_DELTA_DAMAGED: {folder / NAME}, which says what deliveries the tables of this run are made of, is damaged. "
        "Nothing was changed. Put the file back from a backup. Without one, take files that were rejected or withdrawn "
        f"out of the inbox, remove the folder {folder.name}, and run again; if the tables that are served were in it, "
        "the run asks for whole ones."
    )


def _is_note(content: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(content, dict) or content.keys() != {key.name for key in fields(DeltaNote)}:
        return False
    return (
        isinstance(content["follows"], str)
        and type(content["number"]) is int  # True is an int too
        and content["number"] >= 0
        and all(_are_files(content[name]) for name in ("applied", "left_out"))
    )


def _are_files(content: object) -> bool:
    return isinstance(content, dict) and all(
        isinstance(states, list) and all(isinstance(state, str) for state in states)
        for states in content.values()
    )
