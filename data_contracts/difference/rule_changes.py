"""Differences between the rules of two versions of a table: which ask more, which ask less."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from data_contracts.difference.change import Change, Direction, harmless, moved
from data_contracts.terms import Outcome, Rule

_UP_IS_LOOSER = {
    "max", "share", "max_share", "deviations", "tolerance_days", "tolerance_years", "max_correlation", "max_index",
    "max_ratio", "max_rise", "min_rows", "below",
}  # fmt: skip
_DOWN_IS_LOOSER = {"min", "above", "min_ratio", "newest_not_before", "tolerance"}
_UNBOUNDED_WHEN_ABSENT = {"min", "max", "above", "below"}
"""Bounds that ask nothing when they are left out; other arguments fall back to a default."""
_HARDNESS: dict[Outcome, int] = {"warn": 0, "quarantine_rows": 1, "quarantine_patient": 2, "reject": 3}
_NOW = re.compile(r"now(?:\s*([+-])\s*(\d+)\s*days?)?$")


def rule_changes(before: Iterable[Rule], after: Iterable[Rule]) -> Iterator[Change]:
    """What became of each rule; rules are paired by what they are about, equal ones first."""
    old, new = list(before), list(after)
    for alike in (_same, _same_place, _same_word):
        for rule in list(old):
            twin = next((r for r in new if alike(rule, r)), None)
            if twin is not None:
                old.remove(rule)
                new.remove(twin)
                yield from _changed(rule, twin)
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


def _changed(a: Rule, b: Rule) -> Iterator[Change]:
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
            yield _direction(name, a.arguments, b.arguments)


def _direction(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Direction:
    if name == "values":
        old, new = set(map(str, before[name])), set(map(str, after[name]))
        return "tighter" if new < old else "looser" if old < new else "other"
    if name not in before or name not in after:
        known = name in _UNBOUNDED_WHEN_ABSENT
        return ("tighter" if name in after else "looser") if known else "other"
    rise = _rise(before[name], after[name])
    if rise is None or name not in _UP_IS_LOOSER | _DOWN_IS_LOOSER:
        return "other"
    return "looser" if (rise > 0) == (name in _UP_IS_LOOSER) else "tighter"


def _rise(before: Any, after: Any) -> float | None:
    """By how much a bound went up; None where the two do not compare."""
    if isinstance(before, str) and isinstance(after, str):
        old, new = _NOW.match(before), _NOW.match(after)
        if old and new:
            return float(_days(new) - _days(old))
        if old or new:
            return None
        return (datetime.fromisoformat(after) - datetime.fromisoformat(before)).total_seconds()
    comparable = isinstance(before, int | float) and isinstance(after, int | float)
    return float(after) - float(before) if comparable else None


def _days(match: "re.Match[str]") -> int:
    return int(match[2] or 0) * (-1 if match[1] == "-" else 1)


def _shown(rule: Rule) -> str:
    """The rule's arguments, as they would stand in the contract."""
    parts = dict(rule.arguments)
    if rule.where:
        parts["where"] = {k: list(v) for k, v in rule.where.items()}
    if rule.each_cohort:
        parts["each_cohort"] = True
    said = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False, default=str)}" for k, v in parts.items())
    return f"{{{said}}} {rule.outcome}" if said else str(rule.outcome)
