"""Promises about several columns, proposed by what the columns are for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_contracts.draft.column_rules import Rule, Setting
from data_contracts.draft.column_types import ColumnFacts

_ENOUGH_PATIENTS = 10


def name_column(facts: Mapping[str, ColumnFacts], key: Sequence[str], around: Setting) -> str:
    """The column that says what is measured, where rows are single measurements; "" for a wide table."""
    roles = around.roles
    quantities = [c for c in facts.values() if c.is_numeric and c.name not in {roles.time, roles.age}]
    names = [n for n in key if n not in {roles.subject, roles.time} and facts[n].kind == "string"]
    return (
        names[0]
        if len(quantities) == 1 and len(names) == 1 and facts[names[0]].written.nunique() <= 60
        else ""
    )


def table_rules(facts: Mapping[str, ColumnFacts], around: Setting) -> Iterator[Rule]:
    """What could be promised about the table; the gate will say which of it the table keeps."""
    roles = around.roles
    if around.subject is not None:
        yield from _of_people(facts, around)
    if roles.birth and roles.time and facts[roles.time].of_time:
        yield {
            "rule": "not_after", "earlier": roles.birth, "later": roles.time,
            "outcome": "quarantine_patient", "code": "Q_BIRTH_AFTER_VISIT",
        }  # fmt: skip
        if roles.age:
            yield {
                "rule": "age_agrees", "age": roles.age, "birth": roles.birth, "time": roles.time,
                "tolerance_years": 1.1,
            }  # fmt: skip
    if roles.death and roles.time and facts[roles.time].of_time:
        yield {
            "rule": "not_after", "earlier": roles.time, "later": roles.death, "tolerance_days": 1,
            "outcome": "quarantine_patient", "code": "Q_AFTER_DEATH",
        }  # fmt: skip
    yield {"rule": "batch_size", "min_ratio": 0.5, "max_ratio": 3}
    yield {"rule": "new_content"}


def _of_people(facts: Mapping[str, ColumnFacts], around: Setting) -> Iterator[Rule]:
    roles = around.roles
    if roles.constant:
        yield {"rule": "constant_per_subject", "columns": list(roles.constant)}
    if roles.static:
        yield {"rule": "same_person", "columns": list(roles.static)}
    yield {"rule": "subjects_stay"}
    if around.subject is not None and around.subject.nunique() >= _ENOUGH_PATIENTS:
        yield {"rule": "enough_subjects", "min": _ENOUGH_PATIENTS}
    if around.repeats:
        yield {"rule": "no_dominant_subject", "max_share": 0.5}
        if roles.time:
            yield {"rule": "in_order", "columns": [roles.subject, roles.time]}
        yield from _no_twins(facts, around)
    if roles.cohort:
        yield {"rule": "cohorts_stay"}


def _no_twins(facts: Mapping[str, ColumnFacts], around: Setting) -> Iterator[Rule]:
    """The measurements that would be the same if one person came under two identifiers."""
    measured: list[Any] = [
        c.name for c in facts.values() if c.kind == "number" and c.name != around.roles.age
    ]
    if len(measured) >= 2:
        yield {"rule": "no_twins", "columns": measured[:10]}
