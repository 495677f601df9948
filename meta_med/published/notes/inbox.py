"""What lies in a study's inbox, by count and time; names are not read, because whoever delivers chooses them."""

from datetime import UTC, datetime
from pathlib import Path


def arrivals(home: Path, study: str) -> list[datetime]:
    """When each file or folder of the inbox was last changed, the oldest first; hidden ones do not count."""
    try:
        entries = [path for path in (home / "inbox" / study).iterdir() if not path.name.startswith(".")]
        return sorted(datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in entries)
    except OSError:
        return []
