"""Tells follow-up time from the time of a record, by names and by shape.

A survival table has one row per patient: for how long the patient was followed, and whether the event (death, relapse)
was seen by then. Taken for the time of a record, that duration puts each patient's row at the end of the follow-up.
Where patients have several rows, follow-up time is the same in all of them, and the time of a record is not.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data_contracts.draft.column_types import ColumnFacts

_UNIT = r"(days?|d|weeks?|wks?|months?|mths?|mo|m|years?|yrs?|y|hours?|hrs?)"
_END = r"((last_?)?(follow_?up|fu|contact|seen)|death|died|dead|event|censor(ed|ing)?|end_?point)"
_ENDPOINT = (
    r"(recur(rence|red)?|relapsed?|progress(ion|ed)|fail(ure|ed)?|metastas[ei]s|transplant(ation)?|discharged?|"
    r"readmission|readmitted|dropout|arrest)"
)
_ANY_END = rf"({_END}|{_ENDPOINT})"
_ABBREVIATED = r"(os|pfs|dfs|efs|rfs|rfi|dss|css|pfi|dfi|lfs|ffs|mfs|dmfs|lrfs|bcr|ttp|ttr|tte)"
"""Overall, progression-free, disease-free survival, and so on."""
_DURATION = "|".join((
    rf"(len_?fol|follow_?up|followed(_up)?|fu)(_?(time|length|duration|period|{_UNIT}))?",
    rf"(time|{_UNIT})_?(to|until|till|2)_?(first_?)?{_ANY_END}(_or_{_ANY_END})*",
    rf"{_ANY_END}_?(time|{_UNIT})(_to)?",
    rf"((overall|\w+_?free|\w+_?specific)_?)?(survival|surv|survt)_?(time|(in_)?{_UNIT})?",
    rf"{_ABBREVIATED}_?(time|t|{_UNIT})?|[a-z]{{1,2}}_?time|aval",
))  # fmt: skip
"""Names of follow-up time: `futime`, `OS.time`, `days_to_death`, `rtime`."""
_SEEN = r"(_?(event|ind(icator)?|flag|yn|observed|seen))?"
_EVENT = "|".join((
    rf"((vital|patient|survival|censor(ing)?|{_ANY_END}|mort|[a-z]{{1,2}})_?)?(status|stat)",
    rf"(is_|any_)?({_END}|deceased|alive|mortality|cens|cnsr|endpt|delta|[cde]){_SEEN}",
    rf"{_ABBREVIATED}_?(event|status|stat|cens(or)?|ind(icator)?|flag)?|overall_survival",
    r"(event_)?observed|hosp(ital)?_?(dead|death|mortality)",
))  # fmt: skip
"""Names of the column that says whether the event was seen."""
_OTHER_EVENT = rf"(is_|any_)?{_ENDPOINT}{_SEEN}"
"""Names of events that may as well be findings: `relapse`, `transplant`."""
_EVENT_TYPE = r"e_?type|(event|end_?point|outcome)_?(type|kind|name)|end_?point|param(cd)?|cause"
"""Columns that tell one patient's rows apart by what was waited for, not by when."""
_LAST_DATE = (
    r"(date_?(of_?)?)?((last|end_?of)_?(follow_?up|fu|contact|seen|visit|known_?alive)|censor(ing)?)"
    r"_?(date|at|on)?"
)
_START, _STOP = r"(t|time_?)?start(_?time)?", r"(t|time_?)?stop(_?time)?"
"""Intervals of the counting-process form: the patient was followed from one to the other."""
_SEX = r"(sex|gender|birth_?sex|is_?)?_?(male|female)?"
_MOST_STATES = 5
_FEWEST_DURATIONS = 3


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Columns of a survival table, by name."""

    times: tuple[str, ...] = ()
    """How long, or until when, the patient was followed."""
    events: tuple[str, ...] = ()
    """Whether the event was seen by then."""
    doubtful: tuple[str, ...] = ()
    """Follow-up time or the time of the record: nothing tells which."""


def follow_up(columns: Sequence[ColumnFacts], subject: str, time_like: Collection[str]) -> FollowUp:
    """The columns that are follow-up time, those that say how it ended, and those in doubt.

    Args:
        columns: of the table.
        subject: the column of patients; "" where none is known, and each row is taken for one.
        time_like: columns whose name may be that of the time of a record.

    """
    grouped = _row_groups(columns, subject)
    once = [c for c in columns if c.name != subject and (grouped is None or _is_constant(c, grouped))]
    stops = _interval_ends(columns)
    states = [c for c in (columns if stops else once) if _has_few_states(c)]
    events = [c.name for c in states if _named(c, _EVENT)]
    others = [c.name for c in states if _named(c, _OTHER_EVENT)]
    durations = [c.name for c in once if _named(c, _DURATION) and _is_duration(c)]
    plain = [c.name for c in once if c.name in time_like and _is_duration(c)]
    last_dates = [c.name for c in once if c.is_time and _named(c, _LAST_DATE)]
    times = stops or (durations or plain if events or others else [])
    if len(events) < len(times):
        events += others
    in_doubt = grouped is None and (times or (subject and any(map(_may_be_event, once))))
    return FollowUp(
        times=(*times, *last_dates),
        events=tuple(events) if times or last_dates else (),
        doubtful=tuple(n for n in plain if in_doubt and n not in times),
    )


def _row_groups(columns: Sequence[ColumnFacts], subject: str) -> "pd.Series[Any] | None":
    """The patient of each row (the patient and the event waited for); None where each has one row."""
    patient = next((c.written for c in columns if c.name == subject), None)
    if patient is None or not patient.duplicated().any():
        return None
    kinds = [c.written for c in columns if _named(c, _EVENT_TYPE) and c.written.nunique() <= _MOST_STATES]
    for kind in kinds:
        if not pd.DataFrame({"patient": patient, "kind": kind}).duplicated().any():
            return None
    return patient


def _named(column: ColumnFacts, pattern: str) -> bool:
    return re.fullmatch(pattern, re.sub(r"[^a-z0-9]+", "_", column.name.casefold()).strip("_")) is not None


def _is_constant(column: ColumnFacts, groups: "pd.Series[Any]") -> bool:
    return bool(column.written.groupby(groups).nunique().le(1).all())


def _has_few_states(column: ColumnFacts) -> bool:
    return not column.is_time and 2 <= column.written.nunique() <= _MOST_STATES


def _may_be_event(column: ColumnFacts) -> bool:
    """Whether it has two values, and is not the patient's sex by its name."""
    return not column.is_time and column.written.nunique() == 2 and not _named(column, _SEX)


def _is_duration(column: ColumnFacts) -> bool:
    """Whether the numbers can be times since an origin of the patient's own: never negative, and from near zero on.

    Years of the calendar, for example, lie far from zero and close to each other.
    """
    values = column.values.dropna()
    if not column.is_numeric or values.nunique() < _FEWEST_DURATIONS:
        return False
    return bool(0 <= values.min() <= values.max() - values.min())


def _interval_ends(columns: Sequence[ColumnFacts]) -> list[str]:
    """The columns where an interval ends, if one says where it starts and one whether the event was seen."""
    numbers = [c for c in columns if c.is_numeric]
    is_interval = any(_named(c, _START) for c in numbers) and any(_named(c, _EVENT) for c in columns)
    return [c.name for c in numbers if _named(c, _STOP)] if is_interval else []
