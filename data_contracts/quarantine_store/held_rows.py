"""Find held rows: counted by reason, listed one by one, or with their text."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from data_contracts.corrections.correction import RowForm
from data_contracts.quarantine_store.ledger import Ledger

Status = Literal["held", "released", "discarded"]
NEWEST, ALL = "newest", "all"


@dataclass(frozen=True, kw_only=True)
class HeldRowsFilter:
    """Selects held rows. None or empty means any; `rule` and `code` may contain `*`."""

    study: str | None = None
    batch: str = NEWEST
    """Fingerprint of a run, "newest" (of each study) or "all"."""
    source: str | None = None
    rule: str | None = None
    code: str | None = None
    status: Status | None = None
    rows: tuple[int, ...] = ()
    """Numbers of rows, as shown in lists."""
    lines: tuple[int, ...] = ()

    def parameters(self) -> dict[str, Any]:
        """Parameters of the SQL condition `_FROM`."""
        return {
            **asdict(self),
            "rows": json.dumps(self.rows) if self.rows else None,
            "lines": json.dumps(self.lines) if self.lines else None,
        }


_FROM = """
FROM held
JOIN batch ON batch.seq = held.batch
JOIN file ON file.id = held.file
JOIN reason ON reason.id = held.reason
JOIN row_state ON row_state.row = held.row
LEFT JOIN journal ON journal.id = row_state.entry
WHERE (:study IS NULL OR batch.study = :study)
    AND (:source IS NULL OR file.source = :source)
    AND (:rule IS NULL OR reason.rule GLOB :rule)
    AND (:code IS NULL OR reason.code GLOB :code)
    AND (:status IS NULL OR row_state.status = :status)
    AND (:rows IS NULL OR held.row IN (SELECT value FROM json_each(:rows)))
    AND (:lines IS NULL OR held.line IN (SELECT value FROM json_each(:lines)))
    AND (:batch = 'all' OR batch.name = :batch
        OR :batch = 'newest' AND batch.seq = (SELECT max(seq) FROM batch AS other WHERE other.study = batch.study))
"""

_COUNTS = f"""
SELECT batch.study, batch.name AS batch, batch.at, batch.verdict, file.source, reason.rule, reason.code,
    reason."column", count(*) AS rows, sum(row_state.status = 'held') AS held,
    sum(row_state.status = 'released') AS released, sum(row_state.status = 'discarded') AS discarded
{_FROM}
GROUP BY batch.seq, file.source, reason.id
ORDER BY batch.seq, file.source, rows DESC, reason.rule, reason.code
"""

# all reasons of the row, including those outside the filter
_OF_ROW = """
FROM held AS own JOIN reason AS every ON every.id = own.reason
WHERE own.batch = held.batch AND own.row = held.row AND own.file = held.file AND own.line = held.line
"""

_ROWS = f"""
SELECT held.row, batch.study, batch.name AS batch, file.source, file.name AS file, held.line,
    (SELECT group_concat(code, ' ') {_OF_ROW}) AS codes, (SELECT group_concat(rule, ' ') {_OF_ROW}) AS rules,
    row_state.status, row_state.kind AS decision, journal.who AS decided_by, journal.at AS decided_at
{_FROM}
GROUP BY batch.seq, held.row, held.file, held.line
ORDER BY batch.seq, file.source, file.name, held.line
LIMIT :limit
"""

_WHOLE = """
SELECT batch.study, batch.name AS batch, batch.at, file.source, file.name AS file, file.kept_whole AS code,
    file.bytes, file.sha256
FROM file JOIN batch ON batch.seq = file.batch
WHERE file.kept_whole != '' AND (:study IS NULL OR batch.study = :study)
ORDER BY batch.seq, file.source
"""


@dataclass(frozen=True, kw_only=True)
class RowText:
    """A held row as delivered, and how its table is written. Contains patients' data; never logged."""

    row: int
    raw: str
    form: RowForm
    source: str
    identity: tuple[str, ...]


def count_by_reason(ledger: Ledger, which: HeldRowsFilter) -> pd.DataFrame:
    """Number of rows per batch and reason, and how many of them are still held, released or discarded."""
    with ledger.reading() as connection:
        return _frame(connection.execute(_COUNTS, which.parameters()))


def list_rows(ledger: Ledger, which: HeldRowsFilter, limit: int = -1) -> pd.DataFrame:
    """The rows one by one without their text: number, file, line, reasons and decision."""
    with ledger.reading() as connection:
        return _frame(rows_in(connection, which, limit))


def rows_in(connection: sqlite3.Connection, which: HeldRowsFilter, limit: int = -1) -> sqlite3.Cursor:
    """`list_rows` within a transaction."""
    return connection.execute(_ROWS, {**which.parameters(), "limit": limit})


def whole_files(ledger: Ledger, study: str | None = None) -> pd.DataFrame:
    """Files that are kept as a whole, because their rows are not listed one by one."""
    with ledger.reading() as connection:
        return _frame(connection.execute(_WHOLE, {"study": study}))


def texts_in(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, RowText]:
    """Row number -> its text; the caller records the reader in the journal."""
    found = connection.execute(
        "SELECT held_row.id, raw, form, header, delimiter, source, identity FROM held_row"
        " JOIN sheet ON sheet.id = held_row.sheet"
        " WHERE held_row.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row["id"]: _text(row) for row in found}


def _text(row: sqlite3.Row) -> RowText:
    form = RowForm(form=row["form"], header=tuple(json.loads(row["header"])), delimiter=row["delimiter"])
    return RowText(
        row=row["id"],
        raw=row["raw"].decode(),
        form=form,
        source=row["source"],
        identity=tuple(json.loads(row["identity"])),
    )


def _frame(cursor: sqlite3.Cursor) -> pd.DataFrame:
    names = [column[0] for column in cursor.description]
    return pd.DataFrame([tuple(row) for row in cursor.fetchall()], columns=names)
