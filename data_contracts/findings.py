"""What the gate says about a delivery: findings for people, held rows for the quarantine."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data_contracts.contract.codes import Kahn, Severity

Positions = npt.NDArray[np.int64]
"""Row positions in a source, counted from 0 in the file's own order."""

LINES_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """One file of a folder that is one table."""

    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class SourceFacts:
    """What was read: which file or folder (base name only), its hash, its size, its rows."""

    source: str
    file: str
    sha256: str
    bytes: int
    rows: int
    parts: tuple[PartFacts, ...] = ()
    """Of a folder: its files by name; `sha256` is then of their names and hashes."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing a data steward should know. Holds counts and lines, never a cell's value."""

    code: str
    severity: Severity
    kahn: Kahn
    rule: str
    source: str
    column: str = ""
    cohort: str = ""
    count: int
    share: float
    lines: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    """The file of each line told, where the table came in several parts."""
    message: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """Rows of one source with one reason. `holds` False is a warning: the rows stay accepted."""

    code: str
    rule: str
    column: str
    positions: Positions
    message: str
    holds: bool = True
    counts_towards_limit: bool = True


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark on a whole source or column. A code that begins with E rejects the delivery."""

    code: str
    message: str
    rule: str = "reader"
    column: str = ""
    cohort: str = ""
    count: int = 0
    lines: tuple[int, ...] = ()
    linked: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Groups of patients who may be one person; never shown."""


class RejectedError(Exception):
    """Ends the reading of one file; carries the note that says why. Never leaves the package."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.code)


def reject(code: str, message: str, *, column: str = "", lines: tuple[int, ...] = ()) -> RejectedError:
    """The error that rejects a file, to be raised."""
    return RejectedError(Note(code=code, message=message, column=column, count=1, lines=lines))
