"""Reading the audit: one page of entries, the newest first, or all that fit a filter."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select

from dashboard.audit.entry import Linked
from dashboard.audit.store import AuditStore, reading
from dashboard.audit.tables import entries
from dashboard.audit.verify import READ_AT_ONCE, linked_of

LONGEST_TEXT = 200


@dataclass(frozen=True)
class AuditFilter:
    """Which entries; an empty part lets all through.

    Attributes:
        who: part of the person's name.
        role, action, result, study: exactly this.
        patient: a patient's pseudonym in the audit, or its first letters.
        since, until: times as entries write them; the first is included, the last is not.

    """

    who: str = ""
    role: str = ""
    action: str = ""
    result: str = ""
    study: str = ""
    patient: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class AuditPage:
    """Some entries, the newest first, and how many fit the filter."""

    entries: tuple[Linked, ...]
    total: int


def page(store: AuditStore, wanted: AuditFilter, limit: int, offset: int = 0) -> AuditPage:
    """One page of the entries that fit."""
    chosen = _chosen(wanted)
    with reading(store) as opened:
        if opened is None:
            return AuditPage((), 0)
        total = opened[0].execute(select(func.count()).select_from(entries).where(chosen)).scalar_one()
        newest = select(entries).where(chosen).order_by(entries.c.sequence.desc())
        rows = opened[0].execute(newest.limit(limit).offset(offset)).all()
    return AuditPage(tuple(linked_of(row._mapping) for row in rows), int(total))


def every(store: AuditStore, wanted: AuditFilter) -> Iterator[Linked]:
    """All entries that fit, the oldest first."""
    query: Select[tuple[object, ...]] = select(entries).where(_chosen(wanted)).order_by(entries.c.sequence)
    with reading(store) as opened:
        if opened is None:
            return
        streamed = opened[0].execution_options(stream_results=True).execute(query)
        for part in streamed.partitions(READ_AT_ONCE):
            yield from (linked_of(row._mapping) for row in part)


def studies(store: AuditStore) -> tuple[str, ...]:
    """The studies that entries name."""
    with reading(store) as opened:
        if opened is None:
            return ()
        found = opened[0].execute(select(entries.c.study).distinct().order_by(entries.c.study))
        return tuple(value for value in found.scalars() if value)


def _chosen(wanted: AuditFilter) -> ColumnElement[bool]:
    exact = {name: getattr(wanted, name) for name in ("role", "action", "result", "study")}
    conditions = [
        entries.c.sequence > 0,
        *(entries.c[name] == value for name, value in exact.items() if value),
    ]
    for name, value in (("who", wanted.who), ("patients", wanted.patient)):
        part = value.replace("\0", "").strip()[:LONGEST_TEXT]
        if part:
            conditions.append(entries.c[name].icontains(part, autoescape=True))
    if wanted.since:
        conditions.append(entries.c.at >= wanted.since)
    if wanted.until:
        conditions.append(entries.c.at < wanted.until)
    return and_(*conditions)
