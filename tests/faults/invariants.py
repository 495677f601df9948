"""The invariants that hold after every fault, as assertions over a home."""

import os
from pathlib import Path

from meta_med.published import reader
from orchestration.command.app import app, exit_code_of
from orchestration.errors import FAMILIES

CODES = {kind.exit_code for kind in FAMILIES.values()}
HALF = (".arriving-", ".draft-", ".probe-", ".partial", ".tmp", "-journal")
COMMANDS_THAT_LEAVE = {"locks", "dagster"}


def served_whole(url: str, study: str) -> str:
    """I1: the id of the release that is served, every row of which is the one that was published."""
    head = reader.head(url, study)
    assert head is not None
    reader.verify(url, head.release_id)
    return head.release_id


def half_files(home: Path) -> list[str]:
    """I4: temporary and partial files, by their names."""
    return sorted(
        str(path.relative_to(home)) for path in home.rglob("*") if any(h in path.name for h in HALF)
    )


def kept_files(home: Path) -> set[str]:
    """I4: the files below a home, without empty locks and SQLite's own files beside an open store."""
    files = (path for path in home.rglob("*") if path.is_file())
    names = {str(path.relative_to(home)) for path in files if not path.name.endswith(("-wal", "-shm"))}
    return {name for name in names if name.split(os.sep)[0] not in COMMANDS_THAT_LEAVE}


def told(capfd, *words: object) -> tuple[int, str]:
    """I6: a command's exit code, and what it tells on stderr, which begins with a code and is no traceback."""
    code = exit_code_of(lambda: app([str(word) for word in words]), as_json=False)
    text = capfd.readouterr().err
    if code:
        assert code in CODES, code
        (line,) = [line for line in text.splitlines() if line.startswith("meta-med: ")]
        assert line.startswith("meta-med: E_"), line
        assert "Traceback" not in text
    return code, text
