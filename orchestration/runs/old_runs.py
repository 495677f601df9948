"""Run folders of earlier deliveries: which there are of a study, and removing one that no run works in."""

from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from meta_med.model_version.sealed_folder import ModelDamaged
from meta_med.published import heads
from orchestration.maintenance.retention import Retention
from orchestration.models.journal import ModelJournal
from orchestration.runs.run_folder import RunFolder
from orchestration.working_folder import remove_whole
from orchestration.workspace import Workspace

WAYS = (".training", ".night", "")
"""A run folder has a lock for each way through it."""


def studies_of_runs(workspace: Workspace) -> set[str]:
    """The studies that have a run folder."""
    if not workspace.runs.is_dir():
        return set()
    return {
        study for path in workspace.runs.glob("[!.]*") if (study := _study_of(RunFolder(path))) is not None
    }


def runs_of(workspace: Workspace, study: str) -> list[tuple[Path, datetime]]:
    """The study's run folders with the time of their last change, the oldest first."""
    if not workspace.runs.is_dir():
        return []
    own = [path for path in workspace.runs.glob("[!.]*") if _study_of(RunFolder(path)) == study]
    changed = {path: path.stat().st_mtime_ns for path in own}
    return [
        (path, datetime.fromtimestamp(at / 1e9, UTC))
        for path, at in sorted(changed.items(), key=lambda e: e[1])
    ]


def old_runs(workspace: Workspace, study: str, keep: Retention) -> list[tuple[Path, datetime]]:
    """Those of `runs_of` that the settings keep no longer.

    That from which the served release was made stays, and that of the champion's training: the monthly evaluation reads
    its records.
    """
    from orchestration.models.served_evaluation import training_run  # it loads torch

    head, champion = heads.head(workspace.store_url, study), ModelJournal(workspace.models).champion(study)
    needed = {head.manifest.get("fingerprint")} if head else set()
    with suppress(ModelDamaged):  # a damaged champion keeps no folder, and must not undo what was published
        needed |= {training_run(workspace, study, champion.version).path.name} if champion else set()
    oldest = workspace.now() - timedelta(days=keep.days)
    return [
        (folder, at)
        for folder, at in runs_of(workspace, study)[: -keep.runs]
        if folder.name not in needed and (not keep.days or at < oldest)
    ]


def remove_unless_in_use(path: Path, workspace: Workspace) -> bool:
    """Remove a run folder and its locks, unless a training or a night works in it; whether it was removed."""
    try:
        with ExitStack() as held:
            for way in WAYS:
                held.enter_context(FileLock(workspace.locks / f"{path.name}{way}.lock", timeout=0))
            remove_whole(path)
    except Timeout:
        return False
    for lock in workspace.locks.glob(f"{path.name}*.lock"):
        lock.unlink(missing_ok=True)
    return True


def _study_of(folder: RunFolder) -> str | None:
    try:
        return str(folder.facts()["study"])
    except (OSError, ValueError, KeyError):
        return None
