"""What is known of each column that a study could use: from its contract, and from delivered rows where there are some.

Rows are judged in records: a long table is pivoted first. Counts of patients leave this module, values do not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract.model import Column, Rule, Table
from meta_med.cohorts.times import years
from orchestration.study.promises import NUMBERS
from orchestration.study_draft.layout import AGE, Frames, Layout, allowed_values

MOST_LEVELS = 25
USABLE_ROLES = frozenset({"", "cohort", "outcome"})
"""Columns of any other role say whose a record is and when, or are not for predicting."""
SAME = 0.99999
"""Correlation from which one column is a copy of another, perhaps in another unit."""
ENOUGH_ROWS = 20
ENOUGH_PATIENTS = 20
"""Least number of patients with several values for a column that never changes within any to be no accident."""
RISES = 0.99
"""Share of a patient's steps that rise, from which a column counts time."""
_SKEWED = 1.0


@dataclass(frozen=True, kw_only=True)
class StudyColumn:
    """One column, without any value of a patient.

    Attributes:
        name: of the column, or of the measurement in a long table.
        kind, unit, role: as in the contract.
        allowed: the values that the contract lists; None where it lists none.
        least, most: the contract's hard range.
        constant: whether it is the same in all records of each patient; None: not known.
        patients: how many have a value; None: not known.
        changing: share of the patients with several values in whom it changes; None: not known.
        with_event, without_event: of a column of 0 and 1, patients with a 1, and with a 0; None: not known.
        stays: of a column of 0 and 1, whether it never returns to 0.
        only_0_1: whether all its values are 0 and 1; None: not known.
        counts_time: whether it rises from record to record.
        levels: number of different values; None: not known.
        level_patients: patients of each of the largest levels, largest first; empty for quantities.
        skewed: whether its values are positive and far less skewed on a log scale.
        copy_of: an earlier column that it copies, "" for none.

    """

    name: str
    kind: str
    unit: str = ""
    role: str = ""
    allowed: tuple[object, ...] | None = None
    least: float | None = None
    most: float | None = None
    constant: bool | None = None
    patients: int | None = None
    changing: float | None = None
    with_event: int | None = None
    without_event: int | None = None
    stays: bool = False
    only_0_1: bool | None = None
    counts_time: bool = False
    levels: int | None = None
    level_patients: tuple[int, ...] = field(default=(), repr=False)
    skewed: bool = False
    copy_of: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it holds quantities."""
        return self.kind in NUMBERS

    @property
    def yes_or_no(self) -> bool:
        """Whether the contract allows 0 and 1 only, or allows more than it holds."""
        if not self.is_number:
            return False
        if self.allowed is not None:
            return {str(value) for value in self.allowed} <= {"0", "1", "0.0", "1.0"}
        at_most_one = self.most is not None and self.most <= 1
        if self.only_0_1 is None:
            return at_most_one and self.least == 0 and self.kind == "integer"
        return self.only_0_1 and (at_most_one or self.most is None)

    @property
    def is_age(self) -> bool:
        """Whether its name says that it is an age."""
        return self.is_number and AGE.fullmatch(re.sub(r"[^A-Za-z0-9]+", "_", self.name)) is not None

    @property
    def has_one_value(self) -> bool:
        """Whether it is the same for everybody, so that it tells nothing."""
        return self.levels is not None and self.levels <= 1


def study_columns(layout: Layout, frames: Frames) -> list[StudyColumn]:
    """Every column that a record could have, in the contract's order; identifiers and keys are left out."""
    rows = _records(layout, frames.get(layout.records.name))
    known = list(_of_contract(layout))
    if rows is None:
        return known
    rows = _with_facts(rows, layout, frames)
    copies = _copies(rows, [c for c in known if c.is_number])
    return [_judged(c, rows, copies.get(c.name, "")) for c in known]


def _of_contract(layout: Layout) -> Iterator[StudyColumn]:
    if layout.long:
        yield from _measurements(layout.records, layout.long.name, layout.long.value)
    else:
        yield from _of_table(layout.records, layout.own_columns)
    if layout.subjects:
        yield from _of_table(layout.subjects, {layout.subjects.subject or ""}, always=True)


def _of_table(table: Table, own: set[str], *, always: bool = False) -> Iterator[StudyColumn]:
    """The table's columns; `always`: they are facts about the patient, and never change."""
    fixed = {
        n
        for r in table.rules
        if r.rule in {"constant_per_subject", "same_person"}
        for n in r.arguments["columns"]
    }
    for column in table.columns:
        if column.name in own or column.role not in USABLE_ROLES or column.unique:
            continue
        constant = True if always or column.name in fixed else None
        yield _of_column(column, table, constant=constant)


def _of_column(column: Column, table: Table, *, constant: bool | None) -> StudyColumn:
    ranges = [r for r in table.rules if (r.column, r.rule) == (column.name, "hard_range") and not r.where]
    least, most = _range(ranges)
    return StudyColumn(
        name=column.name,
        kind=column.kind,
        unit=column.unit,
        role=column.role,
        allowed=allowed_values(table, column.name),
        least=least,
        most=most,
        constant=constant,
    )


