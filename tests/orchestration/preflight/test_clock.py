"""What is later than the clock is told, with its time; small differences between machines are not."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from meta_med.published import writer
from orchestration.health import health_of
from orchestration.models.journal import CANDIDATE, ModelJournal, Signature
from orchestration.preflight.clock import clock_remarks
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock
from tests.published.small_release import small_release


@pytest.fixture
def written(workspace: Workspace, clock: Clock, tmp_path: Path) -> Path:
    """A release, an entry of the journal and a file, all of now."""
    writer.publish(workspace.store_url, small_release(1, study="asthma"), clock())
    workspace.models.mkdir()
    signed = Signature("meta-med", "Trained.", "account", clock())
    ModelJournal(workspace.models).record("asthma", "0" * 16, CANDIDATE, signed)
    path = tmp_path / "visits.csv"
    path.write_text("patient\n")
    os.utime(path, (clock().timestamp(), clock().timestamp()))
    return path


@pytest.mark.fault("O11", "I2")
def test_release_journal_and_file_of_the_future_are_told(
    workspace: Workspace, clock: Clock, written: Path, now
) -> None:
    assert clock_remarks(workspace, "asthma", [written]) == []
    clock.forward(minutes=-4)
    assert clock_remarks(workspace, "asthma", [written]) == []
    clock.forward(days=-1)
    told = clock_remarks(workspace, "asthma", [written])
    assert [line.partition(" is of 2027-03-01T12:00:00+00:00, in the future")[1] != "" for line in told] == [
        True
    ] * 3
    assert all(line.startswith("W_CLOCK: ") for line in told)
    now("the clock set back a day: W_CLOCK for the release, the models' journal and the delivered file")


@pytest.mark.fault("O11")
def test_a_file_of_the_future_waits_for_no_run_for_ever(
    workspace: Workspace, clock: Clock, written: Path
) -> None:
    inbox = workspace.inbox("asthma")
    inbox.mkdir(parents=True)
    delivered = inbox / "visits.csv"
    written.rename(delivered)
    future = (clock() + timedelta(days=300)).timestamp()
    os.utime(delivered, (future, future))
    state = health_of("asthma", workspace, ["visits"])
    assert [line.partition(":")[0] for line in state.late] == ["W_CLOCK"]
    assert not state.is_late
