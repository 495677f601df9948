"""Rules about a whole table: numbers of rows and subjects, age of the newest record, presence of the outcome."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_contracts.columns.coded import varies_within
from data_contracts.contract.check_specs import CheckSpec, resolve_bound
from data_contracts.contract.codes import Code
from data_contracts.contract.rule_word import LEAST, MOST, TEMPORAL, Argument, RuleWord, Words
from data_contracts.findings import Note
from data_contracts.rules.column_rules import is_constant
from data_contracts.rules.slices import View, column_note

WORDS = Words()
_ENOUGH_ROWS = 30
_FEW_MOVE = 0.05
"""Share of the subjects with several records; if more of them change cohort, changes are normal in this table."""
_FEWEST_WHO_COULD = 5
"""Number of subjects with several records from which one change is always reported."""


@WORDS.add(RuleWord(
    scope="table", level="whole", code="E_ROW_COUNT", outcome="reject", takes={"min": LEAST, "max": MOST},
    promise="has as many rows as expected", includes_held_rows=True,
    codes=(
        Code("ROW_COUNT", "completeness", "More or fewer rows than expected"),
        Code("NO_ROWS", "completeness", "The file has a header and no rows"),
    ),
))  # fmt: skip
def row_count(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The number of rows is in the expected range."""
    rows = len(view.frame)
    low, high = spec.arguments.get("min", 0), spec.arguments.get("max", np.inf)
    if not low <= rows <= high:
        message = f"The table has {rows:,} rows; the contract expects {low:,} to {high:,}."
        yield Note(code=spec.code, message=message, rule=spec.name, count=rows)


@WORDS.add(RuleWord(
    scope="column", level="whole", code="E_TARGET_MISSING", outcome="reject",
    promise="can be learned: present, with more than one value", roles=("subject",),
    codes=(
        Code("TARGET_MISSING", "completeness", "The outcome is missing"),
        Code("TARGET_CONSTANT", "plausibility", "The outcome never varies"),
        Code("NO_SUPPORT", "completeness", "Patients without a value of the outcome"),
    ),
))  # fmt: skip
def target(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The outcome is present, has more than one value, and every subject has a value."""
    values = view.values(spec.column)
    if values.notna().sum() == 0:
        yield column_note(spec, f"The outcome {spec.column!r} is missing in every row.", len(values))
        return
    if values.count() >= _ENOUGH_ROWS and is_constant(values.dropna()):
        message = f"The outcome {spec.column!r} has the same value in every row."
        yield column_note(spec, message, len(values), code="E_TARGET_CONSTANT")
    subjects = view.subjects()
    labelled = subjects.counts(values.notna().to_numpy())
    without = int(((labelled == 0) & (subjects.counts() > 0)).sum())
    if without:
        message = f"{without:,} patients have no value of {spec.column!r}; predictions cannot adapt to them."
        yield column_note(spec, message, without, code="W_NO_SUPPORT")


@WORDS.add(RuleWord(
    scope="column", level="whole", code="W_STALE_FEED", outcome="warn",
    takes={"newest_not_before": Argument("bound", required=True, looser="down")}, promise="has recent records",
    kinds=TEMPORAL, codes=(Code("STALE_FEED", "completeness", "The newest record is old"),),
))  # fmt: skip
def fresh(view: View, spec: CheckSpec) -> Iterator[Note]:
    """The newest record is not older than the contract allows."""
    limit = pd.Timestamp(resolve_bound(spec.arguments["newest_not_before"], view.now))
    newest = view.values(spec.column).max()
    if pd.notna(newest) and newest < limit:
        message = f"The newest record is {(limit - newest).days:,} days older than the contract allows."
        yield column_note(spec, message, len(view.frame))


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_TOO_FEW_TO_TRAIN", outcome="warn",
    takes={"min": Argument("number", required=True, looser="down", unbounded=True)},
    promise="has enough patients to learn from", roles=("subject",),
    codes=(Code("TOO_FEW_TO_TRAIN", "completeness", "Too few patients to learn from"),),
))  # fmt: skip
def enough_subjects(view: View, spec: CheckSpec) -> Iterator[Note]:
    """There are enough subjects to learn from."""
    patients = int((view.subjects().counts() > 0).sum())
    if patients < spec.arguments["min"]:
        message = f"The delivery has {patients} patients: enough to score, not to learn from."
        yield Note(code=spec.code, message=message, rule=spec.name, count=patients)


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_DOMINANT_PATIENT", outcome="warn",
    takes={"max_share": Argument("share", required=True, looser="up")}, promise="is not dominated by one patient",
    roles=("subject",), codes=(Code("DOMINANT_PATIENT", "plausibility", "One patient has most rows"),),
))  # fmt: skip
def no_dominant_subject(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No subject has more than the allowed share of rows."""
    rows = view.subjects().counts()
    most = int(rows.max(initial=0))
    if (rows > 0).sum() > 1 and most > spec.arguments.get("max_share", 0.5) * rows.sum():
        message = f"One patient has {most / rows.sum():.0%} of all rows."
        yield Note(code=spec.code, message=message, rule=spec.name, count=most)


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_COHORT_MOVED", outcome="warn",
    promise="has every patient in one cohort", roles=("subject", "cohort"), across_cohorts=True, default_arguments={},
    codes=(Code("COHORT_MOVED", "plausibility", "Patients are in another cohort"),),
))  # fmt: skip
def one_cohort(view: View, spec: CheckSpec) -> Iterator[Note]:
    """Subjects stay in one cohort; not reported if many change it regularly, e.g. from ward to ward."""
    subjects, cohorts = view.subjects(), view.values(view.table.cohort or "")
    several = int(varies_within(subjects, cohorts).sum())
    could = int((subjects.counts(cohorts.notna().to_numpy()) > 1).sum())
    if 0 < several <= max(_FEW_MOVE * could, could >= _FEWEST_WHO_COULD):
        message = f"{several:,} patients have records in more than one cohort: moved, or two people as one?"
        yield column_note(spec, message, several, column=view.table.cohort or "")
