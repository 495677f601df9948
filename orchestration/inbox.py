"""Deliveries: files that someone puts into `<home>/inbox/<study>/`, named after the contract's tables.

`visits.csv`, `visits_2027-03-01.csv` and `visits.2.parquet` all are the table `visits`, and so is a folder
`visits_2027-03` of parts. The newest finished file or folder of each table is read instead of the study's own
source; older ones stay where they are, untouched.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

SETTLE_SECONDS = 5.0
"""A file that changed this recently may still be on its way."""

_HALF = re.compile(r"\.(tmp|part|partial|filepart|crdownload)$", re.IGNORECASE)
UNFINISHED = re.compile(rf"^[.~]|{_HALF.pattern}", re.IGNORECASE)


def deliveries(folder: Path, tables: Iterable[str], now: datetime) -> dict[str, Path]:
    """Table name -> its newest finished file in the inbox; tables without one are left out."""
    files = finished(folder, now)
    newest: dict[str, Path] = {}
    for table in tables:
        own = [path for path in files if names(path, table)]
        if own:
            newest[table] = max(own, key=lambda path: (path.stat().st_mtime_ns, path.name))
    return newest


def finished(folder: Path, now: datetime) -> list[Path]:
    """Files, and folders of files, that nobody is writing any more; links and what is hidden or half-copied are not."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _is_finished(path, now))


def names(path: Path, table: str) -> bool:
    """Whether a file's name says that it is this table."""
    return re.match(rf"{re.escape(table)}([._-].*)?$", path.name) is not None


def _is_finished(path: Path, now: datetime) -> bool:
    if UNFINISHED.search(path.name) or path.is_symlink():
        return False
    if path.is_dir():
        parts = list(path.rglob("*"))
        return bool(parts) and all(_is_settled(p, now) and not _HALF.search(p.name) for p in [path, *parts])
    return path.is_file() and _is_settled(path, now)


def _is_settled(path: Path, now: datetime) -> bool:
    # A clock that jumped back must not hide a delivery for ever, hence the absolute difference.
    return abs(now.timestamp() - path.lstat().st_mtime) >= SETTLE_SECONDS
