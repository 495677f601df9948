"""The folder that copies of the sources arrive in; what killed runs left of theirs is removed by the next run."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock

from orchestration.working_folder import locked_folder, remove_left
from orchestration.workspace import OWNER_ONLY, Workspace

ARRIVING = ".arriving-"


@contextmanager
def arriving_folder(workspace: Workspace) -> Iterator[Path]:
    """An empty folder among the runs, removed at the end unless it was renamed."""
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    with ExitStack() as held:
        # so that no other run finds the folder before it is locked
        with FileLock(workspace.locks / "arriving.lock"):
            remove_left(workspace.runs, ARRIVING)
            place = held.enter_context(locked_folder(workspace.runs, ARRIVING))
        yield place
