"""Room for a run is judged before it begins: by the run before it, else by the size of the sources."""

import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.errors import PublishedStoreError
from orchestration.preflight import space
from orchestration.preflight.space import require_space
from orchestration.workspace import Workspace, open_workspace
from tests.published.small_release import NOW, small_release

MB = 1_000_000


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path / "home")
    workspace.runs.mkdir()
    return workspace


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Says how many bytes and files the disks have room for."""

    def has(count: int, files: int = MB) -> None:
        real = os.statvfs("/")
        told = list(real)
        told[1], told[4], told[7] = 1, count, files  # f_frsize, f_bavail, f_favail
        monkeypatch.setattr(space.os, "statvfs", lambda _: os.statvfs_result(told))

    return has


def a_file(place: Path, count: int) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(bytes(count))
    return place


def test_a_first_run_needs_a_few_times_its_sources(empty: Workspace, tmp_path: Path, free) -> None:
    sources = {"visits": a_file(tmp_path / "visits.csv", 2 * MB)}
    free(8 * MB)
    require_space(empty, "asthma", sources)
    free(6 * MB)
    with pytest.raises(
        PublishedStoreError, match=r"E_STORAGE: .* has 6\.0 MB free; this run needs about 7\.0"
    ):
        require_space(empty, "asthma", sources)


def test_what_the_run_before_needed_counts_in_proportion(empty: Workspace, tmp_path: Path, free) -> None:
    run = empty.runs / ("a" * 16)
    a_file(run / "facts.json", 0).write_text('{"study": "asthma"}')
    a_file(run / "sources" / "visits" / "visits.csv", MB)
    a_file(run / "valid" / "visits.parquet", 7 * MB)
    twice = {"visits": a_file(tmp_path / "visits.csv", 2 * MB)}
    free(20 * MB)
    with pytest.raises(PublishedStoreError, match=r"needs about 21\.0 MB"):
        require_space(empty, "asthma", twice)
    require_space(empty, "another", twice)


def test_a_release_needs_its_share_of_the_store_twice(empty: Workspace, free) -> None:
    from meta_med.published import writer

    writer.publish(empty.store_url, small_release(1, n=500), NOW)
    stored = (empty.home / "published.sqlite").stat().st_size
    free(2 * stored + space.RUN_BYTES)
    require_space(empty, "pbc", {})
    free(2 * stored + space.RUN_BYTES - 1)
    with pytest.raises(PublishedStoreError, match="E_STORAGE"):
        require_space(empty, "pbc", {})


def test_no_room_for_files_and_a_limit_on_their_size_are_told(
    empty: Workspace, tmp_path: Path, free, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(MB * MB, files=10)
    with pytest.raises(PublishedStoreError, match="room for 10 more files"):
        require_space(empty, "asthma", {})
    free(MB * MB)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (MB, MB))
    with pytest.raises(PublishedStoreError, match=r"about 2\.0 MB.*files of 1\.0 MB \(ulimit -f\)"):
        require_space(empty, "asthma", {"visits": a_file(tmp_path / "visits.csv", 2 * MB)})


def test_a_source_that_is_not_there_is_left_to_the_copy(empty: Workspace, tmp_path: Path) -> None:
    require_space(empty, "asthma", {"visits": tmp_path / "missing.csv"})
