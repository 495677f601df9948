"""The valid visits in a table of visits, of any standard."""

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
    """Some visits as written: Arrow columns with one item per visit."""

    identifier: Any
    subject: Any
    start: Any
    end: Any
    class_: Any
    status_valid: Mask
    facts: Mapping[str, Any]
    other_end: Any = None
    """An alternative to `end`, used where it is missing or cannot be read."""
    start_date: Any = None
    end_date: Any = None
    """The dates of start and end in second columns; a date wins over a contradicting time."""


VersionFaults = Callable[[Keys, Keys], Mapping[str, Mask]]
"""(key of each visit, hash of its content) -> reason -> mask of the visits that are not valid for it."""


def visits(
    table: str,
    chunks: Iterator[VisitRows],
    mapping: RecordMapping,
    subjects: Subjects,
    ledger: ExportCounts,
    version_faults: VersionFaults,
    earliest: Integers | None = None,
) -> Visits:
    """The valid visits; the others are counted by reason.

    Args:
        table: the table's name in the ledger.
        chunks: the rows as written.
        mapping: which visits, and which of their facts, are requested.
        subjects: the numbers of patients.
        ledger: counts visits that are left out.
        version_faults: decides between rows with one identifier.
        earliest: by patient number, the earliest possible birth in microseconds UTC, or NEVER.

    Raises:
        RejectedError: the table has no row.

    """
    import pyarrow as pa

    parts = [_compact(table, rows, mapping, subjects, ledger) for rows in chunks]
    if not parts:
        raise reject("E_NO_ROWS", "The table of visits has no readable row.")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    texts = pa.concat_tables([part["texts"] for part in parts])
    ledger.seen[table] += len(whole["key"])
    born = births(whole["subject"], np.zeros(0, dtype=np.int64) if earliest is None else earliest)
    keep = _countable(table, whole, version_faults, born, ledger)
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
    "key", "content", "subject", "start", "placeholder", "end", "end_fault", "status_valid", "requested", "named",
)  # fmt: skip
_END_FAULTS = ("", "W_VISIT_END_UNREADABLE", "W_VISIT_END_INEXACT", "W_VISIT_END_BEFORE_START")
_OPEN_END = r"^9999"
"""Many systems write the year 9999 for no end."""


def _compact(
    table: str, rows: VisitRows, mapping: RecordMapping, subjects: Subjects, ledger: ExportCounts
) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rule = mapping.records
    start = _read_times([rows.start], rows.start_date, rule.timezone, table, ledger)
    end, end_fault = _end(table, rows, start, rule.timezone, ledger)
    requested = np.ones(len(rows.status_valid), dtype=bool)
    if rule.visits:
        found = pc.is_in(rows.class_, value_set=pa.array(rule.visits, pa.string()))
        requested = np.array(found.to_numpy(zero_copy_only=False), dtype=bool)
    wanted: set[str] = {c.what for c in mapping.columns if isinstance(c, VisitFact) and c.what != "days"}
    facts: dict[str, Any] = {"class": rows.class_, **rows.facts}
    texts = {name: cells.cast(pa.string()) for name, cells in facts.items() if name in wanted}
    if mapping.visit:
        texts["identifier"] = rows.identifier.cast(pa.string())
    subject = subjects.numbers(rows.subject)
    compared = [hashes(cells) for _, cells in sorted(facts.items())]
    return {
        "key": hashes(rows.identifier),
        "content": hash_rows(subject, start.start, end, rows.status_valid, *compared),
        "subject": subject,
        "start": start.start,
        "placeholder": is_placeholder(start, rule.timezone),
        "end": end,
        "end_fault": end_fault,
        "status_valid": rows.status_valid,
        "requested": requested,
        "named": np.array(rows.identifier.is_valid().to_numpy(zero_copy_only=False), dtype=bool),
        "texts": pa.table(texts),
    }


def _read_times(clocks: list[Any], date: Any, zone: str, table: str, ledger: ExportCounts) -> Moments:
    """The times from two columns; contradictions between them are counted."""
    times = event_times(clocks, date, zone)
    ledger.note("times", "N_TIME_FROM_DATE", int(times.from_date.sum()), table)
    ledger.note("times", "W_TIME_CONTRADICTS", int(times.contradicts.sum()), table)
    return times.when


def _end(
    table: str, rows: VisitRows, start: Moments, zone: str, ledger: ExportCounts
) -> tuple[Integers, Integers]:
    """The latest end of each visit, or NEVER, and the index of its fault in `_END_FAULTS`."""
    clocks = [_without_open_ends(cells) for cells in (rows.end, rows.other_end) if cells is not None]
    date = None if rows.end_date is None else _without_open_ends(rows.end_date)
    end = _read_times(clocks, date, zone, table, ledger)
    # a visit that ends on a date may last until the end of that day
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


def _countable(
    table: str, whole: Mapping[str, Any], version_faults: VersionFaults, born: Integers, ledger: ExportCounts
) -> Mask:
    """Which visits are valid; each of the others is counted for its first reason."""
    keep: Mask = whole["named"].astype(bool)
    ledger.leave_out(table, "W_VISIT_NO_ID", int((~keep).sum()))
    never = whole["start"] == NEVER
    reasons = (
        *version_faults(whole["key"].astype(np.uint64), whole["content"].astype(np.uint64)).items(),
        ("N_VISIT_STATUS", ~whole["status_valid"].astype(bool)),
        ("W_VISIT_NO_SUBJECT", whole["subject"] < 0),
        ("W_VISIT_NO_TIME", never),
        ("N_VISIT_NOT_ASKED", ~whole["requested"].astype(bool)),
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
    """The plausible ends; a visit with an implausible end has none."""
    for number, reason in enumerate(_END_FAULTS[1:], start=1):
        ledger.note("visits", reason, int((keep & (whole["end_fault"] == number)).sum()))
    in_future = keep & calendar.future(whole["end"])
    ledger.note("visits", "W_VISIT_END_FUTURE", int(in_future.sum()))
    return np.where(in_future, NEVER, whole["end"])


def repeated_rows(key: Keys, content: Keys) -> Mapping[str, Mask]:
    """Version faults without version numbers: exact duplicates count once, and contradicting rows do not count."""
    version = versions(key, np.zeros(len(key), dtype=np.int64), content)
    return {"W_VISIT_SAME_ID": version.doubtful, "N_VISIT_SUPERSEDED": ~version.current}
