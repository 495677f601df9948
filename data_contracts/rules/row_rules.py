"""Rules about whole rows: keys, duplicates, order of columns, and a row compared with the others of its subject.

Each function takes a frame and arguments and returns a mask of the rows that keep the rule, computed on whole columns.
A row with a missing value in a needed column keeps the rule. Duplicates are found by hashes and confirmed by values.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.columns.coded import Coded, factorize, is_repeated, row_hashes, varies_within
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Rule, Table
from data_contracts.contract.rule_word import COLUMN, COLUMNS, NUMERIC, Argument, RuleWord, Words
from data_contracts.reading.arrow_cells import Mask

WORDS = Words()
_ENOUGH_VALUES = 3
_DAYS_PER_YEAR = 365.25
_ENOUGH_PAIRS = 20


def repeated_row(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """No earlier row is equal in every cell."""
    suspects = _sharing_a_key(frame, list(arguments["columns"]))
    keeps = np.ones(len(frame), dtype=bool)
    keeps[suspects.index[suspects.duplicated().to_numpy()]] = False
    return keeps


def _every_column(table: Table, _rule: Rule) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns)


_REPEATED = RuleWord(
    name="repeated", scope="table", level="rows", code="N_DEDUP", outcome="quarantine_rows",
    takes={"columns": COLUMNS}, promise="has no duplicate rows",
    violation="equal to another row in every cell", check=repeated_row, reads=_every_column,
)  # fmt: skip


@WORDS.add(RuleWord(
    scope="table", level="rows", code="Q_KEY_CONFLICT", outcome="quarantine_rows", takes={"columns": COLUMNS},
    promise="has one row per key", violation="rows with the same key have different values", reads=_every_column,
    companion=_REPEATED,
    codes=(
        Code("KEY_CONFLICT", "conformance", "Conflicting versions of one record",
             "Decide at the source which version is right; until then the patients get no prediction.", withholds=True),
        Code("DEDUP", "conformance", "Repeated rows"),
    ),
))  # fmt: skip
def unique_key(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """No other row has this key with other values; all versions in a conflict are held."""
    key = list(arguments["columns"])
    suspects = _sharing_a_key(frame, key)
    versions = suspects.drop_duplicates()
    in_conflict = versions.loc[versions.duplicated(key, keep=False), key].drop_duplicates()
    keeps = np.ones(len(frame), dtype=bool)
    if len(in_conflict):
        keeps[suspects.index[rows_in(suspects[key], in_conflict)]] = False
    return keeps


def _sharing_a_key(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Rows whose complete key another row has too, in file order, with their positions as index."""
    complete = np.ones(len(frame), dtype=bool)
    for column in key:
        complete &= frame[column].notna().to_numpy()
    hashes = row_hashes(frame[key])
    positions = np.flatnonzero(complete)[is_repeated(hashes if complete.all() else hashes[complete])]
    rows = frame.take(positions).set_axis(pd.Index(positions), axis=0)
    return rows[rows.duplicated(key, keep=False)]


def rows_in(rows: pd.DataFrame, among: pd.DataFrame) -> Mask:
    """Mask of the rows that are also, with all their columns, in a frame without duplicates."""
    merged = rows.merge(among, how="left", on=list(rows.columns), indicator=True)
    return (merged["_merge"] == "both").to_numpy(dtype=bool)


