"""What a killed run left of its copies is removed by the next one; what a run is working in is not."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.runs.arriving import ARRIVING, arriving_folder
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace

KILLED = """
import os, sys
from pathlib import Path
from orchestration.runs.arriving import arriving_folder
from orchestration.workspace import open_workspace
with arriving_folder(open_workspace(Path(sys.argv[1]))) as place:
    (place / "sources").mkdir()
    (place / "sources" / "visits.csv").write_text("half of i")
    os.kill(os.getpid(), 9)
"""


def arriving_in(workspace: Workspace) -> list[Path]:
    return list(workspace.runs.glob(f"{ARRIVING}*"))


@pytest.mark.fault("P12", "I4")
def test_what_a_killed_run_left_is_removed_at_the_next_start(
    workspace: Workspace, study: LoadedStudy
) -> None:
    from orchestration.stages.ingest import ingest

    workspace.runs.mkdir()
    done = subprocess.run([sys.executable, "-c", KILLED, str(workspace.home)], check=False)
    assert done.returncode == -9
    assert len(arriving_in(workspace)) == 1
    folder = ingest(study, workspace)
    assert arriving_in(workspace) == []
    assert folder.sources()["visits"].is_file()


def test_the_copies_of_a_run_that_is_at_work_stay(workspace: Workspace) -> None:
    workspace.runs.mkdir()
    with arriving_folder(workspace) as first:
        with arriving_folder(workspace) as second:
            assert first.is_dir()
            assert second.is_dir()
        assert arriving_in(workspace) == [first]
        descriptor = os.open(first, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            raise AssertionError("the folder is not locked")
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)
    assert arriving_in(workspace) == []
