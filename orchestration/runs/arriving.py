"""The folder that copies of the sources arrive in; a run removes what killed ones left of theirs and of old runs."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock

from orchestration.working_folder import REMOVED, locked_folder, remove_left
from orchestration.workspace import OWNER_ONLY, Workspace

ARRIVING = ".arriving-"


@contextmanager
def arriving_folder(workspace: Workspace) -> Iterator[Path]:
    """An empty folder among the runs, removed at the end unless it was renamed."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with ExitStack() as held:
        # so that no other run finds the folder before it is locked
        with FileLock(workspace.locks / "arriving.lock"):
            for prefix in (ARRIVING, REMOVED):
                remove_left(workspace.runs, prefix)
            place = held.enter_context(locked_folder(workspace.runs, ARRIVING))
        yield place
