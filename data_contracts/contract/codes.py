"""Codes of findings, with their data-quality category and the title and advice that a data steward reads.

The first letter is the outcome: E rejects the delivery, Q quarantines rows, W is a warning, N was normalised and
counted. The rest names the finding. This module has the codes of the reader, the types and the gate itself, and
codes that only contracts give to rules. The codes of a rule are declared with the rule (`data_contracts.rules`);
`data_contracts.contract.vocabulary` lists all of them.

Conformance, completeness and plausibility are the categories of Kahn et al., eGEMs 2016.
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
    """A finding without its outcome: `HARD_RANGE` of Q_HARD_RANGE and W_HARD_RANGE."""

    stem: str
    kahn: Kahn
    title: str
    """Its title in a report."""
    advice: str = ""
    """What a data steward should do about it; "" if the general advice for its outcome is enough."""
    title_if_normalised: str = ""
    withholds: bool = False
    """Held rows make the whole subject doubtful: no prediction is shown for them."""


GATE_CODES = (
    Code("FILE_MISSING", "completeness", "The file is missing"),
    Code("FILE_EMPTY", "completeness", "The file is empty"),
    Code("UNSTABLE_FILE", "completeness", "The file was still being written"),
    Code("NULL_TOKEN", "completeness", "Words that mean 'missing'"),
    Code("SENTINEL", "completeness", "Numbers that mean 'missing'"),
    Code("PATH_REFUSED", "conformance", "A path that is not allowed"),
    Code("UNSUPPORTED_FORMAT", "conformance", "An unsupported file format"),
    Code("MAGIC_MISMATCH", "conformance", "File name and content disagree"),
    Code("UNREADABLE", "conformance", "The file is damaged"),
    Code("TOO_LARGE", "conformance", "The file is too large"),
    Code("ENCODING", "conformance", "The text is not UTF-8"),
    Code("PARSE", "conformance", "Quotes or fields shift the columns"),
    Code("TRUNCATED", "conformance", "The file is cut off"),
    Code("PARTS_DIFFER", "conformance", "Parts of one table differ"),
    Code("PASSED_OVER", "conformance", "Files that were ignored"),
    Code("PART_REPEATED", "conformance", "Parts with the same content"),
    Code("SUPERSEDED", "conformance", "Rows that a later delivery replaced"),
    Code("DUP_COLUMN", "conformance", "A column appears twice"),
    Code(
        "COLUMNS_MISSING",
        "conformance",
        "Columns are missing",
        "Compare the header with the contract: renamed or dropped columns stop everything.",
    ),
    Code("EXTRA_COLUMN", "conformance", "A column that is not in the contract"),
    Code("FREE_TEXT", "conformance", "Free text"),
    Code("PHI_COLUMN", "conformance", "A column that identifies people"),
    Code("UNIT_DECLARED_MISMATCH", "plausibility", "The header declares another unit"),
    Code("TYPE", "conformance", "Values that do not have the column's type"),
    Code("LOCALE_DECIMAL", "conformance", "Decimal commas"),
    Code("DATE_FORMAT", "conformance", "Dates in another format"),
    Code("TZ_MISSING", "conformance", "Times without time zone"),
    Code("TIME_AMBIGUOUS", "conformance", "Local times that do not exist or exist twice"),
    Code("NONFINITE", "conformance", "Infinite or not a number"),
    Code("CONTROL_CHAR", "conformance", "Control characters"),
    Code("FIELD_COUNT", "conformance", "Too many or too few fields"),
    Code("HEADER_REPEATED", "conformance", "The header is repeated among the rows"),
    Code("ROW_TOO_LONG", "conformance", "A row of impossible length"),
    Code("LOST_CHARACTER", "conformance", "Lost characters"),
    Code("KEY_FORMAT", "conformance", "A key that is damaged"),
    Code("BOM", "conformance", "A byte-order mark"),
    Code("EOL", "conformance", "Mixed line ends"),
    Code("HEADER", "conformance", "Column names in another spelling"),
    Code("TRIM", "conformance", "Spaces around text"),
    Code("TZ", "conformance", "Times in other time zones"),
    Code("DELIVERY_REJECTED", "conformance", "Another file of the delivery was rejected"),
    Code("READMITTED", "conformance", "Rows that a person released"),
    Code(
        "QUARANTINE_FRACTION",
        "plausibility",
        "Too many rows would be held back",
        "So many rows point to one fault of the whole export: correct that first.",
    ),
    Code("QUARANTINE_CONCENTRATED", "plausibility", "Held rows are concentrated in one cohort"),
    Code("BIRTH_AFTER_VISIT", "plausibility", "A visit before birth", withholds=True),
    Code("AFTER_DEATH", "plausibility", "A record after death", withholds=True),
)


def severity_of(code: str) -> Severity:
    """The severity of findings with this code."""
    return _SEVERITY[code[0]]


def with_outcome(code: str, outcome: Outcome) -> str:
    """The code with the letter of the outcome, e.g. W_HARD_RANGE for a range that only warns."""
    return code if code[0] == "N" else f"{_LETTERS[outcome]}{code[1:]}"
