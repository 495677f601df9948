"""The ledger of a conversion: every event is counted by table, reason and column, so that none is lost silently.

Each reason why an event, a visit or a line is not part of a record has one code and one sentence.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from data_contracts.contract.codes import Kahn
from data_contracts.findings import LINES_SHOWN
from data_contracts.standards.export_files.byte_stream import ReadFile

REASONS: dict[str, tuple[Kahn, str]] = {
    "N_EVENT_UNMAPPED": ("conformance", "have a code that no column of the mapping requests"),
    "N_EVENT_STATUS": ("conformance", "are marked as entered in error, cancelled or not final"),
    "N_EVENT_SUPERSEDED": ("conformance", "were replaced by a newer version with the same identifier"),
    "N_EVENT_REPEATED": ("conformance", "are exact duplicates of another one in the export"),
    "N_EVENT_DELETED": ("conformance", "were deleted later, according to the export"),
    "N_DELETION": ("conformance", "state only that something was deleted"),
    "N_TYPE_NOT_READ": ("conformance", "are of a type that no column of the mapping can request"),
    "N_FILE_OTHER": (
        "conformance", "not read: they hold nothing of the standard, or nothing that a mapping can request",
    ),
    "N_VISIT_STATUS": ("conformance", "are marked as entered in error, cancelled or only planned"),
    "N_VISIT_NOT_ASKED": ("conformance", "are of a class that the mapping does not request"),
    "N_VISIT_EMPTY": ("completeness", "hold no value that the mapping requests"),
    "N_VISIT_SUPERSEDED": ("conformance", "are older versions or repetitions of another with the same identifier"),
    "N_PATIENT_SUPERSEDED": ("conformance", "are older versions or repetitions of another with the same identifier"),
    "N_LINE_HEADER": ("conformance", "repeat the header line"),
    "N_NULL_WORD": ("conformance", "hold a null token, such as NA or NULL, and were read as empty"),
    "N_TIME_FROM_DATE": ("conformance", "have a clock time that cannot be read; their date was used"),
    "W_TIME_CONTRADICTS": ("plausibility", "have a clock time on another day than their date; the date was used"),
    "W_DATES_SHIFTED": (
        "plausibility", "are dated decades ahead, as in exports with shifted dates; none is rejected as future",
    ),
    "W_FILE_PASSED_OVER": ("completeness", "not read: they may hold rows, but their name does not identify a table"),
    "W_PART_MISSING": ("completeness", "are missing from a sequence of numbered parts"),
    "N_VISIT_DELETED": ("conformance", "were deleted later, according to the export"),
    "N_PATIENT_DELETED": ("conformance", "were deleted later, according to the export"),
    "N_PATIENT_MERGED": ("conformance", "were merged into another patient, to whom their events belong"),
    "W_FILE_UNREADABLE": (
        "conformance", "not read: their format is unknown, and they may hold requested data",
    ),
    "W_EXPORT_PROBLEM": ("completeness", "report what the server could not export"),
    "W_DELETION_UNREADABLE": ("conformance", "state that something was deleted, but not which resource"),
    "W_LINE_UNREADABLE": ("conformance", "cannot be read as one entry of the standard"),
    "W_LINE_OTHER_TYPE": ("conformance", "are of another type than the rest of their file"),
    "W_EVENT_SAME_ID": (
        "plausibility", "share an identifier with a different one, and neither is known to be newer",
    ),
    "W_EVENT_MOVED": ("plausibility", "were replaced by a newer version that is of another patient"),
    "W_EVENT_NO_CODE": ("completeness", "have no code"),
    "W_EVENT_NO_SUBJECT": ("completeness", "name no patient, or have a reference that leads to none"),
    "W_EVENT_SUBJECT_UNKNOWN": ("conformance", "name a patient who is not in the table of patients"),
    "W_EVENT_NO_TIME": ("completeness", "have no time"),
    "W_EVENT_TIME_UNREADABLE": ("conformance", "have a time that cannot be read"),
    "W_EVENT_TIME_INEXACT": ("completeness", "have a time that is not exact enough for these records"),
    "W_EVENT_TIME_AMBIGUOUS": (
        "conformance", "have a local time that does not exist, or exists twice, on the day the clocks change",
    ),
    "W_EVENT_TIME_PLACEHOLDER": ("plausibility", "are dated on a placeholder day, such as 1970-01-01"),
    "W_EVENT_TIME_FUTURE": ("plausibility", "are dated after today"),
    "W_EVENT_BEFORE_BIRTH": ("plausibility", "are dated before the patient was born"),
    "W_EVENT_OUTSIDE_VISIT": ("plausibility", "are dated over 90 days before or after their visit"),
    "W_EVENT_TIMED": ("conformance", "have a time where the mapping expects a fact without one"),
    "W_EVENT_NO_VISIT": ("completeness", "belong to no visit"),
    "W_EVENT_VISIT_UNKNOWN": ("conformance", "belong to a visit that is not in the table of visits, or was left out"),
    "W_EVENT_VISIT_OF_ANOTHER": ("plausibility", "belong to a visit of another patient"),
    "W_EVENT_NO_VALUE": ("completeness", "have no value"),
    "W_EVENT_VALUE_UNREADABLE": ("conformance", "have a value that is not a finite number"),
    "W_EVENT_VALUE_DOUBTED": ("plausibility", "have a value and a reason for its absence"),
    "W_EVENT_CENSORED": ("conformance", "have a censored value, such as \"<5\""),
    "W_EVENT_NO_UNIT": ("completeness", "have a value without a unit"),
    "W_EVENT_UNIT": ("conformance", "have a unit that the mapping does not declare"),
    "W_EVENT_CATEGORY": ("conformance", "have an answer that the mapping does not declare"),
    "W_VISIT_NO_ID": ("completeness", "have no identifier"),
    "W_VISIT_SAME_ID": ("plausibility", "share an identifier with a different one, so neither is used"),
    "W_VISIT_MOVED": ("plausibility", "were replaced by a newer version that is of another patient"),
    "W_VISIT_NO_SUBJECT": ("completeness", "belong to no known patient"),
    "W_VISIT_NO_TIME": ("completeness", "have no readable start"),
    "W_VISIT_BEFORE_BIRTH": ("plausibility", "begin before the patient was born"),
    "W_VISIT_FUTURE": ("plausibility", "begin after today"),
    "W_VISIT_TIME_PLACEHOLDER": ("plausibility", "begin on a placeholder day, such as 1970-01-01"),
    "W_VISIT_END_UNREADABLE": ("conformance", "have an end that cannot be read, and are used without an end"),
    "W_VISIT_END_BEFORE_START": ("plausibility", "end before they start, and are used without an end"),
    "W_VISIT_END_FUTURE": ("plausibility", "end after today, and are used without an end"),
    "W_ID_EXPONENT": ("conformance", "have an identifier such as 1.2E+17, which may have lost digits"),
    "W_BIRTH_UNREADABLE": ("conformance", "have a date of birth that cannot be read"),
    "W_BIRTH_CONTRADICTS": (
        "plausibility", "have a birth_datetime that contradicts year, month and day; the latter were used",
    ),
    "W_AGE_IMPLAUSIBLE": ("plausibility", "have an age below 0 or above 121 years; it was set to missing"),
    "W_VISIT_END_INEXACT": ("completeness", "have an end without a day, and are used without an end"),
    "W_BIRTH_AFTER_RECORD": ("plausibility", "begin before the patient was born, and have no age"),
    "W_PATIENT_TWICE": ("plausibility", "share an identifier with another patient, and may be the same person"),
    "W_PATIENT_LINK": ("plausibility", "were replaced by a patient who cannot be determined, and are kept unchanged"),
    "W_PATIENT_NO_ID": ("completeness", "lack the identifier that the mapping requests"),
    "W_PATIENT_SAME_ID": ("plausibility", "share an identifier with a different one, so neither is used"),
    "W_VALUES_AT_ONCE": (
        "plausibility", "have several values at one time; numbers were averaged, and several answers set to missing",
    ),
    "W_STATIC_CONFLICT": ("plausibility", "have two different values of a static fact"),
    "W_FACT_CATEGORY": ("conformance", "have a fact that the mapping does not declare"),
}  # fmt: skip
"""Code -> Kahn's class and the end of the message, after the number of events. N_: as the mapping or the standard
requires. W_: a warning, because something that was requested is not used."""

USED = 0
FAULTS: tuple[str, ...] = ("", *REASONS)
"""Code by the number in an event's `fault`; 0 is an event that is used."""
_NUMBERS = {code: number for number, code in enumerate(FAULTS)}


