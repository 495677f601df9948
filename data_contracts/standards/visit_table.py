"""Rows of a table of visits, of any standard, as the visits that count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Integers, Keys, Mask, hash_rows, hashes
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import RecordMapping, VisitFact
from data_contracts.standards.moments import NEVER, Moments, first_readable, moments
from data_contracts.standards.people import Subjects, Visits, versions


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


Settle = Callable[[Keys, Keys], Mapping[str, Mask]]
"""From the key of each visit and a hash of what it says: why some do not count, as masks by reason."""


def visits(
    table: str,
    chunks: Iterator[VisitRows],
    mapping: RecordMapping,
    subjects: Subjects,
    ledger: Ledger,
    settle: Settle,
) -> Visits:
    """The visits that count; the others are counted by reason."""
    import pyarrow as pa

    parts = [_compact(rows, mapping, subjects) for rows in chunks]
    if not parts:
        raise reject("E_NO_ROWS", "The table of visits has no row that can be read.")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    texts = pa.concat_tables([part["texts"] for part in parts])
    ledger.seen[table] += len(whole["key"])
    keep = _counted(table, whole, texts, settle, ledger)
    order = np.flatnonzero(keep)[np.argsort(whole["key"][keep], kind="stable")]
    chosen = texts.take(pa.array(order)) if texts.num_columns else texts
    return Visits(
        key=whole["key"][order].astype(np.uint64),
        subject=whole["subject"][order],
        start=whole["start"][order],
        end=whole["end"][order],
        facts={name: chosen.column(name) for name in chosen.column_names if name != "identifier"},
        identifier=chosen.column("identifier") if mapping.visit else None,
    )


_NUMBERS = ("key", "subject", "start", "end", "end_fault", "stands", "asked", "named")
_END_FAULTS = ("", "W_VISIT_END_UNREADABLE", "W_VISIT_END_INEXACT", "W_VISIT_END_BEFORE_START")
_OPEN_END = r"^9999"
"""How many systems write that something has no end."""


def _end(rows: VisitRows, start: Moments, zone: str) -> tuple[Integers, Integers]:
    """When each visit ended at the latest, NEVER where that is not known, and which of the faults its end has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [cells.cast(pa.string()) for cells in (rows.end, rows.other_end) if cells is not None]
    open_ = [pc.fill_null(pc.match_substring_regex(cells, _OPEN_END), False) for cells in texts]
    nothing = pa.scalar(None, pa.string())
    end = first_readable([pc.if_else(o, nothing, cells) for o, cells in zip(open_, texts, strict=True)], zone)
    # a visit that ended on a date may have lasted until its last minute
    known = end.start != NEVER
    fault = np.select(
        [end.unreadable | end.ambiguous, known & ~end.within_a_day, known & (end.end < start.start)], [1, 2, 3], 0
    )
    return np.where(known & (fault == 0), end.end, NEVER), fault


def _compact(rows: VisitRows, mapping: RecordMapping, subjects: Subjects) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rule = mapping.records
    start = moments(rows.start, rule.timezone)
    end, end_fault = _end(rows, start, rule.timezone)
    asked = np.ones(len(rows.stands), dtype=bool)
    if rule.visits:
        found = pc.is_in(rows.class_, value_set=pa.array(rule.visits, pa.string()))
        asked = np.array(found.to_numpy(zero_copy_only=False), dtype=bool)
    wanted: set[str] = {c.what for c in mapping.columns if isinstance(c, VisitFact) and c.what != "days"}
    facts: dict[str, Any] = {"class": rows.class_, **rows.facts}
    texts = {name: cells.cast(pa.string()) for name, cells in facts.items() if name in wanted}
    if mapping.visit:
        texts["identifier"] = rows.identifier.cast(pa.string())
    return {
        "key": hashes(rows.identifier),
        "subject": subjects.numbers(rows.subject),
        "start": start.start,
        "end": end,
        "end_fault": end_fault,
        "stands": rows.stands,
        "asked": asked,
        "named": np.array(rows.identifier.is_valid().to_numpy(zero_copy_only=False), dtype=bool),
        "texts": pa.table(texts),
    }


def _counted(table: str, whole: Mapping[str, Any], texts: Any, settle: Settle, ledger: Ledger) -> Mask:
    """Which visits count; each of the others is counted for the first reason."""
    keep: Mask = whole["named"].astype(bool)
    ledger.leave_out(table, "W_VISIT_NO_ID", int((~keep).sum()))
    said = hash_rows(
        *(whole[name] for name in ("subject", "start", "end", "stands", "asked")),
        *(hashes(texts.column(name).combine_chunks()) for name in texts.column_names),
    )
    reasons = (
        *settle(whole["key"].astype(np.uint64), said).items(),
        ("N_VISIT_STATUS", ~whole["stands"].astype(bool)),
        ("W_VISIT_NO_SUBJECT", whole["subject"] < 0),
        ("W_VISIT_NO_TIME", whole["start"] == NEVER),
        ("N_VISIT_NOT_ASKED", ~whole["asked"].astype(bool)),
    )
    for reason, bad in reasons:
        ledger.leave_out(table, reason, int((keep & bad).sum()))
        keep = keep & ~bad
    for number, reason in enumerate(_END_FAULTS[1:], start=1):
        ledger.tell("visits", reason, int((keep & (whole["end_fault"] == number)).sum()))
    return keep


def same_rows(key: Keys, said: Keys) -> Mapping[str, Mask]:
    """Where nothing tells versions apart: a visit that stands twice counts once, one that stands there in two ways
    does not count.
    """
    version = versions(key, np.zeros(len(key), dtype=np.int64), said)
    return {"W_VISIT_SAME_ID": version.doubtful, "N_VISIT_SUPERSEDED": ~version.stand}
