"""Rows of a table of visits, of any standard, as the visits that count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Integers, Mask, hash_rows, hashes
from data_contracts.standards.event_times import event_times, is_placeholder
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import RecordMapping, VisitFact
from data_contracts.standards.moments import NEVER
from data_contracts.standards.people import Subjects, Visits, versions
from data_contracts.standards.plausible_times import Calendar, births, calendar_of


@dataclass(frozen=True, kw_only=True)
class VisitRows:
    """Some visits as they are written. Arrow columns with one item a visit."""

    identifier: Any
    subject: Any
    start: Any
    end: Any
    start_date: Any = None
    end_date: Any = None
    """The day of either, from a second column."""
    class_: Any
    updated: Integers
    stands: Mask
    facts: Mapping[str, Any]


def visits(
    table: str,
    chunks: Iterator[VisitRows],
    mapping: RecordMapping,
    subjects: Subjects,
    ledger: Ledger,
    earliest: Integers | None = None,
) -> Visits:
    """The visits that count, of the newest version of each; the others are counted by reason.

    `earliest`: by number of the patient the earliest moment of birth, where it is known.
    """
    import pyarrow as pa

    parts = [_compact(table, rows, mapping, subjects, ledger) for rows in chunks]
    if not parts:
        raise reject("E_NO_ROWS", "The table of visits has no row that can be read.")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    texts = pa.concat_tables([part["texts"] for part in parts])
    ledger.seen[table] += len(whole["key"])
    born = births(whole["subject"], np.zeros(0, dtype=np.int64) if earliest is None else earliest)
    keep = _counted(table, whole, born, ledger)
    calendar = calendar_of(whole["start"][keep], born[keep])
    future = keep & calendar.future(whole["start"])
    ledger.leave_out(table, "W_VISIT_FUTURE", int(future.sum()))
    keep = keep & ~future
    end = _ends(whole, keep, calendar, ledger)
    order = np.flatnonzero(keep)[np.argsort(whole["key"][keep], kind="stable")]
    chosen = texts.take(pa.array(order)) if texts.num_columns else texts
    return Visits(
        key=whole["key"][order].astype(np.uint64),
        subject=whole["subject"][order],
        start=whole["start"][order],
        end=end[order],
        facts={name: chosen.column(name) for name in chosen.column_names if name != "identifier"},
        identifier=chosen.column("identifier") if mapping.visit else None,
    )


_NUMBERS = (
    "key", "subject", "start", "end", "end_unreadable", "placeholder", "updated", "stands", "asked", "named", "content",
)  # fmt: skip


def _compact(
    table: str, rows: VisitRows, mapping: RecordMapping, subjects: Subjects, ledger: Ledger
) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rule = mapping.records
    begun = event_times(rows.start, rows.start_date, rule.timezone)
    ended = event_times(rows.end, rows.end_date, rule.timezone)
    for times in (begun, ended):
        ledger.tell("times", "N_TIME_FROM_DATE", int(times.from_date.sum()), table)
        ledger.tell("times", "W_TIME_CONTRADICTS", int(times.contradicts.sum()), table)
    start, end = begun.when, ended.when
    asked = np.ones(len(rows.stands), dtype=bool)
    if rule.visits:
        found = pc.is_in(rows.class_, value_set=pa.array(rule.visits, pa.string()))
        asked = np.array(found.to_numpy(zero_copy_only=False), dtype=bool)
    wanted: set[str] = {c.what for c in mapping.columns if isinstance(c, VisitFact) and c.what != "days"}
    facts: dict[str, Any] = {"class": rows.class_, **rows.facts}
    texts = {name: cells.cast(pa.string()) for name, cells in facts.items() if name in wanted}
    if mapping.visit:
        texts["identifier"] = rows.identifier.cast(pa.string())
    subject = subjects.numbers(rows.subject)
    # a visit that ended on a date may have lasted until its last minute
    last = np.where(end.start == NEVER, NEVER, end.end)
    said = [hashes(cells) for _, cells in sorted(facts.items())]
    return {
        "key": hashes(rows.identifier),
        "subject": subject,
        "start": start.start,
        "end": last,
        "end_unreadable": end.unreadable | end.ambiguous,
        "placeholder": is_placeholder(start, rule.timezone),
        "content": hash_rows(subject, start.start, last, rows.stands, *said),
        "updated": rows.updated,
        "stands": rows.stands,
        "asked": asked,
        "named": np.array(rows.identifier.is_valid().to_numpy(zero_copy_only=False), dtype=bool),
        "texts": pa.table(texts),
    }


def _counted(table: str, whole: Mapping[str, Any], born: Integers, ledger: Ledger) -> Mask:
    """Which visits count; each of the others is counted for the first reason."""
    keep: Mask = whole["named"].astype(bool)
    ledger.leave_out(table, "W_VISIT_NO_ID", int((~keep).sum()))
    version = versions(whole["key"].astype(np.uint64), whole["updated"], whole["content"].astype(np.uint64))
    early = (born != NEVER) & (whole["start"] != NEVER) & (whole["start"] < born)
    reasons = (
        ("W_VISIT_SAME_ID", version.doubtful),
        ("N_VISIT_SUPERSEDED", ~version.stand),
        ("N_VISIT_STATUS", ~whole["stands"].astype(bool)),
        ("W_VISIT_NO_SUBJECT", whole["subject"] < 0),
        ("W_VISIT_NO_TIME", whole["start"] == NEVER),
        ("N_VISIT_NOT_ASKED", ~whole["asked"].astype(bool)),
        ("W_VISIT_BEFORE_BIRTH", early),
        ("W_VISIT_TIME_PLACEHOLDER", whole["placeholder"].astype(bool)),
    )
    for reason, bad in reasons:
        ledger.leave_out(table, reason, int((keep & bad).sum()))
        keep = keep & ~bad
    return keep


def _ends(whole: Mapping[str, Any], keep: Mask, calendar: Calendar, ledger: Ledger) -> Integers:
    """The ends that can be meant; a visit whose end cannot be is taken as one of which the end is not known."""
    end: Integers = whole["end"].copy()
    known = keep & (end != NEVER)
    before = known & (end < whole["start"])
    never_yet = known & ~before & calendar.future(end)
    unreadable = keep & whole["end_unreadable"].astype(bool)
    ledger.tell("visits", "W_VISIT_END_UNREADABLE", int(unreadable.sum()))
    ledger.tell("visits", "W_VISIT_END_BEFORE_START", int(before.sum()))
    ledger.tell("visits", "W_VISIT_END_FUTURE", int(never_yet.sum()))
    end[before | never_yet] = NEVER
    return end
