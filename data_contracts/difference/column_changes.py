"""Differences between two versions of a column."""

from collections.abc import Iterator
from difflib import get_close_matches

from data_contracts.difference.change import (
    Change,
    harmless,
    loosened,
    replaced,
    tightened,
)
from data_contracts.terms import Column, Table


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
