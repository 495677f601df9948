"""A run that has nothing to do finds out in a second; nothing that changed passes for unchanged."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from meta_med import run_files
from orchestration.execution import run_graph
from orchestration.models.champion import champion_of
from orchestration.models.journal import RETIRED, ModelJournal, Signature
from orchestration.models.versions import version_folder
from orchestration.runs.file_states import prove_unchanged, taken
from orchestration.runs.run_outcome import RunOutcome
from orchestration.stages.ingest import source_files
from orchestration.stages.nothing_new import unchanged_outcome
from tests.orchestration.command.test_start_up import OF_A_RUN
from tests.orchestration.small_study import Finished, small_study

COMMAND = """
import sys
from orchestration.command import main
try:
    main()
finally:
    print([name for name in {heavy} if name in sys.modules], file=sys.stderr)
"""


@pytest.fixture
def served(finished: Finished, tmp_path: Path) -> Finished:
    """A copy of the finished run with sources of its own, after a night that found everything as it was."""
    copied = replace(finished.copied(tmp_path / "copy"), study=small_study(tmp_path / "study"))
    long_ago = time.time() - 3600
    for path in copied.study.sources.values():
        os.utime(path, (long_ago, long_ago))
    # the states of files that were changed a moment ago prove nothing
    time.sleep(2.1)
    run_graph(copied.study, copied.workspace())
    return copied


def found(served: Finished, **given: Path) -> RunOutcome | None:
    workspace = served.workspace(**given)
    return unchanged_outcome(served.study, workspace, source_files(served.study, workspace))


def test_a_night_without_news_is_told_with_the_release_that_is_served(served: Finished) -> None:
    outcome = found(served)
    assert outcome is not None
    assert outcome.published is not None
    assert (outcome.published.release_id, outcome.published.changed) == (served.release_id, False)
    assert outcome.folder.fingerprint == served.folder.fingerprint


@pytest.mark.nightly
def test_the_command_says_what_a_whole_run_says_and_loads_no_library_of_a_run(served: Finished) -> None:
    words = ["run", "--study", str(served.study.path), "--home", str(served.home), "--json"]
    script = COMMAND.format(heavy=OF_A_RUN)
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, *words, *more], capture_output=True, text=True, check=True
        )
        for more in ([], ["--full"])
    ]
    quick, whole = (json.loads(run.stdout) for run in runs)
    counts = ("adapted", "carried_over")  # of the night that is served, which `--full` repeats
    assert {k: v for k, v in quick.items() if k not in counts} == {
        k: v for k, v in whole.items() if k not in counts
    }
    assert runs[0].stderr.splitlines()[-1] == "[]"
    assert "adapt  as before" in runs[0].stderr
    assert "dagster" in runs[1].stderr.splitlines()[-1]


def same_size_and_date(path: Path) -> None:
    """Change one digit of a file, and put its date back."""
    before = path.stat()
    text = path.read_text()
    path.write_text(text[:-2] + ("1" if text[-2] != "1" else "2") + text[-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def change_the_source(served: Finished) -> None:
    same_size_and_date(served.study.sources["visits"])


def damage_the_run(served: Finished) -> None:
    same_size_and_date(served.folder.path / run_files.JUDGEMENT)


def damage_the_model(served: Finished) -> None:
    workspace = served.workspace()
    version = champion_of(served.study, workspace)
    path = version_folder(workspace, "asthma", str(version)) / run_files.TOO_FEW
    path.chmod(0o600)
    same_size_and_date(path)


def retire_the_model(served: Finished) -> None:
    workspace = served.workspace()
    signed = Signature("Ada", "a test", "account", workspace.now())
    ModelJournal(workspace.models).record(
        "asthma", str(champion_of(served.study, workspace)), RETIRED, signed
    )


def deliver(served: Finished) -> None:
    path = served.workspace().inbox("asthma") / "visits_2.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(served.study.sources["visits"].read_bytes())
    long_ago = time.time() - 3600
    os.utime(path, (long_ago, long_ago))


@pytest.mark.parametrize(
    "change",
    [
        change_the_source,
        deliver,
        *(
            pytest.param(c, marks=pytest.mark.nightly)
            for c in (damage_the_run, damage_the_model, retire_the_model)
        ),
    ],
)
def test_what_changed_is_left_to_a_whole_run(served: Finished, change: Callable[[Finished], None]) -> None:
    assert found(served) is not None
    change(served)
    assert found(served) is None


def test_another_study_contract_or_code_is_left_to_a_whole_run(
    served: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(replace(served, study=replace(served.study, sha256="0" * 64))) is None
    monkeypatch.setattr("orchestration.stages.nothing_new.code_version", lambda: "0" * 16)
    assert found(served) is None


def test_while_a_night_is_at_work_nothing_is_said_to_be_unchanged(served: Finished) -> None:
    with FileLock(served.home / "locks" / "asthma.run.lock"):
        assert found(served) is None
    assert found(served) is not None


def test_a_file_that_changed_a_moment_before_it_was_read_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("first")
    young = taken({"visits": path})
    assert not prove_unchanged(young, {"visits": path})
    settled = {**young, "at": path.stat().st_ctime_ns + 3_000_000_000}
    assert prove_unchanged(settled, {"visits": path})
    assert not prove_unchanged({}, {"visits": path})
