"""Rows of a table of visits, of any standard, as the visits that count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Integers, Mask, hash_rows, hashes
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import RecordMapping, VisitFact
from data_contracts.standards.moments import NEVER, moments
from data_contracts.standards.people import Subjects, Visits, versions


@dataclass(frozen=True, kw_only=True)
class VisitRows:
    """Some visits as they are written. Arrow columns with one item a visit."""

    identifier: Any
    subject: Any
    start: Any
    end: Any
    class_: Any
    updated: Integers
    stands: Mask
    facts: Mapping[str, Any]


def visits(
    table: str, chunks: Iterator[VisitRows], mapping: RecordMapping, subjects: Subjects, ledger: Ledger
) -> Visits:
    """The visits that count, of the newest version of each; the others are counted by reason."""
    import pyarrow as pa

    parts = [_compact(rows, mapping, subjects) for rows in chunks]
    if not parts:
        raise reject("E_NO_ROWS", "The table of visits has no row that can be read.")
    whole = {name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    texts = pa.concat_tables([part["texts"] for part in parts])
    ledger.seen[table] += len(whole["key"])
    keep = _counted(table, whole, ledger)
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


_NUMBERS = ("key", "subject", "start", "end", "updated", "stands", "asked", "named")


def _compact(rows: VisitRows, mapping: RecordMapping, subjects: Subjects) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    rule = mapping.records
    start, end = moments(rows.start, rule.timezone), moments(rows.end, rule.timezone)
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
        # a visit that ended on a date may have lasted until its last minute
        "end": np.where(end.start == NEVER, NEVER, end.end),
        "updated": rows.updated,
        "stands": rows.stands,
        "asked": asked,
        "named": np.array(rows.identifier.is_valid().to_numpy(zero_copy_only=False), dtype=bool),
        "texts": pa.table(texts),
    }


def _counted(table: str, whole: Mapping[str, Any], ledger: Ledger) -> Mask:
    """Which visits count; each of the others is counted for the first reason."""
    keep: Mask = whole["named"].astype(bool)
    ledger.leave_out(table, "W_VISIT_NO_ID", int((~keep).sum()))
    content = hash_rows(*(whole[name] for name in ("subject", "start", "end", "stands")))
    version = versions(whole["key"].astype(np.uint64), whole["updated"], content)
    reasons = (
        ("W_VISIT_SAME_ID", version.doubtful),
        ("N_VISIT_SUPERSEDED", ~version.stand),
        ("N_VISIT_STATUS", ~whole["stands"].astype(bool)),
        ("W_VISIT_NO_SUBJECT", whole["subject"] < 0),
        ("W_VISIT_NO_TIME", whole["start"] == NEVER),
        ("N_VISIT_NOT_ASKED", ~whole["asked"].astype(bool)),
    )
    for reason, bad in reasons:
        ledger.leave_out(table, reason, int((keep & bad).sum()))
        keep = keep & ~bad
    return keep
