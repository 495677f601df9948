"""Kill -9 at random moments of training and nights, with a reader beside: whole releases, and the same in the end.

META_MED_KILLS says how many kills (`META_MED_KILLS=200 make kills`), META_MED_KILL_SEED at which moments.
"""

import logging
import multiprocessing
import os
import random
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meta_med.published.errors import StoreBusy
from orchestration.execution import run_graph
from orchestration.study.load import load
from orchestration.workspace import open_workspace
from tests.faults.invariants import half_files, kept_files, served_whole
from tests.orchestration.small_study import Finished

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

PROCESSES = multiprocessing.get_context("forkserver")
"""Each run is a process that is killed; the libraries are loaded once, by the server that they are forked from."""
PROCESSES.set_forkserver_preload(
    ["orchestration.execution", "orchestration.stages.work", "great_expectations"]
)
TRAINS = 5
"""Every so many nights a challenger is trained too."""
log = logging.getLogger(__name__)
KILLS = int(os.environ.get("META_MED_KILLS", "6"))
SEED = int(os.environ.get("META_MED_KILL_SEED", "1"))


@dataclass
class Reader(threading.Thread):
    """Reads what is served, over and over, and counts releases that are not whole."""

    url: str
    reads: int = 0
    torn: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.ended.wait(0.1):
            try:
                self.seen.add(served_whole(self.url, "asthma"))
                self.reads += 1
            except StoreBusy:
                continue
            except Exception as error:
                self.torn.append(f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class Night:
    """A delivery, and whether a challenger is trained with it."""

    visits: Path
    trains: bool

    def begun(self, run: Finished) -> "ForkServerProcess":
        """A process of its own that runs the night."""
        process = PROCESSES.Process(target=work, args=(run.study.path, run.home, self.visits, self.trains))
        process.start()
        return process


def work(study: Path, home: Path, visits: Path, trains: bool) -> None:
    """What the command does, with its libraries loaded."""
    loaded = load(study)
    run_graph(loaded, open_workspace(home, studies=[loaded], given={"visits": visits}), train=trains)


def whole(run: Finished, night: Night) -> float:
    """Let the night end; how long it took."""
    begin, process = time.monotonic(), night.begun(run)
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - begin


def killed(run: Finished, night: Night, after: float) -> bool:
    """Kill the night after so many seconds; False where it had ended before."""
    process = night.begun(run)
    process.join(after)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def deliveries(run: Finished, folder: Path, count: int) -> list[Path]:
    """Deliveries that lack their last, last two, ... visits."""
    rows = run.study.sources["visits"].read_text().splitlines()
    folder.mkdir()
    files = [folder / f"visits_{number}.csv" for number in range(count)]
    for number, file in enumerate(files, 1):
        file.write_text("\n".join(rows[:-number]) + "\n")
    return files


@pytest.mark.nightly
@pytest.mark.fault("P01", "I1", "I2", "I3", "I4")
@pytest.mark.fault("P12", "I1", "I3", "I4")
@pytest.mark.fault("M03", "I3")
def test_no_kill_tears_a_release_and_the_end_is_that_of_an_undisturbed_home(
    finished: Finished, tmp_path: Path, now
) -> None:
    dice, kills, early = random.Random(SEED), 0, 0
    disturbed, undisturbed = finished.copied(tmp_path / "home"), finished.copied(tmp_path / "other")
    beside = Reader(disturbed.workspace().store_url)
    beside.start()
    files = deliveries(finished, tmp_path / "deliveries", KILLS)
    for number, file in enumerate(files):
        night = Night(file, trains=number % TRAINS == TRAINS - 1)
        seconds = whole(undisturbed, night)
        # several kills in one run, so that a repair is killed too
        while kills < KILLS and dice.random() < 0.8:
            if killed(disturbed, night, dice.uniform(0.02, 1.0) * seconds):
                kills += 1
            else:
                early += 1
        whole(disturbed, night)
        same = served_whole(disturbed.workspace().store_url, "asthma")
        assert same == served_whole(undisturbed.workspace().store_url, "asthma"), file.name
        assert half_files(disturbed.home) == []
        log.info("%d kills, %d runs, %d reads, %d torn", kills, number + 1, beside.reads, len(beside.torn))
        if kills >= KILLS:
            break
    beside.ended.set()
    beside.join(60)
    assert beside.torn == []
    assert kills + early > 0
    assert kept_files(disturbed.home) == kept_files(undisturbed.home)
    now(
        f"{kills} kills in {number + 1} runs (every fifth trains), {beside.reads:,} reads beside of "
        f"{len(beside.seen)} releases: none torn, and each run's release is that of an undisturbed home"
    )
