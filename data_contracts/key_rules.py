"""Rules about keys: one row a key, and no row twice. Looked for on hashes of codes, confirmed on the values."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.arrow_cells import Mask
from data_contracts.coded import repeated, row_hashes


def unique_key(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """No other row has this key with other values; of a conflict, every version is held."""
    key = list(arguments["columns"])
    suspects = _sharing_a_key(frame, key)
    versions = suspects.drop_duplicates()
    in_conflict = versions.loc[versions.duplicated(key, keep=False), key].drop_duplicates()
    keeps = np.ones(len(frame), dtype=bool)
    if len(in_conflict):
        keeps[suspects.index[rows_in(suspects[key], in_conflict)]] = False
    return keeps


def repeated_row(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is the first of its kind: none before it is equal in every cell."""
    suspects = _sharing_a_key(frame, list(arguments["columns"]))
    keeps = np.ones(len(frame), dtype=bool)
    keeps[suspects.index[suspects.duplicated().to_numpy()]] = False
    return keeps


def _sharing_a_key(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows of a complete key that another row has too, in order, with their positions as index."""
    complete = np.ones(len(frame), dtype=bool)
    for column in key:
        complete &= frame[column].notna().to_numpy()
    hashes = row_hashes(frame[key])
    twice = repeated(hashes if complete.all() else hashes[complete])
    if len(twice):
        complete &= twice[np.minimum(np.searchsorted(twice, hashes), len(twice) - 1)] == hashes
    positions = np.flatnonzero(complete) if len(twice) else np.zeros(0, dtype=np.int64)
    rows = frame.take(positions).set_axis(pd.Index(positions), axis=0)
    return rows[rows.duplicated(key, keep=False)]


def rows_in(rows: pd.DataFrame, among: pd.DataFrame) -> Mask:
    """Which rows stand, with all their columns, in a frame without repeated rows."""
    merged = rows.merge(among, how="left", on=list(rows.columns), indicator=True)
    return (merged["_merge"] == "both").to_numpy(dtype=bool)
