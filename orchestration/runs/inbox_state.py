"""What the inbox of a study offers, as the sensor remembers it between its looks.

The memory is of files, not of their content: names, sizes and times. So a file that is delivered again, and one that is
taken back so that the one before counts again, are news; nothing is read to find out, however many files lie there.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from orchestration.runs.inbox import all_deliveries, is_settled, unread_entries


@dataclass(frozen=True)
class Offer:
    """What an inbox offers at one look.

    Attributes:
        state: hash of the deliveries' names, sizes and times; "" where there are none.
        newest: when the newest of them was written, in nanoseconds; 0 where there are none.
        settling: whether something in the inbox was changed within the last seconds.
        unread: number of entries that are not read.

    """

    state: str
    newest: int
    settling: bool
    unread: int


@dataclass(frozen=True)
class Asked:
    """For which state of an inbox a run was asked for last, and the number of runs asked for so far."""

    state: str = ""
    newest: int = 0
    number: int = 0

    @classmethod
    def of(cls, remembered: object) -> Self:
        """What the sensor's cursor remembers; nothing, where an earlier version wrote it."""
        return cls(**remembered) if isinstance(remembered, dict) else cls()

    def content(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    def next_for(self, offer: Offer) -> Self | None:
        """What to remember when a run is asked for; None where there is no news, or it may still change.

        Where a delivery is gone or an older one counts again, it may be because a file is being replaced: that is news
        only when nothing in the inbox has changed for some seconds.
        """
        if offer.state == self.state or (offer.settling and offer.newest < self.newest):
            return None
        return type(self)(offer.state, offer.newest, self.number + 1)


def offer_of(folder: Path, tables: Iterable[str], now: datetime, *, every: bool = False) -> Offer:
    """What the inbox `folder` offers for these tables: the newest delivery of each, or `every` one."""
    known = list(tables)
    files = {
        table: [state for path in (paths if every else paths[-1:]) for state in _files(path)]
        for table, paths in all_deliveries(folder, known, now).items()
    }
    newest = max((file[2] for parts in files.values() for file in parts), default=0)
    return Offer(
        state=_hash(files) if files else "",
        newest=newest,
        settling=folder.is_dir() and not all(is_settled(path, now) for path in (folder, *folder.rglob("*"))),
        unread=len(unread_entries(folder, known, now)),
    )


def _files(path: Path) -> list[tuple[str, int, int, int]]:
    """Name, size and times of a file, or of each part in a folder; a copy that keeps its date has a new second time."""
    parts = sorted(part for part in path.rglob("*") if part.is_file()) if path.is_dir() else [path]
    states = [(str(part.relative_to(path.parent)), part.stat()) for part in parts]
    return [(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for name, state in states]


def _hash(files: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
