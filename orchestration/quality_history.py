"""What earlier deliveries of a study were like, in counts: kept so that a report can compare with them.

Unlike run folders the history is never forgotten with them, and unlike releases it knows rejected deliveries.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from data_contracts.report.batch import Batch

HISTORY = "history.json"
KEEP = 60


def history(workspace: Workspace, study: str) -> list["Batch"]:
    """The deliveries so far, oldest first. A history that cannot be read is as none: only a comparison is lost."""
    from data_contracts.report.batch import Batch

    try:
        kept = json.loads(_path(workspace, study).read_text(encoding="utf-8"))
        return [Batch.from_json(content) for content in kept["deliveries"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def remember(workspace: Workspace, study: str, batch: "Batch") -> None:
    """Keep what is counted of a delivery; one that is judged again takes its old place."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with FileLock(workspace.locks / f"history-{study}.lock"):
        kept = history(workspace, study)
        places = [i for i, known in enumerate(kept) if known.delivery == batch.delivery]
        kept[places[0] if places else len(kept) :] = [batch, *(kept[places[0] + 1 :] if places else [])]
        _write(_path(workspace, study), kept[-KEEP:])


def _path(workspace: Workspace, study: str) -> Path:
    return workspace.reports(study) / HISTORY


def _write(path: Path, batches: list["Batch"]) -> None:
    path.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps({"deliveries": [b.to_json() for b in batches]}), encoding="utf-8")
    partial.replace(path)
