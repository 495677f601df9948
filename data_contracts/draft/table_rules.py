"""Proposes rules over several columns from their roles, and a candidate key.

A candidate key is the smallest set of columns that identifies every row.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from data_contracts.draft.column_rules import ColumnContext, Rule
from data_contracts.draft.column_types import ColumnFacts

_ENOUGH_PATIENTS_FOR_ORDER = 10


def measurement_name_column(
    facts: Mapping[str, ColumnFacts], key: Sequence[str], context: ColumnContext
) -> str:
    """The column with the measurement's name, where each row is one measurement; "" for a wide table."""
    roles = context.roles
    apart = {roles.time, roles.age, *roles.follow_up.times, *roles.follow_up.events}
    quantities = [c for c in facts.values() if c.is_numeric and c.name not in apart]
    names = [n for n in key if n not in {roles.subject, roles.time} and facts[n].kind == "string"]
    return (
        names[0]
        if len(quantities) == 1 and len(names) == 1 and facts[names[0]].written.nunique() <= 60
        else ""
    )


def table_rules(facts: Mapping[str, ColumnFacts], context: ColumnContext) -> Iterator[Rule]:
    """Every table rule that could apply; the gate decides which ones the table keeps."""
    roles = context.roles
    if context.subject is not None:
        yield from _subject_rules(facts, context)
    if roles.birth and roles.time and facts[roles.time].is_time:
        yield {
            "rule": "not_after", "earlier": roles.birth, "later": roles.time,
            "outcome": "quarantine_patient", "code": "Q_BIRTH_AFTER_VISIT",
        }  # fmt: skip
        if roles.age:
            yield {
                "rule": "age_agrees", "age": roles.age, "birth": roles.birth, "time": roles.time,
                "tolerance_years": 1.1,
            }  # fmt: skip
    if roles.death and roles.time and facts[roles.time].is_time:
        yield {
            "rule": "not_after", "earlier": roles.time, "later": roles.death, "tolerance_days": 1,
            "outcome": "quarantine_patient", "code": "Q_AFTER_DEATH",
        }  # fmt: skip
    yield {"rule": "batch_size", "min_ratio": 0.5, "max_ratio": 3}
    yield {"rule": "new_content"}


def _subject_rules(facts: Mapping[str, ColumnFacts], context: ColumnContext) -> Iterator[Rule]:
    roles = context.roles
    if fixed := [n for n in roles.constant if n != roles.outcome]:
        yield {"rule": "constant_per_subject", "columns": fixed}
    if roles.static:
        yield {"rule": "same_person", "columns": list(roles.static)}
    yield {"rule": "subjects_stay"}
    if context.subject is not None and context.subject.nunique() >= _ENOUGH_PATIENTS_FOR_ORDER:
        yield {"rule": "enough_subjects", "min": _ENOUGH_PATIENTS_FOR_ORDER}
    if context.repeats:
        yield {"rule": "no_dominant_subject", "max_share": 0.5}
        if roles.time:
            yield {"rule": "in_order", "columns": [roles.subject, roles.time]}
        yield from _no_twins(facts, context)
    if roles.cohort:
        yield {"rule": "cohorts_stay"}


def _no_twins(facts: Mapping[str, ColumnFacts], context: ColumnContext) -> Iterator[Rule]:
    """A `no_twins` rule on the measurements that are equal if one person has two identifiers."""
    measured: list[Any] = [
        c.name
        for c in facts.values()
        if c.kind == "number" and c.name not in {context.roles.age, *context.roles.follow_up.times}
    ]
    if len(measured) >= 2:
        yield {"rule": "no_twins", "columns": measured[:10]}


_MOST_COLUMNS = 3
_MOST_CANDIDATES = 8
_ENOUGH_ROWS = 20
_ROW_NUMBER_NAME = r"(.*_)?(id|uid|uuid|guid|key|nr|no|number|code|accession)"


def candidate_key(facts: Mapping[str, ColumnFacts], context: ColumnContext) -> tuple[str, ...]:
    """The patient and as few further columns as needed, the time first; () if no small set suffices.

    Exact duplicate rows are ignored: the gate sets them aside.
    """
    usable = [c for c in facts.values() if _may_be_in_key(c, context)]
    roles, names = context.roles, {c.name for c in usable}
    if roles.subject and roles.subject not in names:
        return ()
    whole = pd.DataFrame({n: pd.factorize(c.written)[0] for n, c in facts.items()}, copy=False)
    codes = whole[~whole.duplicated()]
    for key in _candidates(usable, context):
        if not codes.duplicated(list(key)).any():
            return key
    return ()


def _may_be_in_key(column: ColumnFacts, context: ColumnContext) -> bool:
    """Whether every row has a value and it is no quantity: equal measurements of two rows would be a key conflict."""
    roles = context.roles
    if column.missing.any() or column.name in {roles.cohort, roles.outcome, *roles.static}:
        return False
    return column.name in {roles.subject, roles.time} or not column.is_numeric


def _candidates(usable: Sequence[ColumnFacts], context: ColumnContext) -> Iterator[tuple[str, ...]]:
    subject, time = context.roles.subject, context.roles.time
    distinct = sorted(usable, key=lambda c: (c.name != time, -c.values.nunique()))
    others = [c.name for c in distinct if c.name != subject][:_MOST_CANDIDATES]
    start = (subject,) if subject else ()
    for more in range(0 if subject else 1, _MOST_COLUMNS + 1 - len(start)):
        yield from (start + extra for extra in combinations(others, more))


def is_row_number(column: ColumnFacts, context: ColumnContext) -> bool:
    """Whether the column numbers the rows, as an identifier of visits or samples does."""
    return bool(
        column.name not in {context.roles.subject, context.roles.time, context.roles.cohort}
        and column.kind in {"integer", "string"}
        and len(column.written) >= _ENOUGH_ROWS
        and column.written.notna().all()
        and column.written.is_unique
        and re.fullmatch(_ROW_NUMBER_NAME, column.name.casefold()) is not None
    )
