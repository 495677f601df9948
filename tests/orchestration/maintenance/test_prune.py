"""What retention removes and what it never does; the journals keep what was removed."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import DagsterInstance, DefaultScheduleStatus
from filelock import FileLock

from data_contracts.quarantine_store import keep as quarantine
from data_contracts.quarantine_store.ledger import Ledger
from meta_med import run_files
from meta_med.published import reader, writer
from meta_med.published.errors import ReleaseMissing
from meta_med.published.holds import holds
from orchestration.errors import ModelError, StudyError
from orchestration.maintenance.job import maintenance_definitions
from orchestration.maintenance.prune import plan, prune
from orchestration.maintenance.retention import Retention
from orchestration.models import decide
from orchestration.models.journal import (
    CANDIDATE,
    CHAMPION,
    REFUSED,
    REMOVED,
    RETIRED,
    SCHEMA,
    SCHEMA_VERSION,
    ModelJournal,
    Signature,
)
from orchestration.models.versions import version_folder
from orchestration.runs.run_folder import write_json
from orchestration.workspace import Workspace, open_workspace
from tests.orchestration.small_study import Finished
from tests.orchestration.test_command import meta_med
from tests.published.small_release import small_release

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ALL = Retention(runs=1, models=1, releases=1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return replace(open_workspace(tmp_path / "home"), now=lambda: NOW)


def version(workspace: Workspace, name: str, *states: str, days: int = 30) -> None:
    """A model version that was given these states so many days ago; its file is 1,000 bytes."""
    folder = version_folder(workspace, "pbc", name)
    folder.mkdir(parents=True)
    (folder / "weights").write_bytes(bytes(1000))
    for state in states:
        signed = Signature("meta-med", "a test", "account", NOW - timedelta(days=days))
        ModelJournal(workspace.models).record("pbc", name, state, signed, {"score": 1})


def released(workspace: Workspace, tag: int, model: str, days: int = 30) -> str:
    release = replace(small_release(tag), manifest={"model": model, "fingerprint": f"run{tag}"})
    return writer.publish(workspace.store_url, release, NOW - timedelta(days=days)).release_id


def run_folder(workspace: Workspace, name: str, days: int) -> Path:
    folder = workspace.runs / name
    write_json(folder / run_files.FACTS, {"study": "pbc"})
    at = (NOW - timedelta(days=days)).timestamp()
    os.utime(folder, (at, at))
    return folder


def names(found: list) -> list[tuple[str, str]]:
    return [(old.kind, old.name) for old in found]


def states(workspace: Workspace) -> dict[str, str]:
    return {name: entry.state for (_, name), entry in ModelJournal(workspace.models).latest().items()}


def test_versions_that_nothing_needs_go_and_their_evidence_stays(workspace: Workspace) -> None:
    for name, given in {
        "refused0": (CANDIDATE, REFUSED),
        "retired0": (CANDIDATE, CHAMPION, RETIRED),
        "ofkept00": (CANDIDATE, CHAMPION, RETIRED),
        "champion": (CANDIDATE, CHAMPION),
        "undecide": (CANDIDATE,),
        "newest00": (CANDIDATE, REFUSED),
    }.items():
        version(workspace, name, *given)
    released(workspace, 1, "ofkept00")
    wanted = [("model version", "refused0"), ("model version", "retired0")]
    planned = plan(workspace, ALL)
    assert names(planned) == wanted
    assert [old.bytes for old in planned] == [1000, 1000]
    assert states(workspace)["refused0"] == REFUSED
    assert names(prune(workspace, ALL, "Ann", "full disk")) == wanted
    assert not version_folder(workspace, "pbc", "refused0").exists()
    assert version_folder(workspace, "pbc", "ofkept00").exists()
    assert [states(workspace)[n] for n in ("refused0", "retired0", "champion")] == [
        REMOVED,
        REMOVED,
        CHAMPION,
    ]
    *before, last = ModelJournal(workspace.models).entries("pbc", "refused0")
    assert (last.who, last.why) == ("Ann", "full disk")
    assert [dict(entry.evidence) for entry in before] == [{"score": 1}, {"score": 1}]
    assert plan(workspace, ALL) == []


def test_a_removed_version_is_listed_as_removed_and_cannot_be_promoted(workspace: Workspace, capsys) -> None:
    version(workspace, "refused0", CANDIDATE, REFUSED)
    version(workspace, "newest00", CANDIDATE, REFUSED)
    prune(workspace, ALL, "Ann", "full disk")
    found = decide.find(workspace, "refused0")
    assert (found.latest.state, found.damage) == (REMOVED, "")
    with pytest.raises(ModelError, match=r"E_MODEL_REMOVED.*by Ann"):
        decide.promote(workspace, found, "Bob", "again")
    with pytest.raises(StudyError, match="was removed"):
        decide.retire(workspace, found, "Bob", "again")
    code, out, _ = meta_med(capsys, "models", "show", "refused0", "--home", workspace.home)
    assert (code, "removed by Ann" in out) == (0, True)
    code, _, err = meta_med(capsys, "models", "diff", "refused0", "newest00", "--home", workspace.home)
    assert (code, "E_MODEL_REMOVED" in err) == (6, True)


def test_a_version_that_was_decided_today_stays(workspace: Workspace) -> None:
    version(workspace, "justnow0", CANDIDATE, CHAMPION, RETIRED, days=0)
    version(workspace, "champion", CANDIDATE, CHAMPION, days=0)
    assert plan(workspace, ALL) == []


def test_a_killed_removal_is_completed(workspace: Workspace) -> None:
    version(workspace, "refused0", CANDIDATE, REFUSED)
    version(workspace, "newest00", CANDIDATE, REFUSED)
    journal = ModelJournal(workspace.models)
    journal.remove(journal.latest()["pbc", "refused0"], Signature("Ann", "full disk", "ann", NOW))
    assert names(prune(workspace, ALL, "Ann", "again")) == [("model version", "refused0")]
    assert not version_folder(workspace, "pbc", "refused0").exists()
    assert len(journal.entries("pbc", "refused0")) == 3


def test_news_about_a_version_keeps_it(workspace: Workspace) -> None:
    version(workspace, "refused0", CANDIDATE, REFUSED)
    journal = ModelJournal(workspace.models)
    seen = journal.latest()["pbc", "refused0"]
    signed = Signature("Bob", "needed", "bob", NOW)
    journal.record("pbc", "refused0", CHAMPION, signed)
    assert not journal.remove(seen, signed)
    assert states(workspace) == {"refused0": CHAMPION}


def test_old_releases_go_but_not_the_served_one_nor_withdrawn_ones(workspace: Workspace) -> None:
    ids = [released(workspace, tag, f"model{tag}") for tag in range(5)]
    writer.rollback(workspace.store_url, "pbc", NOW, actor="steward")
    planned = plan(workspace, ALL)
    assert names(planned) == [("release", release_id) for release_id in sorted(ids[:3])]
    assert all(old.count == 13 and old.bytes > 0 for old in planned)
    prune(workspace, ALL, "Ann", "full disk")
    assert reader.head(workspace.store_url, "pbc").release_id == ids[3]
    reader.verify(workspace.store_url, ids[4])
    with pytest.raises(ReleaseMissing):
        reader.verify(workspace.store_url, ids[0])
    history = reader.history(workspace.store_url, "pbc")
    assert history[["action", "actor"]].iloc[-1].tolist() == ["prune", "Ann: full disk"]
    assert len(holds(workspace.store_url, "pbc")) == 1


def test_what_is_young_stays(workspace: Workspace) -> None:
    ids = [released(workspace, tag, "m", days=days) for tag, days in enumerate((40, 20, 1))]
    folders = [run_folder(workspace, f"r{days}", days) for days in (40, 20, 1)]
    keep = replace(ALL, days=30)
    assert names(plan(workspace, keep)) == [("release", ids[0]), ("run folder", folders[0].name)]


def test_a_run_folder_that_is_in_use_or_made_the_served_release_stays(workspace: Workspace) -> None:
    released(workspace, 1, "m")
    for days, name in enumerate(("new", "run1", "busy", "old")):
        run_folder(workspace, name, days)
    workspace.locks.mkdir(exist_ok=True)
    assert names(plan(workspace, ALL)) == [("run folder", "old"), ("run folder", "busy")]
    with FileLock(workspace.locks / "busy.night.lock"):
        assert names(prune(workspace, ALL, "Ann", "full disk")) == [("run folder", "old")]
    assert sorted(path.name for path in workspace.runs.iterdir()) == ["busy", "new", "run1"]


def test_held_rows_go_by_age_alone_and_only_where_that_is_asked_for(
    finished: Finished, tmp_path: Path
) -> None:
    ran = finished.copied(tmp_path / "home")
    later = replace(ran.workspace(), now=lambda: NOW + timedelta(days=400))
    assert "held rows" not in {old.kind for old in plan(later, Retention())}
    ledger = Ledger(later.quarantine)
    assert quarantine.studies(ledger) == ("asthma",)
    assert quarantine.purgeable(ledger, "asthma", later.now().date()) == 0  # the newest delivery stays
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO batch (study, name, at, verdict, contract, contract_version, contract_sha256, rows_in,"
            " rows_accepted, decisions_upto) SELECT study, 'newer', '2027-04-01', verdict, contract, contract_version,"
            " contract_sha256, rows_in, rows_accepted, decisions_upto FROM batch"
        )
    keep = Retention(quarantine_days=30)
    (old,) = plan(later, keep)
    assert (old.kind, old.count) == ("held rows", 1)
    assert names(prune(later, keep, "Ann", "30 days")) == [("held rows", old.name)]
    assert plan(later, keep) == []


def test_the_command_tells_sizes_and_removes(workspace: Workspace, capsys) -> None:
    ids = [released(workspace, tag, "m") for tag in range(3)]
    own = ("--home", workspace.home, "--releases", "2")
    code, out, _ = meta_med(capsys, "prune", "--dry-run", *own)
    assert (code, f"pbc: release {ids[0]}" in out, "1 would be removed, about" in out) == (0, True, True)
    reader.verify(workspace.store_url, ids[0])
    assert "1 removed" in meta_med(capsys, "prune", *own)[1]
    assert "Nothing to remove." in meta_med(capsys, "prune", *own)[1]


def test_settings_that_are_no_numbers_are_all_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("META_MED_KEEP_RUNS", "0")
    monkeypatch.setenv("META_MED_KEEP_DAYS", "a week")
    monkeypatch.setenv("META_MED_KEEP_MODELS", "3")
    with pytest.raises(StudyError, match=r"META_MED_KEEP_RUNS.*at least 1\.\nMETA_MED_KEEP_DAYS.*at least 0"):
        Retention.of_environment()
    monkeypatch.delenv("META_MED_KEEP_RUNS")
    monkeypatch.setenv("META_MED_KEEP_DAYS", "7")
    assert Retention.of_environment() == Retention(models=3, days=7)


def test_a_journal_of_the_version_before_is_kept_and_can_remove(workspace: Workspace) -> None:
    workspace.models.mkdir(exist_ok=True)
    with closing(sqlite3.connect(workspace.models / "journal.sqlite")) as connection:
        connection.executescript(SCHEMA.replace(", 'removed'", "") + "PRAGMA user_version = 1;")
        for state in (CANDIDATE, REFUSED):
            connection.execute(
                "INSERT INTO entry (at, study, version, state, who, account, why, evidence)"
                " VALUES ('2027-01-01T00:00:00+00:00', 'pbc', 'v', ?, 'meta-med', 'a', 'w', '{\"score\": 1}')",
                (state,),
            )
        connection.commit()
    journal = ModelJournal(workspace.models)
    assert [(entry.number, entry.state) for entry in journal.entries()] == [(1, CANDIDATE), (2, REFUSED)]
    assert journal.remove(journal.latest()["pbc", "v"], Signature("Ann", "w", "a", NOW))
    assert [(entry.number, entry.state) for entry in journal.entries()][-1] == (3, REMOVED)
    with closing(sqlite3.connect(journal.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            connection.execute("DELETE FROM entry")


def test_dagster_s_job_removes_by_the_settings_and_its_schedule_is_off(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [released(workspace, tag, "m") for tag in range(3)]
    monkeypatch.setenv("META_MED_KEEP_RELEASES", "1")
    definitions = maintenance_definitions(workspace)
    result = definitions.resolve_job_def("prune").execute_in_process(instance=DagsterInstance.ephemeral())
    assert result.success
    with pytest.raises(ReleaseMissing):
        reader.verify(workspace.store_url, ids[1])
    assert (
        reader.history(workspace.store_url, "pbc")["actor"]
        .iloc[-1]
        .startswith("meta-med: Retention: runs 5,")
    )
    schedule = definitions.resolve_schedule_def("prune")
    assert schedule.default_status == DefaultScheduleStatus.STOPPED
