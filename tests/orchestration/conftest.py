"""A small real study, a workspace for it, and one finished run."""

from pathlib import Path

import pytest

from orchestration.execution import run_graph
from orchestration.graph import StudyGraph, graph_of
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock, Finished, Heard, small_study, workspace_at


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


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """One run that ended well; tests only read it, or run the same again."""
    folder = tmp_path_factory.mktemp("finished")
    study, heard = small_study(folder / "study"), Heard()
    return Finished(
        study, folder / "home", run_graph(study, workspace_at(folder / "home", study, heard)), heard
    )


@pytest.fixture
def copied(finished: Finished, tmp_path: Path) -> Finished:
    """The finished run in a home of its own: what another delivery leaves there is no other test's."""
    return finished.copied(tmp_path / "copy")


@pytest.fixture
def graph(study: LoadedStudy) -> StudyGraph:
    return graph_of(study)
