"""The quarantine: every held row with its file, line, rule, code and original text."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.findings import Positions
from data_contracts.judge import Judged
from data_contracts.result import QUARANTINE_COLUMNS, GateResult

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")


def quarantined_rows(tables: Iterable[Judged], rejected: bool) -> pd.DataFrame:
    """One row a (row, reason). Of a rejected delivery every row is held, with its own reason or the common one."""
    parts = [part for table in tables for part in _of_table(table, rejected)]
    if not parts:
        return pd.DataFrame(columns=list(QUARANTINE_COLUMNS)).astype({"line": "int64"})
    found = pd.concat(parts, ignore_index=True)
    return found.sort_values(["source", "line"], kind="stable", ignore_index=True)


def _of_table(table: Judged, rejected: bool) -> list[pd.DataFrame]:
    if table.delivery is None:
        return []
    texts = _texts(table, rejected)
    parts = [_part(table, h.positions, h.rule, h.code, h.column, texts) for h in table.held if h.holds]
    if rejected:
        rest = np.flatnonzero(~table.held_mask)
        cause = next((n for n in table.notes if n.code.startswith("E_")), None)
        code, rule = (cause.code, cause.rule) if cause else ("E_DELIVERY_REJECTED", "limit")
        parts.append(_part(table, rest, rule, code, cause.column if cause else "", texts))
    return parts


def _texts(table: Judged, rejected: bool) -> "pd.Series[str]":
    """Original text by position, read once for rows that have several reasons."""
    assert table.delivery is not None
    positions = np.arange(table.delivery.rows) if rejected else np.flatnonzero(table.held_mask)
    return pd.Series(table.delivery.raw.text(positions), index=positions, dtype="str")


def _part(
    table: Judged, positions: Positions, rule: str, code: str, column: str, texts: "pd.Series[str]"
) -> pd.DataFrame:
    assert table.delivery is not None
    return pd.DataFrame(
        {
            "source": table.facts.source,
            "file": table.facts.file,
            "line": table.delivery.lines[positions],
            "rule": rule if "." in rule else f"{table.facts.source}.{rule}",
            "code": code,
            "column": column,
            "raw": texts.loc[positions].to_numpy(),
        }
    )


def write(result: GateResult, folder: Path) -> list[Path]:
    """Writes the held rows as Parquet (exact) and as CSV (for a spreadsheet, formulas made harmless)."""
    folder.mkdir(parents=True, exist_ok=True)
    exact, readable = folder / "quarantine.parquet", folder / "quarantine.csv"
    result.quarantined.to_parquet(exact, index=False, compression="zstd")
    harmless = result.quarantined.assign(raw=_without_formulas(result.quarantined["raw"]))
    harmless.to_csv(readable, index=False, lineterminator="\n")
    return [exact, readable]


def _without_formulas(raw: "pd.Series[str]") -> "pd.Series[str]":
    """A cell that begins like a formula gets an apostrophe (OWASP ASVS 1.2.10)."""
    text = raw.astype("str")
    return text.where(~text.str.startswith(_STARTS_A_FORMULA), "'" + text)
