"""The pipeline page, over a real store and a home folder with the pipeline's own notes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.overview import pipeline
from meta_med.published import writer
from meta_med.published.release import Release
from orchestration.errors import DataError
from orchestration.models.journal import CANDIDATE, CHAMPION, ModelJournal, Signature
from orchestration.runs.last_run import note_end, note_start
from orchestration.workspace import Workspace
from tests.dashboard.opened_pages import opened, words
from tests.dashboard.synthetic_release import made_release

NOW = datetime.now(UTC)


def workspace_of(home: Path) -> Workspace:
    return Workspace(home, f"sqlite:///{home / 'published.sqlite'}")


def texts(test: AppTest) -> str:
    return words(test) + "\n".join(table.value.to_csv() for table in test.table).replace("\\", "")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three releases, of which the second was taken back, two model versions, and a failed recalibration."""
    workspace = workspace_of(tmp_path)
    journal = ModelJournal(workspace.models)
    for days, version in ((30, "model-one"), (2, "model-two")):
        for state in (CANDIDATE, CHAMPION):
            at = NOW - timedelta(days=days)
            journal.record("pbc", version, state, Signature("meta-med", "Better.", "service", at))
    made = made_release(4)
    frames = {**made.frames, "evaluation": made.frames["evaluation"].head(0)}
    for days, version in ((4, "model-one"), (3, "model-two"), (1, "model-two")):
        at = NOW - timedelta(days=days)
        release = Release("pbc", frames, {**made.manifest, "model": version, "rows_in": 640 + days})
        writer.publish(workspace.store_url, release, at, keep=10)
        if days == 3:
            writer.rollback(workspace.store_url, "pbc", at + timedelta(hours=2), actor="A. Weber")
            writer.lift(workspace.store_url, "pbc", at + timedelta(hours=3), actor="A. Weber: right")
    for kind, error in (("night", None), ("recalibration", DataError("E_TOO_FEW: too few."))):
        begun = replace(workspace, now=lambda: NOW - timedelta(hours=5))
        note_start(begun, "pbc", [kind], kind)
        note_end(replace(workspace, now=lambda: NOW - timedelta(hours=4)), "pbc", [kind], kind, error)
    monkeypatch.setenv("META_MED_HOME", str(tmp_path))
    return tmp_path


def test_runs_releases_models_and_what_is_held_back_are_told(home: Path) -> None:
    test = opened("overview.pipeline", workspace_of(home).store_url)
    assert not test.exception
    runs, releases, models = (table.value for table in test.table)
    assert runs["Outcome"].tolist() == ["Ended well", "Failed"]
    assert runs["Code"].tolist() == ["–", r"E\_TOO\_FEW"]
    assert runs["Duration"].tolist() == ["1 hour", "1 hour"]
    assert releases["State"].tolist() == ["Served now", "Earlier"]  # what was taken back is no longer stored
    assert models["State"].tolist() == [r"Champion\: predicts every night", "Retired"]
    told = texts(test)
    assert "Recalibration: the last run failed 4 hours ago (E_TOO_FEW)." in told
    assert "What is held back" in [header.value for header in test.subheader]


def test_a_page_of_an_earlier_release_knows_nothing_of_a_later_one(home: Path) -> None:
    url = workspace_of(home).store_url
    writer.rollback(url, "pbc", NOW, actor="A. Weber")
    test = opened("overview.pipeline", url)
    assert test.table[1].value["State"].tolist()[-1] == "Served now, restored"
    assert len(test.table[1].value) == 1


def test_without_the_home_folder_the_store_alone_is_told(store: str) -> None:
    test = opened("overview.pipeline", store)
    assert not test.exception
    assert "Runs and model versions are not known here" in words(test)
    assert "No run of this study is noted" in words(test)


def test_reasons_are_told_with_their_rows() -> None:
    findings = made_release(4).frames["findings"]
    named = pipeline.held_rows(findings.head(2))
    assert named["name"].tolist() == ["Conflicting versions of one record: 4", "Impossible values: 10"]
    table = pipeline.held_table(findings.head(2))
    assert table["Code"].tolist() == ["Q_KEY_CONFLICT", "Q_HARD_RANGE"]
