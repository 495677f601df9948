"""A small real study: the example of docs/, with a budget that is spent in seconds."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from orchestration.runs.run_folder import RunFolder
from orchestration.runs.run_outcome import RunOutcome
from orchestration.study.load import LoadedStudy, load
from orchestration.workspace import Workspace, open_workspace

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2027, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


def small_study(folder: Path) -> LoadedStudy:
    """The example study in a folder of its own, with one quick learner."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (*EXAMPLE.glob("*.csv"), *EXAMPLE.glob("*.yaml")):
        shutil.copy(path, folder / path.name)
    file = folder / "asthma_study.yaml"
    tree = yaml.safe_load(file.read_text())
    tree["learners"] = [{"name": "bayesian_head", "steps": 10}]
    tree["baselines"] = ["last_value", "patient_mean"]
    tree["budget"] |= {"steps": 10, "evaluate_every": 5, "processes": 1}
    file.write_text(yaml.safe_dump(tree))
    return load(file)


class Heard:
    """A listener that remembers which stages were done and which were found done."""

    def __init__(self) -> None:
        self.reused: dict[str, bool] = {}
        self.steps: list[str] = []

    def stage_started(self, stage: str) -> None:
        self.reused.pop(stage, None)

    def stage_ended(self, stage: str, *, reused: bool, seconds: float) -> None:
        self.reused[stage] = reused

    def progress(self, label: str, done: int, total: int, numbers: Mapping[str, float]) -> None:
        self.steps.append(label)


def workspace_at(home: Path, study: LoadedStudy, listener: Heard | None = None, **given: Path) -> Workspace:
    """A workspace whose clock stands still."""
    return replace(open_workspace(home, studies=[study], listener=listener, given=given), now=Clock())


@dataclass(frozen=True)
class Finished:
    """A run that ended well."""

    study: LoadedStudy
    home: Path
    outcome: RunOutcome
    heard: Heard

    def workspace(self, listener: Heard | None = None, **given: Path) -> Workspace:
        return workspace_at(self.home, self.study, listener, **given)

    def copied(self, home: Path) -> "Finished":
        """The same run in a home of its own, to be changed freely."""
        shutil.copytree(self.home, home)
        return replace(self, home=home)

    @property
    def folder(self) -> RunFolder:
        """The run's folder in this home."""
        return RunFolder(self.home / "runs" / self.outcome.folder.path.name)

    @property
    def release_id(self) -> str:
        assert self.outcome.published is not None
        return self.outcome.published.release_id


def spoilt(study: LoadedStudy, folder: Path, name: str = "visits.csv") -> Path:
    """The study's table without the column that says who the patient is."""
    rows = study.sources["visits"].read_text().splitlines()
    path = folder / name
    path.write_text("\n".join(row.partition(",")[2] for row in rows) + "\n")
    return path