def fault(code: str) -> int:
    """The number of a reason's code."""
    return _NUMBERS[code]


FILES = "files"
"""The table under which unread files are counted."""


@dataclass
class ExportCounts:
    """Counts only: no value, no identifier of a patient or visit, and no unknown unit."""

    read: list[tuple[str, ReadFile]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    """Table -> events in it; each is used, or left out for one reason (once per column that requests it)."""
    used: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(table, column) -> events."""
    left_out: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """(table, reason, column) -> events."""
    lines: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(file, reason) -> the first line numbers, where the reason is about a line."""
    resources: Counter[str] = field(default_factory=Counter)
    """FHIR resource type -> resources in the export, read or not."""
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(column, unit) -> values with an undeclared unit."""

    passed_over: list[tuple[str, str]] = field(default_factory=list)
    """Unread files, relative to the export's folder, each with the reason."""

    def add_file(self, table: str, facts: ReadFile) -> None:
        """Records a file that was read to its end."""
        self.read.append((table, facts))

    def pass_over(self, file: Path, reason: str) -> None:
        """Records and counts a file that is not read."""
        self.passed_over.append((file.as_posix(), reason))
        self.leave_out(FILES, reason, 1)

    def not_used(self, table: str, reason: str, count: int) -> None:
        """Counts entries that were seen and are not used."""
        self.seen[table] += int(count)
        self.leave_out(table, reason, count)

    def note(self, about: str, reason: str, count: int, column: str = "") -> None:
        """Counts what is used after a correction or with a warning; `about` is not the name of a table of entries."""
        self.leave_out(about, reason, count, column)

    def leave_out(self, table: str, reason: str, count: int, column: str = "") -> None:
        """Counts events that are not used."""
        if count:
            self.left_out[table, reason, column] += int(count)

    def unreadable(self, table: str, path: Path, lines: Iterable[int]) -> None:
        """Counts unreadable lines and keeps the first line numbers; 0 is an entry without a line of its own."""
        found = list(lines)
        self.not_used(table, "W_LINE_UNREADABLE", len(found))
        shown = self.lines.setdefault((path.name, "W_LINE_UNREADABLE"), [])
        shown += [line for line in found if line][: LINES_SHOWN - len(shown)]

    def count_events(
        self,
        tables: tuple[str, ...],
        columns: tuple[str, ...],
        table: npt.NDArray[np.uint8],
        column: npt.NDArray[np.int16],
        fault: npt.NDArray[np.uint8],
    ) -> None:
        """Counts events as used or left out by reason.

        Args:
            tables, columns: names, in the order that the arrays refer to.
            table, column: (n,) index of each event's table and column.
            fault: (n,) number of the reason, or USED.

        """
        size = (len(tables), len(columns), len(FAULTS))
        if not len(table):
            return
        flat = np.ravel_multi_index((table.astype(int), column.astype(int), fault.astype(int)), size)
        counts = np.bincount(flat, minlength=int(np.prod(size))).reshape(size)
        for place in zip(*np.nonzero(counts), strict=True):
            table_index, column_index, reason = (int(i) for i in place)
            number = int(counts[place])
            if reason:
                self.leave_out(tables[table_index], FAULTS[reason], number, columns[column_index])
            else:
                self.used[tables[table_index], columns[column_index]] += number
