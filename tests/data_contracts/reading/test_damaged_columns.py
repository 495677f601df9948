"""The original text of a held row, where a page of another column of the Parquet file is damaged."""

import io
import json

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from data_contracts.reading.parquet_reader import UNREADABLE, ParquetRows

TABLE = pa.table({"patient": ["A", "B", "C"], "day": [1, 2, 3], "note": ["x", "y", "z"]})


def damaged(*columns: str) -> bytes:
    """The table as a file in which the page headers of these columns cannot be read."""
    buffer = io.BytesIO()
    parquet.write_table(TABLE, buffer, use_dictionary=False, compression="none")
    content = bytearray(buffer.getvalue())
    group = parquet.ParquetFile(io.BytesIO(bytes(content))).metadata.row_group(0)
    for name in columns:
        start = group.column(TABLE.schema.get_field_index(name)).data_page_offset
        content[start : start + 8] = b"\xff" * 8
    return bytes(content)


@pytest.mark.parametrize("columns", [(), ("note",), ("day", "note"), ("patient", "day", "note")])
def test_what_can_be_read_of_a_row_is_kept_and_the_rest_is_marked(columns: tuple[str, ...]) -> None:
    (row,) = ParquetRows(damaged(*columns)).text(np.asarray([1]))
    whole = {"patient": "B", "day": 2, "note": "y"}
    assert json.loads(row) == whole | dict.fromkeys(columns, UNREADABLE)
