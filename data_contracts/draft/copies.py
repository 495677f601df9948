"""Finds columns that copy another column of the table: the same values, a linear function of them, or other names.

As outcome and covariate of one study, one of the two gives the other away.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.draft.column_types import ColumnFacts

Numbers = npt.NDArray[np.float64]
_ENOUGH_ROWS = 20
_FEWEST_OF_A_VALUE = 3
_SAMPLE = 2000
"""Rows on which all pairs are compared; pairs that are alike there are compared on all rows."""
_ALIKE, _COPY = 0.9, 0.9999
"""Absolute correlation of a pair to look at, and of a copy that was rounded."""
_SHARED = 0.5
"""Share of the less filled column's cells that must have a value in the other column."""


def copies(columns: Sequence[ColumnFacts]) -> Iterator[tuple[str, str]]:
    """(copy, original) by name, each copy once; the original is the first of its copies in the table."""
    found: set[int] = set()
    for original, copy in sorted([*_of_numbers(columns), *_of_categories(columns)]):
        if copy not in found and original not in found:
            found.add(copy)
            yield columns[copy].name, columns[original].name


def _of_numbers(columns: Sequence[ColumnFacts]) -> Iterator[tuple[int, int]]:
    """Pairs of number columns, as positions in order, whose ranks determine each other."""
    places = [i for i, c in enumerate(columns) if c.is_numeric]
    if len(places) < 2:
        return
    values = np.column_stack([columns[i].values.to_numpy(dtype=np.float64) for i in places])
    step = -(-len(values) // _SAMPLE)
    alike = np.abs(_rough_correlation(values[::step])) > _ALIKE
    for a, b in np.argwhere(np.triu(alike, 1)):
        if _is_copy(values[:, a], values[:, b]):
            yield places[a], places[b]


def _rough_correlation(values: Numbers) -> Numbers:
    """(columns, columns) rank correlations; each column is ranked once, also where the other has no value."""
    present = ~np.isnan(values)
    ranks = pd.DataFrame(values).rank()
    centred = (ranks - ranks.mean()).fillna(0.0).to_numpy()
    shared = (centred**2).T @ present.astype(np.float64)
    spread = np.sqrt(shared * shared.T)
    rough: Numbers = np.divide(centred.T @ centred, spread, out=np.zeros_like(spread), where=spread > 0)
    return rough


def _is_copy(a: Numbers, b: Numbers) -> bool:
    both = ~(np.isnan(a) | np.isnan(b))
    fewer = min((~np.isnan(a)).sum(), (~np.isnan(b)).sum())
    if both.sum() < max(_ENOUGH_ROWS, _SHARED * fewer):
        return False
    ranks = pd.DataFrame({"a": a[both], "b": b[both]}).rank()
    if not all(_varies(ranks[name]) for name in ranks):
        return False
    return abs(float(ranks["a"].corr(ranks["b"]))) >= _COPY


def _of_categories(columns: Sequence[ColumnFacts]) -> Iterator[tuple[int, int]]:
    """Pairs of columns that divide the rows into the same groups, whatever they call them."""
    first: dict[bytes, int] = {}
    for place, column in enumerate(columns):
        codes, levels = pd.factorize(column.written)
        known = pd.Series(codes[codes >= 0])
        if column.is_time or len(known) < max(_ENOUGH_ROWS, 2 * len(levels)) or not _varies(known):
            continue
        original = first.setdefault(codes.tobytes(), place)
        if original != place:
            yield original, place


def _varies(values: "pd.Series[Any]") -> bool:
    """Whether enough rows have another value than the commonest: rarer values may agree by chance."""
    return bool(len(values) - values.value_counts().max() >= _FEWEST_OF_A_VALUE)
