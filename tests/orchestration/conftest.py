"""A small real study: the example of docs/, with a budget that is spent in seconds."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from orchestration.study_file import LoadedStudy, load
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


@pytest.fixture
def clock() -> Clock:
    return Clock()


def small_study(folder: Path) -> LoadedStudy:
    """The example study in a folder of its own, with one quick learner."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (*EXAMPLE.glob("*.csv"), *EXAMPLE.glob("*.yaml")):
        shutil.copy(path, folder / path.name)
    file = folder / "asthma_study.yaml"
    tree = yaml.safe_load(file.read_text())
    tree["learners"] = [{"name": "bayesian_head", "steps": 10}]
    tree["baselines"] = ["last_value", "patient_mean"]
    tree["budget"] |= {"steps": 10, "evaluate_every": 5}
    file.write_text(yaml.safe_dump(tree))
    return load(file)


@pytest.fixture
def study(tmp_path: Path) -> LoadedStudy:
    return small_study(tmp_path / "study")


@pytest.fixture
def workspace(tmp_path: Path, study: LoadedStudy, clock: Clock, monkeypatch) -> Workspace:
    monkeypatch.delenv("META_MED_STORE", raising=False)
    opened = open_workspace(tmp_path / "home", studies=[study])
    return Workspace(home=opened.home, store_url=opened.store_url, now=clock, studies=opened.studies)
