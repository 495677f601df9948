"""What the commands that run a study begin with: the study, its files, and a workspace that can be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.command.given import given_sources
from orchestration.command.terminal import Terminal
from orchestration.preflight import require_ready
from orchestration.study_file import LoadedStudy, load
from orchestration.workspace import Workspace, open_workspace


@contextmanager
def prepared(
    terminal: Terminal,
    study: str,
    home: Path | None,
    source: list[str] | None,
    data: Path | None,
    *,
    publishes: bool,
) -> Iterator[tuple[LoadedStudy, Workspace]]:
    """The study and its workspace, listening on the terminal for as long as the block lasts.

    Disk and store are tried here, before the libraries that compute are loaded.
    """
    loaded = load(study, data)
    given = given_sources(loaded, source or [])
    with terminal.listening() as listener:
        workspace = open_workspace(home, listener=listener, given=given, studies=[loaded])
        require_ready(workspace, publishes=publishes)
        yield loaded, workspace
