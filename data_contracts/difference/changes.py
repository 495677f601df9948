"""Changes between two versions of a table's columns and rules: tighter or looser, and whom each breaks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Literal

from data_contracts.contract.check_specs import days_from_now
from data_contracts.contract.model import Column, Outcome, Rule, Table
from data_contracts.contract.rule_word import Argument
from data_contracts.contract.vocabulary import vocabulary

Effect = Literal["compatible", "additive", "breaking"]
Direction = Literal["tighter", "looser", "other"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference.

    `producer` is the effect on those who deliver: breaking if a file that was accepted may now be refused.
    `consumer` is the effect on those who read accepted rows: breaking if these may now hold values that were excluded.
    Additive is something new that can be ignored.
    """

    place: str
    """The table, column or rule: `visits.creatinine.hard_range`."""
    what: str
    """One sentence in the contract's terms."""
    before: str = ""
    after: str = ""
    producer: Effect = "compatible"
    consumer: Effect = "compatible"
    words_only: bool = False
    """Whether only a description or a title changes, and no check."""

    @property
    def breaks(self) -> bool:
        """Whether a producer or a consumer must act before the new contract applies."""
        return "breaking" in {self.producer, self.consumer}


def tightened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A tighter promise: it breaks producers only."""
    return Change(place=place, what=what, before=str(before), after=str(after), producer="breaking")


def loosened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A looser promise: it breaks consumers only."""
    return Change(place=place, what=what, before=str(before), after=str(after), consumer="breaking")


