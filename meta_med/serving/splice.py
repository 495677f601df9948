"""Rows of several tables put together by subject, each column in one pass, so that no table is copied on the way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from meta_med.cohorts.columns.text_places import places_among
from meta_med.cohorts.record_table import Bools, Ints


def spliced(parts: Sequence[pd.DataFrame], rows: Ints) -> pd.DataFrame:
    """Rows of tables with the same columns.

    Args:
        parts: the tables, at least one.
        rows: of each row of the result, its place among the rows of all of them, one table behind the other.

    """
    columns = [str(column) for column in parts[0]]
    return pd.DataFrame({name: _spliced([part[name] for part in parts], rows) for name in columns})


def spliced_by_subject(
    parts: Sequence[pd.DataFrame], names: pd.Series, taken: Sequence[Bools]
) -> pd.DataFrame:
    """Rows by subject, each subject's from one table and in the order that they have there.

    Args:
        parts: tables with a column subject_id.
        names: (R,) the subjects, sorted.
        taken: of each table, (R,) whose rows are taken from it.

    """
    rows, order, before = [], [], 0
    for part, own in zip(parts, taken, strict=True):
        place = places_among(part["subject_id"], names)
        kept = np.flatnonzero((place >= 0) & own[place])
        rows.append(before + kept)
        order.append(place[kept])
        before += len(part)
    whole, place = np.concatenate(rows), np.concatenate(order)
    in_order = (place[1:] >= place[:-1]).all()
    return spliced(parts, whole if in_order else whole[np.argsort(place, kind="stable")])


def _spliced(parts: "Sequence[pd.Series[Any]]", rows: Ints) -> Any:
    if all(pd.api.types.is_numeric_dtype(part.dtype) for part in parts):
        whole = [part.to_numpy().astype(parts[0].to_numpy().dtype, copy=False) for part in parts]
        return np.concatenate(whole)[rows] if len(whole) > 1 else whole[0][rows]
    texts = pa.chunked_array([_texts(part) for part in parts], type=pa.large_string())
    return pd.array(texts.combine_chunks().take(pa.array(rows)), dtype="str")


def _texts(part: "pd.Series[Any]") -> pa.Array:
    found = pa.array(part, type=pa.large_string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
