"""The result of a validation: verdict, accepted tables, quarantined rows with reasons, findings, sources.

Frames of accepted and quarantined rows are made on first access.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from data_contracts.corrections.correction import RowForm
from data_contracts.findings import Finding, SourceFacts
from data_contracts.rules.checked_table import CheckedTable

_ROWS_WRITTEN = 2**20
_OWN_TYPE: dict[str, Any] = {"integer": "Int64", "string": "str"}
"""Kinds of column whose dtype in accepted tables differs from that inside the gate."""


@dataclass(frozen=True, eq=False)
class AcceptedTables(Mapping[str, pd.DataFrame]):
    """Table name -> accepted rows with the contract's types, in file order, with a RangeIndex.

    A frame is made on first access. `write` never has a whole frame in memory.
    """

    tables: Mapping[str, CheckedTable] = field(repr=False)
    cached: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self.cached:
            self.cached[table] = self._rows(self.tables[table], self._kept(table))
        return self.cached[table]

    def __contains__(self, table: object) -> bool:
        return table in self.tables  # that of Mapping would make the frame

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __repr__(self) -> str:
        return f"AcceptedTables({', '.join(f'{name}: {self.count(name):,} rows' for name in self)})"

    def count(self, table: str) -> int:
        """Number of accepted rows, without making the frame."""
        found = self.tables[table]
        return len(found.frame) - int(found.held_mask.sum())

    def column(self, table: str, column: str) -> "pd.Series[Any]":
        """One column of the accepted rows with the compact dtype of the gate, without making the frame."""
        return _taken(self.tables[table].frame[column], self._kept(table)).reset_index(drop=True)

    def write(self, folder: Path) -> list[Path]:
        """Write each table piece by piece to one Parquet file in the folder, and return the files."""
        folder.mkdir(parents=True, exist_ok=True)
        return [self._write(name, folder / f"{name}.parquet") for name in self]

    def _write(self, table: str, path: Path) -> Path:
        import pyarrow as pa
        from pyarrow import parquet

        kept = self._kept(table)
        schema = pa.Schema.from_pandas(self._rows(self.tables[table], kept[:0]), preserve_index=False)
        with parquet.ParquetWriter(path, schema) as out:
            for at in range(0, max(1, len(kept)), _ROWS_WRITTEN):
                rows = self._rows(self.tables[table], kept[at : at + _ROWS_WRITTEN])
                out.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))
        return path

    def _kept(self, table: str) -> Any:
        return np.flatnonzero(~self.tables[table].held_mask)

    @staticmethod
    def _rows(checked: CheckedTable, positions: Any) -> pd.DataFrame:
        columns = [c for c in checked.table.columns if c.name in checked.frame]
        rows: dict[str, Any] = {c.name: _taken(checked.frame[c.name], positions) for c in columns}
        rows |= {c.name: _typed(rows[c.name], _OWN_TYPE[c.kind]) for c in columns if c.kind in _OWN_TYPE}
        return pd.DataFrame(rows, copy=False).reset_index(drop=True)


def _taken(column: "pd.Series[Any]", positions: Any) -> "pd.Series[Any]":
    """The column at these positions, which are in order and each once; itself where these are all."""
    return column if len(positions) == len(column) else column.take(positions)


def _typed(column: "pd.Series[Any]", dtype: Any) -> "pd.Series[Any]":
    """The column in this type; of categories each is converted once, not every cell."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype(dtype)
    values: Any = column.cat.categories.astype(dtype).array
    return pd.Series(values.take(column.cat.codes.to_numpy(), allow_fill=True), index=column.index)


Verdict = Literal["accept", "quarantine", "reject"]

QUARANTINE_COLUMNS = ("source", "file", "line", "rule", "code", "column", "raw")
TOUCHED_COLUMNS = ("source", "rule", "code", "holds", "subject", "rows")

SMALL_CELL = 10
"""Counts from 1 to this value are not shown if they could identify a person."""
OTHER = "(other)"
"""Name for cohorts that are not shown: their cell is faulty, empty, or shared by few rows."""


def _no_subjects() -> pd.DataFrame:
    return pd.DataFrame(columns=list(TOUCHED_COLUMNS))


@dataclass(frozen=True, kw_only=True)
class GateResult:
    """The result of a validation. Always `rows_in == rows_accepted + rows_quarantined`.

    In a rejected delivery every row is quarantined. `valid`, `quarantined`, `withheld_subjects`, `linked_subjects` and
    `touched` contain patients' data; everything else is safe to show.
    """

    verdict: Verdict
    valid: AcceptedTables = field(repr=False)
    """Table name -> accepted rows; empty if the delivery is rejected."""
    held_rows: Callable[[], pd.DataFrame] = field(repr=False, compare=False)
    """Makes `quarantined`, which is slow and large for a large rejected delivery."""
    findings: tuple[Finding, ...]
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    patients_quarantined: int
    """Number of subjects all of whose rows are held, because their identity is doubtful."""
    sources: tuple[SourceFacts, ...]
    withheld_subjects: frozenset[str] = field(repr=False)
    """Subjects for whom no prediction may be shown, because a conflict about them is open."""
    linked_subjects: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Groups of subjects who may be one person under several identifiers; they must be in the same split."""
    by_cohort: pd.DataFrame = field(repr=False)
    """One row per (rule, cohort): source, rule, code, cohort, count, rows; only for tables with a cohort column."""
    touched: pd.DataFrame = field(default_factory=_no_subjects, repr=False)
    """One row per (rule, code, subject): source, rule, code, holds, subject, rows; never shown as it is."""
    written: Mapping[str, RowForm] = field(default_factory=dict, repr=False)
    """Table name -> how its rows are written. Contains patients' data if a file has no header."""
    contract: str
    contract_version: str
    contract_sha256: str

    @cached_property
    def quarantined(self) -> pd.DataFrame:
        """One row per (row, reason): source, file, line, rule, code, column, raw; made on first access.

        Rejected tables with more than `file_bytes.MAX_REJECTED_ROWS_LISTED` rows are left out.
        """
        return self.held_rows()

    @property
    def exit_code(self) -> int:
        """Exit code of a command: 0 clean, 3 rows quarantined, 4 rejected."""
        return {"accept": 0, "quarantine": 3, "reject": 4}[self.verdict]

    def to_dict(self) -> dict[str, Any]:
        """Everything but patients' data, as plain values."""
        return {
            "verdict": self.verdict,
            "contract": {
                "name": self.contract,
                "version": self.contract_version,
                "sha256": self.contract_sha256,
            },
            "rows_in": self.rows_in,
            "rows_accepted": self.rows_accepted,
            "rows_quarantined": self.rows_quarantined,
            "patients_quarantined": self.patients_quarantined,
            "patients_withheld": len(self.withheld_subjects),
            "sources": [asdict(s) for s in self.sources],
            "findings": [asdict(f) for f in self.findings],
        }

    def to_json(self) -> str:
        """`to_dict` as JSON; deterministic."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)

    def to_frame(self) -> pd.DataFrame:
        """The findings, one per row."""
        columns = [f.name for f in fields(Finding)]
        return pd.DataFrame([asdict(f) for f in self.findings], columns=columns)
