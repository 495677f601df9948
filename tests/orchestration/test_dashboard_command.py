"""`meta-med dashboard` is the server itself: what ends the command ends the pages."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.dashboard.access.access_files import written
from tests.orchestration.small_study import Finished
from tests.orchestration.test_command import COMMAND, meta_med

WAIT_SECONDS = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as page,
    ):
        return bool(page.status == 200)
    return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_the_command_ends_the_server_too(finished: Finished, number: signal.Signals) -> None:
    port = free_port()
    words = ["dashboard", "--single-user", "--home", str(finished.home), "--port", str(port)]
    process = subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not answers(port):
            assert process.poll() is None
            assert time.monotonic() < until, "the dashboard does not answer"
            time.sleep(0.2)
        process.send_signal(number)
        process.wait(timeout=30)
        assert not answers(port)
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", port))
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.access_case("S02")
@pytest.mark.parametrize("command", ["dashboard", "up"])
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "--single-user"),
        (["--single-user", "--demo"], "say who may see them"),
        (["--access", "nowhere.yaml"], "cannot be read"),
    ],
)
def test_without_one_stated_way_of_access_nothing_starts(
    command: str, words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = meta_med(capsys, command, *words, "--home", tmp_path / "home")
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.access_case("S02")
def test_without_log_in_no_other_address_than_loopback_is_listened_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("dashboard", "--single-user", "--address", "0.0.0.0", "--home", tmp_path / "home")
    code, out, err = meta_med(capsys, *words)
    assert (code, out) == (2, "")
    assert "on loopback only" in err


@pytest.mark.access_case("S02")
def test_a_demonstration_shows_no_data_that_are_not_public(
    finished: Finished, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "execve", pytest.fail)
    code, _, err = meta_med(capsys, "dashboard", "--demo", "--home", finished.home)
    assert code == 2
    assert "E_NOT_PUBLIC" in err


def test_a_right_access_file_is_told_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "execve", pytest.fail)
    words = ["dashboard", "--check", "--home", tmp_path / "home", "--access"]
    assert meta_med(capsys, *words, written(tmp_path))[:2] == (0, "The access file is right.\n")
    (tmp_path / "proxy_secret").chmod(0o644)
    code, _, err = meta_med(capsys, *words, written(tmp_path))
    assert (code, "chmod 600" in err) == (2, True)
