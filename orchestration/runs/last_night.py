"""When a study's last run ended well, also where it had nothing to publish; for `status`, which tells what is late."""

from datetime import datetime

from meta_med.published.notes.last_runs import last_good_night, last_night_path
from orchestration.runs.run_folder import write_json
from orchestration.workspace import Workspace


def note_night(workspace: Workspace, study: str, release_id: str) -> None:
    """Note that a run has ended now, after which this release is served."""
    at = workspace.now().isoformat(timespec="seconds")
    write_json(last_night_path(workspace.reports(study)), {"at": at, "release_id": release_id})


def last_night(workspace: Workspace, study: str, release_id: str) -> datetime | None:
    """When the last run ended that left this release served; None where that is not known."""
    return last_good_night(workspace.reports(study), release_id)
