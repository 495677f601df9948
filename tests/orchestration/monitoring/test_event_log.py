"""Logs for a collector: one JSON object a line, with names, counts and hashes."""

import json
import logging
from pathlib import Path

import pandas as pd
import pytest

from orchestration.command.app import app, exit_code_of
from orchestration.monitoring.event_log import FORMAT_VARIABLE, LogFormatter
from tests.orchestration.small_study import Finished, spoilt


@pytest.fixture(autouse=True)
def _own_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORMAT_VARIABLE, "text")  # so that what a command sets is undone


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, list[dict[str, object]]]:
    """Exit code, stdout, and the events on stderr."""
    code = exit_code_of(lambda: app([str(word) for word in words]), as_json=False)
    shown = capsys.readouterr()
    return code, shown.out, [json.loads(line) for line in shown.err.splitlines()]


def test_a_run_is_a_line_for_every_stage_and_one_for_the_whole(
    finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = finished.copied(tmp_path / "home")
    code, out, events = run(
        capsys, "run", "--study", copied.study.path, "--home", copied.home, "--log-format", "json"
    )
    assert code == 0
    assert "is now served" in out or "nothing" in out.lower() or copied.release_id in out
    ended = [event["stage"] for event in events if event["event"] == "stage_ended"]
    assert ended == ["ingest", "validate", "adapt", "predict", "publish"]
    assert events[-1]["event"] == "run_ended"
    assert events[-1]["release"] == copied.release_id
    assert events[-1]["fingerprint"] == copied.folder.fingerprint
    patients = pd.read_csv(copied.study.sources["visits"], dtype=str)["patient"].unique()
    assert [patient for patient in patients if patient in json.dumps(events)] == []


def test_a_failure_is_an_event_with_its_code(
    finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copied = finished.copied(tmp_path / "home")
    given = f"visits={spoilt(copied.study, tmp_path)}"
    code, _, events = run(
        capsys,
        "run",
        "--study",
        copied.study.path,
        "--home",
        copied.home,
        "--source",
        given,
        "--log-format",
        "json",
    )
    assert code == 4
    assert events[-1]["event"] == "failed"
    assert (events[-1]["family"], events[-1]["exit_code"]) == ("data", 4)


def test_messages_of_the_program_are_json_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORMAT_VARIABLE, "json")
    record = logging.LogRecord(
        "meta_med", logging.WARNING, "", 0, "%d rows", (3,), (ValueError, ValueError("x77"), None)
    )
    line = LogFormatter().format(record)
    assert json.loads(line)["message"] == "3 rows"
    assert "x77" not in line
