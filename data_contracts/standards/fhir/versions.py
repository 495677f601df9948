"""Determines the current version of each FHIR resource.

Resources with equal identifiers are versions of one resource. The newest by `meta.lastUpdated` is current, if all
versions have it; among ties, the one with the highest `meta.versionId`, if all of them have a number. If several
remain, a retraction is current, because nothing follows a retraction. If the remaining ones are equal, one of them is
current; otherwise none is.
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
    """One item per resource as written.

    Attributes:
        key: hash of its identifier, 0 for none.
        start, end: interval of its last update in microseconds UTC, or NEVER.
        number: its version number, or -1.
        subject: hash of its patient's identifier, 0 for none.
        retracted: it retracts the resource (entered in error, or deleted).
        deleted: it states that the resource was deleted.

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
    """Concatenates the parts; at least one is required."""
    return ResourceVersions(
        **{
            f.name: np.concatenate([getattr(part, f.name) for part in parts])
            for f in fields(ResourceVersions)
        }
    )


def resolve(versions: ResourceVersions, content: Callable[[Integers], Keys]) -> npt.NDArray[np.uint8]:
    """The status of each resource: CURRENT, or the reason why it is not.

    Args:
        versions: n resources.
        content: indices -> hash of each resource's content; called for the ties only.

    Returns:
        (n,) status.

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
    """Indices of the resources that share their identifier with another, sorted by identifier."""
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    shares = np.zeros(len(key), dtype=bool)
    shares[1:] |= same
    shares[:-1] |= same
    chosen: Integers = order[shares & (key[order] != 0)]
    return chosen


def _newest(found: ResourceVersions, first: Integers, group: Integers) -> Mask:
    """Mask of the resources of each group that have no newer version."""
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
    # a version was moved to another patient only if all the newest ones name one patient
    other = (low == high) & (found.subject != low) & (found.subject != 0)
    return np.select([deleted, other & ~found.deleted], [DELETED, MOVED], SUPERSEDED).astype(np.uint8)


def _status_of_tied(tied: ResourceVersions, group: Integers, content: Keys) -> npt.NDArray[np.uint8]:
    """The status of ties: one is current if all are equal or all are retractions, else none is."""
    result = np.empty(len(group), dtype=np.uint8)
    if not len(group):
        return result
    # sorted by content, so that the result does not depend on the order of lines; of retractions one with content is
    # current, so that it counts as retracted, not as a repetition of one without
    order = np.lexsort((content, content == 0, group))
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
    """The versions in a chunk of resources of one type; `subject` is the patient identifier of each."""
    rows = table.num_rows
    return ResourceVersions(
        key=hashes(column(table, "id"), resource),
        **_when(column(table, "meta", "lastUpdated"), column(table, "meta", "versionId"), zone),
        subject=hashes(subject),
        retracted=_retracted(table) if rows else np.zeros(0, dtype=bool),
        deleted=np.zeros(rows, dtype=bool),
    )


def deletions(resource: str, found: Sequence[Deletion], zone: str) -> ResourceVersions:
    """Deletions of resources of one type, as versions of them."""
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
    """Version ids that are whole numbers; -1 for any other, because their order is undefined."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = texts.dictionary_encode()
    whole = pc.match_substring_regex(coded.dictionary, _NUMBER)
    numbers = pc.if_else(whole, coded.dictionary, "-1").cast(pa.int64()).take(coded.indices)
    return np.array(pc.fill_null(numbers, -1).to_numpy(zero_copy_only=False), dtype=np.int64)


def _retracted(table: Any) -> Mask:
    """Whether each resource is marked as entered in error."""
    names = table.column_names
    if "verificationStatus" in names:
        return any_of(column(table, "verificationStatus"), (ERROR,))
    if "status" in names:
        return one_of(column(table, "status"), (ERROR,))
    return np.zeros(table.num_rows, dtype=bool)
