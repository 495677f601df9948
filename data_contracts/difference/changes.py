"""What differs between two versions of a table's columns and rules: which ask more, which ask less, whom it breaks."""

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

    `producer` is what it means for whoever delivers: breaking, when a file that was accepted may no longer be.
    `consumer` is what it means for whoever reads accepted rows: breaking, when they may meet what could not
    happen before. Additive is something new that they may ignore.
    """

    place: str
    """The table, column or rule: `visits.creatinine.hard_range`."""
    what: str
    """One sentence, of the contracts' own words."""
    before: str = ""
    after: str = ""
    producer: Effect = "compatible"
    consumer: Effect = "compatible"
    words_only: bool = False
    """Nothing that is checked changes: a description or a title."""

    @property
    def breaks(self) -> bool:
        """Whether anyone must act before the new contract holds."""
        return "breaking" in {self.producer, self.consumer}


def tightened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A promise that asks more of a delivery; whoever reads it loses nothing."""
    return Change(place=place, what=what, before=str(before), after=str(after), producer="breaking")


def loosened(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A promise that asks less; whoever relied on it must look."""
    return Change(place=place, what=what, before=str(before), after=str(after), consumer="breaking")


def replaced(place: str, what: str, before: object = "", after: object = "") -> Change:
    """Neither more nor less, but something else."""
    return Change(
        place=place, what=what, before=str(before), after=str(after), producer="breaking", consumer="breaking"
    )


def harmless(place: str, what: str, before: object = "", after: object = "") -> Change:
    """A change that leaves every file accepted and every accepted row as promised."""
    return Change(place=place, what=what, before=str(before), after=str(after))


def moved(direction: Direction, place: str, what: str, before: object = "", after: object = "") -> Change:
    """The change of a promise that was moved in this direction."""
    make = {"tighter": tightened, "looser": loosened, "other": replaced}[direction]
    return make(place, what, before, after)


def column_changes(before: Table, after: Table) -> Iterator[Change]:
    """Columns that came, went or changed."""
    old, new = ({c.name: c for c in t.columns} for t in (before, after))
    come = [c for n, c in new.items() if n not in old]
    for name, column in old.items():
        place = f"{after.name}.{name}"
        if name in new:
            yield from _changed(place, column, new[name])
        else:
            near = get_close_matches(name, [c.name for c in come if c.kind == column.kind], n=1, cutoff=0.6)
            hint = f"; was it renamed to {near[0]!r}?" if near else ""
            yield loosened(place, f"the column is removed{hint}")
    yield from (_added(f"{after.name}.{c.name}", c) for c in come)


def _added(place: str, column: Column) -> Change:
    if column.optional:
        return Change(
            place=place, what="an optional column is added", producer="additive", consumer="additive"
        )
    return Change(place=place, what="a column is added", producer="breaking", consumer="additive")


def _changed(place: str, a: Column, b: Column) -> Iterator[Change]:
    if a.kind != b.kind:
        yield _kind(place, a, b)
    if a.optional != b.optional:
        make = loosened if b.optional else tightened
        yield make(place, "the column may be absent" if b.optional else "the column must be there")
    if a.unit != b.unit:
        make = replaced if a.unit and b.unit else harmless
        yield make(place, "the unit differs", a.unit, b.unit)
    if a.role != b.role:
        yield _role(place, a, b)
    yield from _how_it_is_written(place, a, b)
    if dict(a.alternative_units) != dict(b.alternative_units):
        yield harmless(
            place, "other units are known", _listed(a.alternative_units), _listed(b.alternative_units)
        )
    if a.description != b.description:
        yield Change(place=place, what="the description differs", words_only=True)


def _kind(place: str, a: Column, b: Column) -> Change:
    """A whole number is a number, so the step between the two is safe for one side."""
    steps = {("integer", "number"): loosened, ("number", "integer"): tightened}
    return steps.get((a.kind, b.kind), replaced)(place, "the type differs", a.kind, b.kind)


def _role(place: str, a: Column, b: Column) -> Change:
    """Who is who, and when, is read from roles; a plain identifier is nobody's business."""
    if {a.role, b.role} <= {"", "identifier"}:
        return harmless(place, "the role differs", a.role or "none", b.role or "none")
    return loosened(place, "the role differs", a.role or "none", b.role or "none")


