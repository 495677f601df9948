"""A column as numbers, or a refusal that says how many of its values are none."""

import numpy as np
import pandas as pd

from meta_med.records import Bools, Floats
from meta_med.study import StudyMismatch


def numbers(column: pd.Series, key: str) -> Floats:
    """(n,) values as float64, NaN where missing.

    Args:
        column: of numbers, of yes and no, or of texts that are numbers.
        key: of the study that reads it so, for the message.

    Raises:
        StudyMismatch: values that are no numbers.

    """
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(np.float64, na_value=np.nan)
    if pd.api.types.is_datetime64_any_dtype(column):
        raise StudyMismatch(f"{key}: column {column.name} holds dates, which are not read as numbers")
    read = pd.to_numeric(column, errors="coerce")
    wrong = int((read.isna() & column.notna()).sum())
    if wrong:
        raise StudyMismatch(
            f"{key}: column {column.name} has {wrong:,} values that are no numbers; write `values` for their "
            "numbers, or `kind: category`"
        )
    return read.to_numpy(np.float64, na_value=np.nan)


def on_log_scale(values: Floats, floor: float | None, at: Bools | None = None) -> tuple[Floats, int, int]:
    """Values as a log scale can take them: how many were moved up to the floor, and how many have no logarithm.

    Args:
        values: (n,) as delivered. floor: the smallest value that can be told from nothing, like a limit of
            detection; None where the study states none. at: (n,) rows on the log scale; None: all.

    """
    logged = np.ones(len(values), dtype=bool) if at is None else at
    below = logged & (values < floor) if floor is not None else np.zeros(len(values), dtype=bool)
    out = np.where(below, floor if floor is not None else np.nan, values)
    without = logged & (out <= 0)
    return out, int(below.sum()), int(without.sum())
