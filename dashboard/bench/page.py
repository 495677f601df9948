"""The page of the dashboard's speed, and the figures behind it as JSON."""

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.bench.measure import COLD, FIRST, SEARCH, SESSION, WARM, Measured, Step

AIMS = {SESSION: 1.5, SEARCH: 0.3, WARM: 0.7, COLD: 1.5}
"""Step -> seconds in which its page should be there, with a million patients."""
AIM_AT_ONCE = 2.0
NOW = "now"
_HEAD = """# Speed of the dashboard

Written by `meta-med bench dashboard` on {machine}: a dashboard of its own over a published store of simulated patients,
read in headless Chromium. A simulated patient has one outcome, up to five own records, one prediction, two horizons, up
to two replayed records and what explains the prediction: ten rows on average. Seconds are by the clock, from the key or
click until the page has what it asked for, and hold the browser's own work; dashboard, browser and database share the
machine's {cores} cores{beside}.
The first pages of a process run beside the check of the whole release, which happens once; all else is measured after.
CPU-seconds are those of the dashboard's process alone, which other programs hardly change. The worklist is in the order
of ids, so that it is known whom a click opens; what needs eyes first has an index too.
"""
_BESIDE = " with other programs that ran beside, so that seconds are too many"
_FOOT = """
## How it is done

- **What is read is checked.** Each patient has a seal, a hash of all of their rows, written when the release is
  published. A page compares the seals of the patients that it shows, and of the tables that are of no single patient,
  before it shows them. A release of up to 2,000 patients is checked whole before its first page, a larger one by a
  process of its own, once for each dashboard process and release; as soon as that has found a change, no page of the
  release is shown.
- **A page of the worklist is chosen first**, from an index that has its order, and only its 25 patients are then joined
  with records and predictions. Counts by cohort and status come from an index, and are kept for the release.
- **A search reads every id**: a part of an id may stand anywhere in it. The part of what is typed that has no letters
  is looked for first, as it stands. What matches is counted in the same pass.
- **Pages are computed in turn**, as many at once as there are cores: of twenty that are asked for at once, half are
  there in half of the time that all take, where all were there at its end.
- **A patient's rows lie together** in each table, so that a page reads them from one place.
- **What needs eyes first** has an index: predictions with remarks are counted when a release is published. Orders by
  predicted change are computed for every patient each time, and are in no aim.

## Plans

What each database says of its main queries, for {patients:,} patients.
"""


def write(page: Path, measurements: Sequence[Measured], *, beside: bool = False) -> str:
    """Write the page, and the figures beside it; figures of other programs, stores and sizes that are there stay.

    Args:
        page: the page's file.
        measurements: new ones.
        beside: whether other programs ran meanwhile.

    """
    place = page.with_suffix(".json")
    kept = {_key(m): m for m in (*_read(place), *measurements)}
    found = sorted(kept.values(), key=_key)
    page.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps([asdict(m) for m in found], indent=1) + "\n", encoding="utf-8")
    text = "".join(_parts(found, beside=beside))
    page.write_text(text, encoding="utf-8")
    return text


def _key(m: Measured) -> tuple[str, int, str]:
    return m.store, m.patients, m.version


def _read(place: Path) -> list[Measured]:
    if not place.exists():
        return []
    return [_measured(row) for row in json.loads(place.read_text(encoding="utf-8"))]


def _measured(row: dict[str, Any]) -> Measured:
    steps = {name: Step(**step) for name, step in row["steps"].items()}
    at_once = {int(percent): seconds for percent, seconds in row["at_once"].items()}
    return Measured(**{**row, "steps": steps, "at_once": at_once})


def _parts(found: Sequence[Measured], *, beside: bool) -> Iterator[str]:
    yield _HEAD.format(machine=platform.machine(), cores=_cores(), beside=_BESIDE if beside else "")
    yield from _steps_table(found)
    yield from _load_table(found)
    newest = [m for m in found if m.version == NOW]
    most = max((m.patients for m in newest), default=0)
    yield _FOOT.format(patients=most)
    for m in newest:
        if m.patients == most:
            yield from _plans(m)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _steps_table(found: Sequence[Measured]) -> Iterator[str]:
    names = (FIRST, SESSION, SEARCH, COLD, WARM)
    yield "\n## One reader\n\nSeconds (CPU-seconds of the dashboard); medians but for the first of a process.\n\n"
    yield f"| store | patients | program | {' | '.join(names)} |\n|{'---|' * (3 + len(names))}\n"
    for m in found:
        cells = (f"{m.steps[n].seconds:.2f} ({m.steps[n].cpu_seconds:.2f})" for n in names)
        yield f"| {m.store} | {m.patients:,} | {m.version} | {' | '.join(cells)} |\n"
    aims = (f"< {AIMS[n]:g}" if n in AIMS else "-" for n in names)
    yield f"| aim | 1,000,000 | | {' | '.join(aims)} |\n"


def _load_table(found: Sequence[Measured]) -> Iterator[str]:
    yield (
        "\n## Many readers, memory and size\n\nSearches that all sessions send at once: seconds until half, "
        "and 95 %, of them are answered. The\nsessions have no browsers here, as their readers' are on other machines. "
        "One process computes all pages: the last answer cannot\ncome before their CPU-seconds together, those of one "
        "search times the sessions.\n\n"
        "| store | patients | program | sessions | half | 95 % | CPU-seconds together | MB, one session | MB more for "
        "each further one | store, MB | CPU-seconds of publishing |\n|" + "---|" * 11 + "\n"
    )
    for m in found:
        publish = "-" if m.publish_cpu_s is None else f"{m.publish_cpu_s:,.0f}"
        memory = f"{m.memory_bytes / 1e6:,.0f} | {m.session_bytes / 1e6:.1f} | {m.store_bytes / 1e6:,.0f}"
        together = m.sessions * m.steps[SEARCH].cpu_seconds
        speed = f"{m.at_once[50]:.2f} | {m.at_once[95]:.2f} | {together:.1f}"
        yield f"| {m.store} | {m.patients:,} | {m.version} | {m.sessions} | {speed} | {memory} | {publish} |\n"
    yield f"| aim | 1,000,000 | | 20 | - | < {AIM_AT_ONCE:g} | - | - | bounded | - | - |\n"


def _plans(m: Measured) -> Iterator[str]:
    for told, lines in m.plans.items():
        plan = "\n".join(lines)
        yield f"\n{m.store}, {told}:\n\n```\n{plan}\n```\n"
