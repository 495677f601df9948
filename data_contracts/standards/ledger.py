"""What became of every event: counted by table, reason and column, so that nothing is left out in silence."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from data_contracts.findings import LINES_SHOWN
from data_contracts.standards.byte_stream import ReadFile
from data_contracts.standards.reasons import FAULTS

FILES = "files"
"""The table under which files are counted that are not read."""


@dataclass
class Ledger:
    """Counts only: no value, and no name of a patient, of a visit or of a unit that nobody knows."""

    read: list[tuple[str, ReadFile]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    """Table -> events in it; each is used, or left out for one reason (once for each column that wanted it)."""
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(table, column) -> events."""
    left_out: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(table, reason, column) -> events."""
    lines: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(file, reason) -> the first lines, where the reason is the line itself."""
    resources: Counter[str] = field(default_factory=Counter)
    """Type -> resources of it in the export, read or not; of FHIR only."""
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(column, unit) -> values whose unit is not declared."""

    passed_over: list[tuple[str, str]] = field(default_factory=list)
    """Files of the export that are not read, relative to its folder, each with the reason."""

    def file(self, table: str, facts: ReadFile) -> None:
        """Notes a file that was read to its end."""
        self.read.append((table, facts))

    def pass_over(self, file: Path, reason: str) -> None:
        """Notes and counts a file that is not read."""
        self.passed_over.append((file.as_posix(), reason))
        self.leave_out(FILES, reason, 1)

    def not_used(self, table: str, reason: str, count: int) -> None:
        """Counts entries of the export that were seen and are not used."""
        self.seen[table] += int(count)
        self.leave_out(table, reason, count)

    def tell(self, about: str, reason: str, count: int, column: str = "") -> None:
        """Counts what is used all the same: put right, or odd. `about` is the name of no table of entries."""
        self.leave_out(about, reason, count, column)

    def leave_out(self, table: str, reason: str, count: int, column: str = "") -> None:
        """Counts events that are not used."""
        if count:
            self.left_out[table, reason, column] += int(count)

    def unreadable(self, table: str, path: Path, lines: Iterable[int]) -> None:
        """Counts lines that are no entries; the numbers of the first are kept."""
        # of what is no line of its own, the number is 0
        found = list(lines)
        self.not_used(table, "W_LINE_UNREADABLE", len(found))
        shown = self.lines.setdefault((path.name, "W_LINE_UNREADABLE"), [])
        shown += [line for line in found if line][: LINES_SHOWN - len(shown)]

    def settle(
        self,
        tables: tuple[str, ...],
        columns: tuple[str, ...],
        table: npt.NDArray[np.uint8],
        column: npt.NDArray[np.int16],
        fault: npt.NDArray[np.uint8],
    ) -> None:
        """Counts events by what became of them; the arrays have one item an event."""
        size = (len(tables), len(columns), len(FAULTS))
        if not len(table):
            return
        flat = np.ravel_multi_index((table.astype(int), column.astype(int), fault.astype(int)), size)
        counts = np.bincount(flat, minlength=int(np.prod(size))).reshape(size)
        for place in zip(*np.nonzero(counts), strict=True):
            whose, which, why = (int(i) for i in place)
            number = int(counts[place])
            if why:
                self.leave_out(tables[whose], FAULTS[why], number, columns[which])
            else:
                self.used[tables[whose], columns[which]] += number
