"""The quarantined rows of a result: each with its file, line, rule, code and original text."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.findings import Held
from data_contracts.reading.delivery import Delivery
from data_contracts.reading.file_bytes import MAX_REJECTED_ROWS_LISTED
from data_contracts.rules.checked_table import CheckedTable
from data_contracts.validation.breakdown import rule_name
from data_contracts.validation.result import QUARANTINE_COLUMNS, GateResult

Texts = npt.NDArray[np.object_]
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def quarantined_rows(tables: Iterable[CheckedTable], rejected: bool) -> pd.DataFrame:
    """The quarantined rows, one per (row, reason). In a rejected delivery every row is quarantined.

    A rejected table with more than `file_bytes.MAX_REJECTED_ROWS_LISTED` rows is left out; its file is kept instead.
    """
    parts = [part for table in tables for part in _of_table(table, rejected)]
    if not parts:
        return pd.DataFrame(columns=list(QUARANTINE_COLUMNS)).astype({"line": "int64"})
    found = pd.concat(parts, ignore_index=True)
    return found.sort_values(["source", "file", "line"], kind="stable", ignore_index=True)


def _of_table(table: CheckedTable, rejected: bool) -> list[pd.DataFrame]:
    if table.delivery is None or (rejected and table.facts.rows > MAX_REJECTED_ROWS_LISTED):
        return []
    reasons = [h for h in table.held if h.holds]
    if rejected:
        reasons.append(_common_reason(table))
    texts = _texts(table, table.delivery, rejected)
    return [_part(table, table.delivery, reason, texts) for reason in reasons]


def _common_reason(table: CheckedTable) -> Held:
    """The reason for rows without a fault of their own: their file or another file of the delivery is rejected."""
    rest = np.flatnonzero(~table.held_mask)
    cause = next((n for n in table.notes if n.code.startswith("E_")), None)
    if cause is None:
        return Held(code="E_DELIVERY_REJECTED", rule="limit", column="", positions=rest, message="")
    return Held(code=cause.code, rule=cause.rule, column=cause.column, positions=rest, message="")


def _texts(table: CheckedTable, delivery: Delivery, rejected: bool) -> Texts:
    """Original text by position, made once although a row may have several reasons."""
    positions = np.arange(delivery.rows) if rejected else np.flatnonzero(table.held_mask)
    texts: Texts = np.full(delivery.rows, None, dtype=object)
    texts[positions] = delivery.raw.text(positions)
    return texts


def _part(table: CheckedTable, delivery: Delivery, reason: Held, texts: Texts) -> pd.DataFrame:
    columns = {
        "source": table.facts.source,
        "file": delivery.files_of(reason.positions) or table.facts.file,
        "line": delivery.lines[reason.positions],
        "rule": rule_name(table, reason.rule),
        "code": reason.code,
        "column": reason.column,
        "raw": texts[reason.positions],
    }
    return pd.DataFrame(columns)


def write(result: GateResult, folder: Path) -> list[Path]:
    """Write the quarantined rows as Parquet (exact) and as CSV (for spreadsheets, with formulas escaped)."""
    folder.mkdir(parents=True, exist_ok=True)
    exact, readable = folder / "quarantine.parquet", folder / "quarantine.csv"
    result.quarantined.to_parquet(exact, index=False, compression="zstd")
    harmless = result.quarantined.assign(raw=_without_formulas(result.quarantined["raw"]))
    harmless.to_csv(readable, index=False, lineterminator="\n")
    return [exact, readable]


def _without_formulas(raw: "pd.Series[str]") -> "pd.Series[str]":
    """Escape cells that begin like a formula by an apostrophe (OWASP ASVS 1.2.10)."""
    text = raw.astype("str")
    return text.where(~text.str.startswith(_STARTS_A_FORMULA), "'" + text)
