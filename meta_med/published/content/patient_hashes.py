"""A hash of each patient's rows in a release's tables, by array operations over whole columns.

A row's hash is over its values, the names of its table and columns, and its place among the rows of its patient; a
patient's is the sum over all rows, modulo 2^64. Bits are mixed as in SplitMix64 (Steele, Lea and Flood 2014), texts by
pandas' SipHash. That finds what was changed by mistake; whoever wants to deceive can also compute it.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from meta_med.cohorts.columns.text_places import places_among

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
BY = "subject_id"
TEXT_KEY = "meta-med release"  # 16 bytes, as SipHash asks
MISSING = np.uint64(0x9E3779B97F4A7C15)
FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def patient_sums(tables: Mapping[str, pa.Table], patients: pa.Array) -> Hashes:
    """(P,) the sums of the hashes of these patients' rows; 0 for patients without rows.

    Args:
        tables: those of a release; tables that are not about patients are left out, and so are rows of other patients.
        patients: (P,) their ids, each once.

    """
    sums = np.zeros(len(patients), dtype=np.uint64)
    for name, table in tables.items():
        if BY in table.column_names:
            _add(sums, name, table, places_among(table[BY], patients))
    return sums


def other_sum(tables: Mapping[str, pa.Table]) -> Hashes:
    """(1,) the sum of the hashes of all rows that are of no single patient."""
    total = np.zeros(1, dtype=np.uint64)
    for name, table in tables.items():
        if BY not in table.column_names:
            total += row_hashes(name, table, np.arange(table.num_rows)).sum(dtype=np.uint64)
    return total


def row_hashes(name: str, table: pa.Table, place: Ints) -> Hashes:
    """(N,) of the rows of one table, at their places (N,)."""
    total = place.astype(np.uint64) * FACTORS[0]
    for column in table.column_names:
        total += _mixed(_bits(table[column].combine_chunks()) ^ _key(name, column))
    return _mixed(total)


def _add(sums: Hashes, name: str, table: pa.Table, whose: Ints) -> None:
    """Add the hashes of a table's rows to the sums of the patients, `whose` (N,) they are; -1: nobody's."""
    if (np.diff(whose) < 0).any() or (whose < 0).any():
        order = np.argsort(whose, kind="stable")
        order = order[np.searchsorted(whose[order], 0) :]
        table, whose = table.take(pa.array(order)), whose[order]
    if len(whose):
        begin = np.flatnonzero(np.diff(whose, prepend=-1))
        hashes = row_hashes(name, table, numbers_within(whose))
        sums[whose[begin]] += np.add.reduceat(hashes, begin)


def numbers_within(whose: Ints) -> Ints:
    """(N,) the number of each row among those of its patient, from 0; the rows of a patient stand together."""
    begin = np.flatnonzero(np.diff(whose, prepend=-1))
    count = np.diff(begin, append=len(whose))
    return np.asarray(np.arange(len(whose)) - np.repeat(begin, count))


def _bits(column: pa.Array) -> Hashes:
    """(N,) 64 bits of each value."""
    missing = column.is_null().to_numpy(zero_copy_only=False)
    if pa.types.is_large_string(column.type):
        found = _text_bits(column)
    else:
        found = np.ascontiguousarray(column.fill_null(0).to_numpy()).view(np.uint64)
    return np.where(missing, MISSING, found)


def _text_bits(column: pa.Array) -> Hashes:
    """Each distinct text is hashed once."""
    encoded = column.fill_null("").dictionary_encode()
    texts = encoded.dictionary.to_numpy(zero_copy_only=False)
    hashes = pd.util.hash_array(texts, hash_key=TEXT_KEY, categorize=False)
    return np.asarray(hashes[encoded.indices.to_numpy()])


@lru_cache(maxsize=1024)
def _key(*names: str) -> np.uint64:
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.uint64(int.from_bytes(digest[:8]))


def _mixed(bits: Hashes) -> Hashes:
    """SplitMix64's finaliser."""
    for shift, factor in zip((30, 27), FACTORS, strict=True):
        bits = (bits ^ (bits >> np.uint64(shift))) * factor
    return bits ^ (bits >> np.uint64(31))
