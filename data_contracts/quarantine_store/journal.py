"""The journal: who viewed held rows or decided about them, when and why. Entries are only added, never changed.

An entry is written before the values of held rows are shown.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from data_contracts.errors import QuarantineError
from data_contracts.quarantine_store.held_rows import HeldRowsFilter, rows_in, texts_in
from data_contracts.quarantine_store.ledger import Ledger

_LONGEST = {"name": 80, "reason": 500}


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A named person with a reason, at a time; `account` is the user name of the operating system."""

    who: str
    why: str
    account: str
    at: datetime

    def __post_init__(self) -> None:
        _require(self.who, "name")
        _require(self.why, "reason")


def _require(text: str, what: str) -> None:
    if not text.strip() or not text.isprintable() or len(text) > _LONGEST[what]:
        raise QuarantineError(
            f"A {what} is required, one line of at most {_LONGEST[what]} characters: it is kept in the journal."
        )


def add_entry(
    connection: sqlite3.Connection, action: str, study: str, signed: Signature, what: Mapping[str, Any]
) -> int:
    """Add an entry within a transaction and return its number. `what` has counts and row numbers, never a value."""
    added = connection.execute(
        "INSERT INTO journal (at, who, account, action, study, why, what) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            signed.at.isoformat(timespec="seconds"),
            signed.who.strip(),
            signed.account,
            action,
            study,
            signed.why.strip(),
            json.dumps(what, sort_keys=True, ensure_ascii=False),
        ),
    )
    return int(added.lastrowid or 0)


def entries(ledger: Ledger, study: str | None = None) -> pd.DataFrame:
    """The journal, oldest first: at, who, account, action, study, why, what (a mapping)."""
    with ledger.reading() as connection:
        rows = connection.execute(
            "SELECT at, who, account, action, study, why, what FROM journal"
            " WHERE :study IS NULL OR study = :study ORDER BY id",
            {"study": study},
        ).fetchall()
    names = ["at", "who", "account", "action", "study", "why", "what"]
    frame = pd.DataFrame([tuple(row) for row in rows], columns=names)
    return frame.assign(what=[json.loads(text) for text in frame["what"]])


def view_rows(ledger: Ledger, which: HeldRowsFilter, signed: Signature, limit: int = -1) -> pd.DataFrame:
    """The rows one by one with their text in `as_delivered`, after an entry in the journal. Contains patients' data."""
    with ledger.writing() as connection:
        rows = pd.DataFrame([dict(row) for row in rows_in(connection, which, limit)])
        numbers = sorted({int(row) for row in rows.get("row", [])})
        texts = texts_in(connection, numbers)
        add_entry(
            connection,
            "viewed values",
            which.study or "",
            signed,
            {"rows": len(numbers), "row_numbers": numbers},
        )
    return rows.assign(as_delivered=[texts[int(row)].raw for row in rows.get("row", [])])
