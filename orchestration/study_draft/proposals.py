"""What becomes an outcome, a covariate or the cohort rule, and what is asked about it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meta_med.enough import POOLED_BELOW, needed
from meta_med.outcomes.registry import KINDS
from orchestration.errors import StudyError
from orchestration.study.meaning import ALL, OWN_COLUMNS
from orchestration.study_draft.columns import MOST_LEVELS, StudyColumn

YES_OR_NO = next(kind.name for kind in KINDS.values() if kind.yes_or_no)
MOST_OUTCOMES = 6
LEAST_CHANGING = 0.25
"""Least share of patients in whom a measurement must change to be proposed as an outcome."""
COHORT_PATIENTS = 10
MANY_LEVELS = 10
_END = re.compile(
    r"(.*_)?(status|vital|event|death|dead|died|alive|survival|surv|fu_?time|fut|follow_?up|censor(ed|ing)?|"
    r"time_to|last_contact|endpoint|endpt|end_of)(_.*)?",
    re.IGNORECASE,
)
"""Names of what is known at the end of follow-up only."""
_BORN_WITH = re.compile(
    r"(.*_)?(sex|gender|male|female|race|ethnic\w*|descent|blood_?(group|type))(_.*)?", re.IGNORECASE
)
_PREDICTED = re.compile(r"outcome|target|label|y|response", re.IGNORECASE)
_SITE = re.compile(
    r"(.*_)?(cohort|site|cent(er|re)|hospital|clinic|ward|arm|trial|country|region)(_.*)?", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the drafted study, and what its author is asked about it."""

    content: Mapping[str, Any]
    asked: tuple[str, ...] = ()


@dataclass
class Proposals:
    """Outcomes, covariates and cohort factors, and remarks about what is left out."""

    outcomes: list[Entry] = field(default_factory=list)
    covariates: list[Entry] = field(default_factory=list)
    factors: list[Entry] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def propose(columns: Sequence[StudyColumn], *, one_record: bool, dated: bool) -> Proposals:
    """The proposals.

    Args:
        columns: every column that a record could have.
        one_record: whether each patient has one record.
        dated: whether times are counted in days, so that an age can advance.

    Raises:
        StudyError: no column can be an outcome.

    """
    found = Proposals()
    cohort = _cohort(columns, found)
    usable = [c for c in columns if c is not cohort and not _left_out(c, found)]
    chosen = _outcomes(usable, found, one_record=one_record)
    names = _Names()
    found.outcomes += [_outcome(c, names) for c in chosen]
    known_before = one_record
    for column in usable:
        if column not in chosen and column.copy_of not in {c.name for c in chosen}:
            found.covariates += _covariate(column, names, found, known_before=known_before, dated=dated)
        elif column not in chosen:
            found.remarks.append(f'"{column.name}" copies outcome "{column.copy_of}": it is left out')
    return found


class _Names:
    """Names of outcomes and covariates, each used once and none that is reserved."""

    def __init__(self) -> None:
        self.taken = {ALL, *OWN_COLUMNS}

    def of(self, column: str) -> dict[str, str]:
        """`name`, and `column` where that differs."""
        plain = re.sub(r"\W+", "_", column).strip("_")[:60] or "column"
        name, count = plain, 1
        while name in self.taken:
            count += 1
            name = f"{plain}_{count}"
        self.taken.add(name)
        return {"name": name} if name == column else {"name": name, "column": column}


def _left_out(column: StudyColumn, found: Proposals) -> bool:
    """Whether the column tells nothing, or nothing that may be known; a remark says so."""
    why = ""
    if column.has_one_value:
        why = "has one value for everybody"
    elif column.constant is not False and column.role != "outcome" and _END.fullmatch(_plain(column.name)):
        why = (
            "may be known at the end of follow-up only; add it as a covariate if it is known at every record"
        )
    elif column.counts_time and not column.is_age:
        why = "rises from record to record, as time does"
    elif column.kind in {"date", "timestamp"}:
        why = "is a date; the time since it would be a covariate, made in the source"
    if why:
        found.remarks.append(f'"{column.name}" {why}: it is left out')
    return bool(why)


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", name)


def _outcomes(usable: Sequence[StudyColumn], found: Proposals, *, one_record: bool) -> list[StudyColumn]:
    numbers = [c for c in usable if c.is_number]
    stated = [c for c in numbers if c.role == "outcome"]
    stated = stated or [c for c in numbers if c.role == "" and _PREDICTED.fullmatch(c.name)]
    if not stated:
        stated = [c for c in numbers if _may_be_predicted(c, found, one_record=one_record)]
    distinct = [c for c in stated if c.copy_of not in {other.name for other in stated}]
    if not distinct:
        raise StudyError(
            "No column can be proposed as an outcome: none is a number that changes within patients and that enough "
            'patients have. Give the column that is to be predicted the role "outcome" in the contract.'
        )
    most_known = sorted(distinct, key=lambda c: (c.yes_or_no, -(c.patients or 0)))[:MOST_OUTCOMES]
    chosen = [c for c in distinct if c in most_known]
    if rest := [c.name for c in distinct if c not in chosen]:
        found.remarks.append(f"could be outcomes too, and are covariates here: {', '.join(rest)}")
    return chosen


