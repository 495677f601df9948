"""Notes of when the last run of each kind started and ended, and how, which monitoring and the dashboard read."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from meta_med.published.notes.last_runs import Kind, LastRun, last_good_night, last_night_path, last_run_path
from orchestration.errors import MetaMedError
from orchestration.runs.run_folder import write_json
from orchestration.workspace import Workspace

INTERRUPTED = 130
_CODE = re.compile(r"\bE_[A-Z_]+\b")


def last_run(workspace: Workspace, study: str, kind: Kind) -> LastRun | None:
    """The last run of this kind; None where there was none."""
    found = LastRun.read(_path(workspace, study, kind))
    return found if found.started else None


def note_start(workspace: Workspace, study: str, kinds: Iterable[Kind], run: str) -> None:
    """Note that a run has started now."""
    for kind in kinds:
        before = LastRun.read(_path(workspace, study, kind))
        _write(workspace, study, kind, LastRun(**{**asdict(before), "run": run, "started": _now(workspace)}))


def note_end(
    workspace: Workspace, study: str, kinds: Iterable[Kind], run: str, error: MetaMedError | None = None
) -> list[Kind]:
    """Note that a run has ended now, well or with this error; the kinds that had not ended before."""
    noted: list[Kind] = []
    for kind in kinds:
        before = LastRun.read(_path(workspace, study, kind))
        if before.run != run or before.ended_run == run:
            continue
        now = _now(workspace)
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(before.started)).total_seconds()
        found = _CODE.search(str(error)) if error is not None else None
        ended = LastRun(
            run=run,
            started=before.started,
            ended_run=run,
            ended=now,
            seconds=seconds,
            exit_code=error.exit_code if error is not None else 0,
            code=found[0] if found else "",
        )
        _write(workspace, study, kind, ended)
        noted.append(kind)
    return noted


def _now(workspace: Workspace) -> str:
    return workspace.now().isoformat(timespec="milliseconds")


def _path(workspace: Workspace, study: str, kind: Kind) -> Path:
    return last_run_path(workspace.reports(study), kind)


def _write(workspace: Workspace, study: str, kind: Kind, found: LastRun) -> None:
    # a disk that refuses is told by the run itself
    with suppress(OSError):
        write_json(_path(workspace, study, kind), asdict(found))


def note_night(workspace: Workspace, study: str, release_id: str) -> None:
    """Note that a run has ended now, after which this release is served."""
    at = workspace.now().isoformat(timespec="seconds")
    write_json(last_night_path(workspace.reports(study)), {"at": at, "release_id": release_id})


def last_night(workspace: Workspace, study: str, release_id: str) -> datetime | None:
    """When the last run ended that left this release served; None where that is not known."""
    return last_good_night(workspace.reports(study), release_id)
