"""What the gate finds in a delivery: findings for people, and held rows for the quarantine."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from data_contracts.contract.codes import Kahn, Severity

Positions = npt.NDArray[np.int64]
"""Row positions in a source, from 0, in file order."""

LINES_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class PartFacts:
    """One file of a folder whose files together are one table."""

    file: str
    sha256: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class SourceFacts:
    """What was read: name of the file or folder (without its path), hash, size in bytes and number of rows."""

    source: str
    file: str
    sha256: str
    bytes: int
    rows: int
    parts: tuple[PartFacts, ...] = ()
    """The files of a folder, by name; `sha256` is then the hash of their names and hashes."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One result for a data steward. Contains counts and line numbers, never a cell's value."""

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
    """The file of each line in `lines`, if the table was delivered in several parts."""
    message: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """Rows of one source that break one rule. With `holds=False` it is a warning: the rows stay accepted."""

    code: str
    rule: str
    column: str
    positions: Positions
    message: str
    holds: bool = True
    counts_towards_limit: bool = True


@dataclass(frozen=True, kw_only=True)
class Note:
    """A finding about a whole source or column. A code that begins with E rejects the delivery."""

    code: str
    message: str
    rule: str = "reader"
    column: str = ""
    cohort: str = ""
    count: int = 0
    lines: tuple[int, ...] = ()
    linked: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Groups of subjects who may be the same person; never shown."""


class RejectedError(Exception):
    """Stops the reading of one file; `note` gives the reason. It is caught inside the package."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.code)


def reject(code: str, message: str, *, column: str = "", lines: tuple[int, ...] = ()) -> RejectedError:
    """Return the error that rejects a file; the caller raises it."""
    return RejectedError(Note(code=code, message=message, column=column, count=1, lines=lines))
