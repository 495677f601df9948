"""What each stage does, as a function of the run folder; Dagster's assets and the command call only these.

Ending soon when asked to: worker processes first, or their parent would wait for them to finish.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pandas as pd
from filelock import FileLock

from orchestration.boundary import expected_errors
from orchestration.errors import StudyError
from orchestration.quality import report
from orchestration.runs import validated
from orchestration.runs.run_folder import RunFolder, up_to
from orchestration.stages import validate
from orchestration.study.load import LoadedStudy
from orchestration.workspace import OWNER_ONLY, Workspace

if TYPE_CHECKING:
    from meta_med.stages import StageSummary

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def workers_end_first() -> Iterator[None]:
    """On SIGINT or SIGTERM, end the worker processes and then do what would have been done without us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def end(number: int, frame: FrameType | None) -> None:
        for worker in multiprocessing.active_children():
            worker.terminate()
        handler = before[signal.Signals(number)]
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
        for number, handler in before.items():
            signal.signal(number, handler)


Summary = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """What a stage works on: one study's run folder in one workspace."""

    study: LoadedStudy
    workspace: Workspace
    folder: RunFolder


@dataclass(frozen=True)
class StageOutcome:
    """What a stage leaves to tell: counts and small tables of aggregates."""

    counts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    reused: bool


def run_stage(stage: str, step: Step) -> StageOutcome:
    """Do a stage, or find it done.

    One process at a time works in a run folder; another one waits, and then finds the stage done.
    """
    workspace, folder = step.workspace, step.folder
    workspace.locks.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    workspace.listener.stage_started(stage)
    started = time.monotonic()
    lock = FileLock(workspace.locks / f"{folder.fingerprint}.lock")
    with expected_errors(folder.path), lock, workers_end_first():
        marker = folder.marker(stage)
        reused = marker is not None
        if marker is None:
            _require_done_before(stage, step)
            marker = folder.complete(stage, lambda: WORK[stage](step))
    workspace.listener.stage_ended(stage, reused=reused, seconds=time.monotonic() - started)
    summary = marker["summary"]
    tables = {name: pd.DataFrame(columns) for name, columns in summary["tables"].items()}
    return StageOutcome(summary["counts"], tables, reused)


def _require_done_before(stage: str, step: Step) -> None:
    """Raise `StudyError` where this stage would read what an earlier one has not left, or no longer as it left it."""
    for earlier in up_to(stage)[:-1]:
        if step.folder.marker(earlier) is None:
            raise StudyError(
                f'Stage "{earlier}" of study "{step.study.name}" is not done, or its files were changed since: '
                f"materialize it again before {stage}, or run the whole study."
            )


def _plain(summary: "StageSummary") -> Summary:
    return {
        "counts": dict(summary.counts),
        "tables": {name: _columns(table) for name, table in summary.tables.items()},
    }


def _columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    return {str(name): table[name].tolist() for name in table.columns}


def _ingest(step: Step) -> Summary:
    facts = step.folder.facts()
    sizes = {name: _size(path) for name, path in step.folder.sources().items()}
    table = {"table": list(sizes), "file": list(facts["files"].values()), "bytes": list(sizes.values())}
    return {
        "counts": {"files": len(sizes), "fingerprint": step.folder.fingerprint},
        "tables": {"sources": table, **_left_out(step.folder)},
    }


def _left_out(folder: RunFolder) -> dict[str, dict[str, list[Any]]]:
    """What conversions did not use, by reason: counts only."""
    found = [entry for account in folder.conversions().values() for entry in account["left_out"]]
    shown = ("code", "severity", "table", "column", "count")
    return {"left_out": {name: [entry[name] for entry in found] for name in shown}} if found else {}


def _size(path: Path) -> int:
    """Bytes of a file, or of all parts in a folder."""
    return sum(part.stat().st_size for part in path.iterdir()) if path.is_dir() else path.stat().st_size


def _validate(step: Step) -> Summary:
    counts = validate.validate(step.study, step.workspace, step.folder)
    found = validated.findings(step.folder)
    shown = [name for name in ("code", "severity", "rule", "column", "count", "share") if name in found]
    counts["rejected_because"] = " ".join(counts["rejected_because"])
    return {"counts": counts, "tables": {"findings": _columns(found[shown])}}


def _cohorts(step: Step) -> Summary:
    from meta_med import stages

    assembled = _plain(
        stages.assemble(
            step.folder.path,
            step.study.spec,
            validated.valid_tables(step.folder),
            validated.linked_subjects(step.folder),
        )
    )
    report.with_records(step.study, step.workspace, step.folder)
    grouped = _plain(stages.cohorts(step.folder.path, step.study.spec))
    return {key: {**assembled[key], **grouped[key]} for key in ("counts", "tables")}


def _meta_train(step: Step) -> Summary:
    from meta_med import stages

    return _plain(
        stages.meta_train(step.folder.path, step.study.spec, progress=step.workspace.listener.progress)
    )


def _adapt(step: Step) -> Summary:
    from meta_med import stages

    withheld = validated.withheld_subjects(step.folder)
    return _plain(stages.adapt(step.folder.path, step.study.spec, withheld))


def _science(stage: str) -> Callable[[Step], Summary]:
    """A stage that needs nothing but the run folder and the study."""

    def work(step: Step) -> Summary:
        from meta_med import stages

        return _plain(getattr(stages, stage)(step.folder.path, step.study.spec))

    return work


WORK: dict[str, Callable[[Step], Summary]] = {
    "ingest": _ingest,
    "validate": _validate,
    "cohorts": _cohorts,
    "episodes": _science("episodes"),
    "meta_train": _meta_train,
    "calibrate": _science("calibrate"),
    "evaluate": _science("evaluate"),
    "adapt": _adapt,
    "predict": _science("predict"),
}
