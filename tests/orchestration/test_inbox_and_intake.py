"""Which file is read, and that the bytes that were hashed are the bytes that are used."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.errors import DataError
from orchestration.runs import copy_sources
from orchestration.runs.inbox import deliveries, finished, table_named
from orchestration.runs.run_folder import sha256_of
from orchestration.stages import ingest
from orchestration.study.load import LoadedStudy, plain_path
from orchestration.workspace import Workspace


def deliver(workspace: Workspace, name: str, text: str, minutes_ago: float = 10) -> Path:
    path = workspace.inbox("asthma") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    when = workspace.now().timestamp() - 60 * minutes_ago
    os.utime(path, (when, when))
    return path


@pytest.mark.parametrize("name", ["visits.csv", "visits_2027-03-01.csv", "visits.2.parquet", "visits"])
def test_a_file_is_named_after_its_table(name: str) -> None:
    assert table_named(name, ["visits"]) == "visits"
    assert table_named(name, ["visit"]) is None


def test_the_newest_finished_file_wins(workspace: Workspace) -> None:
    deliver(workspace, "visits_1.csv", "old", minutes_ago=30)
    new = deliver(workspace, "visits_2.csv", "new", minutes_ago=5)
    assert deliveries(workspace.inbox("asthma"), ["visits"], workspace.now()) == {"visits": new}


@pytest.mark.parametrize("name", ["visits.csv.part", ".visits.csv", "visits.csv.tmp", "~visits.csv"])
def test_a_file_under_way_is_left_alone(workspace: Workspace, name: str) -> None:
    deliver(workspace, name, "half")
    assert finished(workspace.inbox("asthma"), workspace.now()) == []


def test_a_file_that_just_changed_is_left_alone(workspace: Workspace) -> None:
    deliver(workspace, "visits.csv", "half", minutes_ago=0.01)
    assert finished(workspace.inbox("asthma"), workspace.now()) == []


@pytest.mark.fault("O11")
def test_a_clock_that_jumped_back_hides_no_delivery(workspace: Workspace) -> None:
    path = deliver(workspace, "visits.csv", "whole", minutes_ago=-1440)
    assert finished(workspace.inbox("asthma"), workspace.now()) == [path]


def test_links_and_pipes_are_no_deliveries(workspace: Workspace, tmp_path: Path) -> None:
    inbox = workspace.inbox("asthma")
    inbox.mkdir(parents=True)
    (inbox / "visits.csv").symlink_to("/etc/hostname")
    os.mkfifo(inbox / "visits_2.csv")
    assert finished(inbox, workspace.now()) == []


def test_a_delivery_is_read_instead_of_the_studys_own_file(study: LoadedStudy, workspace: Workspace) -> None:
    path = deliver(workspace, "visits.csv", "patient\n")
    assert ingest.source_files(study, workspace) == {"visits": path}


def test_the_same_files_give_the_same_folder_and_others_another(
    study: LoadedStudy, workspace: Workspace
) -> None:
    first = ingest.ingest(study, workspace)
    assert ingest.ingest(study, workspace) == first
    deliver(workspace, "visits.csv", "patient\n")
    assert ingest.ingest(study, workspace) != first
    assert [path for path in workspace.runs.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_copy_is_taken_again(study: LoadedStudy, workspace: Workspace) -> None:
    folder = ingest.ingest(study, workspace)
    folder.sources()["visits"].write_text("damaged")
    assert (
        ingest.ingest(study, workspace).sources()["visits"].read_bytes()
        == study.sources["visits"].read_bytes()
    )


@pytest.mark.fault("O09", "I6")
def test_a_missing_source_is_the_deliverers_to_mend(study: LoadedStudy, workspace: Workspace) -> None:
    study.sources["visits"].unlink()
    with pytest.raises(DataError, match="E_SOURCE_MISSING"):
        ingest.ingest(study, workspace)


@pytest.mark.fault("O09", "I6")
def test_a_pipe_that_never_delivers_is_refused_at_once(study: LoadedStudy, workspace: Workspace) -> None:
    study.sources["visits"].unlink()
    os.mkfifo(study.sources["visits"])
    with pytest.raises(DataError, match="E_SOURCE_MISSING"):
        ingest.ingest(study, workspace)


@pytest.mark.fault("O08")
def test_a_file_replaced_while_it_is_read_gives_one_whole_version(
    study: LoadedStudy, workspace: Workspace
) -> None:
    source, stop = study.sources["visits"], threading.Event()
    versions = [source.read_bytes(), source.read_bytes()[:-40] + b"\n"]

    def replace() -> None:
        turn = 0
        while not stop.wait(0.002):
            other = source.with_name("next")
            other.write_bytes(versions[turn % 2])
            other.replace(source)
            turn += 1

    writer = threading.Thread(target=replace)
    writer.start()
    try:
        for _ in range(20):
            try:
                folder = ingest.ingest(study, workspace)
            except DataError as error:
                assert "E_UNSTABLE_FILE" in str(error)  # noqa: PT017 - refusing is as right as one version
            else:
                copy = folder.sources()["visits"]
                assert copy.read_bytes() in versions
                assert sha256_of(copy) == folder.facts()["data_sha256"]["visits"]
    finally:
        stop.set()
        writer.join()


def test_a_file_that_never_settles_is_refused(study: LoadedStudy, workspace: Workspace, monkeypatch) -> None:
    turn = iter(range(100))
    monkeypatch.setattr(copy_sources, "_state", lambda table, path: next(turn))
    with pytest.raises(DataError, match="E_UNSTABLE_FILE"):
        ingest.ingest(study, workspace)


def deliver_parts(workspace: Workspace, name: str, minutes_ago: float = 10) -> Path:
    parts = [deliver(workspace, f"{name}/part-{i}.csv", f"patient\n{i}\n", minutes_ago) for i in range(2)]
    when = workspace.now().timestamp() - 60 * minutes_ago
    os.utime(parts[0].parent, (when, when))
    return parts[0].parent


def test_a_folder_of_parts_is_a_delivery_once_all_of_it_is_still(workspace: Workspace) -> None:
    folder = deliver_parts(workspace, "visits_2027-03")
    assert deliveries(workspace.inbox("asthma"), ["visits"], workspace.now()) == {"visits": folder}
    deliver(workspace, "visits_2027-03/part-2.csv.tmp", "half")
    assert finished(workspace.inbox("asthma"), workspace.now()) == []


def test_the_run_has_its_own_copy_of_every_part_and_is_named_by_them(
    study: LoadedStudy, workspace: Workspace
) -> None:
    folder = deliver_parts(workspace, "visits")
    run = ingest.ingest(study, workspace)
    [copy] = run.sources().values()
    assert sha256_of(copy) == sha256_of(folder) == run.facts()["data_sha256"]["visits"]
    (folder / "part-1.csv").write_text("patient\n7\n")
    assert ingest.ingest(study, replace(workspace, given={"visits": folder})) != run


def test_a_source_behind_a_link_is_refused(study: LoadedStudy, workspace: Workspace, tmp_path: Path) -> None:
    source = study.sources["visits"]
    source.rename(tmp_path / "elsewhere.csv")
    source.symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(DataError, match="E_PATH_REFUSED"):
        ingest.ingest(study, workspace)


def test_a_link_among_the_parts_is_refused(study: LoadedStudy, workspace: Workspace) -> None:
    folder = deliver_parts(workspace, "visits")
    (folder / "part-2.csv").symlink_to("/etc/hostname")
    with pytest.raises(DataError, match="E_PATH_REFUSED"):
        ingest.ingest(study, replace(workspace, given={"visits": folder}))


def test_a_path_that_leads_upwards_is_written_out_in_full(tmp_path: Path) -> None:
    assert plain_path(tmp_path / "inner" / ".." / "visits.csv") == tmp_path / "visits.csv"
