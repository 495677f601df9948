"""The codes of findings: what follows from each, and what kind of quality it speaks of.

The first letter is the outcome: E rejects the delivery, Q holds rows back, N was put right and counted,
W is worth a look. Kahn's classes (Kahn et al., eGEMs 2016) are conformance, completeness and plausibility.
"""

from typing import Literal

from data_contracts.contract.model import Outcome

Severity = Literal["critical", "warning", "info"]
Kahn = Literal["conformance", "completeness", "plausibility"]

_SEVERITY: dict[str, Severity] = {"E": "critical", "Q": "critical", "W": "warning", "N": "info"}
_LETTERS: dict[Outcome, str] = {"reject": "E", "quarantine_rows": "Q", "quarantine_patient": "Q", "warn": "W"}
_DONE = {"E": "delivery rejected", "Q": "rows held back", "W": "warned, rows kept", "N": "put right"}

_COMPLETENESS = {
    "E_FILE_MISSING", "E_FILE_EMPTY", "E_NO_ROWS", "E_ROW_COUNT", "E_TARGET_MISSING", "E_UNSTABLE_FILE",
    "Q_NULL", "Q_KEY_NULL", "W_COMPLETENESS", "W_STALE_FEED", "W_TOO_FEW_TO_TRAIN", "W_NO_SUPPORT",
    "N_NULL_TOKEN", "N_SENTINEL", "W_COHORT_GONE", "W_SUBJECTS_GONE", "E_ROWCOUNT_DROP", "W_MISSING_JUMP",
}  # fmt: skip
_PLAUSIBILITY = {
    "Q_HARD_RANGE", "Q_UNIT_SUSPECT", "Q_TIME_FUTURE", "Q_TIME_RANGE", "Q_ORDER", "Q_AGE_DISAGREES",
    "Q_BIRTH_AFTER_VISIT", "Q_AFTER_DEATH", "Q_IDENTITY_CONFLICT", "Q_IDENTITY_CHANGED", "Q_COPIED_COLUMN",
    "E_SCALE_SHIFT", "E_DISTRIBUTION_SHIFT", "E_LEAKAGE_SUSPECT", "E_TARGET_CONSTANT",
    "E_QUARANTINE_FRACTION", "E_UNIT_DECLARED_MISMATCH", "W_OOD", "W_CONSTANT", "W_HEAPING",
    "W_COPY_FORWARD", "W_WITHIN_PATIENT_JUMP", "W_DOMINANT_PATIENT", "W_DUP_TRAJECTORY",
    "W_QUARANTINE_CONCENTRATED", "W_DRIFT_PSI", "W_ROWCOUNT_JUMP", "W_COHORT_MOVED", "W_COHORT_NEW_AND_GONE",
    "W_CATEGORY_DRIFT", "W_REPEATED_DELIVERY", "W_LABELS_TURNED", "W_RECORD_OLDER", "W_SUBJECTS_ALL_NEW",
}  # fmt: skip
_CONFORMANCE = {
    "E_MAGIC_MISMATCH", "E_UNREADABLE", "E_TOO_LARGE", "E_ENCODING", "E_PARSE", "E_TRUNCATED", "E_DUP_COLUMN",
    "E_COLUMNS_MISSING", "E_TYPE", "E_LOCALE_DECIMAL", "E_DATE_FORMAT", "E_TZ_MISSING", "E_ID_FORMAT",
    "E_CATEGORY_DOMAIN", "E_PHI_COLUMN", "E_DELIVERY_REJECTED",
    "E_PATH_REFUSED", "E_UNSUPPORTED_FORMAT", "E_PARTS_DIFFER", "Q_ROW_TOO_LONG", "Q_HEADER_REPEATED",
    "Q_LOST_CHARACTER",
    "Q_CONTROL_CHAR", "Q_FIELD_COUNT", "Q_KEY_FORMAT", "Q_TYPE", "Q_NONFINITE", "Q_TZ_MISSING",
    "Q_TIME_AMBIGUOUS", "Q_CATEGORY", "Q_LENGTH", "Q_MULTIPLE", "Q_ID_FORMAT", "Q_KEY_CONFLICT", "Q_NO_PARENT",
    "W_EXTRA_COLUMN", "W_FREE_TEXT", "W_PERSON_NUMBER",
    "W_PASSED_OVER", "W_PART_REPEATED", "W_ROW_ORDER", "W_SPELLINGS", "W_OPTIONAL_ABSENT",
    "N_BOM", "N_EOL", "N_HEADER", "N_TRIM", "N_CATEGORY", "N_TZ", "N_DEDUP", "N_READMITTED",
}  # fmt: skip

_CLASSES: tuple[tuple[Kahn, set[str]], ...] = (
    ("completeness", _COMPLETENESS),
    ("plausibility", _PLAUSIBILITY),
    ("conformance", _CONFORMANCE),
)
KAHN: dict[str, Kahn] = {
    f"{letter}{code[1:]}": kahn for kahn, codes in _CLASSES for code in codes for letter in "EQNW"
}
"""Kahn's class of every code, whatever outcome a contract gives it; a code that is not here does not exist."""

WITHHOLDING = frozenset(
    {"Q_KEY_CONFLICT", "Q_IDENTITY_CONFLICT", "Q_IDENTITY_CHANGED", "Q_BIRTH_AFTER_VISIT", "Q_AFTER_DEATH"}
)
"""Codes that put the patient in doubt, not only the row: no prediction is shown for them."""


def severity_of(code: str) -> Severity:
    """How loud a finding of this code is."""
    return _SEVERITY[code[0]]


def done_about(code: str) -> str:
    """What the gate did, in a few words."""
    return _DONE[code[0]]


def with_outcome(code: str, outcome: Outcome) -> str:
    """The code under the outcome that a contract chose: a range that only warns says W_HARD_RANGE."""
    return code if code[0] == "N" else f"{_LETTERS[outcome]}{code[1:]}"
