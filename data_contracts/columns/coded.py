"""Columns as integer codes, so that rules compare, count and sort numbers instead of text."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.columns.parsers import MISSING_CODE
from data_contracts.reading.arrow_cells import Mask

Codes = npt.NDArray[np.signedinteger[Any]]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A column as codes of shape (rows,): positions among its distinct values, -1 where missing."""

    codes: Codes
    values: Any
    """The distinct values, a pandas Index; some may not occur in any row."""

    @property
    def present(self) -> Mask:
        """Mask of the rows with a value."""
        return np.not_equal(self.codes, MISSING_CODE)

    def to_rows(self, flags: Mask) -> Mask:
        """Expand a flag per distinct value to a mask of the rows; False where the value is missing."""
        return np.append(flags, False)[self.codes]

    def counts(self, where: Mask | None = None) -> npt.NDArray[np.int64]:
        """Number of rows of each distinct value, among the rows of the mask `where`."""
        chosen = self.present if where is None else self.present & where
        return np.bincount(self.codes if chosen.all() else self.codes[chosen], minlength=len(self.values))


def factorize(column: "pd.Series[Any]") -> Coded:
    """Encode a column, like `pandas.factorize`; a categorical column keeps its own codes."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Coded(codes=column.array.codes, values=column.array.categories)
    codes, values = pd.factorize(column)
    return Coded(codes=codes, values=pd.Index(values))


def plain_numbers(column: "pd.Series[Any]") -> tuple[npt.NDArray[Any], Mask]:
    """Numbers that are equal where the column's values are equal, and a mask of the rows with a value."""
    if column.dtype.kind == "M":
        ticks = column.to_numpy().view(np.int64)
        return ticks, ticks != np.iinfo(np.int64).min
    if column.dtype.kind == "f":
        numbers = column.to_numpy()
        return numbers, ~np.isnan(numbers)
    as_codes = factorize(column)
    return as_codes.codes, as_codes.present


def varies_within(groups: Coded, column: "pd.Series[Any]", where: Mask | None = None) -> Mask:
    """Mask of the groups with more than one value of the column, among the rows of the mask `where`."""
    values, there = plain_numbers(column)
    there = there & groups.present if where is None else there & groups.present & where
    one = np.zeros(len(groups.values), dtype=values.dtype)
    rows = slice(None) if there.all() else there
    codes, values = groups.codes[rows], values[rows]
    one[codes] = values
    several = np.zeros(len(groups.values), dtype=bool)
    several[codes[one[codes] != values]] = True
    return several


def row_hashes(frame: pd.DataFrame) -> Hashes:
    """A 64-bit hash per row, of shape (rows,). Unequal rows can rarely have equal hashes: compare the values too."""
    out = np.full(len(frame), 0x9E3779B97F4A7C15, dtype=np.uint64)
    for name in frame:
        out ^= _bits(frame[name])
        _mix(out)
    return out


def _bits(column: "pd.Series[Any]") -> Hashes:
    values, there = plain_numbers(column)
    plain = np.where(there, values + 0.0, 0.0) if values.dtype.kind == "f" else values.astype(np.int64)
    bits: Hashes = plain.view(np.uint64)  # -0.0 is normalised to 0.0
    if values.dtype.kind == "f":
        bits[~there] = 1
    return bits


def _mix(words: Hashes) -> None:
    """The finalizer of splitmix64 (Steele, Lea and Flood, OOPSLA 2014), in place."""
    with np.errstate(over="ignore"):
        words ^= words >> np.uint64(30)
        words *= np.uint64(0xBF58476D1CE4E5B9)
        words ^= words >> np.uint64(27)
        words *= np.uint64(0x94D049BB133111EB)
        words ^= words >> np.uint64(31)


def repeated_hashes(words: Hashes) -> Hashes:
    """The hashes that occur more than once, sorted."""
    ordered = np.sort(words)
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def is_repeated(words: Hashes) -> Mask:
    """Mask of the hashes that occur more than once; without a table of all, which takes thrice the time."""
    repeated = repeated_hashes(words)
    if not len(repeated):
        return np.zeros(len(words), dtype=bool)
    place = np.minimum(np.searchsorted(repeated, words), len(repeated) - 1)
    return np.asarray(repeated[place] == words)


def distinct_hashes(words: Hashes) -> int:
    """Number of distinct hashes; by sorting, which takes a twentieth of the time of `numpy.unique`."""
    ordered = np.sort(words)
    return int((ordered[1:] != ordered[:-1]).sum()) + bool(len(ordered))


def distinct_and_mode_count(numbers: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Number of distinct values, and number of occurrences of the most common one; no value may be missing."""
    ordered = np.sort(numbers)
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    return len(starts), int(np.diff(starts, append=len(ordered)).max())


def distinct_up_to_three(numbers: npt.NDArray[np.float64]) -> int:
    """Number of distinct values, or 3 if there are more."""
    if len(np.unique(numbers[:1000])) > 2:
        return 3
    for distinct in range(3):
        if not len(numbers):
            return distinct
        numbers = numbers[numbers != numbers[0]]
    return 3
