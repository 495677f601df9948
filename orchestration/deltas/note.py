"""What a run folder notes of the deliveries that its tables are made of.

The note is beside the markers, because no result depends on it: the tables say what they are made of, and the note only
says which files of the inbox are among them.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from meta_med import run_files
from orchestration.runs.run_folder import RunFolder, write_json

Files = dict[str, list[str]]
"""Table -> states of delivered files, as text."""


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
        """The note of a run folder; empty where there is none."""
        try:
            return cls(**folder.read(f"{run_files.MARKERS}/{run_files.DELIVERED}"))
        except (OSError, ValueError, TypeError):
            return cls()

    def write(self, folder: RunFolder) -> None:
        """Write it into a run folder, by rename."""
        write_json(folder.path / run_files.MARKERS / run_files.DELIVERED, asdict(self))

    def new_beside(self, before: "DeltaNote") -> Files:
        """The applied files that the run before did not have."""
        return {
            table: [state for state in states if state not in before.applied.get(table, [])]
            for table, states in self.applied.items()
        }


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
