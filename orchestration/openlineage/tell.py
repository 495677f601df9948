"""Telling the start and the end of a run. No failure of it fails the run: it is said once, and the run goes on."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from meta_med.published.notes.last_runs import Kind
from orchestration.errors import MetaMedError
from orchestration.openlineage.target import VARIABLE, is_url, target
from orchestration.runs.run_folder import RunFolder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

if TYPE_CHECKING:
    from openlineage.client.event_v2 import RunEvent

SECONDS = 5.0
"""How long a collector may take for an event."""
_log = logging.getLogger(__name__)


def tell_start(study: LoadedStudy, workspace: Workspace, kinds: Iterable[Kind], run: str) -> None:
    """Tell that a run starts, where that is asked for; one event for each kind of work in it."""
    with _failures_said_once():
        if (asked := target()) is None:
            return
        from openlineage.client.event_v2 import RunState

        from orchestration.openlineage.events import event_of
        from orchestration.openlineage.run_facts import RunFacts

        for kind in kinds:
            _emit(event_of(study.name, kind, run, workspace.now(), RunState.START, RunFacts()), asked)


def tell_end(
    study: LoadedStudy,
    workspace: Workspace,
    kinds: Iterable[Kind],
    run: str,
    folder_of: Callable[[], RunFolder | None],
    error: MetaMedError | None = None,
) -> None:
    """Tell that a run has ended, well or with this error, where that is asked for.

    Args:
        study: of the run.
        workspace: of the run.
        kinds: of its work that ended now.
        run: Dagster's id of it.
        folder_of: finds the folder of its delivery; None where it has ingested none. Called only where events are
            asked for.
        error: with which it ended.

    """
    with _failures_said_once():
        if (asked := target()) is None:
            return
        from orchestration.openlineage.events import end_state, event_of
        from orchestration.openlineage.run_facts import facts_of

        folder = folder_of()
        for kind in kinds:
            facts = facts_of(kind, study, workspace, folder, well=error is None)
            failure = error.code if error is not None else ""
            _emit(event_of(study.name, kind, run, workspace.now(), end_state(error), facts, failure), asked)


@contextmanager
def _failures_said_once() -> Iterator[None]:
    """Any failure of the block is logged, and only the first of its kind."""
    try:
        yield
    except ImportError:
        _say(f"{VARIABLE} is set, and the library is missing: pip install 'meta-med[openlineage]'.")
    except Exception as error:
        # its text may quote a URL with a password, or an event
        _say(f"Events could not be written to where {VARIABLE} says ({type(error).__name__}).")


@lru_cache(maxsize=8)
def _say(text: str) -> None:
    _log.warning("W_OPENLINEAGE: %s The run goes on without them; this is said once.", text)


def _emit(event: "RunEvent", asked: str) -> None:
    """Hand one event to a transport of the library, which is given no other settings of it."""
    if is_url(asked):
        _post(event, asked)
        return
    from openlineage.client.transport.file import FileConfig, FileTransport

    path = Path(asked).expanduser().absolute()
    path.touch(0o600)
    FileTransport(FileConfig(log_file_path=str(path), append=True)).emit(event)


def _post(event: "RunEvent", url: str) -> None:
    from openlineage.client.transport.http import HttpConfig, HttpTransport
    from requests import Session

    with Session() as session:
        session.trust_env = False  # no proxy of the environment
        session.max_redirects = 0  # and no other host than the one that was named
        HttpTransport(HttpConfig(url=url, session=session, timeout=SECONDS, retry={"total": 1})).emit(event)
