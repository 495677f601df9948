"""Two runs from two homes that publish one study to one store: one publication after the other, or a refusal."""

import multiprocessing
import os
import signal
import time
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from meta_med.published import reader, writer
from meta_med.published.errors import StoreBusy
from meta_med.published.writing.one_publisher import only_publisher
from tests.published.small_release import NOW, small_release

# A fresh process: a fork of a test worker inherits its threads' locks and may wait for ever.
SPAWN = multiprocessing.get_context("spawn")


def publish_some(url: str, first: int, log: Path, begin: Event) -> None:
    """As a run of a home does it: see what is served, work for a moment, write; each step is a line of the log."""
    begin.wait()
    for tag in range(first, first + 3):
        with only_publisher(url, "pbc"):
            note(log, f"{first} begins")
            reader.head(url, "pbc")
            time.sleep(0.05)
            writer.publish(url, small_release(tag), NOW)
            note(log, f"{first} ends")


def note(log: Path, line: str) -> None:
    with log.open("a") as file:
        file.write(line + "\n")


@pytest.mark.nightly
def test_two_homes_publish_one_after_the_other(url: str, tmp_path: Path) -> None:
    begin, log = SPAWN.Event(), tmp_path / "log"
    homes = [SPAWN.Process(target=publish_some, args=(url, first, log, begin)) for first in (10, 20)]
    for home in homes:
        home.start()
    begin.set()
    for home in homes:
        home.join()
    assert [home.exitcode for home in homes] == [0, 0]
    lines = log.read_text().splitlines()
    assert lines[1::2] == [line.replace("begins", "ends") for line in lines[::2]], "no two at once"
    assert len(lines) == 12
    head = reader.head(url, "pbc")
    assert head is not None
    assert head.manifest["tag"] == (12 if lines[-1] == "10 ends" else 22)
    reader.verify(url, head.release_id)
    assert len(reader.history(url, "pbc")) == 12, "each was staged and promoted"


def hold(url: str, held: "SimpleQueue[bool]") -> None:
    with only_publisher(url, "pbc"):
        held.put(True)
        signal.pause()


@pytest.fixture
def other_home(url: str) -> multiprocessing.process.BaseProcess:
    """Another process that is publishing, and does not end."""
    held: SimpleQueue[bool] = SPAWN.SimpleQueue()
    holder = SPAWN.Process(target=hold, args=(url, held))
    holder.start()
    assert held.get()
    return holder


def test_who_waits_too_long_is_told_and_a_killed_publisher_leaves_no_lock(
    url: str, other_home: multiprocessing.process.BaseProcess
) -> None:
    with pytest.raises(StoreBusy, match=r"^E_STORE_BUSY: another run is publishing study 'pbc'") as told:
        only_publisher(url, "pbc", wait_seconds=0.2).__enter__()
    assert told.value.retryable
    with only_publisher(url, "nafld", wait_seconds=0.2):
        assert reader.head(url, "pbc") is None, "neither another study nor a reader waits"
    os.kill(int(other_home.pid or 0), signal.SIGKILL)
    other_home.join()
    with only_publisher(url, "pbc", wait_seconds=20):
        assert writer.publish(url, small_release(1), NOW).changed
