"""What a run will need of disk and store, asked before anything is computed: the failure in a second, not in hours."""

import os
import tempfile
from pathlib import Path

from meta_med.published.engine import check, parse, path_of
from orchestration.doors import RUN_BYTES, require_writable
from orchestration.errors import PublishedStoreError
from orchestration.workspace import Workspace


def require_ready(workspace: Workspace, *, publishes: bool) -> None:
    """Find out that home and store can be used for a run, one that `publishes` or one that only reads the store.

    Raises:
        PublishedStoreError: with the folder or the store, and the cause.

    """
    require_writable(workspace.home, RUN_BYTES)
    for place in (workspace.runs, workspace.locks, workspace.quarantine, workspace.home / "reports"):
        require_writable(place)
    _require_temporary_folder()
    if history := os.environ.get("DAGSTER_HOME"):
        require_writable(Path(history).absolute())
    path = path_of(parse(workspace.store_url))
    if publishes and path is not None:
        require_writable(path.absolute().parent)
    check(workspace.store_url, writes=publishes)


def _require_temporary_folder() -> None:
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        raise PublishedStoreError(
            "E_STORAGE: no folder for temporary files can be written. Name one with TMPDIR, and run again."
        ) from None
