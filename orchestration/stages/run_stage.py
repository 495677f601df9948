"""Running a stage: once per run folder, by one process at a time, and interruptible."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any

import pandas as pd
from filelock import FileLock

from orchestration.boundary import expected_errors
from orchestration.errors import StudyError
from orchestration.models.champion import is_of_tonight
from orchestration.runs.run_folder import ADAPT, GATE, OF_THE_NIGHT, stages_up_to
from orchestration.runs.stage_run import StageRun
from orchestration.stages.memory import give_back
from orchestration.startup import limit_threads
from orchestration.workspace import OWNER_ONLY

if TYPE_CHECKING:
    from meta_med.stages import StageSummary

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def terminate_workers_first() -> Iterator[None]:
    """On SIGINT or SIGTERM, terminate the worker processes first, then call the previous handler.

    Python swallows what a handler raises while an object is being destroyed; so a signal that did not end the work is
    handled again after it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = {number: signal.getsignal(number) for number in SIGNALS}
    received: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        received.append(number)
        for worker in multiprocessing.active_children():
            worker.terminate()
        handler = previous[signal.Signals(number)]
        signal.signal(number, handler)
        if callable(handler):
            handler(number, frame)
        else:
            os.kill(os.getpid(), number)

    for number in SIGNALS:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    if received:
        signal.raise_signal(received[0])


@dataclass(frozen=True)
class StageOutcome:
    """The summary of a stage: counts and small tables of aggregates; `reused` if an earlier run had done it."""

    counts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    reused: bool


def run_stage(stage: str, step: StageRun) -> StageOutcome:
    """Run a stage unless it is done already.

    A lock allows one process at a time on each way through a run folder; another one waits, and then finds the stage
    done. What was adapted by another model than tonight's, or is to be adapted in full, is done again.

    Raises:
        StudyError: an earlier stage is not done.

    """
    workspace, folder = step.workspace, step.folder
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    workspace.listener.stage_started(stage)
    started = time.monotonic()
    lock = FileLock(workspace.locks / f"{folder.fingerprint}{_way(stage)}.lock")
    with expected_errors(folder.path), lock, terminate_workers_first():
        if stage == ADAPT and not is_of_tonight(step):
            folder.forget(stage)
        marker = folder.marker(stage)
        reused = marker is not None
        if marker is None:
            from orchestration.stages.work import WORK  # loads the learners, so only where there is work

            limit_threads()
            require_done_before(stage, step)
            marker = folder.complete(stage, lambda: _as_json(WORK[stage](step)))
            give_back()
    workspace.listener.stage_ended(stage, reused=reused, seconds=time.monotonic() - started)
    summary = marker["summary"]
    order = summary.get("columns", {})
    tables = {
        name: pd.DataFrame(content, columns=order.get(name)) for name, content in summary["tables"].items()
    }
    return StageOutcome(summary["counts"], tables, reused)


def _way(stage: str) -> str:
    """Training and a night may work in one folder at once; both need the gate's stages."""
    return "" if stage in GATE else ".night" if stage in OF_THE_NIGHT else ".training"


def require_done_before(stage: str, step: StageRun) -> None:
    """Raise `StudyError` where an earlier stage is not done or its files were changed."""
    for earlier in stages_up_to(stage)[:-1]:
        require_done(earlier, step)


def require_done(stage: str, step: StageRun) -> None:
    """Raise `StudyError` where a stage is not done or its files were changed."""
    if step.folder.marker(stage) is None:
        raise StudyError(
            f'Stage "{stage}" of study "{step.study.name}" is not done, or its files were changed since: '
            "materialize it again first, or run the whole study."
        )


def _as_json(summary: "StageSummary") -> dict[str, Any]:
    """The summary, with the order of each table's columns, because the keys of a marker are sorted."""
    tables = {
        name: {str(column): table[column].tolist() for column in table}
        for name, table in summary.tables.items()
    }
    order = {name: [str(column) for column in table] for name, table in summary.tables.items()}
    return {"counts": dict(summary.counts), "tables": tables, "columns": order}
