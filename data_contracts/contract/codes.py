"""The codes of findings: what follows from each, what kind of quality it speaks of, and what a data steward reads.

The first letter is the outcome: E rejects the delivery, Q holds rows back, N was put right and counted,
W is worth a look; the rest says what was found. Here are the codes of the reader, of the types and of the gate
itself, and those that a contract may give its rules. The codes of a rule stand with the rule
(`data_contracts.rules`); `data_contracts.contract.vocabulary` has all of them.

Kahn's classes (Kahn et al., eGEMs 2016) are conformance, completeness and plausibility.
"""

from dataclasses import dataclass
from typing import Literal

from data_contracts.contract.model import Outcome

Severity = Literal["critical", "warning", "info"]
Kahn = Literal["conformance", "completeness", "plausibility"]

_SEVERITY: dict[str, Severity] = {"E": "critical", "Q": "critical", "W": "warning", "N": "info"}
_LETTERS: dict[Outcome, str] = {"reject": "E", "quarantine_rows": "Q", "quarantine_patient": "Q", "warn": "W"}
LETTERS = "EQNW"


@dataclass(frozen=True)
class Code:
    """What was found, whatever its outcome: `HARD_RANGE` of Q_HARD_RANGE and W_HARD_RANGE."""

    stem: str
    kahn: Kahn
    title: str
    """What it is called in a report."""
    advice: str = ""
    """What a steward does about it; "" is what is done about any finding of this outcome."""
    title_if_normalised: str = ""
    withholds: bool = False
    """Held rows put the patient in doubt, not only the row: no prediction is shown for them."""


GATE_CODES = (
    Code("FILE_MISSING", "completeness", "The file is missing"),
    Code("FILE_EMPTY", "completeness", "The file is empty"),
    Code("UNSTABLE_FILE", "completeness", "The file was still being written"),
    Code("NULL_TOKEN", "completeness", "Words that mean 'missing'"),
    Code("SENTINEL", "completeness", "Numbers that mean 'missing'"),
    Code("PATH_REFUSED", "conformance", "A path that leads astray"),
    Code("UNSUPPORTED_FORMAT", "conformance", "A file format that is not read"),
    Code("MAGIC_MISMATCH", "conformance", "The file is not what its name says"),
    Code("UNREADABLE", "conformance", "The file is damaged"),
    Code("TOO_LARGE", "conformance", "The file is too large"),
    Code("ENCODING", "conformance", "The text is not UTF-8"),
    Code("PARSE", "conformance", "Quotes or fields shift the columns"),
    Code("TRUNCATED", "conformance", "The file is cut off"),
    Code("PARTS_DIFFER", "conformance", "Parts of one table differ"),
    Code("PASSED_OVER", "conformance", "Files that were passed over"),
    Code("PART_REPEATED", "conformance", "Parts that stand twice"),
    Code("DUP_COLUMN", "conformance", "A column stands twice"),
    Code(
        "COLUMNS_MISSING",
        "conformance",
        "Columns are missing",
        "Compare the header with the contract: renamed or dropped columns stop everything.",
    ),
    Code("EXTRA_COLUMN", "conformance", "A column that nobody asked for"),
    Code("FREE_TEXT", "conformance", "Free text"),
    Code("PHI_COLUMN", "conformance", "A column that identifies people"),
    Code("UNIT_DECLARED_MISMATCH", "plausibility", "The header declares another unit"),
    Code("TYPE", "conformance", "Not written as its type"),
    Code("LOCALE_DECIMAL", "conformance", "Decimal commas"),
    Code("DATE_FORMAT", "conformance", "Dates in another format"),
    Code("TZ_MISSING", "conformance", "Times without time zone"),
    Code("TIME_AMBIGUOUS", "conformance", "Local times that do not exist or exist twice"),
    Code("NONFINITE", "conformance", "Infinite or not a number"),
    Code("CONTROL_CHAR", "conformance", "Control characters"),
    Code("FIELD_COUNT", "conformance", "Too many or too few fields"),
    Code("HEADER_REPEATED", "conformance", "The header stands among the rows"),
    Code("ROW_TOO_LONG", "conformance", "A row of impossible length"),
    Code("LOST_CHARACTER", "conformance", "Lost characters"),
    Code("KEY_FORMAT", "conformance", "A key that is damaged"),
    Code("BOM", "conformance", "A byte-order mark"),
    Code("EOL", "conformance", "Other line ends"),
    Code("HEADER", "conformance", "Column names written otherwise"),
    Code("TRIM", "conformance", "Spaces around text"),
    Code("TZ", "conformance", "Times in other time zones"),
    Code("DELIVERY_REJECTED", "conformance", "Another file of the delivery was rejected"),
    Code("READMITTED", "conformance", "Rows that a person let in again"),
    Code(
        "QUARANTINE_FRACTION",
        "plausibility",
        "Too many rows would be held back",
        "So many rows point to one fault of the whole export: mend that first.",
    ),
    Code("QUARANTINE_CONCENTRATED", "plausibility", "Held rows gather in one cohort"),
    Code("BIRTH_AFTER_VISIT", "plausibility", "A visit before birth", withholds=True),
    Code("AFTER_DEATH", "plausibility", "A record after death", withholds=True),
)


def severity_of(code: str) -> Severity:
    """How loud a finding of this code is."""
    return _SEVERITY[code[0]]


def with_outcome(code: str, outcome: Outcome) -> str:
    """The code under the outcome that a contract chose: a range that only warns says W_HARD_RANGE."""
    return code if code[0] == "N" else f"{_LETTERS[outcome]}{code[1:]}"
