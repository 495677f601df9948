"""A run that is told to end, ends soon, leaves nothing half-done, and goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.orchestration.small_study import Finished, small_study

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")


def start(study: Path, home: Path) -> subprocess.Popen[str]:
    words = [*COMMAND, "run", "--study", str(study), "--home", str(home), "--json"]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
        start_new_session=True,
    )


def wait_for(home: Path, stage: str, run: subprocess.Popen[str]) -> None:
    """Until the stage before training is done, so that the signal comes while worker processes are at it."""
    for _ in range(1200):
        if list(home.glob(f"runs/*/done/{stage}.json")):
            return
        assert run.poll() is None
        time.sleep(0.1)
    pytest.fail(f"{stage} did not end")


@pytest.mark.fault("P03", "I1", "I3", "I4", "I6")
@pytest.mark.nightly
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_ended_run_leaves_no_release_and_the_next_one_gives_the_same(
    finished: Finished, tmp_path: Path, number: signal.Signals
) -> None:
    study, home = small_study(tmp_path / "study"), tmp_path / "home"
    run = start(study.path, home)
    wait_for(home, "episodes", run)
    time.sleep(2)
    told = time.monotonic()
    # A killed machine takes the workers along; a terminated command has to end its own.
    os.killpg(run.pid, number) if number == signal.SIGKILL else run.send_signal(number)
    out, err = run.communicate(timeout=60)
    if number == signal.SIGTERM:
        assert run.returncode == 130, err
        assert time.monotonic() - told < 10
        assert json.loads(out)["error"]["family"] == "interrupted"
        assert "Traceback" not in err
    assert not (home / "published.sqlite").exists()

    again = start(study.path, home)
    out, err = again.communicate(timeout=600)
    assert again.returncode == 0, err
    assert json.loads(out)["release_id"] == finished.release_id
    assert [path for path in (home / "runs").iterdir() if path.name.startswith(".")] == []


BEFORE_ANY_STAGE = """
import os, signal, sys
from orchestration.command import main
number = int(sys.argv.pop())
# as in a terminal, whatever started the tests
signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
def signalled(home):
    os.kill(os.getpid(), number)
from orchestration.command import served
served.require_home = signalled
main()
"""


@pytest.mark.fault("P03", "I6")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_before_any_stage_is_told_too(tmp_path: Path, number: signal.Signals) -> None:
    words = ["status", "--home", str(tmp_path), str(int(number))]
    done = subprocess.run(
        [sys.executable, "-c", BEFORE_ANY_STAGE, *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.strip().startswith("meta-med: E_INTERRUPTED: Interrupted.")
    assert "Traceback" not in done.stderr
