"""Decisions about held rows: correct, confirm or discard, each by a named person with a reason.

A decision changes no data by itself. The next run applies it to the delivery, and the gate validates that again.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data_contracts.corrections.correction import Correction, cells_of
from data_contracts.errors import QuarantineError
from data_contracts.quarantine_store.held_rows import ALL, HeldRowsFilter, RowText, rows_in, texts_in
from data_contracts.quarantine_store.journal import Signature, add_entry
from data_contracts.quarantine_store.ledger import Ledger

_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decided rows by number, and the number of corrected cells per column."""

    rows: tuple[int, ...]
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Decision:
    row: int
    kind: str
    changes: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()


def confirm(ledger: Ledger, which: HeldRowsFilter, signed: Signature) -> Decided:
    """Release rows as delivered. Raises `QuarantineError` if one is held by a rule that is not `releasable`."""
    with ledger.writing() as connection:
        rows = _open_rows(connection, which)
        reasons = _reasons(connection, rows)
        _require_releasable(reasons)
        earlier = _rules_confirmed(connection, rows)
        rules = reasons.groupby("row")["rule"].agg(set)
        decisions = [
            _Decision(row=r, kind="confirmed", rules=tuple(sorted(rules[r] | earlier.get(r, set()))))
            for r in rows
        ]
        return _record(connection, "released as they are", which, signed, decisions)


def correct(
    ledger: Ledger,
    study: str,
    changes: Mapping[int, Mapping[str, str]],
    signed: Signature,
    identity_columns: Sequence[str] = (),
) -> Decided:
    """Release rows with corrected cells.

    Args:
        ledger: the quarantine.
        study: the study of the rows.
        changes: row number -> column -> new text.
        signed: who decides, and why.
        identity_columns: subject, time and cohort columns that may be changed; others of these may not.

    Raises:
        QuarantineError: a row is no longer held, or a correction is not possible. Then nothing is decided.

    """
    which = HeldRowsFilter(study=study, batch=ALL, rows=tuple(changes))
    with ledger.writing() as connection:
        rows = _open_rows(connection, which)
        texts = texts_in(connection, rows)
        for row in rows:
            _require_possible(texts[row], changes[row])
        _require_named(texts.values(), changes, identity_columns)
        decisions = [_Decision(row=row, kind="fixed", changes=changes[row]) for row in rows]
        return _record(connection, "released corrected", which, signed, decisions)


def discard(ledger: Ledger, which: HeldRowsFilter, signed: Signature) -> Decided:
    """Discard rows permanently, so that nobody needs to review them again; also revokes a release."""
    with ledger.writing() as connection:
        found = _states(connection, which)
        rows = tuple(found.index[found["status"] != "discarded"])
        if not rows:
            raise QuarantineError(_no_match(which))
        decisions = [_Decision(row=row, kind="discarded") for row in rows]
        return _record(connection, "discarded", which, signed, decisions)


def corrections(ledger: Ledger, study: str) -> tuple[Correction, ...]:
    """The latest decision about each released row, for the next run of the study. Contains patients' data."""
    if not ledger.exists:
        return ()
    with ledger.reading() as connection:
        found = connection.execute(
            "SELECT decision.id, source, header, raw, changes, rules, who FROM decision"
            " JOIN held_row ON held_row.id = decision.row JOIN sheet ON sheet.id = held_row.sheet"
            " JOIN journal ON journal.id = decision.entry"
            " WHERE sheet.study = ? AND kind != 'discarded'"
            " AND decision.id IN (SELECT max(id) FROM decision GROUP BY row) ORDER BY decision.id",
            (study,),
        ).fetchall()
    return tuple(
        Correction(
            number=row["id"],
            source=row["source"],
            header=tuple(json.loads(row["header"])),
            raw=row["raw"].decode(),
            changes=json.loads(row["changes"]),
            rules=tuple(json.loads(row["rules"])),
            by=row["who"],
        )
        for row in found
    )


def _states(connection: sqlite3.Connection, which: HeldRowsFilter) -> pd.DataFrame:
    """The selected rows by number, with status, decided_by and decided_at."""
    found = [dict(row) for row in rows_in(connection, which)]
    columns = ["row", "status", "decided_by", "decided_at"]
    return pd.DataFrame(found, columns=columns).drop_duplicates("row").set_index("row")