def _may_be_predicted(column: StudyColumn, found: Proposals, *, one_record: bool) -> bool:
    codes = column.allowed is not None and not column.yes_or_no
    if column.is_age or codes or _is_born_with(column) or (column.constant and not one_record):
        return False
    if column.patients is None:
        return True
    if column.patients < POOLED_BELOW or (not one_record and (column.changing or 0.0) == 0.0):
        return False
    if not column.yes_or_no:
        return one_record or (column.changing or 0.0) >= LEAST_CHANGING
    if column.stays and not one_record:
        found.remarks.append(
            f'"{column.name}" never returns to 0: if it is an event, its time is what matters, and that is no kind '
            "of outcome yet; it is a covariate here"
        )
        return False
    return min(column.with_event or 0, column.without_event or 0) >= needed("an event")


def _outcome(column: StudyColumn, names: _Names) -> Entry:
    named = names.of(column.name)
    content: dict[str, Any] = {"name": named["name"], "label": title_of(column.name), **named}
    content |= {"kind": YES_OR_NO} if column.yes_or_no else {}
    content |= {"unit": column.unit} if column.unit else {}
    asked = []
    if column.skewed:
        content["scale"] = "log"
        asked.append("is it read in doublings? Its values are skewed, so a log scale is proposed")
    if column.role != "outcome":
        asked.append("is this to be predicted?")
    return Entry(content=content, asked=tuple(asked))


def title_of(name: str) -> str:
    """A name for screens."""
    words = re.sub(r"[_\s]+", " ", name).strip() or name
    return words[:1].upper() + words[1:]


def _covariate(
    column: StudyColumn, names: _Names, found: Proposals, *, known_before: bool, dated: bool
) -> Iterator[Entry]:
    kind = _kind(column, found)
    if not kind:
        return
    content: dict[str, Any] = {**names.of(column.name), **kind}
    content |= {"unit": column.unit} if column.unit and column.is_number else {}
    asked: list[str] = []
    if column.is_age and column.constant and dated and not known_before:
        content |= {"advances": True, "show": True}
        asked.append("is it the age at the first record? It then grows with time")
    elif known_before or column.constant or (column.constant is None and _is_born_with(column)):
        content |= {"known": "ahead"} | ({"show": True} if column.is_age or _is_born_with(column) else {})
        asked += _asked_ahead(column, known_before=known_before)
        if column.constant is not False and kind.get("kind") == "category" and len(found.groups) < 2:
            found.groups.append(content["name"])
    else:
        content |= {"known": "at_record"}
        asked += (
            ["is the age at the next record known? Then it would be known ahead"] if column.is_age else []
        )
    yield Entry(content=content, asked=tuple(asked))


def _kind(column: StudyColumn, found: Proposals) -> dict[str, Any]:
    """`kind` and how many levels are kept; empty for a text that is no category."""
    if column.is_number:
        return {"kind": "numeric"}
    levels = len(column.allowed) if column.allowed is not None else column.levels
    if levels is None or levels > MOST_LEVELS:
        many = "has no listed values" if levels is None else "has many values"
        found.remarks.append(f'"{column.name}" is text and {many}: it is left out')
        return {}
    return {"kind": "category"} | ({"most": MANY_LEVELS} if levels > MANY_LEVELS else {})


def _is_born_with(column: StudyColumn) -> bool:
    """Whether its name says that it never changes."""
    return _BORN_WITH.fullmatch(_plain(column.name)) is not None


def _asked_ahead(column: StudyColumn, *, known_before: bool) -> list[str]:
    if column.is_age or _is_born_with(column):
        return []
    if known_before:
        return ["is it known before the outcome is?"]
    return ["is it known at the first record already? It never changes here"]


def _cohort(columns: Sequence[StudyColumn], found: Proposals) -> StudyColumn | None:
    """The column that makes cohorts: the contract's, else one named like a site; two have enough patients."""
    stated = [c for c in columns if c.role == "cohort"]
    named = [
        c
        for c in columns
        if c.role == "" and not c.is_number and c.constant and _SITE.fullmatch(_plain(c.name))
    ]
    for column in [*stated, *named]:
        large = [n for n in column.level_patients if n >= COHORT_PATIENTS]
        if column.levels is None or len(large) >= 2:
            asked = () if column in stated else ("do these groups differ enough to be learned from apart?",)
            found.factors.append(Entry(content={"column": column.name}, asked=asked))
            return column
        found.remarks.append(
            f'"{column.name}" has no two cohorts of {COHORT_PATIENTS} patients or more: everyone is one cohort'
        )
    if not stated:
        found.remarks.append(
            "no column has the role cohort: everyone is one cohort; add cohorts.factors, such as a site"
        )
    return None
