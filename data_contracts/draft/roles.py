"""Guesses the roles of columns (patient, time, cohort, birth, death) by name, then by content."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from data_contracts.draft.column_types import ColumnFacts

_SUBJECT = (
    r"(patient|subject|person|participant|proband|usubj|subj|pat|pt)s?_?(id|nr|no|num|number|key|code)?|pid",
    r"id_?(patient|subject|person)|id",
    r"(case|member|record|client)_?(id|nr|no|number)",
)
_TIME = (
    r"(char|visit|event|measurement|observation|sample|record|lab|effective|result)?_?(date_?)?time(_?stamp)?(_\w+)?",
    r"(visit|event|measurement|observation|sample|record|lab|encounter|admission|exam)_?date(_?time)?",
    r"date(_?time)?|day|days|when|month|months|year|years|hours?|weeks?|t|visit_?(day|month|year)",
)
_COHORT = (
    r"cohort(_?(id|name|code))?",
    r"(site|cent(er|re)|hospital|clinic|arm|trial_?arm|study_?arm|trial|department|ward)(_?(id|name|code|nr|no))?",
    r"(country|region|diagnosis_?group|study)(_?(id|name|code))?",
)
_BIRTH = r"(date_?of_?birth|birth_?date(_?time)?|dob|birthday|geburtsdatum|born)"
_DEATH = r"(date_?of_?death|death_?date(_?time)?|dod|died_?(on|at)|deceased_?date(_?time)?)"
_STATIC = r"(sex|gender|race|ethnicity|ethnic_?group|birth_?sex|blood_?(group|type)|year_?of_?birth)"
_IDENTIFIER = r"(.*_)?(id|uid|uuid|guid|mrn|accession)"
_OUTCOME = r"outcome|target|label|y"
_MOST_COHORTS = 200
_ENOUGH_PATIENTS = 20
"""Least number of patients with several rows for a column that never changes within any to be no accident."""


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Column names by role; "" where there is no good guess."""

    subject: str = ""
    time: str = ""
    cohort: str = ""
    outcome: str = ""
    birth: str = ""
    death: str = ""
    age: str = ""
    static: tuple[str, ...] = ()
    """Columns that are constant within each patient, by their meaning and in this table."""
    constant: tuple[str, ...] = ()
    """Columns that are constant within each patient in this table; includes those of `static`."""


def guess_roles(columns: Sequence[ColumnFacts]) -> tuple[Roles, list[ColumnFacts]]:
    """The roles, and the columns with identifiers as text: `007` and `7` are two patients."""
    subject = _first(columns, _SUBJECT, _may_be_subject)
    columns = [_identifier(c) if c.name == subject or _is_named_identifier(c) else c for c in columns]
    dates = [c for c in columns if c.is_time]
    birth, death = _first(dates, (_BIRTH,)), _first(dates, (_DEATH,))
    clocks = [c for c in dates if c.name not in {birth, death}]
    numbers = [c for c in columns if c.is_numeric]
    time = _first(clocks, _TIME) or (clocks[0].name if clocks else "") or _first(numbers, _TIME)
    cohort = _first([c for c in columns if c.name not in {subject, time}], _COHORT, _may_be_cohort)
    columns = [_identifier(c) if c.name == cohort else c for c in columns]
    roles = Roles(
        subject=subject,
        time=time,
        cohort=cohort,
        outcome=_first([c for c in columns if c.name not in {subject, time, cohort}], (_OUTCOME,)),
        birth=birth,
        death=death,
        age=_first(numbers, (r"age(_?(years|yrs|at_?visit))?",)),
    )
    constant = tuple(_constant(columns, roles))
    static = tuple(n for n in constant if n == birth or re.fullmatch(_STATIC, n.casefold()))
    return replace(roles, static=static, constant=constant), columns


def _anything(_: ColumnFacts) -> bool:
    return True


def _first(
    columns: Sequence[ColumnFacts], patterns: Sequence[str], fits: Callable[[ColumnFacts], bool] = _anything
) -> str:
    """The first column that matches a pattern, patterns in order of preference; "" for none."""
    for pattern in patterns:
        for column in columns:
            if re.fullmatch(pattern, re.sub(r"[^a-z0-9]+", "_", column.name.casefold())) and fits(column):
                return column.name
    return ""


def _may_be_subject(column: ColumnFacts) -> bool:
    """Whether nearly every row has a value, of one word or number."""
    filled = column.written.dropna()
    return (
        not column.is_time
        and len(filled) > 0
        and column.written.isna().mean() < 0.05
        and not filled.str.contains(r"\s\S+\s", regex=True).mean() > 0.1
    )


def _may_be_cohort(column: ColumnFacts) -> bool:
    """Whether there are few groups, each of several rows."""
    groups = column.written.nunique()
    return (
        not column.is_time
        and 1 < groups <= min(_MOST_COHORTS, len(column.written) // 5)
        and column.written.isna().mean() < 0.05
    )


def _is_named_identifier(column: ColumnFacts) -> bool:
    """Whether it holds whole numbers under the name of an identifier."""
    return column.kind == "integer" and re.fullmatch(_IDENTIFIER, column.name.casefold()) is not None


def _identifier(column: ColumnFacts) -> ColumnFacts:
    return column if column.kind == "string" else column.as_text()


def _constant(columns: Sequence[ColumnFacts], roles: Roles) -> Iterator[str]:
    """Columns that differ between patients and never within one; none where patients are too few to tell."""
    subject = next((c.written for c in columns if c.name == roles.subject), None)
    if subject is None or subject[subject.duplicated()].nunique() < _ENOUGH_PATIENTS:
        return
    for column in columns:
        if column.name in {roles.subject, roles.time, roles.cohort, roles.outcome}:
            continue
        if column.values.nunique() > 1 and column.values.groupby(subject).nunique().le(1).all():
            yield column.name
