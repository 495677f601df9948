"""A training or a night that is killed leaves the champion and the release as they were, and the next one repairs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from meta_med.published import reader
from orchestration.execution import run_graph
from orchestration.models.champion import champion_of
from orchestration.models.decide import versions
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")


def killed_after(stage: str, *words: object) -> None:
    """Run the command and kill it, with everything that it started, as soon as it says that this stage is done."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("META_MED")}
    with subprocess.Popen(
        [*COMMAND, *map(str, words)], stderr=subprocess.PIPE, text=True, env=own, start_new_session=True
    ) as run:
        assert run.stderr is not None
        for line in run.stderr:
            if line.split()[:1] == [stage]:
                os.killpg(run.pid, signal.SIGKILL)
                break
    assert run.returncode == -signal.SIGKILL


def state(study: LoadedStudy, workspace: Workspace) -> tuple[str | None, str]:
    """The champion and the served release, whose rows are those that were published."""
    head = reader.head(workspace.store_url, study.name)
    assert head is not None
    reader.verify(workspace.store_url, head.release_id)
    return champion_of(study, workspace), head.release_id


@pytest.mark.nightly
@pytest.mark.fault("P12", "I1", "I2", "I3", "I4")
@pytest.mark.parametrize(
    ("stage", "training"),
    [
        pytest.param("meta-train", ("--train",), id="training"),
        pytest.param("adapt", (), id="night"),
        pytest.param("evaluate", ("--train",), id="promotion"),
        pytest.param("predict", (), id="publication"),
    ],
)
def test_what_was_served_is_served_and_the_next_run_ends_as_if_nothing_had_been(
    finished: Finished, tmp_path: Path, stage: str, training: tuple[str, ...]
) -> None:
    study, visits = finished.study, tmp_path / "visits.csv"
    rows = finished.study.sources["visits"].read_text().splitlines()
    visits.write_text("\n".join(rows[:-1]) + "\n")
    run, undisturbed = finished.copied(tmp_path / "home"), finished.copied(tmp_path / "other")
    workspace = run.workspace(visits=visits)
    before = state(study, workspace)
    words = ("run", "--study", study.path, "--home", run.home, "--source", f"visits={visits}", *training)
    killed_after(stage, *words)
    assert state(study, workspace) == before
    assert not [version for version in versions(workspace) if version.damage]
    for one in (run, undisturbed):
        run_graph(study, one.workspace(visits=visits), train=bool(training))
    assert state(study, workspace) == state(study, undisturbed.workspace())
    assert not list(workspace.models.rglob(".draft-*"))
