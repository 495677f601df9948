"""Cells of tables whose columns come as text or as numbers, depending on who exported them."""

from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.batch import Mask


def identifiers(cells: Any) -> Any:
    """Text of each identifier; a whole number that was exported as 974.0 is 974."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_floating(cells.type):
        cells = _whole_numbers(cells)
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    texts = pc.replace_substring_regex(texts, pattern=r"^(\d+)\.0+$", replacement=r"\1")
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _whole_numbers(cells: Any) -> Any:
    """Floats as integers where they are; NaN is missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.and_kleene(pc.is_finite(cells), pc.equal(cells, pc.floor(cells)))
    return pc.if_else(whole, cells, pa.scalar(None, cells.type)).cast(pa.int64(), safe=False)


def numbers(cells: Any) -> tuple[Any, Mask]:
    """Numbers, null where nothing is written; and where something is written that is none."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        if pa.types.is_timestamp(cells.type) or pa.types.is_date(cells.type):
            raise reject("E_TYPE", "A column of numbers holds times.")
        return cells.cast(pa.float64(), safe=False), np.zeros(len(cells), dtype=bool)
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    written = np.array(
        pc.fill_null(pc.not_equal(texts, ""), False).to_numpy(zero_copy_only=False), dtype=bool
    )
    values = pd.to_numeric(pd.Series(texts.to_pandas(), dtype=object), errors="coerce").to_numpy(np.float64)
    return pa.array(values, mask=np.isnan(values)), written & np.isnan(values)


def clock(datetime: Any, date: Any) -> Any:
    """The time of each row: with its hour where that is written, else the date alone."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def texts(cells: Any) -> Any:
        if pa.types.is_timestamp(cells.type):
            cells = cells.cast(pa.timestamp("us", tz=cells.type.tz))
        written = pc.utf8_trim_whitespace(cells.cast(pa.string()))
        return pc.if_else(pc.equal(written, ""), pa.scalar(None, pa.string()), written)

    return pc.coalesce(texts(datetime), texts(date))
