"""Verification of the chain: the first entry that does not fit, and what is missing at its end against a saved head."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dashboard.audit.entry import BEGINNING, NAMES, Entry, Linked, link_of
from dashboard.audit.errors import AuditBroken
from dashboard.audit.store import AuditStore, reading
from dashboard.audit.tables import entries

READ_AT_ONCE = 5_000


@dataclass(frozen=True)
class Head:
    """The end of the chain. Kept elsewhere, it tells later whether entries were cut off.

    Attributes:
        sequence: of the newest entry; 0 where there is none.
        link: of the newest entry.

    """

    sequence: int
    link: str


def verify(store: AuditStore, saved: Head | None = None) -> Head:
    """Recompute every link, and look for the saved head.

    Args:
        store: the audit.
        saved: an earlier end of the chain.

    Returns:
        The end of the chain now.

    Raises:
        AuditBroken: with the first place that does not fit.
        AuditError: the audit or its key cannot be read.

    """
    end, met = Head(0, BEGINNING), saved is None or saved.sequence == 0
    with reading(store) as opened:
        if opened is not None:
            connection, keys = opened
            for row in _stored(connection):
                end = _followed(end, row, keys.links)
                if saved is not None and row.sequence == saved.sequence:
                    met = row.link == saved.link
    if not met and saved is not None:
        raise AuditBroken(_lost(end, saved))
    return end


def _followed(end: Head, row: Linked, key: bytes) -> Head:
    """The end of the chain with this row added to it."""
    if row.sequence != end.sequence + 1:
        gap = row.sequence - end.sequence - 1
        missing = "1 entry is" if gap == 1 else f"{gap} entries are"
        raise AuditBroken(
            f"The audit is broken after entry {end.sequence}: {missing} missing before entry {row.sequence}."
        )
    if row.previous != end.link:
        raise AuditBroken(f"The audit is broken at entry {row.sequence}: it does not follow the one before.")
    if link_of(row.sequence, row.entry, row.previous, key) != row.link:
        raise AuditBroken(
            f"The audit is broken at entry {row.sequence}: it was changed after it was written."
        )
    return Head(row.sequence, row.link)


def _lost(end: Head, saved: Head) -> str:
    if end.sequence < saved.sequence:
        return f"The audit is cut off: it ends with entry {end.sequence}, and the saved head is entry {saved.sequence}."
    return f"Entry {saved.sequence} is not the one of the saved head: the audit was written anew."


def _stored(connection: Connection) -> Iterator[Linked]:
    query = select(entries).order_by(entries.c.sequence)
    for part in connection.execution_options(stream_results=True).execute(query).partitions(READ_AT_ONCE):
        for row in part:
            yield linked_of(row._mapping)


def linked_of(row: Any) -> Linked:
    """A stored row as an entry with its link."""
    entry = Entry(**{name: row[name] for name in NAMES})
    return Linked(int(row["sequence"]), entry, row["previous"], row["link"])
