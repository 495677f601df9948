"""`meta-med bench dashboard`: publish simulated patients, serve them, read them in a browser, and write the page."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.bench import page
from dashboard.bench.browser import chromium
from dashboard.bench.measure import SESSIONS, Measured, measured
from dashboard.bench.simulated_release import simulated_release
from dashboard.bench.stores import KINDS, store_of
from meta_med.published import writer

Say = Callable[[str], None]
PATIENTS = (10_000, 100_000, 1_000_000)
QUICK, FEW_SESSIONS = (100,), 3


def run(
    out: Path,
    *,
    quick: bool = False,
    patients: Sequence[int] = (),
    stores: Sequence[str] = (),
    beside: bool = False,
    say: Say = lambda _: None,
) -> str:
    """Measure every size on every store, write the page to `out` and its figures beside it.

    Args:
        out: the page's file.
        quick: a hundred patients and few sessions, for a first look.
        patients: numbers of simulated patients; QUICK or PATIENTS where none is given.
        stores: kinds of store; SQLite where it is quick, all where none is given.
        beside: whether other programs run meanwhile, which the page then says.
        say: is called with what is being measured.

    Returns:
        The page.

    Raises:
        BenchError: a browser, Playwright or PostgreSQL is missing.

    """
    with chromium():  # what is missing is said before a million patients are published
        pass
    text = ""
    for number in patients or (QUICK if quick else PATIENTS):
        for kind in stores or (KINDS[:1] if quick else KINDS):
            say(f"{number:,} patients on {kind}")
            found = _one(kind, number, FEW_SESSIONS if quick else SESSIONS)
            text = page.write(out, [found], beside=beside)
    return text


def _one(kind: str, patients: int, sessions: int) -> Measured:
    with TemporaryDirectory(prefix="meta-med-bench-") as folder, store_of(kind, Path(folder)) as url:
        # in a process of its own, whose memory is given back
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            spent = pool.submit(publish, url, patients).result()
        return measured(url, kind, patients, sessions, spent)


def publish(url: str, patients: int) -> float:
    """Publish simulated patients; returns CPU-seconds, without those of making them."""
    release = simulated_release(patients)
    before = time.process_time()
    writer.publish(url, release, datetime.now(UTC))
    return time.process_time() - before
