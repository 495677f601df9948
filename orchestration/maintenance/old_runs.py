"""Run folders of earlier deliveries that are kept no longer, and removing one that no run works in."""

from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from meta_med.model_version.sealed_folder import ModelDamaged
from meta_med.published import heads
from orchestration.deltas.newest_accepted import base_of
from orchestration.deltas.note import DeltaDamagedError
from orchestration.maintenance.retention import Retention
from orchestration.models.journal import ModelJournal
from orchestration.runs.study_runs import runs_of
from orchestration.working_folder import remove_whole
from orchestration.workspace import Workspace

WAYS = (".training", ".night", "")
"""A run folder has a lock for each way through it."""


def old_runs(workspace: Workspace, study: str, keep: Retention) -> list[tuple[Path, datetime]]:
    """Those of `runs_of` that the settings keep no longer.

    That from which the served release was made stays; that which the next delivery of changed patients changes, with
    those that followed it and were rejected or withdrawn: without them their files would be applied again; and that of
    the champion's training: the monthly evaluation reads its records. All stay where nobody knows which run the next
    delivery changes, because a note of deliveries is damaged: `status` and the next run say so.
    """
    from orchestration.models.served_evaluation import training_run  # it loads torch

    try:
        base = base_of(study, workspace)
    except DeltaDamagedError:  # it must not undo what was published
        return []
    head, champion = heads.head(workspace.store_url, study), ModelJournal(workspace.models).champion(study)
    needed = {head.manifest.get("fingerprint")} if head else set()
    needed |= {*base.in_vain, *([base.run.path.name] if base.run else [])}
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
