"""What the pipeline wrote into its home folder is what the notes say of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meta_med.published.notes.inbox import arrivals
from meta_med.published.notes.last_runs import last_good_night, last_runs, reports_of
from meta_med.published.notes.model_states import model_states
from orchestration.errors import DataError
from orchestration.models.journal import CANDIDATE, CHAMPION, ModelJournal, Signature
from orchestration.runs.last_run import note_end, note_night, note_start
from orchestration.workspace import Workspace

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, "sqlite:///unused", now=lambda: NOW)


def test_runs_of_each_kind_are_read_with_how_they_ended(workspace: Workspace) -> None:
    note_start(workspace, "pbc", ["night", "training"], "one")
    later = replace(workspace, now=lambda: NOW + timedelta(minutes=5))
    note_end(later, "pbc", ["night"], "one", DataError("E_REJECTED: the delivery was rejected."))
    found = last_runs(reports_of(workspace.home, "pbc"))
    assert list(found) == ["night", "training"]
    assert (found["night"].code, found["night"].seconds) == ("E_REJECTED", 300.0)
    assert not found["night"].is_open
    assert found["training"].is_open


def test_a_good_night_is_told_of_the_release_that_it_left_served(workspace: Workspace) -> None:
    note_night(workspace, "pbc", "release-a")
    reports = reports_of(workspace.home, "pbc")
    assert last_good_night(reports, "release-a") == NOW
    assert last_good_night(reports, "release-b") is None


def test_model_versions_are_read_with_their_latest_state(workspace: Workspace) -> None:
    journal = ModelJournal(workspace.models)
    for hours, version in enumerate(("old", "new")):
        for state, why in ((CANDIDATE, "Trained."), (CHAMPION, "Better.")):
            by = Signature("meta-med", why, "service", NOW + timedelta(hours=hours))
            journal.record("pbc", version, state, by)
    newest, oldest = model_states(workspace.models, "pbc")
    assert (newest.version, newest.state, newest.why) == ("new", "champion", "Better.")
    assert (oldest.version, oldest.state) == ("old", "retired")
    assert datetime.fromisoformat(oldest.trained) == NOW
    assert datetime.fromisoformat(oldest.since) == NOW + timedelta(hours=1)
    assert model_states(workspace.models, "another study") == []


def test_a_home_folder_without_notes_is_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert last_runs(reports_of(home, "pbc")) == {}
    assert model_states(home / "models", "pbc") == []
    assert arrivals(home, "pbc") == []
    assert not home.exists()


def test_a_journal_that_is_damaged_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database" * 200)
    assert model_states(tmp_path, "pbc") == []


def test_the_inbox_is_counted_without_hidden_files(tmp_path: Path) -> None:
    box = tmp_path / "inbox" / "pbc"
    box.mkdir(parents=True)
    for name in ("visits.csv", ".visits.csv.tmp"):
        (box / name).write_text("1")
    assert len(arrivals(tmp_path, "pbc")) == 1