def _open_rows(connection: sqlite3.Connection, which: HeldRowsFilter) -> tuple[int, ...]:
    """Numbers of the selected rows that are held; rows selected by number must all be held."""
    found = _states(connection, replace(which, status=None) if which.rows else which)
    unknown = sorted(set(which.rows) - set(found.index))
    if unknown:
        raise QuarantineError(
            f"No such row is held: {_numbers(unknown)}. `meta-med quarantine show` lists them."
        )
    closed = found[found["status"] != "held"]
    if which.rows and len(closed):
        first = closed.iloc[0]
        raise QuarantineError(
            f"{first['status'].capitalize()} already, by {first['decided_by']} on {first['decided_at'][:10]}: row "
            f"{_numbers(closed.index)}. A row is released once; discard it to revoke that."
        )
    rows = tuple(int(row) for row in found.index[found["status"] == "held"])
    if not rows:
        raise QuarantineError(_no_match(which))
    return rows


def _no_match(which: HeldRowsFilter) -> str:
    where = "" if which.batch == ALL else f" in the {which.batch} batch"
    return f"No held row{where} matches; `meta-med quarantine list` shows all held rows."


def _numbers(rows: Iterable[int]) -> str:
    shown = [str(row) for row in rows]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


def _reasons(connection: sqlite3.Connection, rows: Sequence[int]) -> pd.DataFrame:
    """All reasons of the rows in the newest batch that held them, whatever the filter."""
    found = connection.execute(
        "SELECT DISTINCT held.row, reason.rule, reason.releasable FROM held JOIN reason ON reason.id = held.reason"
        " WHERE held.row IN (SELECT value FROM json_each(?))"
        " AND held.batch = (SELECT max(batch) FROM held AS other WHERE other.row = held.row)",
        (json.dumps(list(rows)),),
    )
    return pd.DataFrame([tuple(row) for row in found], columns=["row", "rule", "releasable"])


def _require_releasable(reasons: pd.DataFrame) -> None:
    fixed = reasons.loc[reasons["releasable"] == 0, "rule"].value_counts()
    if len(fixed):
        rules = ", ".join(f"{rule} ({count:,} rows)" for rule, count in fixed.items())
        raise QuarantineError(
            f"These rules cannot be confirmed: {rules}. Correct the rows and release them with --fixed, or "
            "leave them out. Only rules that the contract marks `releasable: true` can be confirmed."
        )


def _rules_confirmed(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, set[str]]:
    """Rules that were already confirmed for the rows; a later confirmation adds to them."""
    found = connection.execute(
        "SELECT row, rules FROM decision WHERE kind = 'confirmed'"
        " AND id IN (SELECT max(id) FROM decision GROUP BY row)"
        " AND row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row["row"]: set(json.loads(row["rules"])) for row in found}


def _require_possible(text: RowText, changes: Mapping[str, str]) -> None:
    header = text.form.header
    delivered = cells_of(text.raw, text.form)
    if not changes or not set(changes) <= set(header) or len(set(header)) < len(header):
        raise QuarantineError(
            f"Row {text.row}: its correction names no column of the table, or an ambiguous one."
        )
    if delivered is None and set(changes) != set(header):
        raise QuarantineError(f"Row {text.row} could not be split into columns: give all of its cells.")
    if any(not (c.isprintable() or c in "\t\n ") for cell in changes.values() for c in cell):
        raise QuarantineError(f"Row {text.row}: a corrected cell contains control characters.")


def _require_named(
    texts: Iterable[RowText], changes: Mapping[int, Mapping[str, str]], named: Sequence[str]
) -> None:
    """Refuse changes of identity columns that are not named, because spreadsheets rewrite dates and numbers."""
    count = Counter[str]()
    for text in texts:
        if cells_of(text.raw, text.form) is None:
            continue
        protected = {name.casefold() for name in text.identity} - {name.casefold() for name in named}
        count.update(name for name in changes[text.row] if name.strip().casefold() in protected)
    if count:
        columns = ", ".join(f"{name} (in {rows:,} rows)" for name, rows in sorted(count.items()))
        raise QuarantineError(
            f"This would change the identity or time of rows: {columns}. A spreadsheet may have rewritten the column. "
            "If the change is intended, name the column with --identity."
        )


def _record(
    connection: sqlite3.Connection,
    action: str,
    which: HeldRowsFilter,
    signed: Signature,
    decisions: Sequence[_Decision],
) -> Decided:
    columns = Counter(name for d in decisions for name in d.changes)
    what = {
        "rows": len(decisions),
        "row_numbers": [d.row for d in decisions],
        "corrected_cells": dict(columns),
        "rules": sorted({rule for d in decisions for rule in d.rules}),
    }
    entry = add_entry(connection, action, which.study or "", signed, what)
    connection.executemany(
        "INSERT INTO decision (row, kind, changes, rules, entry) VALUES (?, ?, ?, ?, ?)",
        [
            (d.row, d.kind, json.dumps(d.changes, ensure_ascii=False), json.dumps(d.rules), entry)
            for d in decisions
        ],
    )
    return Decided(rows=tuple(d.row for d in decisions), columns=dict(columns))
