"""Rows of a table of visits, of any standard, as the visits that count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.export_files.batch import hash_rows, hashes
from data_contracts.standards.export_files.event_times import (
    Calendar,
    births,
    calendar_of,
    event_times,
    is_placeholder,
)
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import NEVER, Integers, Keys, Mask, Moments
from data_contracts.standards.export_files.people import Subjects, Visits, versions
from data_contracts.standards.mapping.model import RecordMapping, VisitFact


@dataclass(frozen=True, kw_only=True)
class VisitRows:
    """Some visits as they are written. Arrow columns with one item a visit."""

    identifier: Any
    subject: Any
    start: Any
    end: Any
    class_: Any
    stands: Mask
    facts: Mapping[str, Any]
    other_end: Any = None
    """Where else the end may stand, if `end` is missing or cannot be read."""
    start_date: Any = None
    end_date: Any = None
    """The day of start and end, from second columns; of two that disagree the date counts."""


Settle = Callable[[Keys, Keys], Mapping[str, Mask]]
"""From the key of each visit and a hash of what it says: why some do not count, as masks by reason."""


def visits(
    table: str,
    chunks: Iterator[VisitRows],
    mapping: RecordMapping,
    subjects: Subjects,
    ledger: ExportCounts,
    settle: Settle,
    earliest: Integers | None = None,
) -> Visits:
    """The visits that count; the others are counted by reason.

    `earliest`: by number of the patient the first moment at which they may have been born, where it is known.
    """
    import pyarrow as pa

    parts = [_compact(table, rows, mapping, subjects, ledger) for rows in chunks]
    if not parts:
        raise reject("E_NO_ROWS", "The table of visits has no row that can be read.")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    texts = pa.concat_tables([part["texts"] for part in parts])
    ledger.seen[table] += len(whole["key"])
    born = births(whole["subject"], np.zeros(0, dtype=np.int64) if earliest is None else earliest)
    keep = _counted(table, whole, settle, born, ledger)
    calendar = calendar_of(whole["start"][keep], born[keep])
    future = keep & calendar.future(whole["start"])
    ledger.leave_out(table, "W_VISIT_FUTURE", int(future.sum()))
    keep &= ~future
    end = _plausible_ends(whole, keep, calendar, ledger)
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
    "key", "said", "subject", "start", "placeholder", "end", "end_fault", "stands", "asked", "named",
)  # fmt: skip
_END_FAULTS = ("", "W_VISIT_END_UNREADABLE", "W_VISIT_END_INEXACT", "W_VISIT_END_BEFORE_START")
_OPEN_END = r"^9999"
"""How many systems write that something has no end."""


def _compact(
    table: str, rows: VisitRows, mapping: RecordMapping, subjects: Subjects, ledger: ExportCounts
) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rule = mapping.records
    start = _told([rows.start], rows.start_date, rule.timezone, table, ledger)
    end, end_fault = _end(table, rows, start, rule.timezone, ledger)
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
    compared = [hashes(cells) for _, cells in sorted(facts.items())]
    return {
        "key": hashes(rows.identifier),
        "said": hash_rows(subject, start.start, end, rows.stands, *compared),
        "subject": subject,
        "start": start.start,
        "placeholder": is_placeholder(start, rule.timezone),
        "end": end,
        "end_fault": end_fault,
        "stands": rows.stands,
        "asked": asked,
        "named": np.array(rows.identifier.is_valid().to_numpy(zero_copy_only=False), dtype=bool),
        "texts": pa.table(texts),
    }


def _told(clocks: list[Any], date: Any, zone: str, table: str, ledger: ExportCounts) -> Moments:
    """What two columns say; how often they had to be weighed is told."""
    times = event_times(clocks, date, zone)
    ledger.tell("times", "N_TIME_FROM_DATE", int(times.from_date.sum()), table)
    ledger.tell("times", "W_TIME_CONTRADICTS", int(times.contradicts.sum()), table)
    return times.when


def _end(
    table: str, rows: VisitRows, start: Moments, zone: str, ledger: ExportCounts
) -> tuple[Integers, Integers]:
    """When each visit ended at the latest, NEVER where that is not known, and which of the faults its end has."""
    clocks = [_without_open_ends(cells) for cells in (rows.end, rows.other_end) if cells is not None]
    date = None if rows.end_date is None else _without_open_ends(rows.end_date)
    end = _told(clocks, date, zone, table, ledger)
    # a visit that ended on a date may have lasted until its last minute
    known = end.start != NEVER
    fault = np.select(
        [end.unreadable | end.ambiguous, known & ~end.within_a_day, known & (end.end < start.start)],
        [1, 2, 3],
        0,
    )
    return np.where(known & (fault == 0), end.end, NEVER), fault


def _without_open_ends(cells: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    open_ = pc.fill_null(pc.match_substring_regex(cells.cast(pa.string()), _OPEN_END), False)
    return pc.if_else(open_, pa.scalar(None, cells.type), cells)


def _counted(
    table: str, whole: Mapping[str, Any], settle: Settle, born: Integers, ledger: ExportCounts
) -> Mask:
    """Which visits count; each of the others is counted for the first reason."""
    keep: Mask = whole["named"].astype(bool)
    ledger.leave_out(table, "W_VISIT_NO_ID", int((~keep).sum()))
    never = whole["start"] == NEVER
    reasons = (
        *settle(whole["key"].astype(np.uint64), whole["said"].astype(np.uint64)).items(),
        ("N_VISIT_STATUS", ~whole["stands"].astype(bool)),
        ("W_VISIT_NO_SUBJECT", whole["subject"] < 0),
        ("W_VISIT_NO_TIME", never),
        ("N_VISIT_NOT_ASKED", ~whole["asked"].astype(bool)),
        ("W_VISIT_TIME_PLACEHOLDER", whole["placeholder"].astype(bool)),
        ("W_VISIT_BEFORE_BIRTH", ~never & (born != NEVER) & (whole["start"] < born)),
    )
    for reason, bad in reasons:
        ledger.leave_out(table, reason, int((keep & bad).sum()))
        keep = keep & ~bad
    return keep


def _plausible_ends(
    whole: Mapping[str, Any], keep: Mask, calendar: Calendar, ledger: ExportCounts
) -> Integers:
    """The ends that can be meant; a visit with another end is taken as one of which the end is not known."""
    for number, reason in enumerate(_END_FAULTS[1:], start=1):
        ledger.tell("visits", reason, int((keep & (whole["end_fault"] == number)).sum()))
    never_yet = keep & calendar.future(whole["end"])
    ledger.tell("visits", "W_VISIT_END_FUTURE", int(never_yet.sum()))
    return np.where(never_yet, NEVER, whole["end"])


def same_rows(key: Keys, said: Keys) -> Mapping[str, Mask]:
    """Where nothing tells versions apart: a visit that stands twice counts once, one that stands there in two ways
    does not count.
    """
    version = versions(key, np.zeros(len(key), dtype=np.int64), said)
    return {"W_VISIT_SAME_ID": version.doubtful, "N_VISIT_SUPERSEDED": ~version.stand}
