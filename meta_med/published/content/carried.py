"""Which patients of a release have the rows of the one before, so that these need not be written again.

Rows are compared value by value. Tables of the release before are read from files that its night left, each with its
hash; of which release they are is told by the hash of its content, which stands beside them.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import feather

from meta_med.published.content.text_places import begins

Ints = np.ndarray
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


def unchanged(folder: Path, tables: Mapping[str, pa.Table]) -> tuple[pd.Index, str]:
    """The patients all of whose rows are those of the release whose tables are in a folder, and its content's hash.

    Raises:
        OSError, ValueError, KeyError: a file is missing, damaged, or of another release.

    """
    note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    same = pd.Index(tables["subjects"][BY].to_numpy())
    for name in (name for name, table in tables.items() if BY in table.column_names):
        file = _file(folder, name)
        if _sha256(file) != note["files"][name]:
            raise ValueError(f"{file.name} is not the file that was written.")
        before = feather.read_table(str(file), memory_map=False)  # one table at a time is in memory
        same = same.difference(changed(before, tables[name]), sort=False)
    return same, str(note["content_sha256"])


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def changed(before: pa.Table, now: pa.Table) -> pd.Index:
    """The patients whose rows in one of two tables are not all in the other, in the same order."""
    if not before.num_rows and not now.num_rows:
        return pd.Index([], dtype=object)
    (old_ids, old), (ids, new) = (_runs(table[BY]) for table in (before, now))
    every = old_ids.union(ids, sort=False)
    if before.schema != now.schema or not (old_ids.is_unique and ids.is_unique):
        return every.unique()
    place = old_ids.get_indexer(ids)
    same = np.zeros(len(ids), dtype=bool)
    if len(old_ids):
        same = (place >= 0) & (np.diff(old)[place] == np.diff(new))
    if same.any():
        same[same] = _all_equal(before, now, old[:-1][place[same]], new[:-1][same], np.diff(new)[same])
    return every.difference(ids[same], sort=False)


def _runs(column: pa.ChunkedArray) -> tuple[pd.Index, Ints]:
    """The subjects in the order of their rows, and where the rows of each begin, with the end of the last one."""
    texts = column.combine_chunks()
    if not len(texts):
        return pd.Index([], dtype=object), np.zeros(1, dtype=np.int64)
    begin = np.flatnonzero(begins(texts))
    names = texts.take(pa.array(begin)).to_numpy(zero_copy_only=False)
    return pd.Index(names, dtype=object), np.r_[begin, len(texts)]


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


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.arrow"
