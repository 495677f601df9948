"""Cells of tables whose columns come as text or as numbers, depending on who exported them."""

from typing import Any

import numpy as np

from data_contracts.findings import reject
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.moments import Mask

NULL_WORDS = ("NA", "N/A", "NULL", "Null", "null", "\\N", "None", "NaN", "nan", "NaT", "<NA>", "(null)")
"""What R, pandas and databases write where there is nothing."""
_EXACT = 2**53
"""Up to here a float is the number that was written."""


def without_null_words(table: Any, ledger: Ledger) -> Any:
    """The table with nothing where such a word stands; how many there were is told by column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for place, name in enumerate(table.column_names):
        cells = table.column(place)
        if not pa.types.is_string(cells.type):
            continue
        words = pc.is_in(cells, value_set=pa.array(NULL_WORDS))
        count = int(pc.sum(words).as_py() or 0)
        if count:
            ledger.tell("cells", "N_NULL_WORD", count, name)
            table = table.set_column(place, name, pc.if_else(words, pa.scalar(None, pa.string()), cells))
    return table


def identifiers(cells: Any) -> Any:
    """Text of each identifier, as it is written; a whole number that was exported as 974.0 is 974."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_integer(cells.type):
        return cells.cast(pa.string())
    if pa.types.is_floating(cells.type):
        return _whole_numbers(cells).cast(pa.string())
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    if pc.any(pc.match_substring(texts, ".")).as_py():
        texts = pc.replace_substring_regex(texts, pattern=r"^([+-]?\d+)\.0*$", replacement=r"\1")
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _whole_numbers(cells: Any) -> Any:
    """Floats as integers where they are; NaN is missing, and so is what a float cannot tell from its neighbours."""
    import pyarrow as pa
    import pyarrow.compute as pc

    exact = pc.less_equal(pc.abs(cells), _EXACT)
    whole = pc.and_kleene(pc.and_kleene(pc.is_finite(cells), exact), pc.equal(cells, pc.floor(cells)))
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
