"""Which run folders there are of a study."""

from datetime import UTC, datetime
from pathlib import Path

from orchestration.runs.run_folder import RunFolder
from orchestration.workspace import Workspace


def studies_of_runs(workspace: Workspace) -> set[str]:
    """The studies that have a run folder."""
    if not workspace.runs.is_dir():
        return set()
    return {
        study for path in workspace.runs.glob("[!.]*") if (study := _study_of(RunFolder(path))) is not None
    }


def folders_of(workspace: Workspace, study: str) -> list[RunFolder]:
    """The study's run folders, in no order."""
    if not workspace.runs.is_dir():
        return []
    found = map(RunFolder, workspace.runs.glob("[!.]*"))
    return [folder for folder in found if _study_of(folder) == study]


def runs_of(workspace: Workspace, study: str) -> list[tuple[Path, datetime]]:
    """The study's run folders with the time of their last change, the oldest first."""
    changed = {folder.path: folder.path.stat().st_mtime_ns for folder in folders_of(workspace, study)}
    return [
        (path, datetime.fromtimestamp(at / 1e9, UTC))
        for path, at in sorted(changed.items(), key=lambda e: e[1])
    ]


def _study_of(folder: RunFolder) -> str | None:
    try:
        return str(folder.facts()["study"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