def _measurements(table: Table, name: str, value: str) -> Iterator[StudyColumn]:
    """One column for each measurement that the contract lists."""
    for measured in allowed_values(table, name) or ():
        ranges = [r for r in table.rules if r.rule == "hard_range" and r.where.get(name) == (measured,)]
        least, most = _range(ranges)
        unit = table.column(value).unit
        yield StudyColumn(name=str(measured), kind="number", unit=unit, least=least, most=most)


def _range(ranges: list[Rule]) -> tuple[float | None, float | None]:
    bounds = [ranges[0].arguments.get(end) if ranges else None for end in ("min", "max")]
    least, most = (float(b) if isinstance(b, (int, float)) else None for b in bounds)
    return least, most


WHO, WHEN = "__who", "__when"


def _records(layout: Layout, rows: pd.DataFrame | None) -> pd.DataFrame | None:
    """One row a record, with WHO and WHEN, sorted by both."""
    if rows is None:
        return None
    who = rows[layout.subject].astype(str)
    rows = rows.assign(**{WHO: who, WHEN: years(rows, layout.time)})
    if layout.long:
        wide = rows.pivot_table(
            index=[WHO, WHEN], columns=layout.long.name, values=layout.long.value, aggfunc="mean"
        )
        return wide.reset_index()
    return rows.sort_values([WHO, WHEN], kind="stable").reset_index(drop=True)


def _with_facts(rows: pd.DataFrame, layout: Layout, frames: Frames) -> pd.DataFrame:
    facts = frames.get(layout.subjects.name) if layout.subjects else None
    if facts is None or layout.subjects is None:
        return rows
    key = str(layout.subjects.subject)
    own = facts.drop_duplicates(key).set_index(facts.drop_duplicates(key)[key].astype(str)).drop(columns=key)
    return rows.join(own[[c for c in own.columns if c not in rows]], on=WHO)


def _judged(column: StudyColumn, rows: pd.DataFrame, copy_of: str) -> StudyColumn:
    if column.name not in rows:
        return column
    filled = rows[[WHO, WHEN, column.name]].dropna(subset=[column.name])
    values, who = filled[column.name], filled[WHO]
    several = who.duplicated(keep=False)
    changes = values[several].groupby(who[several]).nunique().gt(1)
    levels = int(values.nunique())
    few = column.allowed is not None or not column.is_number or column.role == "cohort"
    of_level = who.groupby(values).nunique().sort_values(ascending=False) if few else pd.Series(dtype=int)
    facts: dict[str, Any] = {
        "patients": int(who.nunique()),
        "constant": not changes.any() if len(changes) >= ENOUGH_PATIENTS else column.constant,
        "changing": float(changes.mean()) if len(changes) else 0.0,
        "levels": levels,
        "level_patients": tuple(int(n) for n in of_level.head(MOST_LEVELS)),
        "copy_of": copy_of,
    }
    return StudyColumn(**{**vars(column), **facts, **_of_numbers(column, filled)})


def _of_numbers(column: StudyColumn, filled: pd.DataFrame) -> Mapping[str, Any]:
    if not column.is_number or filled.empty:
        return {}
    values = pd.to_numeric(filled[column.name], errors="coerce").astype("float64")
    same_patient = filled[WHO].eq(filled[WHO].shift())
    steps = values.diff()[same_patient]
    first = ~filled.duplicated([WHO, WHEN])  # rows of one time become one record
    only_0_1 = bool(values.isin([0, 1]).all())
    if StudyColumn(**{**vars(column), "only_0_1": only_0_1}).yes_or_no:
        of_patient = values.groupby(filled[WHO]).agg(["min", "max"])
        stays = bool((steps > 0).any() and not (steps < 0).any())
        events = {
            "with_event": int((of_patient["max"] > 0).sum()),
            "without_event": int((of_patient["min"] == 0).sum()),
        }
        return {**events, "stays": stays, "only_0_1": only_0_1}
    return {
        "only_0_1": only_0_1,
        "counts_time": _rises(values[first], filled.loc[first, WHO]),
        "skewed": _is_skewed(values) and column.least is not None and column.least > 0,
    }


def _rises(values: "pd.Series[float]", who: "pd.Series[str]") -> bool:
    """Whether the values rise from record to record of a patient, as a count of visits or a clock does."""
    steps = values.diff()[who.eq(who.shift())]
    return len(steps) >= ENOUGH_ROWS and bool((steps > 0).mean() >= RISES)


def _is_skewed(values: "pd.Series[float]") -> bool:
    if values.min() <= 0 or len(values) < ENOUGH_ROWS or values.nunique() < ENOUGH_ROWS:
        return False
    plain, logged = float(values.skew()), float(pd.Series(np.log(values)).skew())  # type: ignore[arg-type]
    return plain > _SKEWED and abs(logged) < plain / 2


def _copies(rows: pd.DataFrame, numbers: list[StudyColumn]) -> dict[str, str]:
    """Column -> an earlier one that it is a linear function of."""
    there = [c.name for c in numbers if c.name in rows]
    frame = rows[there].apply(pd.to_numeric, errors="coerce").astype("float64")
    alike = frame.corr(min_periods=ENOUGH_ROWS).abs() > SAME
    return {b: next((a for a in there[:i] if alike.loc[a, b]), "") for i, b in enumerate(there)}
