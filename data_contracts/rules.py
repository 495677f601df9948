"""The rule vocabulary: every word a contract may use under `implementation.rule`, with its arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data_contracts.terms import Outcome

Scope = Literal["column", "table"]
Argument = Literal["number", "bound", "text", "column", "columns", "values", "table", "any"]
Judge = Literal["rows", "whole", "relation", "batch"]


@dataclass(frozen=True, kw_only=True)
class RuleWord:
    """One word: where it may stand, what it takes, what follows when it is broken.

    `judge` says who decides: "rows" (a mask of rows, by Great Expectations), "whole" (a number about the
    table), "relation" (needs a second table), "batch" (needs the previous delivery).
    """

    scope: Scope
    judge: Judge
    code: str
    outcome: Outcome
    takes: Mapping[str, Argument] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    says: str
    """The promise kept, after the name of the column or table."""
    breaks: str = ""
    """The promise broken by rows, likewise; rules about the whole word their own findings."""


VOCABULARY: dict[str, RuleWord] = {
    "not_null": RuleWord(
        scope="column",
        judge="rows",
        code="Q_NULL",
        outcome="quarantine_rows",
        says="has a value in every row",
        breaks="has no value",
    ),
    "hard_range": RuleWord(
        scope="column",
        judge="rows",
        code="Q_HARD_RANGE",
        outcome="quarantine_rows",
        takes={"min": "bound", "max": "bound"},
        says="lies within what is possible",
        breaks="is outside what is possible",
    ),
    "soft_range": RuleWord(
        scope="column",
        judge="rows",
        code="W_OOD",
        outcome="warn",
        takes={"min": "bound", "max": "bound"},
        says="lies within what is usual",
        breaks="is outside what is usual",
    ),
    "allowed": RuleWord(
        scope="column",
        judge="rows",
        code="Q_CATEGORY",
        outcome="quarantine_rows",
        takes={"values": "values"},
        needs=("values",),
        says="is one of the declared categories",
        breaks="is none of the declared categories",
    ),
    "pattern": RuleWord(
        scope="column",
        judge="rows",
        code="Q_ID_FORMAT",
        outcome="quarantine_rows",
        takes={"regex": "text"},
        needs=("regex",),
        says="is written as declared",
        breaks="is not written as declared",
    ),
    "no_jump": RuleWord(
        scope="column",
        judge="rows",
        code="W_WITHIN_PATIENT_JUMP",
        outcome="warn",
        takes={"deviations": "number"},
        needs=("deviations",),
        says="stays near the patient's own other values",
        breaks="is far from the patient's own other values",
    ),
    "unique_key": RuleWord(
        scope="table",
        judge="rows",
        code="Q_KEY_CONFLICT",
        outcome="quarantine_rows",
        takes={"columns": "columns"},
        needs=("columns",),
        says="has one row a key",
        breaks="one key, with different values",
    ),
    "constant_per_subject": RuleWord(
        scope="table",
        judge="rows",
        code="Q_IDENTITY_CONFLICT",
        outcome="quarantine_patient",
        takes={"columns": "columns"},
        needs=("columns",),
        says="never changes within one patient",
        breaks="a fact that never changes differs within one patient",
    ),
    "not_after": RuleWord(
        scope="table",
        judge="rows",
        code="Q_ORDER",
        outcome="quarantine_rows",
        takes={"earlier": "column", "later": "column", "tolerance_days": "number"},
        needs=("earlier", "later"),
        says="keeps the two columns in order",
        breaks="two dates in the wrong order",
    ),
    "age_agrees": RuleWord(
        scope="table",
        judge="rows",
        code="Q_AGE_DISAGREES",
        outcome="quarantine_rows",
        takes={"age": "column", "birth": "column", "time": "column", "tolerance_years": "number"},
        needs=("age", "birth", "time"),
        says="has an age that agrees with the dates",
        breaks="the age does not agree with the dates",
    ),
    "in_order": RuleWord(
        scope="table",
        judge="rows",
        code="W_ROW_ORDER",
        outcome="warn",
        takes={"columns": "columns"},
        needs=("columns",),
        says="lists each patient's rows in the order of time",
        breaks="a patient's rows are not in the order of time",
    ),
    "not_a_copy": RuleWord(
        scope="table",
        judge="rows",
        code="Q_COPIED_COLUMN",
        outcome="quarantine_rows",
        takes={
            "column": "column",
            "of": "any",
            "name_column": "column",
            "name": "any",
            "by": "columns",
            "max_share": "number",
        },
        needs=("column", "of"),
        says="is measured, not copied from another measurement",
        breaks="repeats another measurement",
    ),
    "in_parent": RuleWord(
        scope="table",
        judge="relation",
        code="Q_NO_PARENT",
        outcome="quarantine_rows",
        takes={"column": "column", "table": "table", "parent_column": "text"},
        needs=("column", "table", "parent_column"),
        says="belongs to a row of the other table",
        breaks="belongs to no accepted row of the other table",
    ),
    "row_count": RuleWord(
        scope="table",
        judge="whole",
        code="E_ROW_COUNT",
        outcome="reject",
        takes={"min": "number", "max": "number"},
        says="has as many rows as expected",
    ),
    "typical_median": RuleWord(
        scope="column",
        judge="whole",
        code="E_SCALE_SHIFT",
        outcome="reject",
        takes={"min": "number", "max": "number", "min_rows": "number"},
        needs=("min", "max"),
        says="has its middle value where it belongs",
    ),
    "missing_at_most": RuleWord(
        scope="column",
        judge="whole",
        code="W_COMPLETENESS",
        outcome="warn",
        takes={"share": "number"},
        needs=("share",),
        says="is missing no more often than declared",
    ),
    "varies": RuleWord(
        scope="column", judge="whole", code="W_CONSTANT", outcome="warn", says="has more than one value"
    ),
    "no_heaping": RuleWord(
        scope="column",
        judge="whole",
        code="W_HEAPING",
        outcome="warn",
        takes={"max_share": "number"},
        needs=("max_share",),
        says="does not pile up on one value",
    ),
    "no_copy_forward": RuleWord(
        scope="column",
        judge="whole",
        code="W_COPY_FORWARD",
        outcome="warn",
        takes={"max_share": "number"},
        needs=("max_share",),
        says="is measured anew at each record",
    ),
    "not_leaked": RuleWord(
        scope="column",
        judge="whole",
        code="E_LEAKAGE_SUSPECT",
        outcome="reject",
        takes={"outcome_column": "column", "max_correlation": "number"},
        needs=("outcome_column",),
        says="is no transcript of the outcome",
    ),
    "target": RuleWord(
        scope="column",
        judge="whole",
        code="E_TARGET_MISSING",
        outcome="reject",
        says="can be learned: present, with more than one value",
    ),
    "fresh": RuleWord(
        scope="column",
        judge="whole",
        code="W_STALE_FEED",
        outcome="warn",
        takes={"newest_not_before": "bound"},
        needs=("newest_not_before",),
        says="reaches to the present",
    ),
    "enough_subjects": RuleWord(
        scope="table",
        judge="whole",
        code="W_TOO_FEW_TO_TRAIN",
        outcome="warn",
        takes={"min": "number"},
        needs=("min",),
        says="has enough patients to learn from",
    ),
    "no_dominant_subject": RuleWord(
        scope="table",
        judge="whole",
        code="W_DOMINANT_PATIENT",
        outcome="warn",
        takes={"max_share": "number"},
        needs=("max_share",),
        says="is not dominated by one patient",
    ),
    "no_twins": RuleWord(
        scope="table",
        judge="whole",
        code="W_DUP_TRAJECTORY",
        outcome="warn",
        takes={"columns": "columns"},
        needs=("columns",),
        says="has no two patients with the same records",
    ),
    "same_person": RuleWord(
        scope="table",
        judge="batch",
        code="Q_IDENTITY_CHANGED",
        outcome="quarantine_patient",
        takes={"columns": "columns"},
        needs=("columns",),
        says="still speaks of the same person as the previous delivery",
        breaks="the same identifier, another person than in the previous delivery",
    ),
    "batch_size": RuleWord(
        scope="table",
        judge="batch",
        code="E_ROWCOUNT_DROP",
        outcome="reject",
        takes={"min_ratio": "number", "max_ratio": "number"},
        says="has about as many rows as the previous delivery",
    ),
    "cohorts_stay": RuleWord(
        scope="table",
        judge="batch",
        code="W_COHORT_GONE",
        outcome="warn",
        says="has the cohorts of the previous delivery, and patients stay in theirs",
    ),
    "no_drift": RuleWord(
        scope="column",
        judge="batch",
        code="W_DRIFT_PSI",
        outcome="warn",
        takes={"max_index": "number"},
        says="is distributed as in the previous delivery",
    ),
}
