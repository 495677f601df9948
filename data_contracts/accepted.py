"""The accepted rows: made from the compact columns when somebody asks for them, or written piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.judge import Judged

_ROWS_WRITTEN = 2**20
_OWN_TYPE: dict[str, Any] = {"integer": "Int64", "string": "str"}
"""Kinds of column that frames of the gate hold otherwise than those who use the rows expect."""


@dataclass(frozen=True, eq=False)
class AcceptedTables(Mapping[str, pd.DataFrame]):
    """Table -> accepted rows under the contract's own types, in the file's order, on a RangeIndex.

    A frame is made when it is first asked for. `write` never holds one as a whole.
    """

    judged: Mapping[str, Judged] = field(repr=False)
    made: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self.made:
            self.made[table] = self._rows(self.judged[table], self._kept(table))
        return self.made[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.judged)

    def __len__(self) -> int:
        return len(self.judged)

    def __repr__(self) -> str:
        return f"AcceptedTables({', '.join(f'{name}: {self.count(name):,} rows' for name in self)})"

    def count(self, table: str) -> int:
        """Number of accepted rows, without making them."""
        judged = self.judged[table]
        return len(judged.frame) - int(judged.held_mask.sum())

    def column(self, table: str, column: str) -> "pd.Series[Any]":
        """One column of the accepted rows as the gate holds it, compact; the other columns are not made."""
        judged = self.judged[table]
        return judged.frame[column].take(self._kept(table)).reset_index(drop=True)

    def write(self, folder: Path) -> list[Path]:
        """Writes each table as one Parquet file into the folder, by pieces. Returns the files."""
        folder.mkdir(parents=True, exist_ok=True)
        return [self._write(name, folder / f"{name}.parquet") for name in self]

    def _write(self, table: str, path: Path) -> Path:
        import pyarrow as pa
        from pyarrow import parquet

        kept = self._kept(table)
        schema = pa.Schema.from_pandas(self._rows(self.judged[table], kept[:0]), preserve_index=False)
        with parquet.ParquetWriter(path, schema) as out:
            for at in range(0, max(1, len(kept)), _ROWS_WRITTEN):
                rows = self._rows(self.judged[table], kept[at : at + _ROWS_WRITTEN])
                out.write_table(pa.Table.from_pandas(rows, schema=schema, preserve_index=False))
        return path

    def _kept(self, table: str) -> Any:
        return np.flatnonzero(~self.judged[table].held_mask)

    @staticmethod
    def _rows(judged: Judged, positions: Any) -> pd.DataFrame:
        columns = [c for c in judged.table.columns if c.name in judged.frame]
        rows: dict[str, Any] = {c.name: judged.frame[c.name].take(positions) for c in columns}
        rows |= {c.name: rows[c.name].astype(_OWN_TYPE[c.kind]) for c in columns if c.kind in _OWN_TYPE}
        return pd.DataFrame(rows, copy=False).reset_index(drop=True)
