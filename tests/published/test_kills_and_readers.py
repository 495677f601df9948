"""Whatever is killed whenever, a reader sees one whole release."""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.synchronize import Event

import pandas as pd
import pytest

from meta_med.published import reader, writer
from tests.published.small_release import NOW, small_release

# A fresh process: a fork of a test worker inherits its threads' locks and may wait for ever.
SPAWN = multiprocessing.get_context("spawn")
SIZE = {"n": 300, "k": 4}


def publish_for_ever(url: str, first: int, ready: Event) -> None:
    releases = [small_release(tag, **SIZE) for tag in range(first, first + 2)]
    reader.head(url, "pbc")  # the connection is there when the time to the kill begins
    ready.set()
    while True:
        for release in releases:
            writer.publish(url, release, NOW, keep=2)


def seen_tag(url: str) -> int:
    """The served release's tag, after checking that every row of it is there and is its own."""
    head = reader.head(url, "pbc")
    assert head is not None
    reader.verify(url, head.release_id)
    records = pd.concat([reader.records(url, head.release_id, s) for s in ("P00000", "P00299")])
    tag = int(head.manifest["tag"])
    assert records["value"].tolist() == [1.0 + tag] * 4 + [300.0 + tag] * 4
    return tag


@pytest.mark.fault("P01", "I1", "I2")
@pytest.mark.nightly
@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_a_killed_publisher_leaves_a_whole_release(store: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{store}_url")
    kills = 12 if store == "sqlite" else 6
    writer.publish(url, small_release(0, **SIZE), NOW)
    started = time.monotonic()
    writer.publish(url, small_release(100, **SIZE), NOW)
    once = time.monotonic() - started  # machines differ: kill before, during and after one publication
    dice = random.Random(4)
    seen = set()
    for number in range(kills):
        ready = SPAWN.Event()
        publisher = SPAWN.Process(target=publish_for_ever, args=(url, 1 + 2 * (number % 5), ready))
        publisher.start()
        assert ready.wait(60)
        if number == kills - 1:
            wait_for_another_release(url)
        time.sleep(dice.uniform(0.1, 3.0) * once)
        os.kill(publisher.pid, signal.SIGKILL)
        publisher.join()
        seen.add(seen_tag(url))
    assert len(seen) > 1  # some publications were completed, some were cut off
    assert writer.publish(url, small_release(99, **SIZE), NOW).changed


def wait_for_another_release(url: str) -> None:
    """Until a publication was completed: however slow the machine, the kills do not all come too early."""
    before = reader.head(url, "pbc")
    for _ in range(600):
        if reader.head(url, "pbc") != before:
            return
        time.sleep(0.1)
    pytest.fail("nothing was published within a minute")


@pytest.mark.fault("P01", "I1")
def test_a_reader_beside_a_writer_never_sees_a_mixture(url: str) -> None:
    writer.publish(url, small_release(0, **SIZE), NOW)
    publisher = SPAWN.Process(target=publish_beside, args=(url,))
    publisher.start()
    seen = set()
    while publisher.is_alive():
        seen.add(seen_tag(url))
    publisher.join()
    assert publisher.exitcode == 0
    assert len(seen) > 1
    assert seen_tag(url) == 6


def publish_beside(url: str) -> None:
    for tag in range(1, 7):
        writer.publish(url, small_release(tag, **SIZE), NOW)
