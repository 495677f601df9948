"""When the last run of each kind started and ended, and how; for monitoring. Names, codes and durations only.

A kind is what a run is for: the night, training, evaluation or recalibration. A run that was killed leaves a start
without an end; what is known of the run before stays.
"""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self, get_args

from orchestration.errors import MetaMedError
from orchestration.runs.run_folder import write_json
from orchestration.workspace import Workspace

Kind = Literal["night", "training", "evaluation", "recalibration"]
KINDS: tuple[Kind, ...] = get_args(Kind)
INTERRUPTED = 130
_CODE = re.compile(r"\bE_[A-Z_]+\b")


@dataclass(frozen=True)
class LastRun:
    """The last run of a kind.

    Attributes:
        run: Dagster's id; started: when the last one did.
        ended_run: the last one that has ended, with when and after how many seconds.
        exit_code: as the command's; code: of its error, such as E_RUN_BUSY; both of the one that has ended.

    """

    run: str = ""
    started: str = ""
    ended_run: str = ""
    ended: str = ""
    seconds: float = 0.0
    exit_code: int = 0
    code: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """What the file says; nothing, where there is none or it is of another version."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return cls()


def last_run(workspace: Workspace, study: str, kind: Kind) -> LastRun | None:
    """The last run of this kind; None where there was none."""
    found = LastRun.read(_path(workspace, study, kind))
    return found if found.started else None


def note_start(workspace: Workspace, study: str, kinds: Iterable[Kind], run: str) -> None:
    """Note that a run has started now."""
    for kind in kinds:
        before = LastRun.read(_path(workspace, study, kind))
        _write(workspace, study, kind, LastRun(**{**asdict(before), "run": run, "started": _now(workspace)}))


def note_end(
    workspace: Workspace, study: str, kinds: Iterable[Kind], run: str, error: MetaMedError | None = None
) -> list[Kind]:
    """Note that a run has ended now, well or with this error; the kinds that had not ended before."""
    noted: list[Kind] = []
    for kind in kinds:
        before = LastRun.read(_path(workspace, study, kind))
        if before.run != run or before.ended_run == run:
            continue
        now = _now(workspace)
        seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(before.started)).total_seconds()
        found = _CODE.search(str(error)) if error is not None else None
        ended = LastRun(
            run=run,
            started=before.started,
            ended_run=run,
            ended=now,
            seconds=seconds,
            exit_code=error.exit_code if error is not None else 0,
            code=found[0] if found else "",
        )
        _write(workspace, study, kind, ended)
        noted.append(kind)
    return noted


def _now(workspace: Workspace) -> str:
    return workspace.now().isoformat(timespec="milliseconds")


def _path(workspace: Workspace, study: str, kind: Kind) -> Path:
    return workspace.reports(study) / f"last_run_{kind}.json"


def _write(workspace: Workspace, study: str, kind: Kind, found: LastRun) -> None:
    # a disk that refuses is told by the run itself
    with suppress(OSError):
        write_json(_path(workspace, study, kind), asdict(found))
