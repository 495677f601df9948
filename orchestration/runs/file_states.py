"""States of files, by which a run knows without reading them that they are as it left them.

A state is a file's name, number (inode), size, and the times of its last modification and of its last change. No
program can set the last one back, so that a file with another content, or another file of the same name and date, has
another state. Only a change within one tick of the disk's clock could keep it: therefore a state that was taken within
two seconds of the file's last change proves nothing, and the file is hashed.
"""

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

State = list[str | int]
SETTLED_NS = 2_000_000_000
CHANGED = -1
"""Position of the time of the last change in a state."""


def states_of(path: Path, without: Iterable[str] = ()) -> list[State]:
    """The states of a file, or of each file below a folder but those of these names."""
    left_out = set(without)
    files = sorted(part for part in path.rglob("*") if not part.is_dir()) if path.is_dir() else [path]
    return [_state(file, path) for file in files if file.name not in left_out]


def taken(paths: Mapping[str, Path]) -> dict[str, object]:
    """The states of several files or folders, with the time at which they were taken; as JSON-able values."""
    at = time.time_ns()
    return {"at": at, "states": {name: states_of(path) for name, path in paths.items()}}


def prove_unchanged(noted: Mapping[str, object], paths: Mapping[str, Path]) -> bool:
    """Whether the files are surely the ones whose states were `taken`."""
    at, before = noted.get("at"), noted.get("states")
    if not isinstance(at, int) or before != {name: states_of(path) for name, path in paths.items()}:
        return False
    return all(int(s[CHANGED]) < at - SETTLED_NS for path in paths.values() for s in states_of(path))


def _state(file: Path, root: Path) -> State:
    found = file.lstat()
    name = str(file.relative_to(root.parent))
    return [name, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
