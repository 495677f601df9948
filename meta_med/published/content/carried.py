"""Which patients of a release have the rows of the one before, so that these need not be written again.

Rows are compared value by value. Tables of the release before are read from files that its night left, each with its
hash; of which release they are is told by the hash of its content, which stands beside them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from meta_med.cohorts.columns.text_places import begins, places_among

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
BY = "subject_id"
NOTE = "tables.json"
"""The hash of the release's content, and those of the files."""


def save_tables(folder: Path, tables: Mapping[str, pa.Table], content_sha256: str) -> None:
    """Write the tables of a release that have patients' rows for the next night; they count with the note, or not."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NOTE).unlink(missing_ok=True)
    files = {}
    for name in (name for name, table in tables.items() if BY in table.column_names):
        feather.write_feather(tables[name], str(_file(folder, name)), compression="lz4")
        files[name] = _sha256(_file(folder, name))
    note = json.dumps({"content_sha256": content_sha256, "files": files})
    draft = folder / f"{NOTE}.partial"
    draft.write_text(note, encoding="utf-8")
    draft.replace(folder / NOTE)


def unchanged(folder: Path, tables: Mapping[str, pa.Table]) -> tuple[Bools, str]:
    """(P,) which patients of `subjects` have all the rows of the release whose tables are in a folder; its hash.

    Raises:
        OSError, ValueError, KeyError: a file is missing, damaged, or of another release.

    """
    note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    patients = tables["subjects"][BY].combine_chunks()
    same = np.ones(len(patients), dtype=bool)
    for name in (name for name, table in tables.items() if BY in table.column_names):
        file = _file(folder, name)
        if _sha256(file) != note["files"][name]:
            raise ValueError(f"{file.name} is not the file that was written.")
        same &= same_rows(_Saved(file), tables[name], patients)
    return same, str(note["content_sha256"])


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Columns(Protocol):
    """The columns of a table, by name."""

    @property
    def schema(self) -> pa.Schema:
        """Their names and types."""

    def __getitem__(self, name: str) -> pa.ChunkedArray:
        """A column."""


@dataclass(frozen=True)
class _Saved:
    """A table that was saved, of which one column at a time is in memory."""

    file: Path

    @property
    def schema(self) -> pa.Schema:
        with pa.OSFile(str(self.file)) as stream:
            return pa.ipc.open_file(stream).schema

    def __getitem__(self, name: str) -> pa.ChunkedArray:
        return feather.read_table(str(self.file), columns=[name], memory_map=False)[name]


def same_rows(before: Columns, now: pa.Table, patients: pa.Array) -> Bools:
    """(P,) whether all rows of a patient in one of two tables are in the other, in the same order.

    Nobody's are where the columns are others, or the rows of a patient do not stand together.
    """
    runs = [_Runs.of(table[BY].combine_chunks(), patients) for table in (before, now)]
    if before.schema != now.schema or None in runs:
        return np.zeros(len(patients), dtype=bool)
    old, new = (found for found in runs if found is not None)
    same = old.count == new.count
    there = np.flatnonzero(same & (new.count > 0))
    if len(there):
        count = new.count[there]
        same[there] = _all_equal(before, now, old.first[there], new.first[there], count)
    return np.asarray(same)


@dataclass(frozen=True)
class _Runs:
    """(P,) the first row of each patient in a table, and how many there are."""

    first: Ints
    count: Ints

    @classmethod
    def of(cls, column: pa.Array, patients: pa.Array) -> "_Runs | None":
        """None where the rows of a patient do not stand together."""
        start = np.flatnonzero(begins(column))
        place = places_among(column.take(pa.array(start)), patients)
        known = place >= 0  # others have left since
        first, count = (np.zeros(len(patients), dtype=np.int64) for _ in range(2))
        if np.bincount(place[known]).max(initial=0) > 1:
            return None
        first[place[known]] = start[known]
        count[place[known]] = np.diff(start, append=len(column))[known]
        return cls(first, count)


def _all_equal(before: Columns, now: pa.Table, place: Ints, begin: Ints, count: Ints) -> Bools:
    """(K,) whether all values of both ranges of rows are equal, missing ones too."""
    first = np.cumsum(count) - count
    position = np.arange(count.sum()) - np.repeat(first, count)
    rows = [np.repeat(start, count) + position for start in (place, begin)]
    equal = np.ones(len(position), dtype=bool)
    for name in (n for n in now.column_names if n != BY):
        equal &= _equal(before[name].combine_chunks(), now[name].combine_chunks(), *rows)
    return np.asarray(np.logical_and.reduceat(equal, first))


def _equal(before: pa.Array, now: pa.Array, old: Ints, new: Ints) -> Bools:
    """Whether the values at these places are equal, or missing in both."""
    if pa.types.is_large_string(now.type):
        one, other = before.take(pa.array(old)), now.take(pa.array(new))
        same = pc.or_kleene(pc.equal(one, other), pc.and_(pc.is_null(one), pc.is_null(other)))
        return np.asarray(pc.fill_null(same, False).to_numpy(zero_copy_only=False))
    one, other = (column.fill_null(0).to_numpy()[at] for column, at in ((before, old), (now, new)))
    same = one == other
    if before.null_count or now.null_count:
        missing = [column.is_null().to_numpy(zero_copy_only=False) for column in (before, now)]
        same &= missing[0][old] == missing[1][new]
    return np.asarray(same)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"
