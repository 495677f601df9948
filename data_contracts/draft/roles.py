"""Guesses the roles of columns (patient, time, cohort, follow-up, birth, death) by name, then by content."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from data_contracts.draft.column_types import ColumnFacts
from data_contracts.draft.follow_up import FollowUp, follow_up

OF_STAYS = r"(\w+_)?(stay|admission|hadm|encounter|hospitali[sz]ation|episode)_?(id|nr|no|number)"
"""Identifiers of stays, which stand for the subject where nothing says who the person is."""
_SUBJECT = (
    r"(patient|subject|person|participant|proband|usubj|subj|pat|pt)s?_?(id|nr|no|num|number|key|code)?|pid",
    r"id_?(patient|subject|person)|id",
    r"(case|member|record|client)_?(id|nr|no|number)",
    OF_STAYS,
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
    r"(care_?)?unit(_?type)?|(ward|department)_?type|service",
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
    follow_up: FollowUp = field(default_factory=FollowUp)
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
    numbers = [c for c in columns if c.is_numeric]
    followed = follow_up(columns, subject, [c.name for c in numbers if _first([c], _TIME)])
    clocks = [c for c in dates if c.name not in {birth, death, *followed.times}]
    counters = [c for c in numbers if c.name not in {*followed.times, *followed.doubtful}]
    time = _first(clocks, _TIME) or (clocks[0].name if clocks else "") or _first(counters, _TIME)
    taken = {subject, time, *followed.times, *followed.events}
    cohort = _first([c for c in columns if c.name not in taken], _COHORT, _may_be_cohort)
    columns = [_identifier(c) if c.name == cohort else c for c in columns]
    roles = Roles(
        subject=subject,
        time=time,
        cohort=cohort,
        outcome=_first([c for c in columns if c.name not in {*taken, cohort}], (_OUTCOME,)),
        follow_up=followed,
        birth=birth,
        death=death,
        age=_first(numbers, (r"age(_?(years|yrs|at_?visit))?",)),
    )
    constant = tuple(_constant(columns, subject, {subject, time, cohort}))
    static = tuple(n for n in constant if n == birth or re.fullmatch(_STATIC, n.casefold()))
    return replace(roles, static=static, constant=constant), columns


def role_of(name: str, roles: Roles) -> tuple[str, str]:
    """(the column's role in a contract, a remark that it is a guess); "" and "" for none."""
    for role, remark in (
        ("subject", "guessed: the patient"),
        ("time", "guessed: when the record was made"),
        ("cohort", "guessed: the cohort"),
        ("outcome", "guessed: what is predicted"),
    ):
        if getattr(roles, role) == name:
            return role, remark
    if name in roles.follow_up.times:
        return "follow_up_time", "guessed: how long the patient was followed"
    if name in roles.follow_up.events:
        return "event_indicator", "guessed: whether the event was seen by the end of the follow-up"
    return "", ""


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


def _constant(columns: Sequence[ColumnFacts], subject: str, apart: Collection[str]) -> Iterator[str]:
    """Columns that differ between patients and never within one; none where patients are too few to tell."""
    patient = next((c.written for c in columns if c.name == subject), None)
    if patient is None or patient[patient.duplicated()].nunique() < _ENOUGH_PATIENTS:
        return
    for column in (c for c in columns if c.name not in apart):
        if column.values.nunique() > 1 and column.values.groupby(patient).nunique().le(1).all():
            yield column.name
