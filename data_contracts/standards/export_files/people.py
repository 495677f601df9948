"""Patients and visits of an export: the keys that events name them by, and what is known about each.

Patients may stand in the records under another identifier than the export's own key.
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
    """Keys of patients as small numbers, in the order in which they were met.

    After `close`, a key that is new is UNKNOWN.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._merged: dict[str, int] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._numbers)

    def close(self) -> None:
        """The table of patients has been read: who is not in it is unknown."""
        self._closed = True

    def merge(self, key: str, into: str) -> None:
        """Whoever names this key means the other patient, who is known."""
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
    """Everybody in the export. Arrays have one item a number of `subjects`.

    `shown` are the identifiers that the records get, None for a patient who cannot be shown; empty: the keys.
    """

    subjects: Subjects
    shown: tuple[str | None, ...] = ()
    birth: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """When they were born, as far as it is known, or NEVER."""
    earliest: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """The first moment at which they may have been born, or NEVER; empty: `birth` is all that is known."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Field -> list of texts or None."""


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Visits that count, sorted by `key`, the hash of their identifier."""

    key: Keys
    subject: Integers
    start: Integers
    end: Integers
    facts: Mapping[str, Any]
    """Field -> array of texts or None."""
    identifier: Any
    """Texts, where the mapping asks for them; else None."""

    def numbers(self, identifiers: Any) -> Integers:
        """The visit of each identifier; NOBODY for null, UNKNOWN for one that is not here."""
        wanted = hashes(identifiers)
        place = np.searchsorted(self.key, wanted)
        place = np.minimum(place, max(len(self.key) - 1, 0))
        found = self.key[place] == wanted if len(self.key) else np.zeros(len(wanted), dtype=bool)
        missing = np.array(identifiers.is_null().to_numpy(zero_copy_only=False), dtype=bool)
        return np.where(missing, NOBODY, np.where(found, place, UNKNOWN))


def no_visits() -> Visits:
    """Where a record is no visit."""
    none = np.zeros(0, dtype=np.int64)
    return Visits(key=none.astype(np.uint64), subject=none, start=none, end=none, facts={}, identifier=None)


class RowVersions(NamedTuple):
    """Which rows stand: the newest of each key. `doubtful`: the newest of a key are several, and differ."""

    stand: npt.NDArray[np.bool_]
    doubtful: npt.NDArray[np.bool_]


def versions(key: Keys, updated: Integers, content: Keys) -> RowVersions:
    """Tells newer from older by `updated`; of rows that are equally new, `content` says whether they differ.

    Key 0 is no key: each such row stands for itself.
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
    stand = np.zeros(len(key), dtype=bool)
    stand[order] = last == np.arange(len(key))
    return RowVersions((stand | (key == 0)) & ~doubtful, doubtful)


def middle(start: Integers, end: Integers) -> Integers:
    """Of a whole date its beginning; of "1963" the middle of that year, for nothing more is known."""
    vague = (start != NEVER) & (end - start > 2 * DAY)
    return np.where(vague, start + (end - start) // 2, start)


def shown(identifiers: list[str | None], table: str, ledger: ExportCounts) -> tuple[str | None, ...]:
    """Who has no such identifier, or shares it with somebody, cannot be shown under it."""
    written = np.array([text or "" for text in identifiers], dtype=object)
    _, inverse, counts = np.unique(written.astype(str), return_inverse=True, return_counts=True)
    without = written == ""
    shared = (counts[inverse] > 1) & ~without
    ledger.leave_out(table, "W_PATIENT_NO_ID", int(without.sum()))
    ledger.leave_out(table, "W_PATIENT_SAME_ID", int(shared.sum()))
    return tuple(None if bad else str(text) for text, bad in zip(written, without | shared, strict=True))
