"""Read a file, or a folder of files that together are one table.

Every file is hashed, and each row keeps its file and line.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from data_contracts.contract.model import Table
from data_contracts.findings import Held, Note, PartFacts, Positions, RejectedError, SourceFacts, reject
from data_contracts.reading.csv_reader import read_csv
from data_contracts.reading.delivery import Delivery, RawRows
from data_contracts.reading.file_bytes import MAX_FILE_BYTES, MAX_PARTS, check_path
from data_contracts.reading.file_format import Snapshot, take_snapshot
from data_contracts.reading.file_names import UNFINISHED
from data_contracts.reading.parquet_reader import read_parquet


def read_snapshot(snapshot: Snapshot, table: Table) -> Delivery:
    """Read the rows of one file. Raises `RejectedError` if none can be trusted."""
    return read_csv(snapshot, table) if snapshot.form == "csv" else read_parquet(snapshot)


_NO_PART = re.compile(r"\.|_[^.]*$|thumbs\.db$|desktop\.ini$", re.IGNORECASE)
"""Files that are not parts: names that begin with a dot or `_`, and files of desktops."""
_MARKER = re.compile(
    r"_(success|started|committed|metadata|common_metadata|delta_log)\w*$|\..+\.crc$|\.ds_store$|thumbs\.db$|"
    r"desktop\.ini$",
    re.IGNORECASE,
)
"""Of these, the known markers of engines and desktops, such as `_SUCCESS`, `.part-0.csv.crc` or `.DS_Store`."""
_NAMES_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Snapshots of a folder's files, in order of their names; `sha256` is the hash of their names and hashes."""

    file: str
    sha256: str
    size: int
    files: tuple[Snapshot, ...]
    notes: tuple[Note, ...] = ()
    """About files that are not parts."""


@dataclass(frozen=True)
class PartRows:
    """Access to the original text of rows in several parts."""

    raws: Sequence[RawRows]
    ends: Positions

    def text(self, positions: Positions) -> list[str]:
        """The original text of the rows, one per position."""
        part = np.searchsorted(self.ends, positions, side="right")
        order = np.argsort(part, kind="stable")
        starts = np.concatenate([[0], self.ends[:-1]])
        out: list[str] = []
        for number in np.unique(part):
            out += self.raws[number].text((positions - starts[part])[part == number])
        return [out[i] for i in np.argsort(order)]


def take_delivery(path: Path) -> Snapshot | Parts:
    """Read the bytes of a file or of a folder of parts. Raises `RejectedError` if it cannot be trusted."""
    return take_parts(path) if path.is_dir() and not path.is_symlink() else take_snapshot(path)


def facts_of(taken: Snapshot | Parts, source: str) -> SourceFacts:
    """The facts of a source, with 0 rows until the rows are read."""
    files = taken.files if isinstance(taken, Parts) else ()
    return SourceFacts(
        source=source,
        file=taken.file,
        sha256=taken.sha256,
        bytes=taken.size,
        rows=0,
        parts=tuple(PartFacts(file=f.file, sha256=f.sha256, bytes=f.size) for f in files),
    )


def read_delivery(taken: Snapshot | Parts, table: Table) -> Delivery:
    """Read the rows of a file or of a folder of parts. Raises `RejectedError` if none can be trusted."""
    return read_parts(taken, table) if isinstance(taken, Parts) else read_snapshot(taken, table)


def take_parts(folder: Path) -> Parts:
    """Read the bytes of every part once. Raises `RejectedError`, naming the part, if one cannot be trusted."""
    check_path(folder)
    all_names = sorted(p.name for p in folder.iterdir())
    names = [n for n in all_names if not _NO_PART.match(n)]
    if not names:
        raise reject("E_FILE_EMPTY", "There is no file in the folder.")
    if len(names) > MAX_PARTS:
        raise reject("E_TOO_LARGE", f"The folder has {len(names):,} files; the limit is {MAX_PARTS:,}.")
    if unfinished := [n for n in names if UNFINISHED.search(n)]:
        raise reject(
            "E_UNSTABLE_FILE", f"{len(unfinished)} of {len(names)} files are still being transferred."
        )
    files = []
    for name in names:
        files.append(_take_part(folder / name))
        if sum(f.size for f in files) > MAX_FILE_BYTES:
            raise reject("E_TOO_LARGE", f"The parts have over {MAX_FILE_BYTES:,} bytes together.")
    listed = "".join(f"{f.sha256}  {f.file}\n" for f in files)
    return Parts(
        file=folder.name,
        sha256=hashlib.sha256(listed.encode()).hexdigest(),
        size=sum(f.size for f in files),
        files=tuple(files),
        notes=tuple(_ignored_files(sorted(set(all_names) - set(names)))),
    )


def _ignored_files(names: Sequence[str]) -> Iterator[Note]:
    """Notes about ignored files: information for known markers, a warning for all others."""
    for code, some, why in (
        (
            "N_PASSED_OVER",
            [n for n in names if _MARKER.match(n)],
            "because they are markers of other programs",
        ),
        (
            "W_PASSED_OVER",
            [n for n in names if not _MARKER.match(n)],
            "because their names begin with a dot or '_'",
        ),
    ):
        if some:
            shown = ", ".join(repr(n) for n in some[:_NAMES_SHOWN]) + (
                " ..." if len(some) > _NAMES_SHOWN else ""
            )
            message = f"{len(some):,} files of the folder were ignored, {why}: {shown}."
            yield Note(code=code, message=message, count=len(some))


