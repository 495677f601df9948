"""This delivery of a table beside the previous one: subjects and records as whole numbers that are equal in both.

Records are sorted once by subject and time, so that rules find a record of one delivery in the other by bisection.
Deliveries are mostly in this order already; texts of millions of rows are neither made nor compared.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.columns.coded import Codes, factorize
from data_contracts.columns.parsers import MISSING_CODE
from data_contracts.contract.model import Table
from data_contracts.findings import Positions
from data_contracts.reading.arrow_cells import Mask

Ints = npt.NDArray[np.int64]
LARGEST = 2**62
"""Keys of records stay below it."""


@dataclass(frozen=True)
class RecordKeys:
    """The rows of a delivery with a subject and, if the table has one, a time, in the order of subject and time.

    Attributes:
        key: (N,) sorted; equal in both deliveries where subject and time are.
        row: (N,) the position of each row.
        times: how many times there may be: a key is the subject's number times it, and that of the time.

    """

    key: Ints
    row: Positions
    times: int

    @property
    def subject(self) -> Ints:
        """(N,) the number of the subject."""
        return self.key // self.times

    @cached_property
    def once(self) -> Mask:
        """(N,) whether no other row has the same subject and time."""
        other = self.key[1:] != self.key[:-1]
        return np.asarray(np.append(True, other) & np.append(other, True))[: len(self.key)]

    @cached_property
    def last(self) -> Mask:
        """(N,) whether the row is the last one of its subject."""
        return np.append(np.diff(self.subject) != 0, True)[: len(self.key)]

    def places_of(self, keys: Ints) -> tuple[Positions, Mask]:
        """Where among these records each of the other keys is, and whether it is there."""
        if not len(self.key):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        place = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return place, np.asarray(self.key[place] == keys)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """This delivery of a table, and the previous one."""

    new: pd.DataFrame
    old: pd.DataFrame
    table: Table
    same_bytes: bool = False
    """The two files have the same bytes."""

    @cached_property
    def subjects(self) -> tuple[Codes, Codes]:
        """(new, old): the number of each row's subject, the same in both; `MISSING_CODE` where there is none."""
        return numbered_alike(*(frame[self.table.subject or ""] for frame in (self.new, self.old)))

    def names(self, numbers: Ints) -> set[str]:
        """The subjects of this delivery with these numbers."""
        return {str(name) for name in factorize(self.new[self.table.subject or ""]).values[numbers]}

    def values_per_subject(
        self, column: str, *, first: bool = False
    ) -> "tuple[pd.Series[Any], pd.Series[Any]]":
        """(new, old): the last (or first) value of each subject with one, by the subject's number.

        Without categories, so that both can be compared.
        """
        new, old = (
            _value_of_each(codes, frame[column], first=first)
            for codes, frame in zip(self.subjects, (self.new, self.old), strict=True)
        )
        return new, old

    @cached_property
    def records(self) -> tuple[RecordKeys, RecordKeys]:
        """(new, old): the rows with a subject and, if there is one, a time."""
        new, old = self.subjects
        if self.table.time is None:
            return _keys(new, None, 1), _keys(old, None, 1)
        most = 1 + max(int(codes.max(initial=0)) for codes in (new, old))
        one, other, distinct = times_alike(
            self.new[self.table.time], self.old[self.table.time], LARGEST // most
        )
        return _keys(new, one, distinct), _keys(old, other, distinct)

    def added(self) -> pd.DataFrame:
        """The rows later than all of the previous delivery: the new rows, if deliveries accumulate."""
        time = self.table.time
        return self.new if time is None else self.new[self.new[time] > self.old[time].max()]


def _keys(subject: Codes, time: Ints | None, times: int) -> RecordKeys:
    there = subject != MISSING_CODE
    if time is not None:
        there &= time != MISSING_CODE
    row = np.flatnonzero(there)
    key = subject[row].astype(np.int64) * times
    if time is not None:
        key += time[row]
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        key, row = key[order], row[order]
    return RecordKeys(key, row, times)


def numbered_alike(one: "pd.Series[Any]", other: "pd.Series[Any]") -> tuple[Codes, Codes]:
    """The values of two columns as numbers, equal where the values are; `MISSING_CODE` where one is missing."""
    first, second = factorize(one), factorize(other)
    place = pd.Index(first.values).get_indexer(pd.Index(second.values)).astype(np.int64)
    unknown = place < 0
    place[unknown] = len(first.values) + np.arange(unknown.sum())
    return first.codes.astype(np.int64), np.append(place, MISSING_CODE)[second.codes]


def times_alike(one: "pd.Series[Any]", other: "pd.Series[Any]", limit: int) -> tuple[Ints, Ints, int]:
    """Times of two deliveries as whole numbers from 0, equal and ordered as the times are.

    Args:
        one, other: the times.
        limit: how large the numbers may be; where steps between the times would be larger, they are ranks.

    Returns:
        The numbers of both, `MISSING_CODE` where a time is missing, and one more than the largest of them.

    """
    both = pd.concat([one, other], ignore_index=True)
    known = both.notna().to_numpy()
    steps = _steps(both[known].to_numpy().view(np.int64)) if both.dtype.kind == "M" and known.any() else None
    if steps is not None and steps.max() < limit:
        numbers = np.full(len(both), MISSING_CODE, dtype=np.int64)
        numbers[known] = steps
    else:
        numbers = pd.factorize(both, sort=True)[0].astype(np.int64)
    return numbers[: len(one)], numbers[len(one) :], int(numbers.max(initial=0)) + 1


def _steps(ticks: Ints) -> Ints:
    """Moments as multiples of the largest step that all are multiples of, days for dates, from the first on."""
    since = ticks - ticks.min()
    return np.asarray(since // max(1, int(np.gcd.reduce(since))))


def _value_of_each(subject: Codes, column: "pd.Series[Any]", *, first: bool) -> "pd.Series[Any]":
    rows = np.flatnonzero((subject != MISSING_CODE) & column.notna().to_numpy())
    rows = rows[::-1] if first else rows
    chosen = np.full(int(subject.max(initial=MISSING_CODE)) + 1, -1)
    # if a position is assigned several times, the last assignment wins
    chosen[subject[rows]] = rows
    found = np.flatnonzero(chosen >= 0)
    return without_categories(column.take(chosen[found])).set_axis(pd.Index(found))


def without_categories(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """The values without categories: pandas cannot compare the categories of two deliveries."""
    dtype = values.dtype
    return values.astype(dtype.categories.dtype) if isinstance(dtype, pd.CategoricalDtype) else values
