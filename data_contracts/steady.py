"""Whether a delivery held still while it was judged; one that is still being written is refused for now."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data_contracts.file_bytes import Look, look
from data_contracts.findings import Note
from data_contracts.judge import Judged

Looks = Mapping[Path, tuple[Look, ...]]

_SEEMS_UNFINISHED = {"E_TRUNCATED", "E_FILE_EMPTY", "E_NO_ROWS", "E_UNREADABLE", "E_PARSE"}
_SETTLING_SECONDS = 1.0
"""A file that seems cut off and changed less than this ago is given so long to show that it grows."""
_POLL_SECONDS = 0.05
_NOTE = Note(
    code="E_UNSTABLE_FILE",
    message="The file changed while it was judged; deliver it again when it is complete.",
    count=1,
)


def looks(given: Mapping[str, object]) -> Looks:
    """How the files stand before anything is read; what is in memory already needs no look."""
    return {path: look(path) for path in given.values() if isinstance(path, Path)}


def if_steady(judged: Judged, given: object, before: Looks) -> Judged:
    """The table; of a file that is not as it was at the first look nothing is said but that."""
    if isinstance(given, Path) and _changed(judged, given, before[given]):
        return replace(judged, notes=(_NOTE,), held=())
    return judged


def _changed(table: Judged, path: Path, before: tuple[Look, ...]) -> bool:
    if any(note.code in _SEEMS_UNFINISHED for note in table.notes):
        _wait_while_fresh(path, before)
    return look(path) != before


def _wait_while_fresh(path: Path, before: tuple[Look, ...]) -> None:
    newest = max((one.changed for one in before), default=0) / 1e9
    while 0 <= time.time() - newest < _SETTLING_SECONDS and look(path) == before:
        time.sleep(_POLL_SECONDS)
