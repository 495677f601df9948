"""Runs that hang, meet each other, or meet a clock that jumps."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from meta_med.published import reader, writer
from orchestration.errors import DataError, RunTimeoutError
from orchestration.execution import run_graph
from orchestration.runs import copy_sources
from orchestration.runs.time_limit import time_limit
from orchestration.stages import work
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.faults.invariants import half_files, served_whole
from tests.orchestration.small_study import Finished
from tests.published.small_release import NOW, small_release

COMMAND = (sys.executable, "-c", "from orchestration.command import main; main()")


@pytest.mark.fault("O01", "I1", "I3", "I4", "I6")
@pytest.mark.nightly
def test_two_processes_at_once_publish_one_release(finished: Finished, tmp_path: Path, now) -> None:
    run, visits = finished.copied(tmp_path / "home"), tmp_path / "visits.csv"
    rows = run.study.sources["visits"].read_text().splitlines()
    visits.write_text("\n".join(rows[:-1]) + "\n")
    url, words = run.workspace().store_url, ["run", "--study", str(run.study.path), "--home", str(run.home)]
    before = set(reader.history(url, "asthma")["release_id"])
    own = {name: value for name, value in os.environ.items() if not name.startswith("META_MED")}
    both = [
        subprocess.Popen(
            [*COMMAND, *words, "--source", f"visits={visits}"], env=own, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [process.communicate()[1] for process in both]
    codes = [process.returncode for process in both]
    assert sorted(codes) in ([0, 5], [0, 0])  # 0, 0: the second began when the first had ended
    assert all("E_RUN_BUSY" in text for code, text in zip(codes, told, strict=True) if code)
    after = reader.history(url, "asthma")["release_id"].tolist()
    added = [release for release in after if release not in before]
    assert len(added) == 2, "staged and promoted"
    assert len(set(added)) == 1
    served_whole(url, "asthma")
    assert half_files(run.home) == []
    now(f"two processes at once end with {sorted(codes)}; one release was added")


@pytest.mark.fault("O01", "I1", "I3")
@pytest.mark.nightly
@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_two_homes_with_one_store_publish_the_same_release_once(
    finished: Finished, tmp_path: Path, store: str, request: pytest.FixtureRequest, now
) -> None:
    url = request.getfixturevalue(f"{store}_url")
    homes = [finished.copied(tmp_path / name).home for name in ("first", "second")]
    words = ["publish", "--study", str(finished.study.path), "--json"]
    own = {name: value for name, value in os.environ.items() if not name.startswith("META_MED")}
    both = [
        subprocess.Popen(
            [*COMMAND, *words, "--home", str(home)],
            env={**own, "META_MED_STORE": url},
            stdout=subprocess.PIPE,
            text=True,
        )
        for home in homes
    ]
    told = [json.loads(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(one["changed"] for one in told) == [False, True]
    assert {one["release_id"] for one in told} == {finished.release_id}
    assert reader.history(url, "asthma")["action"].tolist() == ["stage", "promote"]
    served_whole(url, "asthma")
    now("two homes that publish the same to one store: one publication; the other finds it served")


class TookTooLong(Exception):
    """What the limit of a test raises."""


@pytest.mark.fault("O04")
def test_work_that_hangs_is_ended_and_the_enclosing_limit_stays() -> None:
    with time_limit(60.0, TookTooLong):
        started = time.monotonic()
        with pytest.raises(TookTooLong), time_limit(0.05, TookTooLong):
            time.sleep(30)
        assert time.monotonic() - started < 10
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 60
        with time_limit(1000.0, TookTooLong):
            assert signal.getitimer(signal.ITIMER_REAL)[0] <= 60
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.fault("O04", "I6")
def test_a_stage_that_hangs_ends_the_run_at_its_limit(
    study: LoadedStudy, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, now
) -> None:
    monkeypatch.setenv("META_MED_MAX_HOURS", str(2 / 3600))
    monkeypatch.setitem(work.WORK, "ingest", lambda _: time.sleep(300))
    started = time.monotonic()
    with pytest.raises(RunTimeoutError, match=r"E_TIMEOUT.*at stage ingest.*goes on where it was") as ended:
        run_graph(study, workspace, last="validate")
    assert ended.value.exit_code == 124
    assert time.monotonic() - started < 120
    now("a stage that sleeps is ended at the run's limit with E_TIMEOUT, exit 124")


@pytest.mark.fault("O09", "I6")
def test_a_source_that_gives_nothing_is_told_as_hanging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now
) -> None:
    source = tmp_path / "visits.csv"
    os.mkfifo(source)
    monkeypatch.setattr(copy_sources, "SILENT_SECONDS", 0.1)
    with pytest.raises(DataError, match=r'E_SOURCE_TIMEOUT: table "visits": visits.csv in .* gave nothing'):
        copy_sources._copy_file("visits", source, tmp_path / "copy.csv")
    now("a file that never delivers ends with E_SOURCE_TIMEOUT; a folder, link or pipe is refused at once")


@pytest.mark.fault("O11", "I1")
@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=365)])
def test_the_newest_number_is_served_whatever_the_clock_said(tmp_path: Path, jump: timedelta, now) -> None:
    url = f"sqlite:///{tmp_path / 'published.sqlite'}"
    for tag, when in ((1, NOW), (2, NOW + jump), (3, NOW)):
        writer.publish(url, small_release(tag), when)
        head = reader.head(url, "pbc")
        assert head is not None
        assert head.release_id == small_release(tag).release_id
    now("a clock that jumps back a day or forward a year: the release of the highest number is served")
