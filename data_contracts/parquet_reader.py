"""Parquet bytes to columns; the file's own types are kept until the contract has spoken."""

import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_contracts.delivery import Delivery
from data_contracts.findings import Positions, reject
from data_contracts.snapshot import Snapshot


@dataclass(frozen=True)
class ParquetRows:
    """Gives a row back as one JSON object."""

    table: Any

    def text(self, positions: Positions) -> list[str]:
        """The rows as JSON, one a position."""
        rows = self.table.take(positions).to_pylist()
        return [json.dumps(row, default=str, ensure_ascii=False) for row in rows]


def read_parquet(snapshot: Snapshot) -> Delivery:
    """The delivered columns; raises `RejectedError` where the file cannot be read."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(io.BytesIO(snapshot.content)).read(use_threads=False)
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError, TypeError):
        raise reject("E_UNREADABLE", "The Parquet file is damaged and cannot be read.") from None
    if not table.num_rows:
        raise reject("E_NO_ROWS", "The file has columns but no rows.")
    return Delivery(
        form="parquet",
        header=tuple(table.column_names),
        cells={str(i): _plain(table.column(i)) for i in range(table.num_columns)},
        rows=table.num_rows,
        lines=np.arange(1, table.num_rows + 1),
        raw=ParquetRows(table),
        unreadable=np.zeros(table.num_rows, dtype=bool),
    )


def _plain(column: Any) -> Any:
    import pyarrow as pa

    array = column.combine_chunks()
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
