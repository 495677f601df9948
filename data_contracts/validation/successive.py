"""A table as a full delivery followed by deliveries of changed patients.

It is a folder of numbered folders, the oldest first, each with what was delivered then: `000000/visits.csv`,
`000001/visits.csv`. The newest delivery that names a patient has all of the patient's rows; their rows in earlier ones
are superseded. Rows without a patient stay until the next full delivery. In a table without a subject column the newest
delivery is the whole table. Every row keeps its file and line.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.cast_table import cast_table
from data_contracts.columns.match_header import match_columns
from data_contracts.contract.model import Table
from data_contracts.findings import Note, PartFacts, Positions, RejectedError, SourceFacts, reject
from data_contracts.reading.delivery import Delivery, RawRows
from data_contracts.reading.file_bytes import MAX_FILE_BYTES, MAX_PARTS
from data_contracts.reading.file_format import Snapshot
from data_contracts.reading.parts import (
    Parts,
    check_alike,
    facts_of,
    named_parts,
    read_delivery,
    take_delivery,
    together,
)

NUMBER = re.compile(r"\d{6}")
"""The name of the folder of one delivery."""


@dataclass(frozen=True, kw_only=True)
class Successive:
    """What was delivered, the oldest first, with the number before each file's name; `sha256` is the hash of their
    numbers and hashes."""

    file: str
    sha256: str
    deliveries: tuple[Snapshot | Parts, ...]


@dataclass(frozen=True)
class ChosenRows:
    """Access to the original text of some rows of a delivery."""

    raw: RawRows
    chosen: Positions

    def text(self, positions: Positions) -> list[str]:
        """The original text of the rows, one per position."""
        return self.raw.text(self.chosen[positions])


def is_successive(path: Path) -> bool:
    """Whether this is a folder of numbered deliveries."""
    if not path.is_dir() or path.is_symlink():
        return False
    entries = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
    return bool(entries) and all(NUMBER.fullmatch(entry.name) and entry.is_dir() for entry in entries)


def take(path: Path) -> Snapshot | Parts | Successive:
    """Read the bytes of a file, a folder of parts, or successive deliveries. Raises `RejectedError`."""
    if not is_successive(path):
        return take_delivery(path)
    folders = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
    if len(folders) > MAX_PARTS:
        raise reject("E_TOO_LARGE", f"There are {len(folders):,} deliveries; the limit is {MAX_PARTS:,}.")
    taken = [_only_entry(folder) for folder in folders]
    if sum(one.size for one in taken) > MAX_FILE_BYTES:
        raise reject(
            "E_TOO_LARGE",
            f"The deliveries have over {MAX_FILE_BYTES:,} bytes together; deliver the whole table again.",
        )
    listed = "".join(f"{one.sha256}  {folder.name}\n" for one, folder in zip(taken, folders, strict=True))
    return Successive(
        file=path.name, sha256=hashlib.sha256(listed.encode()).hexdigest(), deliveries=tuple(taken)
    )


def facts(taken: Snapshot | Parts | Successive, source: str) -> SourceFacts:
    """The facts of a source, with 0 rows until the rows are read."""
    if not isinstance(taken, Successive):
        return facts_of(taken, source)
    parts = tuple(
        PartFacts(file=file.file, sha256=file.sha256, bytes=file.size)
        for one in taken.deliveries
        for file in (one.files if isinstance(one, Parts) else (one,))
    )
    size = sum(part.bytes for part in parts)
    return SourceFacts(source=source, file=taken.file, sha256=taken.sha256, bytes=size, rows=0, parts=parts)


def read_rows(taken: Snapshot | Parts | Successive, table: Table) -> Delivery:
    """Read the rows. Raises `RejectedError` if none can be trusted."""
    if not isinstance(taken, Successive):
        return read_delivery(taken, table)
    named = [named_parts(one, table) for one in taken.deliveries]
    every = [part for delivery in named for part in delivery]
    if not every:
        raise reject("E_NO_ROWS", "The deliveries have header lines but no rows.")
    check_alike(every)
    current = [part for delivery in _current(named, table) for part in delivery if part[1].rows]
    whole = together(current)
    return replace(whole, notes=(*whole.notes, *_superseded(every, whole)))


def _current(
    named: Sequence[Sequence[tuple[str, Delivery]]], table: Table
) -> list[list[tuple[str, Delivery]]]:
    """The deliveries without the rows of patients whom a later one names; in the same order."""
    if not table.subject:
        return [list(next(delivery for delivery in reversed(named) if delivery))]
    found: list[list[tuple[str, Delivery]]] = []
    later: set[object] = set()
    for delivery in reversed(named):
        patients = [_patients(rows, table) for _, rows in delivery]
        found.append(
            [
                (file, chosen_rows(rows, np.flatnonzero(~own.isin(later).to_numpy(bool))))
                for (file, rows), own in zip(delivery, patients, strict=True)
            ]
        )
        later = later.union(*(own.dropna().unique() for own in patients))
    return found[::-1]


def _patients(rows: Delivery, table: Table) -> "pd.Series[Any]":
    """The patient of each row, as the gate reads it; missing where there is none."""
    only = replace(table, columns=(table.column(str(table.subject)),), rules=())
    return cast_table(rows, match_columns(rows, only), only).frame[str(table.subject)]


def _superseded(every: Sequence[tuple[str, Delivery]], whole: Delivery) -> Iterator[Note]:
    """A note with the number of superseded rows."""
    rows = sum(delivery.rows for _, delivery in every) - whole.rows
    if rows:
        message = f"{rows:,} rows of earlier deliveries were replaced by later rows of the same patients."
        yield Note(code="N_SUPERSEDED", message=message, count=rows)


def chosen_rows(delivery: Delivery, kept: Positions) -> Delivery:
    """The delivery of one file with these of its rows, in their order."""
    if len(kept) == delivery.rows:
        return delivery
    held = (replace(one, positions=np.flatnonzero(np.isin(kept, one.positions))) for one in delivery.held)
    return replace(
        delivery,
        cells={key: partial(_chosen_cells, delivery, key, kept) for key in delivery.cells},
        rows=len(kept),
        lines=delivery.lines[kept],
        raw=ChosenRows(delivery.raw, kept),
        unreadable=delivery.unreadable[kept],
        held=tuple(one for one in held if len(one.positions)),
    )


def _chosen_cells(delivery: Delivery, key: str, kept: Positions) -> Iterator[Any]:
    """A column's cells in these rows, piece by piece."""
    import pyarrow as pa

    begin = 0
    for piece in delivery.pieces(key):
        first, last = np.searchsorted(kept, [begin, begin + len(piece)])
        if last > first:
            yield piece.take(pa.array(kept[first:last] - begin))
        begin += len(piece)


def _only_entry(folder: Path) -> Snapshot | Parts:
    """What was delivered at one time: the only file or folder of its numbered folder."""
    entries = sorted(folder.iterdir())
    if len(entries) != 1:
        raise reject(
            "E_UNSUPPORTED_FORMAT",
            f"Folder {folder.name} of the deliveries has {len(entries):,} entries; it has one file, or one folder of "
            "parts.",
        )
    try:
        taken = take_delivery(entries[0])
    except RejectedError as error:
        message = f"{folder.name}/{entries[0].name}: {error.note.message}"
        raise RejectedError(replace(error.note, message=message)) from None
    if isinstance(taken, Snapshot):
        return replace(taken, file=f"{folder.name}/{taken.file}")
    return replace(
        taken, files=tuple(replace(file, file=f"{folder.name}/{file.file}") for file in taken.files)
    )
