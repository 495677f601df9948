"""Which rows a release has in common with the one before, so that a store copies them without their leaving it.

Rows of a subject are compared value by value. Tables of the release before are read from files that its night left;
whether they are those that were published is told by their hash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from meta_med.published.content.columns import TYPES, blocks_of, sha256_of

Ints = np.ndarray
BY = "subject_id"


@dataclass(frozen=True)
class Ranges:
    """(K,) where rows begin that two tables have in common: in the one before and in the new one, and how many."""

    before: Ints
    begin: Ints
    count: Ints

    @classmethod
    def none(cls) -> "Ranges":
        """Nothing in common."""
        return cls(*(np.zeros(0, dtype=np.int64) for _ in range(3)))

    def others(self, rows: int) -> list[tuple[int, int]]:
        """The ranges of a new table of so many rows that are between these: begin and end."""
        begin = np.r_[0, self.begin + self.count]
        end = np.r_[self.begin, rows]
        return [(int(a), int(b)) for a, b in zip(begin, end, strict=True) if a < b]


def save_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of a release for the next night; a file is whole or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        draft = folder / f"{name}.partial"
        feather.write_feather(table, str(draft), compression="lz4")
        draft.replace(_file(folder, name))


@dataclass(frozen=True)
class InCommon:
    """Of each table the rows in common; and the subjects any of whose rows, before or now, are not."""

    ranges: Mapping[str, Ranges]
    changed: pa.Array


def in_common(folder: Path, tables: Mapping[str, pa.Table]) -> tuple[InCommon, str]:
    """What tables have in common with the release whose tables are in a folder, and the hash of these.

    Raises:
        OSError, pa.ArrowInvalid: a file is missing or damaged.

    """
    ranges: dict[str, Ranges] = {}
    changed: list[pa.Array] = []

    def each() -> Iterator[tuple[str, Iterator[pa.RecordBatch]]]:
        for name, table in tables.items():  # one table at a time is in memory
            before = feather.read_table(str(_file(folder, name)), memory_map=False)
            ranges[name] = common_ranges(before, table)
            changed.extend(_others(before, table, ranges[name]))
            yield name, blocks_of(before)

    sha256 = sha256_of(each())
    return InCommon(ranges, pa.chunked_array(changed, type=TYPES["text"]).unique()), sha256


def _others(before: pa.Table, now: pa.Table, ranges: Ranges) -> Iterator[pa.Array]:
    """The subjects of rows that are not in common, in either table."""
    for table, start in ((before, ranges.before), (now, ranges.begin)):
        if BY in table.column_names:
            inside = np.zeros(table.num_rows + 1, dtype=np.int64)
            np.add.at(inside, start, 1)
            np.add.at(inside, start + ranges.count, -1)
            yield table[BY].combine_chunks().filter(pa.array(np.cumsum(inside[:-1]) == 0)).unique()


def common_ranges(before: pa.Table, now: pa.Table) -> Ranges:
    """The rows of subjects whose rows are all the same; of a table without subjects, all rows or none."""
    if before.schema != now.schema or not before.num_rows or not now.num_rows:
        return Ranges.none()
    if BY not in now.column_names:
        whole = np.asarray([0]), np.asarray([0]), np.asarray([now.num_rows])
        return Ranges(*whole) if before.equals(now) else Ranges.none()
    (old_ids, old), (ids, new) = (_runs(table[BY]) for table in (before, now))
    if not (old_ids.is_unique and ids.is_unique):
        return Ranges.none()
    place = old_ids.get_indexer(ids)
    count = np.diff(new)
    same = (place >= 0) & (np.diff(old)[place] == count)
    if not same.any():
        return Ranges.none()
    place, begin, count = old[:-1][place[same]], new[:-1][same], count[same]
    equal = _all_equal(before, now, place, begin, count)
    return _joined(place[equal], begin[equal], count[equal])


def _runs(column: pa.ChunkedArray) -> tuple[pd.Index, Ints]:
    """The subjects in the order of their rows, and where the rows of each begin, with the end of the last one."""
    texts = column.combine_chunks()
    other = pc.not_equal(texts.slice(1), texts.slice(0, len(texts) - 1)).to_numpy(zero_copy_only=False)
    begin = np.r_[0, 1 + np.flatnonzero(other)]
    return pd.Index(texts.take(pa.array(begin)).to_numpy(zero_copy_only=False)), np.r_[begin, len(texts)]


def _all_equal(before: pa.Table, now: pa.Table, place: Ints, begin: Ints, count: Ints) -> Ints:
    """(K,) whether all values of both ranges of rows are equal, missing ones too."""
    first = np.cumsum(count) - count
    position = np.arange(count.sum()) - np.repeat(first, count)
    rows = [pa.array(np.repeat(start, count) + position) for start in (place, begin)]
    equal = np.ones(len(position), dtype=bool)
    for name in (n for n in now.column_names if n != BY):
        one, other = before[name].take(rows[0]), now[name].take(rows[1])
        same = pc.or_kleene(pc.equal(one, other), pc.and_(pc.is_null(one), pc.is_null(other)))
        equal &= pc.fill_null(same, False).to_numpy()
    return np.logical_and.reduceat(equal, first)


def _joined(before: Ints, begin: Ints, count: Ints) -> Ranges:
    """Ranges that follow each other in both tables as one."""
    if not len(begin):
        return Ranges.none()
    ends = before[:-1] + count[:-1] != before[1:]
    ends |= begin[:-1] + count[:-1] != begin[1:]
    first = np.r_[0, 1 + np.flatnonzero(ends)]
    return Ranges(before[first], begin[first], np.add.reduceat(count, first))


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"