def replaced(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A different promise, neither tighter nor looser: it breaks both."""
    return Change(
        place=place, what=what, before=str(before), after=str(after), producer="breaking", consumer="breaking"
    )


def harmless(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A change that breaks nobody."""
    return Change(place=place, what=what, before=str(before), after=str(after))


def moved(direction: Direction, place: str, what: str, before: object = "", after: object = "") -> Change:
    """The change of a promise in this direction."""
    make = {"tighter": tightened, "looser": loosened, "other": replaced}[direction]
    return make(place, what, before, after)


def column_changes(before: Table, after: Table) -> Iterator[Change]:
    """Columns that were added, removed or changed."""
    old, new = ({c.name: c for c in t.columns} for t in (before, after))
    added = [c for n, c in new.items() if n not in old]
    for name, column in old.items():
        place = f"{after.name}.{name}"
        if name in new:
            yield from _column_changed(place, column, new[name])
        else:
            near = get_close_matches(name, [c.name for c in added if c.kind == column.kind], n=1, cutoff=0.6)
            hint = f"; was it renamed to {near[0]!r}?" if near else ""
            yield loosened(place, f"the column is removed{hint}")
    yield from (_column_added(f"{after.name}.{c.name}", c) for c in added)


def _column_added(place: str, column: Column) -> Change:
    if column.optional:
        return Change(
            place=place, what="an optional column is added", producer="additive", consumer="additive"
        )
    return Change(place=place, what="a column is added", producer="breaking", consumer="additive")


def _column_changed(place: str, a: Column, b: Column) -> Iterator[Change]:
    if a.kind != b.kind:
        yield _type_change(place, a, b)
    if a.optional != b.optional:
        make = loosened if b.optional else tightened
        yield make(place, f"the column is {'optional' if b.optional else 'required in the file'}")
    if a.unit != b.unit:
        make = replaced if a.unit and b.unit else harmless
        yield make(place, "the unit differs", a.unit, b.unit)
    if a.role != b.role:
        yield _role_change(place, a, b)
    yield from _format_changes(place, a, b)
    if dict(a.alternative_units) != dict(b.alternative_units):
        yield harmless(
            place,
            "the alternative units differ",
            _unit_names(a.alternative_units),
            _unit_names(b.alternative_units),
        )
    if a.description != b.description:
        yield Change(place=place, what="the description differs", words_only=True)


def _type_change(place: str, a: Column, b: Column) -> Change:
    """An integer is a number, so a change between the two breaks one side only."""
    steps = {("integer", "number"): loosened, ("number", "integer"): tightened}
    return steps.get((a.kind, b.kind), replaced)(place, "the type differs", a.kind, b.kind)


def _role_change(place: str, a: Column, b: Column) -> Change:
    """A changed role breaks consumers, unless it is between no role and a plain identifier."""
    if {a.role, b.role} <= {"", "identifier"}:
        return harmless(place, "the role differs", a.role or "none", b.role or "none")
    return loosened(place, "the role differs", a.role or "none", b.role or "none")


def _format_changes(place: str, a: Column, b: Column) -> Iterator[Change]:
    if a.format != b.format:
        yield tightened(place, "the date format differs", a.format or "ISO 8601", b.format or "ISO 8601")
    if a.timezone != b.timezone:
        make = harmless if not a.timezone else tightened if not b.timezone else replaced
        yield make(
            place, "the time zone differs", a.timezone or "offset required", b.timezone or "offset required"
        )
    lost = {s for s, v in a.spellings.items() if b.spellings.get(s) != v}
    gained = {s for s, v in b.spellings.items() if a.spellings.get(s) != v}
    if lost:
        yield tightened(place, "spellings are removed", ", ".join(sorted(lost)), "")
    elif gained:
        yield harmless(place, "spellings are added", "", ", ".join(sorted(gained)))


def _unit_names(units: object) -> str:
    return ", ".join(map(str, units)) if isinstance(units, dict) else str(units)


_STRICTNESS: dict[Outcome, int] = {"warn": 0, "quarantine_rows": 1, "quarantine_patient": 2, "reject": 3}


def rule_changes(before: Iterable[Rule], after: Iterable[Rule]) -> Iterator[Change]:
    """The change of each rule; rules are paired by word, column and condition, equal ones first."""
    old, new = list(before), list(after)
    for alike in (_same, _same_place, _same_word):
        for rule in list(old):
            match = next((r for r in new if alike(rule, r)), None)
            if match is not None:
                old.remove(rule)
                new.remove(match)
                yield from _rule_changed(rule, match)
    yield from (_unpaired(rule, "removed") for rule in old)
    yield from (_unpaired(rule, "added") for rule in new)


def _same(a: Rule, b: Rule) -> bool:
    return _same_place(a, b) and a.arguments == b.arguments


def _same_place(a: Rule, b: Rule) -> bool:
    return _same_word(a, b) and a.where == b.where


def _same_word(a: Rule, b: Rule) -> bool:
    return (a.rule, a.column) == (b.rule, b.column)


def _unpaired(rule: Rule, what: str) -> Change:
    text = f"the rule is {what} ({rule.outcome})"
    shown = _rule_text(rule)
    before, after = ("", shown) if what == "added" else (shown, "")
    if rule.outcome == "warn":
        return harmless(rule.name, text, before, after)
    return moved("tighter" if what == "added" else "looser", rule.name, text, before, after)


def _rule_changed(a: Rule, b: Rule) -> Iterator[Change]:
    if a.description != b.description:
        yield Change(place=b.name, what="the description differs", words_only=True)
    if a.code != b.code and a.outcome == b.outcome:
        yield harmless(b.name, "the code of its findings differs", a.code, b.code)
    if a.releasable != b.releasable:
        text = "may now be" if b.releasable else "may no longer be"
        yield harmless(b.name, f"rows that it holds back {text} released by a person")
    directions = set(_directions(a, b))
    if not directions:
        return
    direction = directions.pop() if len(directions) == 1 else "other"
    text = {"tighter": "is tighter", "looser": "is looser", "other": "differs"}[direction]
    if {a.outcome, b.outcome} == {"warn"}:
        yield harmless(b.name, f"the warning {text}", _rule_text(a), _rule_text(b))
    else:
        yield moved(direction, b.name, f"the rule {text}", _rule_text(a), _rule_text(b))


def _directions(a: Rule, b: Rule) -> Iterator[Direction]:
    if a.outcome != b.outcome:
        yield "tighter" if _STRICTNESS[a.outcome] < _STRICTNESS[b.outcome] else "looser"
    if a.where != b.where:
        yield "tighter" if not b.where else "looser" if not a.where else "other"
    if a.each_cohort != b.each_cohort:
        yield "other"
    if a.counts_towards_limit != b.counts_towards_limit:
        yield "tighter" if b.counts_towards_limit else "looser"
    for name in {*a.arguments, *b.arguments}:
        if a.arguments.get(name) != b.arguments.get(name):
            yield _direction(vocabulary()[b.rule].takes[name], a.arguments.get(name), b.arguments.get(name))


def _direction(argument: Argument, before: Any, after: Any) -> Direction:
    if before is None or after is None:
        return ("tighter" if before is None else "looser") if argument.unbounded else "other"
    if argument.kind == "values":
        old, new = set(map(str, before)), set(map(str, after))
        return "tighter" if new < old else "looser" if old < new else "other"
    increase = _increase(before, after)
    if increase is None or not argument.looser:
        return "other"
    return "looser" if (increase > 0) == (argument.looser == "up") else "tighter"


def _increase(before: Any, after: Any) -> float | None:
    """By how much a bound rose, in its unit, days or seconds; None where the two are not comparable."""
    if isinstance(before, str) and isinstance(after, str):
        old, new = days_from_now(before), days_from_now(after)
        if old is not None and new is not None:
            return float(new - old)
        if old is not None or new is not None:
            return None
        return (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()
    comparable = isinstance(before, int | float) and isinstance(after, int | float)
    return float(after) - float(before) if comparable else None


def _rule_text(rule: Rule) -> str:
    """The rule's arguments as the contract writes them."""
    parts = dict(rule.arguments)
    if rule.where:
        parts["where"] = {k: list(v) for k, v in rule.where.items()}
    if rule.each_cohort:
        parts["each_cohort"] = True
    said = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False, default=str)}" for k, v in parts.items())
    return f"{{{said}}} {rule.outcome}" if said else str(rule.outcome)
