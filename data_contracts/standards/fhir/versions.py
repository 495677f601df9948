"""Which version of a FHIR resource counts, before its code is looked at.

Resources with one identifier are versions of one. The newest by `meta.lastUpdated` counts, if each of them states it;
of those that remain, the one with the highest `meta.versionId`, if each of these states a number. If still several
remain, one that takes the resource back counts, for nothing comes after a retraction. If they say the same, one of
them counts. Otherwise nobody knows, and none does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.standards.export_files.batch import hashes
from data_contracts.standards.export_files.moments import NEVER, Integers, Keys, Mask, moments
from data_contracts.standards.fhir.files import Deletion
from data_contracts.standards.fhir.parts import any_of, column, one_of
from data_contracts.standards.fhir.shapes import ERROR

CURRENT, SUPERSEDED, MOVED, REPEATED, DOUBTFUL, DELETED = range(6)


@dataclass(frozen=True, kw_only=True)
class ResourceVersions:
    """One item a resource as it is written. `key`: hash of its identifier, 0 for none.

    `start`, `end`: when it was last changed, NEVER where that is not stated. `number`: its version, or -1. `subject`:
    hash of the patient it names. `retracted`: it takes the resource back; `deleted`: it is no more.
    """

    key: Keys
    start: Integers
    end: Integers
    number: Integers
    subject: Keys
    retracted: Mask
    deleted: Mask

    def __len__(self) -> int:
        return len(self.key)

    def __getitem__(self, which: Mask | Integers) -> "ResourceVersions":
        return ResourceVersions(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


def joined(parts: Sequence[ResourceVersions]) -> ResourceVersions:
    """All parts, one after the other; there must be one."""
    return ResourceVersions(
        **{
            f.name: np.concatenate([getattr(part, f.name) for part in parts])
            for f in fields(ResourceVersions)
        }
    )


def resolve(versions: ResourceVersions, content: Callable[[Integers], Keys]) -> npt.NDArray[np.uint8]:
    """What becomes of each: STANDS, or why it does not.

    `content` gives a hash of what each of some resources says; it is asked only about those that cannot be told apart.
    """
    status = np.full(len(versions), CURRENT, dtype=np.uint8)
    shared = _shared_keys(versions.key)
    if not len(shared):
        return status
    found = versions[shared]
    first = np.flatnonzero(np.diff(found.key, prepend=found.key[0] + np.uint64(1)))
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(found))))
    newest = _newest(found, first, group)
    result = _status_of_older(found, newest, first, group)
    single = np.add.reduceat(newest.astype(np.int64), first)[group] == 1
    result[newest & single] = CURRENT
    tied = np.flatnonzero(newest & ~single)
    result[tied] = _status_of_tied(found[tied], group[tied], content(shared[tied]))
    status[shared] = result
    return status


def _shared_keys(key: Keys) -> Integers:
    """The resources that share their identifier with another, in the order of the identifiers."""
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    shares = np.zeros(len(key), dtype=bool)
    shares[1:] |= same
    shares[:-1] |= same
    chosen: Integers = order[shares & (key[order] != 0)]
    return chosen


def _newest(found: ResourceVersions, first: Integers, group: Integers) -> Mask:
    """Those of each group that no other is known to be newer than."""
    dated = np.logical_and.reduceat(found.start != NEVER, first)[group]
    latest = np.maximum.reduceat(found.start, first)[group]
    remains = ~dated | (found.end >= latest)
    numbered = ~np.logical_or.reduceat(remains & (found.number < 0), first)[group]
    highest = np.maximum.reduceat(np.where(remains, found.number, -1), first)[group]
    remains &= ~numbered | (found.number == highest)
    any_retracted = np.logical_or.reduceat(remains & found.retracted, first)[group]
    return remains & (~any_retracted | found.retracted)


def _status_of_older(
    found: ResourceVersions, newest: Mask, first: Integers, group: Integers
) -> npt.NDArray[np.uint8]:
    deleted = np.logical_or.reduceat(newest & found.deleted, first)[group]
    names = newest & ~found.deleted & (found.subject != 0)
    last = np.uint64(np.iinfo(np.uint64).max)
    low = np.minimum.reduceat(np.where(names, found.subject, last), first)[group]
    high = np.maximum.reduceat(np.where(names, found.subject, np.uint64(0)), first)[group]
    # only where all the newest name one patient can it be said that another was meant before
    other = (low == high) & (found.subject != low) & (found.subject != 0)
    return np.select([deleted, other & ~found.deleted], [DELETED, MOVED], SUPERSEDED).astype(np.uint8)


def _status_of_tied(tied: ResourceVersions, group: Integers, content: Keys) -> npt.NDArray[np.uint8]:
    """Of those that no order tells apart: one of them if all say the same or all take it back, else none."""
    result = np.empty(len(group), dtype=np.uint8)
    if not len(group):
        return result
    # in an order that does not depend on that of the lines
    order = np.lexsort((content, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    sizes = np.diff(np.append(first, len(group)))
    hashes_in_order, retracted = content[order], tied.retracted[order]
    agree = (hashes_in_order[first] == hashes_in_order[first + sizes - 1]) | np.logical_and.reduceat(
        retracted, first
    )
    result[order] = np.repeat(np.where(agree, REPEATED, DOUBTFUL), sizes)
    result[order[first[agree]]] = CURRENT
    return result


_NUMBER = r"^\d{1,18}$"


def versions(resource: str, table: Any, subject: Any, zone: str) -> ResourceVersions:
    """Of a chunk of resources of one type; `subject` has the patient that each names."""
    rows = table.num_rows
    return ResourceVersions(
        key=hashes(column(table, "id"), resource),
        **_when(column(table, "meta", "lastUpdated"), column(table, "meta", "versionId"), zone),
        subject=hashes(subject),
        retracted=_retracted(table) if rows else np.zeros(0, dtype=bool),
        deleted=np.zeros(rows, dtype=bool),
    )


def deletions(resource: str, found: Sequence[Deletion], zone: str) -> ResourceVersions:
    """Statements that resources of one type are no more, as versions of them."""
    import pyarrow as pa

    keys, times, numbers = (
        pa.array([getattr(d, name) for d in found], pa.string()) for name in ("key", "when", "version")
    )
    all_deleted = np.ones(len(found), dtype=bool)
    return ResourceVersions(
        key=hashes(keys, resource),
        **_when(times, numbers, zone),
        subject=np.zeros(len(found), dtype=np.uint64),
        retracted=all_deleted,
        deleted=all_deleted,
    )


def _when(updated: Any, number: Any, zone: str) -> dict[str, Integers]:
    times = moments(updated, zone)
    return {
        "start": times.start,
        "end": np.where(times.start == NEVER, NEVER, times.end),
        "number": _numbers(number),
    }


def _numbers(texts: Any) -> Integers:
    """Versions that are whole numbers; -1 for any other, since nothing says how those are ordered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = texts.dictionary_encode()
    whole = pc.match_substring_regex(coded.dictionary, _NUMBER)
    numbers = pc.if_else(whole, coded.dictionary, "-1").cast(pa.int64()).take(coded.indices)
    return np.array(pc.fill_null(numbers, -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _retracted(table: Any) -> Mask:
    """Whether it says of itself that it should never have been written."""
    names = table.column_names
    if "verificationStatus" in names:
        return any_of(column(table, "verificationStatus"), (ERROR,))
    if "status" in names:
        return one_of(column(table, "status"), (ERROR,))
    return np.zeros(table.num_rows, dtype=bool)