@WORDS.add(RuleWord(
    scope="table", level="rows", code="Q_IDENTITY_CONFLICT", outcome="quarantine_patient",
    takes={"columns": COLUMNS}, promise="never changes within one patient",
    violation="a fact that never changes differs within one patient", roles=("subject",), relates_columns=True,
    codes=(
        Code("IDENTITY_CONFLICT", "plausibility", "Contradictory identity of a patient",
             "Have the identity of these patients clarified; until then they get no prediction.", withholds=True),
    ),
))  # fmt: skip
def constant_per_subject(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """Each column has a single value in all rows of the subject."""
    subjects = factorize(frame[arguments["subject"]])
    several = np.zeros(len(subjects.values), dtype=bool)
    for column in arguments["columns"]:
        several |= varies_within(subjects, frame[column])
    return ~subjects.to_rows(several)


@WORDS.add(RuleWord(
    scope="table", level="rows", code="W_ROW_ORDER", outcome="warn", takes={"columns": COLUMNS},
    promise="lists each patient's rows in the order of time",
    violation="a patient's rows are not in the order of time",
    codes=(Code("ROW_ORDER", "conformance", "Rows out of order"),),
))  # fmt: skip
def in_order(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The row is not earlier than the previous row of the same subject in the file."""
    subject, time = arguments["columns"]
    codes, times = factorize(frame[subject]).codes, frame[time].to_numpy()
    keeps = np.ones(len(frame), dtype=bool)
    order = np.argsort(codes, kind="stable")
    here, before = order[1:], order[:-1]
    same = (codes[here] == codes[before]) & (codes[here] >= 0)
    keeps[here[same & (times[here] < times[before])]] = False
    return keeps


@WORDS.add(RuleWord(
    scope="column", level="rows", code="W_WITHIN_PATIENT_JUMP", outcome="warn",
    takes={"deviations": Argument("number", required=True, looser="up")},
    promise="stays near the patient's own other values", violation="is far from the patient's own other values",
    kinds=NUMERIC, roles=("subject",), releasable=True,
    codes=(Code("WITHIN_PATIENT_JUMP", "plausibility", "Sudden jumps within a patient"),),
))  # fmt: skip
def no_jump(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The value is near the subject's own median.

    It fails if it is more than `deviations` robust standard deviations (1.4826 times the median absolute deviation of
    all subjects) and more than a quarter of the median away; subjects with fewer than three values are skipped.
    """
    values = frame[arguments["column"]]
    subjects = factorize(frame[arguments["subject"]])
    middle = _middle_values(values, subjects)[subjects.codes]
    away = np.abs(values.to_numpy() - middle)
    enough = subjects.to_rows(subjects.counts(values.notna().to_numpy()) >= _ENOUGH_VALUES)
    usual = 1.4826 * float(pd.Series(away[enough]).median())
    if not usual > 0:
        return np.ones(len(frame), dtype=bool)
    jumps: Mask = (away > float(arguments["deviations"]) * usual) & (away > 0.25 * np.abs(middle))
    return ~jumps


def _middle_values(values: "pd.Series[Any]", subjects: Coded) -> Any:
    """Median of each subject, and a missing value at the last position, for rows without subject."""
    middle = values.groupby(subjects.codes).median()
    out = np.full(len(subjects.values) + 1, np.nan)
    out[middle.index.to_numpy()] = middle.to_numpy()
    out[-1] = np.nan
    return out


@WORDS.add(RuleWord(
    scope="table", level="rows", code="Q_ORDER", outcome="quarantine_rows",
    takes={"earlier": COLUMN, "later": COLUMN, "tolerance_days": Argument("number", looser="up")},
    promise="keeps the two columns in order", violation="two dates in the wrong order", releasable=True,
    relates_columns=True, codes=(Code("ORDER", "plausibility", "Events in an impossible order"),),
))  # fmt: skip
def not_after(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """`earlier` is not after `later`, within the tolerance."""
    earlier, later = frame[arguments["earlier"]], frame[arguments["later"]]
    days = float(arguments.get("tolerance_days", 0))
    slack = pd.Timedelta(days=days) if pd.api.types.is_datetime64_any_dtype(later) else days
    return ~_mask(earlier > later + slack)


@WORDS.add(RuleWord(
    scope="table", level="rows", code="Q_AGE_DISAGREES", outcome="quarantine_rows",
    takes={
        "age": COLUMN, "birth": COLUMN, "time": COLUMN, "tolerance_years": Argument("number", looser="up"),
    },
    promise="has an age that agrees with the dates", violation="the age does not agree with the dates",
    releasable=True, relates_columns=True,
    codes=(Code("AGE_DISAGREES", "plausibility", "Age and date of birth disagree"),),
))  # fmt: skip
def age_agrees(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The age in years is the time since birth, within the tolerance."""
    since_birth = frame[arguments["time"]] - frame[arguments["birth"]]
    years = since_birth / pd.Timedelta(days=_DAYS_PER_YEAR)
    return ~_mask((years - frame[arguments["age"]]).abs() > float(arguments.get("tolerance_years", 1.0)))


def _original_column(_table: Table, rule: Rule) -> tuple[str, ...]:
    return () if "name" in rule.arguments else (rule.arguments["of"],)


def _copy_violation(rule: Rule) -> str:
    return f"{rule.arguments.get('name', rule.column)} is a copy of {rule.arguments['of']}"


@WORDS.add(RuleWord(
    scope="table", level="rows", code="Q_COPIED_COLUMN", outcome="quarantine_rows",
    takes={
        "column": COLUMN, "of": Argument("any", required=True), "name_column": Argument("column"),
        "name": Argument("any"), "by": Argument("columns"), "max_share": Argument("share", looser="up"),
    },
    promise="is measured, not copied from another measurement", violation="repeats another measurement",
    releasable=True, reads=_original_column, violation_of=_copy_violation,
    codes=(
        Code("COPIED_COLUMN", "plausibility", "One measurement repeats another",
             "Have the column exported again: the query of the source probably selects the wrong test."),
    ),
))  # fmt: skip
def not_a_copy(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """The column does not repeat another measurement: not more than `max_share` of the pairs are equal."""
    column, of = arguments["column"], arguments["of"]
    most = float(arguments.get("max_share", 0.95))
    if "name" not in arguments:
        both = frame[column].notna() & frame[of].notna()
        equal = both & (frame[column] == frame[of])
        return (
            ~_mask(equal)
            if _is_copy(int(equal.sum()), int(both.sum()), most)
            else np.ones(len(frame), dtype=bool)
        )
    by = list(arguments["by"])
    copies = frame[arguments["name_column"]] == arguments["name"]
    originals = frame.loc[frame[arguments["name_column"]] == of, [*by, column]].drop_duplicates()
    paired = rows_in(frame.loc[copies, by], originals[by].drop_duplicates())
    equal_rows = rows_in(frame.loc[copies, [*by, column]], originals)
    if _is_copy(int(equal_rows.sum()), int(paired.sum()), most):
        # if the measurement is a copy, its rows without an original are not trusted either
        return ~_mask(copies)
    return np.ones(len(frame), dtype=bool)


def _is_copy(equal: int, pairs: int, most: float) -> bool:
    return pairs >= _ENOUGH_PAIRS and equal > most * pairs


def _mask(flags: "pd.Series[bool]") -> Mask:
    return flags.to_numpy(dtype=bool)
