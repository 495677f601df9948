"""Whether a run may write where it must: the folders of its home, its store, Dagster's history, and temporary files."""

import os
import tempfile
from pathlib import Path

from meta_med.published.engine import parse, sqlite_path
from orchestration.errors import PublishedStoreError
from orchestration.maintenance.retention import Retention
from orchestration.maintenance.store_at_start import require_store
from orchestration.openlineage.target import target as openlineage_target
from orchestration.startup import thread_count
from orchestration.workspace import Workspace
from orchestration.writable import RUN_BYTES, require_writable

SUBFOLDERS = ("runs", "locks", "models", "quarantine", "quarantine/files", "reports")


def require_ready(workspace: Workspace, *, publishes: bool) -> None:
    """Check, before anything is computed, that home and store can be used by a run; written too if it `publishes`.

    A SQLite store of an older program is upgraded by a run that publishes, after a copy of it was made.

    Raises:
        PublishedStoreError: with the folder or the store, and the cause.
        StudyError: a setting of the environment is wrong.

    """
    thread_count()
    Retention.of_environment()
    openlineage_target()
    require_writable(workspace.home, RUN_BYTES)
    for place in (
        *(workspace.home / name for name in SUBFOLDERS),
        *(workspace.models / study for study in workspace.studies),
        *(workspace.reports(study) for study in workspace.studies),
    ):
        require_writable(place)
    _require_temporary_folder()
    if history := os.environ.get("DAGSTER_HOME"):
        require_writable(Path(history).absolute())
    path = sqlite_path(parse(workspace.store_url))
    if publishes and path is not None:
        require_writable(path.absolute().parent)
    require_store(workspace.store_url, publishes=publishes)


def _require_temporary_folder() -> None:
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        raise PublishedStoreError(
            "E_STORAGE: no folder for temporary files can be written. Name one with TMPDIR, and run again."
        ) from None
