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


def _study_of(folder: RunFolder) -> str | None:
    try:
        return str(folder.facts()["study"])
    except (OSError, ValueError, KeyError):
        return None
