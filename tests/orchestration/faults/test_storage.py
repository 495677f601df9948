"""Disks and stores that refuse, are locked or are damaged."""

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from meta_med.published import reader, writer
from meta_med.published.engine import writing
from meta_med.published.errors import StoreError
from orchestration.execution import run_graph
from tests.faults import invariants
from tests.faults.invariants import half_files, kept_files, served_whole
from tests.orchestration.small_study import Finished
from tests.published.small_release import NOW, small_release


@pytest.fixture
def delivery(finished: Finished, tmp_path: Path) -> Path:
    """The visits without the last one."""
    rows = finished.study.sources["visits"].read_text().splitlines()
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(rows[:-1]) + "\n")
    return path


def failing_from(function: Callable[..., object], call: int) -> Callable[..., object]:
    """The function, which a broken disk refuses from this call on."""
    calls = []

    def refuses(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) >= call:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return function(*given, **named)

    return refuses


@pytest.mark.fault("P05", "I1", "I2", "I3", "I4", "I6")
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("replace", 2),
        *(
            pytest.param(n, c, marks=pytest.mark.nightly)
            for n in ("replace", "fsync")
            for c in (1, 3, 4, 6, 9)
        ),
    ],
)
def test_a_disk_that_breaks_in_the_middle_of_a_night(
    finished: Finished, delivery: Path, tmp_path: Path, monkeypatch, capfd, now, name: str, call: int
) -> None:
    run, undisturbed = finished.copied(tmp_path / "home"), finished.copied(tmp_path / "other")
    words = ("run", "--study", run.study.path, "--home", run.home, "--source", f"visits={delivery}")
    with monkeypatch.context() as broken:
        broken.setattr(os, name, failing_from(getattr(os, name), call))
        broken.setattr(Path, "replace", lambda self, target: os.replace(self, target))  # noqa: PLW0108  looked up late
        code, text = invariants.told(capfd, *words)
    assert code in (0, 5)  # 0: the night asks for fewer calls than that
    if code:
        assert "E_STORAGE" in text
        assert os.strerror(errno.EIO) in text
        assert served_whole(run.workspace().store_url, "asthma") == run.release_id
        now(f"`os.{name}` refuses from call {call} on: exit 5, E_STORAGE")
    for one in (run, undisturbed):
        run_graph(one.study, one.workspace(visits=delivery))
    assert served_whole(run.workspace().store_url, "asthma") == served_whole(
        undisturbed.workspace().store_url, "asthma"
    )
    assert half_files(run.home) == []
    assert kept_files(run.home) == kept_files(undisturbed.home)


@pytest.mark.fault("P06", "I1", "I2")
def test_a_reader_is_never_blocked_by_a_writer_that_holds_the_store(tmp_path: Path, now) -> None:
    url = f"sqlite:///{tmp_path / 'published.sqlite'}"
    writer.publish(url, small_release(1), NOW)
    release = small_release(1).release_id

    def median_seconds() -> float:
        seconds = []
        for _ in range(9):
            started = time.monotonic()
            assert len(reader.predictions(url, release, "P00000"))
            seconds.append(time.monotonic() - started)
        return sorted(seconds)[4]

    free = median_seconds()
    with writing(url) as connection:
        connection.exec_driver_sql("DELETE FROM predictions")
        beside = median_seconds()
        connection.rollback()
    assert beside < max(0.2, 5 * free)  # a reader that waited would wait for seconds
    now("a read beside a writer that holds the store takes as long as without one, less than 0.2 s")


@pytest.mark.fault("P06", "I6")
def test_a_store_that_stays_locked_ends_a_night_with_busy(
    finished: Finished, delivery: Path, tmp_path: Path, monkeypatch, capfd
) -> None:
    from dagster import RetryPolicy

    from orchestration.assets import stages

    run, done = finished.copied(tmp_path / "home"), threading.Event()
    url = run.workspace().store_url
    monkeypatch.setattr(stages.publish.op, "_retry_policy", RetryPolicy(max_retries=1, delay=0.1))
    monkeypatch.setattr(writer, "publish", partial(writer.publish, busy_seconds=0.1))
    held = threading.Event()

    def hold() -> None:
        with writing(url):
            held.set()
            done.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(10)
    try:
        words = ("run", "--study", run.study.path, "--home", run.home, "--source", f"visits={delivery}")
        code, text = invariants.told(capfd, *words)
    finally:
        done.set()
        other.join()
    assert code == 5
    assert "E_STORE_BUSY" in text
    assert served_whole(url, "asthma") == run.release_id


@pytest.mark.fault("P07", "I1", "I5")
def test_an_overwritten_page_is_found_wherever_it_lies_or_changes_nothing(tmp_path: Path, now) -> None:
    sound = tmp_path / "sound.sqlite"
    release = small_release(1, n=60)
    writer.publish(f"sqlite:///{sound}", release, NOW)
    with writing(f"sqlite:///{sound}"):
        pass  # the log is merged into the file when the last connection closes
    pages, told = sound.stat().st_size // 4096, list[str]()
    expected = reader.read_table(f"sqlite:///{sound}", release.release_id, "predictions")
    for page in range(0, pages, max(1, pages // 24)):
        damaged = tmp_path / f"{page}.sqlite"
        shutil.copy(sound, damaged)
        with damaged.open("r+b") as file:
            file.seek(4096 * page)
            file.write(b"\xa5" * 4096)
        url = f"sqlite:///{damaged}"
        try:
            reader.verify(url, release.release_id)
            assert reader.read_table(url, release.release_id, "predictions").equals(expected)
        except StoreError as error:
            told.append(str(error))
    assert len(told) > 10
    assert not [text for text in told if "P0" in text]  # patients of this release
    now(
        f"of 24 pages over the file that are overwritten, {len(told)} are told as unreadable; the others hold no row"
    )
