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
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(column, unit) -> values whose unit is not declared."""

    passed_over: int = 0
    """Files of the export that hold nothing a mapping can ask for."""
    files_passed_over: list[str] = field(default_factory=list)
    """Their names, as far as a reader of tables has looked at them."""

    def file(self, table: str, facts: ReadFile) -> None:
        """Notes a file that was read to its end."""
        self.read.append((table, facts))

    def leave_out(self, table: str, reason: str, count: int, column: str = "") -> None:
        """Counts events that are not used."""
        if count:
            self.left_out[table, reason, column] += int(count)

    def tell(self, about: str, reason: str, count: int, column: str = "") -> None:
        """Counts what is used all the same: put right, or odd. `about` is the name of no table of entries."""
        self.leave_out(about, reason, count, column)

    def pass_over(self, file: str, reason: str) -> None:
        """Names a file that is not read, and counts it."""
        self.passed_over += 1
        self.files_passed_over.append(file)
        self.tell("files", reason, 1)

    def repeated_headers(self, table: str, count: int) -> None:
        """Counts lines that are the header again."""
        self.seen[table] += count
        self.leave_out(table, "N_LINE_HEADER", count)

    def unreadable(self, table: str, path: Path, lines: Iterable[int]) -> None:
        """Counts lines that are no entries; the numbers of the first are kept."""
        found = list(lines)
        self.seen[table] += len(found)
        self.leave_out(table, "W_LINE_UNREADABLE", len(found))
        shown = self.lines.setdefault((path.name, "W_LINE_UNREADABLE"), [])
        shown += found[: LINES_SHOWN - len(shown)]

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
