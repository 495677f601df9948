"""Patients and visits of an export: the keys that events refer to, and the facts about each.

Records may name a patient by another identifier than the export's own key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from data_contracts.standards.export_files.batch import hashes
from data_contracts.standards.export_files.ledger import ExportCounts
from data_contracts.standards.export_files.moments import DAY, NEVER, Integers, Keys

NOBODY, UNKNOWN = -1, -2


class Subjects:
    """Numbers the keys of patients in order of first occurrence; after `close`, a new key is UNKNOWN."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._merged: dict[str, int] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._numbers)

    def close(self) -> None:
        """Call after reading the table of patients: later keys are unknown."""
        self._closed = True

    def merge(self, key: str, into: str) -> None:
        """Makes `key` refer to the known patient `into`."""
        self._merged[key] = self._numbers[into]

    def numbers(self, keys: Any) -> Integers:
        """The number of each key; NOBODY for null."""
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = keys.cast(pa.string()).dictionary_encode()
        distinct = [self._number(key) for key in coded.dictionary.to_pylist()]
        place = pc.fill_null(coded.indices, len(distinct)).to_numpy(zero_copy_only=False)
        numbers: Integers = np.array([*distinct, NOBODY], dtype=np.int64)[place]
        return numbers

    def keys(self) -> list[str]:
        """The keys, by number."""
        return list(self._numbers)

    def _number(self, key: str) -> int:
        if key in self._merged:
            return self._merged[key]
        if self._closed:
            return self._numbers.get(key, UNKNOWN)
        return self._numbers.setdefault(key, len(self._numbers))


@dataclass(frozen=True, kw_only=True)
class People:
    """The patients of an export. Arrays have one item per number of `subjects`.

    `shown` are the identifiers in the records, None for a patient without a usable one; if empty, the keys are used.
    """

    subjects: Subjects
    shown: tuple[str | None, ...] = ()
    birth: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Birth in microseconds UTC, or NEVER."""
    earliest: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Earliest possible birth in microseconds UTC, or NEVER; empty if only `birth` is known."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Field -> list of texts or None."""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """The valid visits, sorted by `key`, the hash of their identifier; times in microseconds UTC."""

    key: Keys
    subject: Integers
    start: Integers
    end: Integers
    facts: Mapping[str, Any]
    """Field -> array of texts or None."""
    identifier: Any
    """Texts, if the mapping requests them; else None."""

    def numbers(self, identifiers: Any) -> Integers:
        """The index of each identifier's visit; NOBODY for null, UNKNOWN for an unknown identifier."""
        wanted = hashes(identifiers)
        place = np.searchsorted(self.key, wanted)
        place = np.minimum(place, max(len(self.key) - 1, 0))
        found = self.key[place] == wanted if len(self.key) else np.zeros(len(wanted), dtype=bool)
        missing = np.array(identifiers.is_null().to_numpy(zero_copy_only=False), dtype=bool)
        return np.where(missing, NOBODY, np.where(found, place, UNKNOWN))


def no_visits() -> Visits:
    """No visits, for records that are not visits."""
    none = np.zeros(0, dtype=np.int64)
    return Visits(key=none.astype(np.uint64), subject=none, start=none, end=none, facts={}, identifier=None)


class RowVersions(NamedTuple):
    """`current`: the newest row of each key. `doubtful`: a key has several newest rows that differ."""

    current: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]


def versions(key: Keys, updated: Integers, content: Keys) -> RowVersions:
    """Finds the current row of each key.

    Args:
        key: (n,) hash of each row's identifier; a row with key 0 has none and is always current.
        updated: (n,) when each row was updated.
        content: (n,) hash of each row's content, to compare equally new rows.

    """
    if not len(key):
        none = np.zeros(0, dtype=bool)
        return RowVersions(none, none)
    order = np.lexsort((updated, key)) if updated.any() else np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=key[order][0] + np.uint64(1)))
    size = np.diff(np.append(first, len(key)))
    last = np.repeat(first + size - 1, size)
    differs = (updated[order] == updated[order][last]) & (content[order] != content[order][last])
    doubtful = np.zeros(len(key), dtype=bool)
    doubtful[order] = np.repeat(np.logical_or.reduceat(differs, first), size)
    doubtful &= key != 0
    current = np.zeros(len(key), dtype=bool)
    current[order] = last == np.arange(len(key))
    return RowVersions((current | (key == 0)) & ~doubtful, doubtful)


def middle(start: Integers, end: Integers) -> Integers:
    """The start of a date, but the middle of a month or year."""
    vague = (start != NEVER) & (end - start > 2 * DAY)
    return np.where(vague, start + (end - start) // 2, start)


def display_identifiers(
    identifiers: list[str | None], table: str, ledger: ExportCounts
) -> tuple[str | None, ...]:
    """The identifiers, None where one is missing or shared by several patients; both are counted."""
    written = np.array([text or "" for text in identifiers], dtype=object)
    _, inverse, counts = np.unique(written.astype(str), return_inverse=True, return_counts=True)
    without = written == ""
    shared = (counts[inverse] > 1) & ~without
    ledger.leave_out(table, "W_PATIENT_NO_ID", int(without.sum()))
    ledger.leave_out(table, "W_PATIENT_SAME_ID", int(shared.sum()))
    return tuple(None if bad else str(text) for text, bad in zip(written, without | shared, strict=True))
