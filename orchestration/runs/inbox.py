"""Deliveries: files that someone puts into `<home>/inbox/<study>/`, named after the contract's tables.

`visits.csv`, `visits_2027-03-01.csv`, `visits.2.parquet` and a folder `visits_2027-03` of parts are all the table
`visits`. Of several tables whose name fits (`labs`, `labs_external`), the longest wins. The newest finished file or
folder of each table is read instead of the study's own source; older ones are not touched. An entry that is neither a
delivery nor a companion of one (a checksum, a lock) is reported with the reason.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from data_contracts.reading.file_names import UNFINISHED, is_table

SETTLE_SECONDS = 5.0
"""A file that changed this recently may still be written."""
COMPANIONS = frozenset(
    {".sha1", ".sha256", ".sha512", ".md5", ".crc", ".sig", ".asc", ".done", ".ok", ".ready", ".lock", ".lck"}
)
"""Extensions of files that accompany a delivery: neither read nor reported."""
LONGEST_SHOWN = 80

_LONG_NUMBER = re.compile(r"\d{5,}")
_DATE = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{4}|\d{6})?")


@dataclass(frozen=True)
class PassedOver:
    """A file or folder of an inbox that is not read, and why."""

    name: str
    why: str

    @property
    def line(self) -> str:
        """As one line of text."""
        return f"{self.name}: {self.why}"


def deliveries(folder: Path, tables: Iterable[str], now: datetime) -> dict[str, Path]:
    """Table name -> its newest finished file in the inbox, for tables that have one."""
    return {table: files[-1] for table, files in all_deliveries(folder, tables, now).items()}


def all_deliveries(folder: Path, tables: Iterable[str], now: datetime) -> dict[str, list[Path]]:
    """Table name -> its finished files in the inbox, the oldest first, for tables that have one."""
    known, found = list(tables), dict[str, list[Path]]()
    for path in finished(folder, now):
        table = table_named(path.name, known)
        if table is not None and is_table(path.name):
            found.setdefault(table, []).append(path)
    return {
        table: sorted(found[table], key=lambda path: (path.stat().st_mtime_ns, path.name))
        for table in known
        if table in found
    }


def unread_entries(folder: Path, tables: Iterable[str], now: datetime) -> list[PassedOver]:
    """The entries of the inbox that are not read, without hidden files and companions."""
    known = list(tables)
    entries = [(path, _why(path, known, now)) for path in sorted(folder.iterdir())] if folder.is_dir() else []
    return [PassedOver(shown_name(path.name), why) for path, why in entries if why]


def finished(folder: Path, now: datetime) -> list[Path]:
    """Files and folders that are no longer written; without links, hidden and partially copied ones."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _is_finished(path, now))


def table_named(name: str, tables: Iterable[str]) -> str | None:
    """The table of a file by its name: the longest table name that it starts with."""
    own = [table for table in tables if re.match(rf"{re.escape(table)}([._-].*)?$", name, re.DOTALL)]
    return max(own, key=len, default=None)


def shown_name(name: str) -> str:
    """A file name for a screen; long numbers that are not dates are hidden, because they may identify a patient."""
    plain = "".join(c if c.isprintable() else "?" for c in name)
    hidden = _LONG_NUMBER.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else "#", plain)
    return hidden if len(hidden) <= LONGEST_SHOWN else f"{hidden[: LONGEST_SHOWN - 3]}..."


def _why(path: Path, tables: list[str], now: datetime) -> str:
    """Why an entry is not read; "" where it is read or need not be reported."""
    name = path.name
    if name.startswith(".") or PurePath(name).suffix.lower() in COMPANIONS:
        return ""
    if _is_on_the_way(name):
        return "partially copied, by its name; it is read when it is renamed"
    if path.is_symlink() or not (path.is_file() or path.is_dir()):
        return "a link or not a regular file; put the file itself there"
    if table_named(name, tables) is None:
        return f"its name starts with no table of the study ({', '.join(tables)})"
    if not is_table(name):
        return "the gate reads no files with this extension; export the table as CSV or Parquet"
    return "" if _is_finished(path, now) else "still being written, or an empty folder; it is read later"


def _is_on_the_way(name: str) -> bool:
    return name.startswith((".", "~")) or UNFINISHED.search(name) is not None


def _is_finished(path: Path, now: datetime) -> bool:
    if _is_on_the_way(path.name) or path.is_symlink():
        return False
    if path.is_dir():
        parts = list(path.rglob("*"))
        return bool(parts) and all(
            is_settled(p, now) and not UNFINISHED.search(p.name) for p in [path, *parts]
        )
    return path.is_file() and is_settled(path, now)


def is_settled(path: Path, now: datetime) -> bool:
    """Whether a file or folder was left alone for some seconds; False where it is gone."""
    # the absolute difference, so that a clock that was set back does not hide a delivery
    try:
        return abs(now.timestamp() - path.lstat().st_mtime) >= SETTLE_SECONDS
    except FileNotFoundError:
        # removed or renamed meanwhile
        return False
