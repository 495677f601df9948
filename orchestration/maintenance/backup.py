"""Backup and restore of an installation: the store, model versions, the quarantine, and what the next release shows.

Of run folders it has the tables that the next delivery is compared with, or changes where it has changed patients
only; all else in them a run makes anew. Deliveries are left out, because they belong to whoever delivers them, and
studies and contracts, which belong under version control.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data_contracts.atomic_write import OWNER_ONLY_FOLDER
from meta_med import run_files
from meta_med.model_version.sealed_folder import sha256
from meta_med.published import heads, tables
from meta_med.published.administration import snapshot
from meta_med.published.engine import exclusive, reading, sqlite_url
from meta_med.published.migrations import schema
from meta_med.published.migrations.upgrade import upgrade
from orchestration.deltas.newest_accepted import base_of
from orchestration.errors import PublishedStoreError, StoreBusyError
from orchestration.kept_evaluation import ABOUT, EVALUATIONS, TABLE
from orchestration.maintenance import archive
from orchestration.maintenance.archive import Manifest
from orchestration.runs.study_runs import studies_of_runs
from orchestration.working_folder import working_folder
from orchestration.workspace import OWNER_ONLY, STORE, Workspace
from orchestration.writable import require_file

DATABASES = ("models/journal.sqlite", "quarantine/ledger.sqlite")
"""SQLite files below the home that programs write to, in the order in which they are copied: after the store, so that
every model version which a release of the copy names is in the copy too."""
FOLDERS = ("models", "quarantine", EVALUATIONS, "reports")
REPLACED = (f"{EVALUATIONS}/", "reports/", "runs/")
OF_A_RUN = (
    run_files.FACTS, run_files.SOURCES, run_files.CONVERSIONS, run_files.CORRECTIONS, run_files.JUDGEMENT,
    f"{run_files.MARKERS}/{run_files.DELIVERED}",
)  # fmt: skip
"""What the next run reads of the newest accepted one."""
LOCK = "maintenance.lock"


def back_up(workspace: Workspace, place: Path) -> Manifest:
    """Write a backup of the home and the store, while runs may go on.

    Raises:
        PublishedStoreError: a part cannot be read, or the file cannot be written; no incomplete file is kept.

    """
    require_file(place)
    with only_maintenance(workspace), _beside(place.absolute().parent) as folder:
        files: dict[str, Path] = {}
        if snapshot.take(workspace.store_url, folder / STORE):
            files[STORE] = folder / STORE
        url = sqlite_url(folder / STORE)
        for name in DATABASES:
            if (workspace.home / name).is_file():
                copy = folder / name.replace("/", "-")
                snapshot.copy_sqlite(workspace.home / name, copy)
                files[name] = copy
        files |= dict(_other_files(workspace, folder))
        number = _schema(url) if STORE in files else None
        served = _served(url) if number == tables.SCHEMA_VERSION else {}
        at = workspace.now().isoformat(timespec="seconds")
        return archive.write(place, files, at, number, served)


def restore(workspace: Workspace, place: Path) -> Manifest:
    """Put a backup into an empty home and an empty store; repeated after an interruption, it goes on.

    Everything is compared with its hash, and the store is upgraded where it is of an older program, before anything is
    put in its place. The store comes last.

    Raises:
        PublishedStoreError: the backup is not whole, or home or store hold something else; nothing was changed.

    """
    with only_maintenance(workspace), archive.opened(place) as backup, _beside(workspace.home) as folder:
        _require_room(workspace, backup.manifest)
        backup.extract(folder)
        has_store = STORE in backup.manifest.files
        if has_store:
            _require_restorable(sqlite_url(folder / STORE), workspace)
        _require_unused(workspace.home, backup.manifest)
        for name in backup.manifest.files:
            if name != STORE:
                (workspace.home / name).parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
                (folder / name).replace(workspace.home / name)
        if has_store:
            snapshot.put(folder / STORE, workspace.store_url)
        return backup.manifest


@contextmanager
def only_maintenance(workspace: Workspace) -> Iterator[None]:
    """The right to back up, restore or prune: one at a time, so that a backup finds every file that it lists."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    try:
        with FileLock(workspace.locks / LOCK, timeout=0):
            yield
    except Timeout:
        raise StoreBusyError(
            f"E_RUN_BUSY: another backup, restore or prune works in {workspace.home}. Wait for it; nothing was changed."
        ) from None


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder of its own on the same disk, removed at the end."""
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with working_folder(folder, ".backup-") as place:
        yield place


def _other_files(workspace: Workspace, copies: Path) -> Iterator[tuple[str, Path]]:
    """Name -> file of everything but databases; what a run may replace meanwhile is copied first."""
    for path in (*_plain_files(workspace.home), *_newest_tables(workspace)):
        name = str(path.relative_to(workspace.home))
        if not name.startswith(REPLACED):
            yield name, path
            continue
        copy = copies / "files" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
        yield name, copy


def _plain_files(home: Path) -> Iterator[Path]:
    """The files to keep that are no database."""
    kept_out = {home / f"{name}{end}" for name in DATABASES for end in ("", "-wal", "-shm", "-journal")}
    for top in FOLDERS:
        for path in sorted((home / top).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
            unused = top == EVALUATIONS and path.name not in {TABLE, ABOUT}
            if path.is_file() and path not in kept_out and not (hidden or unused):
                yield path


def _newest_tables(workspace: Workspace) -> Iterator[Path]:
    """Of each study, the files of the run that the next delivery is compared with, or changes."""
    for study in sorted(studies_of_runs(workspace)):
        run = base_of(study, workspace).run
        places = [run.path / name for name in OF_A_RUN] if run is not None else []
        for path in (path for place in places for path in (place, *sorted(place.rglob("*")))):
            if path.is_file():
                yield path


def _schema(url: str) -> int | None:
    with exclusive(url) as connection:
        return schema.number_of(connection)


def _served(url: str) -> dict[str, str]:
    """Study -> the release it serves."""
    found = {study: heads.head(url, study) for study in heads.studies(url)}
    return {study: head.release_id for study, head in found.items() if head is not None}


def _require_restorable(url: str, workspace: Workspace) -> None:
    """Upgrade the store of the backup, and check every release of it and that the store to fill is empty."""
    upgrade(url)
    with reading(url) as connection:
        if connection is not None:
            snapshot.require_sound(connection)
    snapshot.require_empty(workspace.store_url)


def _require_room(workspace: Workspace, manifest: Manifest) -> None:
    free = shutil.disk_usage(workspace.home).free
    if free < 2 * manifest.bytes:
        raise PublishedStoreError(
            f"E_STORAGE: the backup needs {2 * manifest.bytes >> 20} MiB of free space in {workspace.home}, and "
            f"{free >> 20} MiB are free. Nothing was changed. Free space, or name another home (--home)."
        )


def _require_unused(home: Path, manifest: Manifest) -> None:
    """Check that the home holds nothing but files of this backup, which an interrupted restore has put there."""
    there = {
        str(path.relative_to(home)): path
        for top in FOLDERS
        for path in (home / top).rglob("*")
        if path.is_file()
    }
    other = [name for name, path in there.items() if manifest.files.get(name) != sha256(path)]
    if other:
        raise PublishedStoreError(
            f"E_STORE_NOT_EMPTY: {home} is in use: it holds {len(other)} files that are not of this backup, such as "
            f"{min(other).split('/')[0]}. Nothing was changed. Move its folders away, or name another home (--home)."
        )
