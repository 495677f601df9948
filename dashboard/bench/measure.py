"""One measurement: a store of simulated patients, a dashboard over it, and readers in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sqlalchemy import text

from dashboard.bench.browser import Reader, chromium
from dashboard.bench.plans import plans_of
from dashboard.bench.served import Dashboard, dashboard_of
from dashboard.bench.sessions import searched_at_once
from dashboard.bench.simulated_release import OUTCOMES, STUDY, subject_id
from meta_med.published import reader
from meta_med.published.engine import reading

ONCE = 5
"""How often a step is repeated; the median counts."""
ROUNDS = 5
SESSIONS = 20
PERCENT = (50, 95)


@dataclass(frozen=True)
class Step:
    """What one step of a reader costs.

    Attributes:
        seconds: by the clock, from the key or click until its page is there.
        cpu_seconds: that the dashboard's process worked for it.

    """

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Measured:
    """One measurement.

    Attributes:
        store: kind of store.
        patients: number of simulated patients.
        store_bytes: size of the store, with its indexes.
        publish_cpu_s: CPU-seconds of publishing, without those of a server; None where it was published before.
        steps: step in words -> its cost.
        at_once: percent -> seconds until that share of the searches which were sent at once were answered.
        sessions: how many sessions searched at once.
        memory_bytes: of the dashboard after the first session.
        session_bytes: by how much its memory grew for each further session.
        plans: query in words -> the database's plan.
        version: of which program.

    """

    store: str
    patients: int
    store_bytes: int
    publish_cpu_s: float | None
    steps: dict[str, Step]
    at_once: dict[int, float]
    sessions: int
    memory_bytes: int
    session_bytes: float
    plans: dict[str, list[str]] = field(default_factory=dict)
    version: str = "now"


FIRST, SESSION = "worklist, first page of a new process", "worklist, a new session"
SEARCH = "search for an id"
COLD, WARM = "patient, first of a process", "patient"


def measured(
    url: str, kind: str, patients: int, sessions: int = SESSIONS, publish_cpu_s: float | None = None
) -> Measured:
    """Measure a dashboard over the store at `url`, which serves a simulated release of so many patients."""
    head = reader.head(url, STUDY)
    assert head is not None
    with TemporaryDirectory() as home, chromium() as browser, dashboard_of(url, Path(home)) as served:
        steps = _steps(browser, served, patients)
        before = served.resident_bytes()
        spent = _at_once(served, patients, sessions)
        grown = served.resident_bytes() - before
    return Measured(
        store=kind,
        patients=patients,
        store_bytes=_bytes_of(url),
        publish_cpu_s=publish_cpu_s,
        steps=steps,
        at_once={p: float(np.percentile(spent, p)) for p in PERCENT},
        sessions=sessions,
        memory_bytes=before,
        session_bytes=grown / sessions,
        plans=plans_of(url, head.release_id, OUTCOMES[0][0], subject_id(patients)),
    )


def _steps(browser: Any, served: Dashboard, patients: int) -> dict[str, Step]:
    """One session's steps; the first one of the process is cold."""
    one = Reader(browser, served.address)
    found = {FIRST: _timed(served, partial(one.open_worklist, patients))}
    found[COLD] = _timed(served, partial(one.open_patient, 0, subject_id(1)))
    served.wait_for_check()
    opened = []
    for row in range(1, ONCE + 1):
        one.back_to_worklist(patients)
        opened.append(_timed(served, partial(one.open_patient, row, subject_id(row + 1))))
    one.back_to_worklist(patients)
    wanted = np.linspace(1, patients, ONCE, dtype=int)
    searched = []
    for number in wanted:
        searched.append(_timed(served, partial(one.search, subject_id(number))))
        one.clear_search(patients)
    one.close()
    found[SESSION] = _median([_new_session(browser, served, patients) for _ in range(ONCE)])
    return {**found, WARM: _median(opened), SEARCH: _median(searched)}


def _new_session(browser: Any, served: Dashboard, patients: int) -> Step:
    one = Reader(browser, served.address)
    step = _timed(served, partial(one.open_worklist, patients))
    one.close()
    return step


def _at_once(served: Dashboard, patients: int, sessions: int) -> list[float]:
    """Seconds of the searches of all sessions, in several rounds."""
    numbers = np.random.default_rng(0).integers(1, patients + 1, (ROUNDS, sessions))
    return searched_at_once(served.address, [[subject_id(n) for n in row] for row in numbers])


def _timed(served: Dashboard, work: Callable[[], float]) -> Step:
    before = served.cpu_seconds()
    seconds = work()
    return Step(seconds, served.cpu_seconds() - before)


def _median(steps: list[Step]) -> Step:
    return Step(median(s.seconds for s in steps), median(s.cpu_seconds for s in steps))


def _bytes_of(url: str) -> int:
    with reading(url) as connection:
        assert connection is not None
        size = (
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
            if connection.dialect.name == "sqlite"
            else "SELECT pg_database_size(current_database())"
        )
        return int(connection.execute(text(size)).scalar_one())
