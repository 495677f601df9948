"""The last run of each kind: when it started and ended, and how. Names, codes and durations only.

A kind is what a run is for: the night, training, evaluation or recalibration. A run that was killed leaves a start
without an end; what is known of the run before stays.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, Self, get_args

Kind = Literal["night", "training", "evaluation", "recalibration"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LATE_AFTER_HOURS = 36.0
"""A night is expected every 24 hours; without one for half as long again it is late."""


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

    @property
    def is_open(self) -> bool:
        """Whether the run that started last has not ended: it runs, or was ended from outside."""
        return bool(self.started) and self.ended_run != self.run


def reports_of(home: Path, study: str) -> Path:
    """The folder of a study's reports and notes."""
    return home / "reports" / study


def last_run_path(reports: Path, kind: Kind) -> Path:
    """The file of the last run of a kind, in the study's reports."""
    return reports / f"last_run_{kind}.json"


def last_runs(reports: Path) -> dict[Kind, LastRun]:
    """Kind -> its last run, of those that there were."""
    found = {kind: LastRun.read(last_run_path(reports, kind)) for kind in KINDS}
    return {kind: run for kind, run in found.items() if run.started}


def last_night_path(reports: Path) -> Path:
    """The file that says when the last night ended well, in the study's reports."""
    return reports / "last_night.json"


def last_good_night(reports: Path, release_id: str) -> datetime | None:
    """When the last run ended that left this release served; None where that is not known."""
    try:
        found = json.loads(last_night_path(reports).read_text(encoding="utf-8"))
        return datetime.fromisoformat(found["at"]) if found["release_id"] == release_id else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
