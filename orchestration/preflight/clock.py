"""Whether something of this installation is later than its clock: then the clock was set back, or another one is fast.

Releases are ordered by their numbers, so that such a run is right. Ages and lateness are not: it is told.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from meta_med.published import heads
from orchestration.models.journal import ModelJournal
from orchestration.workspace import Workspace

CLOCK = "W_CLOCK"
TOLERANCE = timedelta(minutes=5)
"""Clocks of two machines may differ by so much."""
ADVICE = "check the clocks of this machine, of the store and of whoever delivers"


def clock_remarks(workspace: Workspace, study: str, files: Iterable[Path]) -> list[str]:
    """One sentence for each of release, journal and newest file that is later than now, with its time."""
    now = workspace.now()
    return [
        f"{CLOCK}: {what} is of {then.isoformat(timespec='seconds')}, in the future; {ADVICE}."
        for what, then in _times(workspace, study, files)
        if is_future(then, now)
    ]


def is_future(then: datetime, now: datetime) -> bool:
    """Whether a time lies after now by more than clocks differ."""
    return then > now + TOLERANCE


def _times(workspace: Workspace, study: str, files: Iterable[Path]) -> Iterator[tuple[str, datetime]]:
    head = heads.head(workspace.store_url, study)
    if head is not None:
        yield f"release {head.release_id}", max(head.published_at, head.served_since)
    entries = ModelJournal(workspace.models).entries(study)
    if entries:
        yield "an entry of the models' journal", max(datetime.fromisoformat(e.at) for e in entries)
    delivered = [path.stat().st_mtime for path in files if path.exists()]
    if delivered:
        yield "the newest delivered file", datetime.fromtimestamp(max(delivered), UTC)
