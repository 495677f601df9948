"""The tables that a full delivery and the later deliveries of changed patients make.

Each table is a folder of numbered deliveries, which the gate reads as one table (data_contracts.validation.successive).
A run's tables are those of the run before with the new files under the next numbers. A file with the word "full" in its
name begins a table anew.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from data_contracts.validation.successive import is_successive
from meta_med.published import heads
from orchestration.deltas.newest_accepted import Base, base_of
from orchestration.deltas.note import DeltaNote, Files, merged, state_of
from orchestration.errors import DataError
from orchestration.runs.copy_sources import link_own
from orchestration.runs.inbox import all_deliveries, shown_name
from orchestration.runs.run_folder import RunFolder, sha256_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

LEFT_OUT = "W_DELIVERY_LEFT_OUT"
_FULL = re.compile(r"(?:^|[._-])full(?:[._-]|$)", re.IGNORECASE)

Copy = Callable[[str, Path, Path], Path]
"""Copies the delivered file of a table into a folder, converted where it is an export; the copy."""


@dataclass(frozen=True)
class Deltas:
    """The deliveries of a study that wait, and what they change.

    Attributes:
        base: the run that they change.
        waiting: table -> new files, the oldest first.
        left_out: files that are not applied.

    """

    base: Base
    waiting: dict[str, list[Path]]
    left_out: dict[str, list[Path]]

    @classmethod
    def of(cls, study: LoadedStudy, workspace: Workspace) -> "Deltas":
        """The deliveries that wait now.

        Raises:
            DataError: a release is served, and the tables that it was made of are gone.

        """
        base = base_of(study.name, workspace)
        waiting, left_out = {}, {}
        for table, every in offered(study, workspace).items():
            files = [path for path in every if base.run is None or path.exists()]
            new = [path for path in files if state_of(path) not in base.note.applied.get(table, [])]
            vain = merged(base.note.left_out, base.rejected, base.withdrawn).get(table, [])
            # the newest file is tried again, so that a run says why it is refused
            left_out[table] = [path for path in new if state_of(path) in vain and path != files[-1]]
            waiting[table] = _from_full([path for path in new if path not in left_out[table]])
        if base.run is None and heads.head(workspace.store_url, study.name) is not None:
            _require_full(study.name, waiting)
        return cls(base, waiting, left_out)

    def note(self, folder: RunFolder) -> DeltaNote:
        """The note of the run that has applied them; of the base itself, where they have changed nothing."""
        run, before = self.base.run, self.base.note
        same = run is not None and run.path == folder.path
        return DeltaNote(
            follows=before.follows if same else run.path.name if run else "",
            number=before.number if same or not run else before.number + 1,
            applied=merged(before.applied, _states(self.waiting)),
            left_out=merged(before.left_out, _states(self.left_out)),
        )

    def compose(self, place: Path, copy: Copy) -> dict[str, Path]:
        """Table -> its folder of deliveries, made below `place`."""
        return {table: self._composed(table, place / table / table, copy) for table in self.waiting}

    def remarks(self) -> Iterator[str]:
        """A sentence for each table with files that are not applied."""
        for table, files in self.left_out.items():
            if files:
                names = ", ".join(shown_name(path.name) for path in files)
                yield (
                    f"{LEFT_OUT}: table {table}: {len(files):,} delivered files are not part of the data, because they "
                    f"were rejected or withdrawn: {names}. Deliver their patients again."
                )

    def _composed(self, table: str, place: Path, copy: Copy) -> Path:
        place.mkdir(parents=True)
        waiting = self.waiting[table]
        before = [] if waiting and is_full(waiting[0]) else self._before(table)
        for number, delivered in enumerate(before):
            link_own(delivered, _numbered(place, number))
        for path in waiting:
            next_one = _numbered(place, len(before))
            made = copy(table, path, next_one)
            if before and sha256_of(made) == sha256_of(before[-1]):  # the newest delivery once more
                shutil.rmtree(next_one)
            else:
                before.append(made)
        return place

    def _before(self, table: str) -> list[Path]:
        """What the table is made of in the run before, the oldest first."""
        source = self.base.run.sources().get(table) if self.base.run else None
        if source is None:
            return []
        return (
            [next(folder.iterdir()) for folder in sorted(source.iterdir())]
            if is_successive(source)
            else [source]
        )


def offered(study: LoadedStudy, workspace: Workspace) -> dict[str, list[Path]]:
    """Table -> the files that it may be read from, the oldest first: given, or in the inbox, or the study's own."""
    found = all_deliveries(workspace.inbox(study.name), study.sources, workspace.now())
    return {
        table: [workspace.given[table]] if table in workspace.given else found.get(table) or [own]
        for table, own in study.sources.items()
    }


def watched(study: LoadedStudy, workspace: Workspace) -> dict[str, Path]:
    """Name -> each file that is `offered`."""
    return {
        f"{table}, {path.name}": path for table, paths in offered(study, workspace).items() for path in paths
    }


def is_full(path: Path) -> bool:
    """Whether a delivered file is the whole table, by its name."""
    return _FULL.search(path.name) is not None


def _require_full(study: str, waiting: Mapping[str, list[Path]]) -> None:
    """Without the tables before, changed patients alone would be published as everybody."""
    changes = [table for table, files in waiting.items() if not files or not is_full(files[0])]
    if changes:
        raise DataError(
            f'E_DELTA_ALONE: study "{study}" serves a release, but the run folder with the tables that it was made of '
            f"is gone, and the deliveries of {', '.join(changes)} have changed patients only. Nothing was read. "
            f'Deliver the whole tables with the word "full" in their names, such as {changes[0]}_full.csv, or restore '
            "a backup."
        )


def _from_full(files: list[Path]) -> list[Path]:
    """The files from the newest full one on."""
    newest = max((place for place, path in enumerate(files) if is_full(path)), default=0)
    return files[newest:]


def _numbered(place: Path, number: int) -> Path:
    return place / f"{number:06d}"


def _states(files: dict[str, list[Path]]) -> Files:
    return {table: [state_of(path) for path in paths] for table, paths in files.items()}
