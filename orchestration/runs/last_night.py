"""When a study's last run ended well, also where it had nothing to publish; for `status`, which tells what is late."""

import json
from datetime import datetime

from orchestration.runs.run_folder import write_json
from orchestration.workspace import Workspace

LAST_NIGHT = "last_night.json"


def note_night(workspace: Workspace, study: str, release_id: str) -> None:
    """Note that a run has ended now, after which this release is served."""
    at = workspace.now().isoformat(timespec="seconds")
    write_json(workspace.reports(study) / LAST_NIGHT, {"at": at, "release_id": release_id})


def last_night(workspace: Workspace, study: str, release_id: str) -> datetime | None:
    """When the last run ended that left this release served; None where that is not known."""
    try:
        found = json.loads((workspace.reports(study) / LAST_NIGHT).read_text(encoding="utf-8"))
        return datetime.fromisoformat(found["at"]) if found["release_id"] == release_id else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
