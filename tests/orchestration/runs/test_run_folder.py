"""A stage that is done is not done again; one that was killed, or whose files were damaged, is."""

from pathlib import Path

import pytest

from orchestration.runs import run_folder
from orchestration.runs.run_folder import RunFolder, write_json


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


def write(folder: RunFolder, name: str, text: str):
    def work() -> dict[str, object]:
        (folder.path / name).write_text(text)
        return {"counts": {"n": 1}, "tables": {}}

    return work


def all_done(folder: RunFolder) -> RunFolder:
    for stage in ("ingest", "validate", "cohorts"):
        folder.complete(stage, write(folder, f"{stage}.txt", stage))
    return folder


def test_a_completed_stage_is_found_done_with_its_summary(folder: RunFolder) -> None:
    all_done(folder)
    marker = folder.marker("validate")
    assert marker is not None
    assert marker["summary"] == {"counts": {"n": 1}, "tables": {}}
    assert list(marker["outputs"]) == ["validate.txt"]


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_stage_whose_file_was_damaged_is_not_done(folder: RunFolder, damage: str) -> None:
    all_done(folder)
    victim = folder.path / "validate.txt"
    victim.write_text("something else") if damage == "changed" else victim.unlink()
    assert folder.marker("validate") is None


def test_what_a_stage_counted_is_told_without_looking_at_its_files(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.counts("validate") == {}
    folder.complete("validate", lambda: {"counts": {"rows_in": 7}, "tables": {}})
    monkeypatch.setattr(run_folder, "sha256_of", pytest.fail)
    assert folder.counts("validate") == {"rows_in": 7}


def test_a_stage_without_marker_is_not_done_and_its_leftovers_stay_for_resuming(folder: RunFolder) -> None:
    (folder.path / "half.txt").write_text("half a checkpoint")
    seen = []
    folder.complete("ingest", lambda: seen.append((folder.path / "half.txt").exists()) or {})
    assert seen == [True]


def test_what_a_stage_left_is_removed_when_an_earlier_stage_was_done_anew(folder: RunFolder) -> None:
    all_done(folder)
    folder.complete("ingest", write(folder, "ingest.txt", "other data"))
    assert folder.marker("validate") is None
    seen = []
    folder.complete("validate", lambda: seen.append((folder.path / "validate.txt").exists()) or {})
    assert seen == [False]


def test_later_stages_still_hold_when_an_earlier_one_was_redone_with_the_same_result(
    folder: RunFolder,
) -> None:
    all_done(folder)
    (folder.path / "validate.txt").unlink()
    folder.complete("validate", write(folder, "validate.txt", "validate"))
    assert folder.marker("cohorts") is not None


@pytest.mark.parametrize("content", ["", "{", '{"stage": "ingest"}'])
def test_a_torn_marker_counts_as_not_done(folder: RunFolder, content: str) -> None:
    all_done(folder)
    (folder.path / "done" / "ingest.json").write_text(content)
    assert folder.marker("ingest") is None
    folder.complete("ingest", write(folder, "ingest.txt", "ingest"))
    assert folder.marker("ingest") is not None


def test_work_that_fails_leaves_no_marker(folder: RunFolder) -> None:
    def work() -> dict[str, object]:
        (folder.path / "half.txt").write_text("half")
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        folder.complete("ingest", work)
    assert folder.marker("ingest") is None


def test_json_is_written_by_rename(tmp_path: Path) -> None:
    write_json(tmp_path / "a" / "b.json", {"x": 1})
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]
