"""A small real study, a workspace for it, and one finished run."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from small_study import Clock, Heard, small_study, workspace_at

from orchestration.execution import RunOutcome, run_graph
from orchestration.study_file import LoadedStudy
from orchestration.workspace import Workspace


@pytest.fixture(autouse=True)
def _own_home_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("META_MED_STORE", "META_MED_HOME", "META_MED_STUDIES", "DAGSTER_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def study(tmp_path: Path) -> LoadedStudy:
    return small_study(tmp_path / "study")


@pytest.fixture
def workspace(tmp_path: Path, study: LoadedStudy) -> Workspace:
    return workspace_at(tmp_path / "home", study)


@pytest.fixture
def clock(workspace: Workspace) -> Clock:
    assert isinstance(workspace.now, Clock)
    return workspace.now


@dataclass(frozen=True)
class Finished:
    """A run that ended well."""

    study: LoadedStudy
    home: Path
    outcome: RunOutcome
    heard: Heard

    def workspace(self, listener: Heard | None = None, **given: Path) -> Workspace:
        return workspace_at(self.home, self.study, listener, **given)

    @property
    def release_id(self) -> str:
        assert self.outcome.published is not None
        return self.outcome.published.release_id


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """One run that ended well; tests only read it, or run the same again."""
    folder = tmp_path_factory.mktemp("finished")
    study, heard = small_study(folder / "study"), Heard()
    return Finished(
        study, folder / "home", run_graph(study, workspace_at(folder / "home", study, heard)), heard
    )