def read_parts(parts: Parts, table: Table) -> Delivery:
    """Read all parts as one table, in the order of their names. Raises `RejectedError` if their columns differ."""
    named = named_parts(parts, table)
    if not named:
        raise reject("E_NO_ROWS", "The parts have header lines but no rows.")
    whole = together(named)
    return replace(whole, notes=(*parts.notes, *whole.notes, *_repeated(parts, {name for name, _ in named})))


def named_parts(taken: Snapshot | Parts, table: Table) -> list[tuple[str, Delivery]]:
    """The rows of a file, or of each part of a folder, with its name; without those that have no rows."""
    files = taken.files if isinstance(taken, Parts) else (taken,)
    return [(f.file, d) for f in files if (d := _read(f, table)) is not None]


def together(named: Sequence[tuple[str, Delivery]]) -> Delivery:
    """Parts as one table, in this order. Raises `RejectedError` if their columns differ."""
    check_alike(named)
    deliveries = [d for _, d in named]
    ends = np.cumsum([d.rows for d in deliveries])
    return Delivery(
        form=deliveries[0].form,
        header=deliveries[0].header,
        cells={str(i): partial(_pieces, named, name) for i, name in enumerate(_plain(deliveries[0].header))},
        rows=int(ends[-1]),
        lines=np.concatenate([d.lines for d in deliveries]),
        raw=PartRows([d.raw for d in deliveries], ends),
        unreadable=np.concatenate([d.unreadable for d in deliveries]),
        held=_held(deliveries, ends),
        notes=_notes(deliveries),
        parts=tuple(name for name, _ in named),
        part_ends=ends,
    )


def _repeated(parts: Parts, with_rows: Collection[str]) -> Iterator[Note]:
    """Note about parts with identical bytes: copies, whose rows count twice unless a key identifies them."""
    counts = Counter(f.sha256 for f in parts.files if f.file in with_rows)
    again = [f.file for f in parts.files if f.file in with_rows and counts[f.sha256] > 1]
    if again:
        shown = ", ".join(repr(n) for n in again[:_NAMES_SHOWN])
        message = f"{len(again):,} parts have the same bytes as another part: {shown}. Were they copied?"
        yield Note(code="W_PART_REPEATED", message=message, count=len(again))


def _take_part(path: Path) -> Snapshot:
    if path.is_dir() and not path.is_symlink():
        raise reject("E_UNSUPPORTED_FORMAT", "The folder contains folders; all parts must be in one folder.")
    try:
        return take_snapshot(path)
    except RejectedError as error:
        raise _in_part(path.name, error) from None


def _read(snapshot: Snapshot, table: Table) -> Delivery | None:
    """The rows of one part, or None for a part without rows, which is not an error."""
    try:
        return read_snapshot(snapshot, table)
    except RejectedError as error:
        if error.note.code == "E_NO_ROWS":
            return None
        raise _in_part(snapshot.file, error) from None


def _in_part(file: str, error: RejectedError) -> RejectedError:
    return RejectedError(replace(error.note, message=f"{file}: {error.note.message}"))


def _plain(header: tuple[str, ...]) -> list[str]:
    return [name.strip().casefold() for name in header]


def check_alike(named: Sequence[tuple[str, Delivery]]) -> None:
    """Raise `RejectedError` where parts differ in form or columns."""
    first, like = named[0]
    names = _plain(like.header)
    for file, delivery in named[1:]:
        if delivery.form != like.form:
            raise reject("E_PARTS_DIFFER", f"{first} is {like.form}, {file} is {delivery.form}.")
        theirs = _plain(delivery.header)
        other = len(set(theirs) ^ set(names))
        if sorted(theirs) != sorted(names) or (len(set(names)) < len(names) and theirs != names):
            raise reject(
                "E_PARTS_DIFFER",
                f"{file} has other columns than {first} ({other} are in only one of them).",
            )


def _pieces(named: Sequence[tuple[str, Delivery]], name: str) -> Iterator[Any]:
    for file, delivery in named:
        try:
            yield from delivery.pieces(str(_plain(delivery.header).index(name)))
        except RejectedError as error:
            raise _in_part(file, error) from None


def _held(deliveries: Sequence[Delivery], ends: Positions) -> tuple[Held, ...]:
    """Merge the held rows of all parts, so that each reason is one finding."""
    starts = np.concatenate([[0], ends[:-1]])
    moved = [
        replace(h, positions=h.positions + start)
        for d, start in zip(deliveries, starts, strict=True)
        for h in d.held
    ]
    moved.sort(key=lambda h: h.code)
    return tuple(
        replace(same[0], positions=np.concatenate([h.positions for h in same]))
        for same in (list(group) for _, group in groupby(moved, key=lambda h: h.code))
    )


def _notes(deliveries: Sequence[Delivery]) -> tuple[Note, ...]:
    notes = sorted((n for d in deliveries for n in d.notes), key=lambda n: (n.code, n.message))
    groups = [list(group) for _, group in groupby(notes, key=lambda n: (n.code, n.message))]
    return tuple(
        replace(same[0], message=f"{same[0].message} ({len(same)} parts)", count=sum(n.count for n in same))
        for same in groups
    )