def _how_it_is_written(place: str, a: Column, b: Column) -> Iterator[Change]:
    if a.format != b.format:
        yield tightened(place, "dates are written otherwise", a.format or "ISO 8601", b.format or "ISO 8601")
    if a.timezone != b.timezone:
        make = harmless if not a.timezone else tightened if not b.timezone else replaced
        yield make(
            place, "the time zone differs", a.timezone or "offset demanded", b.timezone or "offset demanded"
        )
    lost = {s for s, v in a.spellings.items() if b.spellings.get(s) != v}
    gained = {s for s, v in b.spellings.items() if a.spellings.get(s) != v}
    if lost:
        yield tightened(place, "spellings are no longer known", ", ".join(sorted(lost)), "")
    elif gained:
        yield harmless(place, "spellings are added", "", ", ".join(sorted(gained)))


def _listed(units: object) -> str:
    return ", ".join(map(str, units)) if isinstance(units, dict) else str(units)


_HARDNESS: dict[Outcome, int] = {"warn": 0, "quarantine_rows": 1, "quarantine_patient": 2, "reject": 3}


def rule_changes(before: Iterable[Rule], after: Iterable[Rule]) -> Iterator[Change]:
    """What became of each rule; rules are paired by what they are about, equal ones first."""
    old, new = list(before), list(after)
    for alike in (_same, _same_place, _same_word):
        for rule in list(old):
            twin = next((r for r in new if alike(rule, r)), None)
            if twin is not None:
                old.remove(rule)
                new.remove(twin)
                yield from _rule_changed(rule, twin)
    yield from (_alone(rule, "removed") for rule in old)
    yield from (_alone(rule, "added") for rule in new)


def _same(a: Rule, b: Rule) -> bool:
    return _same_place(a, b) and a.arguments == b.arguments


def _same_place(a: Rule, b: Rule) -> bool:
    return _same_word(a, b) and a.where == b.where


def _same_word(a: Rule, b: Rule) -> bool:
    return (a.rule, a.column) == (b.rule, b.column)


def _alone(rule: Rule, what: str) -> Change:
    says = f"the rule is {what} ({rule.outcome})"
    shown = _shown(rule)
    before, after = ("", shown) if what == "added" else (shown, "")
    if rule.outcome == "warn":
        return harmless(rule.name, says, before, after)
    return moved("tighter" if what == "added" else "looser", rule.name, says, before, after)


def _rule_changed(a: Rule, b: Rule) -> Iterator[Change]:
    if a.description != b.description:
        yield Change(place=b.name, what="the description differs", words_only=True)
    if a.code != b.code and a.outcome == b.outcome:
        yield harmless(b.name, "the code of its findings differs", a.code, b.code)
    if a.releasable != b.releasable:
        says = "may now be" if b.releasable else "may no longer be"
        yield harmless(b.name, f"rows that it holds {says} confirmed by a person")
    directions = set(_directions(a, b))
    if not directions:
        return
    direction = directions.pop() if len(directions) == 1 else "other"
    says = {"tighter": "asks more", "looser": "asks less", "other": "asks something else"}[direction]
    if {a.outcome, b.outcome} == {"warn"}:
        yield harmless(b.name, f"the warning {says}", _shown(a), _shown(b))
    else:
        yield moved(direction, b.name, f"the rule {says}", _shown(a), _shown(b))


def _directions(a: Rule, b: Rule) -> Iterator[Direction]:
    if a.outcome != b.outcome:
        yield "tighter" if _HARDNESS[a.outcome] < _HARDNESS[b.outcome] else "looser"
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
    rise = _rise(before, after)
    if rise is None or not argument.looser:
        return "other"
    return "looser" if (rise > 0) == (argument.looser == "up") else "tighter"


def _rise(before: Any, after: Any) -> float | None:
    """By how much a bound went up; None where the two do not compare."""
    if isinstance(before, str) and isinstance(after, str):
        old, new = days_from_now(before), days_from_now(after)
        if old is not None and new is not None:
            return float(new - old)
        if old is not None or new is not None:
            return None
        return (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()
    comparable = isinstance(before, int | float) and isinstance(after, int | float)
    return float(after) - float(before) if comparable else None


def _shown(rule: Rule) -> str:
    """The rule's arguments, as they would stand in the contract."""
    parts = dict(rule.arguments)
    if rule.where:
        parts["where"] = {k: list(v) for k, v in rule.where.items()}
    if rule.each_cohort:
        parts["each_cohort"] = True
    said = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False, default=str)}" for k, v in parts.items())
    return f"{{{said}}} {rule.outcome}" if said else str(rule.outcome)
