"""Which columns want a code: looked up once for each distinct code, however often it occurs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data_contracts.standards.mapping import Column, History, Measured, Static
from data_contracts.standards.moments import Floats, Integers
from data_contracts.standards.tokens import ANY_THAT_BEGINS, WITH_DESCENDANTS


@dataclass(frozen=True)
class Wanted:
    """One column's wish for one code."""

    column: int
    factor: float
    level: int


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Pairs of an entry and a column that wants it. `entry` points into the entries that were looked up."""

    entry: Integers
    column: Integers
    factor: Floats
    level: Integers


@dataclass(frozen=True)
class CodeBook:
    """Exact codes, and codes that begin in a certain way, with the columns that want them."""

    exact: Mapping[str, tuple[Wanted, ...]]
    beginnings: tuple[tuple[str, Wanted], ...]
    _known: dict[str, tuple[Wanted, ...]] = field(default_factory=dict, repr=False)
    _met: set[str] = field(default_factory=set, repr=False)

    def match(self, entries: Integers, tokens: Any) -> Matches:
        """The columns that want these codes; `entries[i]` has code `tokens[i]`, and may have several.

        An entry whose codes are several names of one thing comes once for a column, by its first code.
        """
        coded = tokens.dictionary_encode()
        wishes = [self.wanted(code) for code in coded.dictionary.to_pylist()]
        counts = np.array([len(w) for w in wishes], dtype=np.int64)
        place = coded.indices.to_numpy(zero_copy_only=False)
        times = counts[place] if len(counts) else np.zeros(0, dtype=np.int64)
        chosen = np.repeat(np.cumsum(counts)[place] - counts[place], times) if len(counts) else times
        chosen = chosen + _within(times)
        flat = [w for wish in wishes for w in wish]
        column = np.array([w.column for w in flat], dtype=np.int64)[chosen]
        entry = np.repeat(entries, times)
        _, first = np.unique(np.stack([entry, column]), axis=1, return_index=True)
        first.sort()
        return Matches(
            entry=entry[first],
            column=column[first],
            factor=np.array([w.factor for w in flat], dtype=np.float64)[chosen][first],
            level=np.array([w.level for w in flat], dtype=np.int64)[chosen][first],
        )

    def wanted(self, code: str) -> tuple[Wanted, ...]:
        """The columns that want a code; which codes were met is remembered."""
        if code not in self._known:
            begins = [w for beginning, w in self.beginnings if code.startswith(beginning)]
            self._known[code] = (*self.exact.get(code, ()), *begins)
            self._met.update(b for b, _ in self.beginnings if code.startswith(b))
            self._met.update({code} & self.exact.keys())
        return self._known[code]

    @property
    def never_met(self) -> list[str]:
        """Codes of the mapping that no event has had: a spelling to look at."""
        beginnings = {b for b, _ in self.beginnings}
        return sorted({*self.exact, *beginnings} - self._met)


def code_book(columns: Iterable[Column], descendants: Mapping[str, Iterable[str]] | None = None) -> CodeBook:
    """The book of a mapping's columns; `descendants` are those of the concepts written with a "+"."""
    exact: dict[str, list[Wanted]] = {}
    beginnings: list[tuple[str, Wanted]] = []
    for position, column in enumerate(columns):
        if not isinstance(column, Measured | History | Static):
            continue
        for code, use in column.codes.items():
            wish = Wanted(position, use.factor, use.level)
            if code.endswith(ANY_THAT_BEGINS):
                beginnings.append((code[:-1], wish))
                continue
            for one in _spelt_out(code, descendants or {}):
                exact.setdefault(one, []).append(wish)
    return CodeBook({code: tuple(wishes) for code, wishes in exact.items()}, tuple(beginnings))


def _spelt_out(code: str, descendants: Mapping[str, Iterable[str]]) -> set[str]:
    if not code.endswith(WITH_DESCENDANTS):
        return {code}
    concept = code[:-1]
    return {concept, *descendants.get(concept, ())}


def _within(times: Integers) -> Integers:
    """0, 1, ... n-1 for each n."""
    ends = np.cumsum(times)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - times, times)
