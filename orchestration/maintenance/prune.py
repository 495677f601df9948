"""Removing what the settings keep no longer: releases, model versions, run folders, held rows, Dagster's history.

What is needed is never removed: the release that is served, withdrawn ones, the champion, undecided versions, every
version that a kept release names, the run folder of the served release, what a run works in, and rows with a decision.
"""

import getpass
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from data_contracts.quarantine_store import journal as quarantine_journal
from data_contracts.quarantine_store import keep as quarantine
from data_contracts.quarantine_store.ledger import Ledger
from meta_med.published import heads
from meta_med.published.administration import prune as store
from orchestration.maintenance.backup import only_maintenance
from orchestration.maintenance.dagster_history import old_history, remove_history
from orchestration.maintenance.old import Old
from orchestration.maintenance.old_runs import old_runs, remove_unless_in_use
from orchestration.maintenance.retention import Retention
from orchestration.models.journal import CANDIDATE, CHAMPION, REMOVED, Entry, ModelJournal, Signature
from orchestration.models.versions import DRAFT, version_folder
from orchestration.runs.study_runs import studies_of_runs
from orchestration.workspace import Workspace

SETTLED = timedelta(days=1)
"""A version whose state is younger may still be in use by a night that began before."""


def plan(workspace: Workspace, keep: Retention, study: str | None = None) -> list[Old]:
    """What `prune` would remove now, of one study or of all."""
    return [
        *_of_studies(workspace, keep, study),
        *old_history(workspace, _days_ago(workspace, keep.history_days), study),
    ]


def prune(workspace: Workspace, keep: Retention, who: str, why: str, study: str | None = None) -> list[Old]:
    """Remove what is kept no longer; each removal is an entry of a journal, but that of a run folder or of history.

    Args:
        workspace: the installation.
        keep: what stays.
        who, why: for the journals.
        study: only this study.

    Returns:
        What was removed; what a run has begun to use meanwhile is left.

    """
    with only_maintenance(workspace):
        found = _of_studies(workspace, keep, study)
        gone = [old for old in found if _removed(workspace, old, keep, who, why)]
        return [*gone, *remove_history(workspace, _days_ago(workspace, keep.history_days), study)]


def reason(keep: Retention) -> str:
    """The reason of a removal by the settings alone, for the journals."""
    return "Retention: " + ", ".join(f"{name} {value}" for name, value in asdict(keep).items()) + "."


def studies(workspace: Workspace) -> list[str]:
    """The studies of which there is a release, a model version, a run folder or a held row."""
    models = {name for name, _ in ModelJournal(workspace.models).latest()}
    held = quarantine.studies(Ledger(workspace.quarantine)) if workspace.quarantine.is_dir() else ()
    return sorted({*heads.studies(workspace.store_url), *models, *studies_of_runs(workspace), *held})


def _of_studies(workspace: Workspace, keep: Retention, study: str | None) -> list[Old]:
    found = [study] if study else studies(workspace)
    return [old for name in found for old in _of_study(workspace, keep, name)]


def _of_study(workspace: Workspace, keep: Retention, study: str) -> Iterator[Old]:
    releases = store.old_releases(workspace.store_url, study, keep.releases, _days_ago(workspace, keep.days))
    for release in releases:
        yield Old("release", study, release.release_id, release.staged_at, release.bytes, release.rows)
    named = store.models_named(workspace.store_url, study, without={r.release_id for r in releases})
    yield from _old_models(workspace, keep, study, named)
    yield from _old_runs(workspace, keep, study)
    yield from _held_rows(workspace, keep, study)


def _old_models(workspace: Workspace, keep: Retention, study: str, named: set[str]) -> Iterator[Old]:
    latest = ModelJournal(workspace.models).latest(study)  # in the order of their first entry
    newest = [entry.version for entry in latest.values() if entry.state != REMOVED][-keep.models :]
    for entry in latest.values():
        folder = version_folder(workspace, study, entry.version)
        left = entry.state == REMOVED and folder.is_dir()  # by a removal that was killed
        if left or (entry.version not in {*newest, *named} and _is_settled(workspace, keep, entry)):
            yield Old("model version", study, entry.version, entry.at, _bytes(folder))


def _is_settled(workspace: Workspace, keep: Retention, entry: Entry) -> bool:
    age = workspace.now() - datetime.fromisoformat(entry.at)
    return entry.state not in {CHAMPION, CANDIDATE, REMOVED} and age >= max(
        SETTLED, timedelta(days=keep.days)
    )


def _old_runs(workspace: Workspace, keep: Retention, study: str) -> Iterator[Old]:
    for folder, at in old_runs(workspace, study, keep):
        yield Old("run folder", study, folder.name, at.isoformat(timespec="seconds"), _bytes(folder))


def _held_rows(workspace: Workspace, keep: Retention, study: str) -> Iterator[Old]:
    if not keep.quarantine_days or not workspace.quarantine.is_dir():
        return
    before = (workspace.now() - timedelta(days=keep.quarantine_days)).date()
    count = quarantine.purgeable(Ledger(workspace.quarantine), study, before)
    if count:
        yield Old("held rows", study, before.isoformat(), before.isoformat(), count=count)


def _removed(workspace: Workspace, old: Old, keep: Retention, who: str, why: str) -> bool:
    signed = Signature(who, why, getpass.getuser(), workspace.now())
    match old.kind:
        case "release":
            gone = store.prune_release(
                workspace.store_url,
                old.study,
                old.name,
                workspace.now(),
                actor=f"{who}: {why}",
                keep=keep.releases,
            )
        case "model version":
            gone = _remove_model(workspace, old, signed)
        case "run folder":
            gone = remove_unless_in_use(workspace.runs / old.name, workspace)
        case "held rows":
            by = quarantine_journal.Signature(
                who=signed.who, why=signed.why, account=signed.account, at=signed.at
            )
            quarantine.purge(
                Ledger(workspace.quarantine), old.study, datetime.fromisoformat(old.name).date(), by
            )
            gone = True
    return gone


def _remove_model(workspace: Workspace, old: Old, signed: Signature) -> bool:
    """Record the removal of a version, then remove its folder: a removal that is killed is completed by the next."""
    journal, folder = ModelJournal(workspace.models), version_folder(workspace, old.study, old.name)
    entry = journal.latest(old.study)[(old.study, old.name)]
    if entry.state != REMOVED and (entry.at != old.since or not journal.remove(entry, signed)):
        return False
    with suppress(FileNotFoundError):
        draft = folder.with_name(
            f"{DRAFT}{old.name}"
        )  # which the next training removes, should this be killed
        folder.rename(draft)
        shutil.rmtree(draft)
    return True


def _days_ago(workspace: Workspace, days: int) -> datetime | None:
    """The time so many days ago; None for 0, which sets no limit."""
    return workspace.now() - timedelta(days=days) if days else None


def _bytes(folder: Path) -> int:
    return _sum(path for path in folder.rglob("*") if path.is_file())


def _sum(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        with suppress(FileNotFoundError):  # a run may remove it meanwhile
            total += path.stat().st_size
    return total
