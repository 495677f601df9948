"""Whether the disks have room for a run, by what the run before it needed, or by the size of the sources."""

import os
import resource
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from meta_med import run_files
from meta_med.published.engine import parse, reading, sqlite_path
from meta_med.published.store_tables import releases
from orchestration.errors import PublishedStoreError
from orchestration.runs.run_folder import RunFolder
from orchestration.runs.study_runs import runs_of
from orchestration.workspace import Workspace
from orchestration.writable import RUN_BYTES, nearest_folder

COPIES = 3
"""Bytes of a run per byte of its sources, where no run has told: the copy, the valid rows and the records."""
MORE = 1.25
LEAST_FILES = 500
"""Files that a run makes at most, by far."""


@dataclass(frozen=True)
class Need:
    """Bytes that a run will write below a folder, and the largest file among them."""

    place: Path
    total: int
    largest: int


def require_space(workspace: Workspace, study: str, sources: Mapping[str, Path]) -> None:
    """Check that the run's folder and its release have room.

    Raises:
        PublishedStoreError: with the folder, what is free, and what is needed.

    """
    needs = list(_needs(workspace, study, sources))
    for need in needs:
        _require_size(need)
    by_disk: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        by_disk[nearest_folder(need.place).stat().st_dev].append(need)
    for shared in by_disk.values():
        _require_free(nearest_folder(shared[0].place), sum(need.total for need in shared))


def _needs(workspace: Workspace, study: str, sources: Mapping[str, Path]) -> Iterable[Need]:
    given = [_size(path) for path in sources.values()]
    before = _run_before(workspace, study)
    expected = _run_bytes(sum(given), before)
    yield Need(workspace.runs, expected + RUN_BYTES, max(given, default=0))
    store = sqlite_path(parse(workspace.store_url))
    if store is not None and store.is_file():
        stored = store.stat().st_size
        # once in the log of the transaction and once in the file
        release = stored // max(1, _number_of_releases(workspace.store_url))
        yield Need(store.parent, 2 * release, stored + release)


def _run_before(workspace: Workspace, study: str) -> RunFolder | None:
    """The newest run folder of the study."""
    runs = runs_of(workspace, study)
    return RunFolder(runs[-1][0]) if runs else None


def _run_bytes(given: int, before: RunFolder | None) -> int:
    """Bytes of a run folder for sources of this size."""
    if before is None:
        return COPIES * given
    copies = _size(before.path / run_files.SOURCES)
    share = given / copies if copies else 1.0
    return round(MORE * max(1.0, share) * _size(before.path))


def _size(path: Path) -> int:
    """Bytes of a file or of all files below a folder; 0 where it is not there, which the copy will tell."""
    try:
        files = (part for part in path.rglob("*") if part.is_file()) if path.is_dir() else [path]
        return sum(file.stat().st_size for file in files)
    except OSError:
        return 0


def _number_of_releases(url: str) -> int:
    with reading(url) as connection:
        if connection is None:
            return 0
        return int(connection.execute(select(func.count()).select_from(releases)).scalar_one())


def _require_free(folder: Path, needed: int) -> None:
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize
    if free < needed:
        raise PublishedStoreError(
            f"E_STORAGE: {folder} has {megabytes(free)} free; this run needs about {megabytes(needed)}. Nothing was "
            "begun. Free space, or name another folder (--home, META_MED_STORE), and run again."
        )
    if disk.f_files and disk.f_favail < LEAST_FILES:
        raise PublishedStoreError(
            f"E_STORAGE: {folder} has room for {disk.f_favail:,} more files only (inodes). Nothing was begun. Remove "
            "files, or name another folder (--home), and run again."
        )


def _require_size(need: Need) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    if limit != resource.RLIM_INFINITY and limit < need.largest:
        raise PublishedStoreError(
            f"E_STORAGE: a file below {need.place} will have about {megabytes(need.largest)}, and this account may "
            f"write files of {megabytes(limit)} (ulimit -f). Nothing was begun. Raise the limit, and run again."
        )


def megabytes(count: int) -> str:
    """A number of bytes, in MB."""
    return f"{count / 1e6:,.1f} MB"
