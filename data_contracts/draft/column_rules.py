"""The promises that a column could make, proposed from what it holds. Whether the table keeps them is checked later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pandas as pd

from data_contracts.draft.column_types import ColumnFacts
from data_contracts.draft.ranges import (
    Measurement,
    Spread,
    known,
    possible,
    share_above,
    typical,
    unit_in,
    usual,
)
from data_contracts.draft.roles import Roles
from data_contracts.rules.slices import SMALLEST_COHORT

Rule = Mapping[str, Any]
MOST_CATEGORIES = 25
_FEW_NUMBERS = 10
_RARE = 3
"""Patients below whom a category is not written down: a name typed into the wrong cell is no category."""
_STALE = 365 * 2
_SHORTEST_LIMIT = 32
"""Characters that any identifier may have: the next ones are longer."""


@dataclass(frozen=True, kw_only=True)
class DraftColumn:
    """One column of the draft: how it is read, what it promises, and why."""

    name: str
    kind: str
    format: str = ""
    required: bool = False
    unique: bool = False
    key_position: int = 0
    custom: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnContext:
    """What is known around the column."""

    roles: Roles
    facts: Mapping[str, ColumnFacts]
    now: datetime
    timezone: str
    numbered: frozenset[str] = frozenset()
    """Columns that number the rows."""
    key: tuple[str, ...] = ()
    names: str = ""
    """The column that says what is measured, in a long table with one column of values."""

    @property
    def subject(self) -> "pd.Series[Any] | None":
        """The patient of each row."""
        return self.facts[self.roles.subject].written if self.roles.subject else None

    @property
    def cohort(self) -> "pd.Series[Any] | None":
        """The cohort of each row."""
        return self.facts[self.roles.cohort].written if self.roles.cohort else None

    @property
    def repeats(self) -> bool:
        """Whether patients have several rows."""
        return self.subject is not None and bool(self.subject.duplicated().any())


def propose(column: ColumnFacts, around: ColumnContext) -> DraftColumn:
    """The column with everything that could be asked of it."""
    role, why = _role(column, around.roles)
    bare = DraftColumn(
        name=column.name,
        kind=column.kind,
        format=column.format if column.kind == "date" else "",
        custom={"role": role} if role else {},
        remarks=(*why, *column.remarks),
    )
    if role in {"subject", "cohort"}:
        rules = (*_pattern(column), {"rule": "one_spelling"})
        return replace(bare, required=not column.missing.any(), rules=rules)
    if column.name in around.numbered:
        return replace(bare, unique=True, custom={"role": "identifier"}, rules=tuple(_pattern(column)))
    if column.of_time:
        return _moment(column, bare, around)
    if column.is_numeric:
        return _quantity(column, bare, around)
    return _words(column, bare, around)


def _role(column: ColumnFacts, roles: Roles) -> tuple[str, list[str]]:
    for role, says in (
        ("subject", "guessed: the patient"),
        ("time", "guessed: when the record was made"),
        ("cohort", "guessed: the cohort"),
        ("outcome", "guessed: what is predicted"),
    ):
        if getattr(roles, role) == column.name:
            return role, [says]
    return "", []


def _pattern(column: ColumnFacts) -> Iterator[Rule]:
    """How the identifiers are written: by kinds of characters, never by the identifiers themselves."""
    filled = column.written.dropna()
    if filled.empty:
        return
    longest = max(_SHORTEST_LIMIT, -(-int(filled.str.len().max()) // 8) * 8)
    for characters in (r"[0-9]", r"[A-Za-z0-9._-]", r"[A-Za-z0-9 ._:/+-]"):
        if filled.str.fullmatch(f"{characters}+").all():
            yield {"rule": "pattern", "regex": f"{characters}{{1,{longest}}}"}
            return


def _moment(column: ColumnFacts, bare: DraftColumn, around: ColumnContext) -> DraftColumn:
    values = column.values.dropna()
    custom, remarks = dict(bare.custom), list(bare.remarks)
    if column.no_offset:
        custom["timezone"] = around.timezone or "UTC"
        remarks += (
            [] if around.timezone else ["times have no offset: write the site's time zone instead of UTC"]
        )
    if values.empty:
        return replace(bare, custom=custom, remarks=tuple(remarks))
    now = (
        pd.Timestamp(around.now).tz_localize(None)
        if around.now.tzinfo is None
        else pd.Timestamp(around.now).tz_convert("UTC").tz_localize(None)
    )
    decade = values.min().year // 10 * 10
    early = min(1900, decade) if column.name == around.roles.birth else decade - 10
    ahead = max(1, -(-(values.max() - now).days // 365) * 365 + 365 if values.max() > now else 1)
    rules: list[Rule] = [
        {"rule": "hard_range", "min": f"{max(1, early):04d}-01-01", "max": f"now + {ahead} {_days(ahead)}"}
    ]
    age = (now - values.max()).days
    if column.name == around.roles.time and age < _STALE:
        rules.append({"rule": "fresh", "newest_not_before": f"now - {max(90, -(-2 * age // 30) * 30)} days"})
    return replace(bare, custom=custom, rules=(*rules, *_missing(column, around)), remarks=tuple(remarks))


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _quantity(column: ColumnFacts, bare: DraftColumn, around: ColumnContext) -> DraftColumn:
    levels = column.values.dropna().unique()
    if not len(levels):
        return replace(bare, remarks=(*bare.remarks, "is empty here: write its range"))
    spread = Spread.of(column.values, whole=column.kind == "integer")
    meant, by_size = known(column.name, spread.middle)
    unit = meant.unit if meant else unit_in(column.name)[1]
    custom = dict(bare.custom) | ({"unit": unit} if unit else {})
    custom |= {"alternativeUnits": dict(meant.factors)} if meant and meant.factors else {}
    remarks = [*bare.remarks, *([f"guessed by its size: in {unit}"] if by_size and unit else [])]
    if meant and not meant.possible[0] <= spread.low <= spread.high <= meant.possible[1]:
        low, high = meant.possible
        remarks.append(
            f"holds values beyond {low:g} to {high:g} {unit}: the range below covers them, check it"
        )
    if not bare.custom and _is_code(column, levels) and _none_is_rare(column, around):
        rules: tuple[Rule, ...] = (
            {"rule": "allowed", "values": sorted(_plain(float(v)) for v in levels)},
            {"rule": "categories_stay"},
            *_missing(column, around),
        )
        return replace(bare, custom=custom, rules=rules, remarks=tuple(remarks))
    measured = around.names and bare.custom.get("role") != "time" and column.name != around.roles.age
    promises = _by_name(column, around) if measured else _of_values(spread, meant, bare, around)
    return replace(bare, custom=custom, rules=(*promises, *_missing(column, around)), remarks=tuple(remarks))


def _is_code(column: ColumnFacts, levels: Any) -> bool:
    """A few numbers that stand for something, each of them often: 0 and 1, stages, grades."""
    often = len(levels) <= _FEW_NUMBERS and column.values.count() >= 10 * len(levels)
    return often and (len(levels) <= _FEW_NUMBERS // 2 or bool((levels % 1 == 0).all()))


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else value


def _of_values(
    spread: Spread, meant: Measurement | None, bare: DraftColumn, around: ColumnContext
) -> Iterator[Rule]:
    yield {"rule": "hard_range", **possible(spread, meant)}
    if bare.custom.get("role") == "time":
        return
    yield {"rule": "soft_range", **usual(spread, meant)}
    middle = typical(spread)
    if middle:
        yield {"rule": "typical_median", **middle}
    if around.repeats and bare.name not in {around.roles.age, *around.roles.constant}:
        yield {"rule": "no_jump", "deviations": 15}
    yield from ({"rule": word} for word in ("varies", "no_drift"))
    if bare.kind == "number":
        yield {"rule": "no_heaping", "max_share": 0.2}
        if around.repeats and bare.name not in around.roles.constant:
            yield {"rule": "no_copy_forward", "max_share": 0.9}
    if spread.low >= 0:
        yield {"rule": "same_scale", **({"each_cohort": True} if around.roles.cohort else {})}
    if bare.custom.get("role") == "outcome" and around.roles.subject:
        yield {"rule": "target"}
    elif around.roles.outcome and around.facts[around.roles.outcome].is_numeric:
        yield {"rule": "not_leaked", "outcome_column": around.roles.outcome}


def _by_name(column: ColumnFacts, around: ColumnContext) -> Iterator[Rule]:
    """In a long table, ranges for each thing that is measured: over all of them they would mean nothing."""
    names = around.facts[around.names].written
    for name, count in names.value_counts().items():
        values = column.values[(names == name).to_numpy()].dropna()
        if count < SMALLEST_COHORT or values.empty:
            continue
        spread = Spread.of(values, whole=column.kind == "integer")
        meant, _ = known(str(name), spread.middle)
        where = {"where": {around.names: str(name)}}
        yield {"rule": "hard_range", **possible(spread, meant), **where}
        middle = typical(spread)
        if middle:
            yield {"rule": "typical_median", **middle, **where}


def _words(column: ColumnFacts, bare: DraftColumn, around: ColumnContext) -> DraftColumn:
    filled = column.written.dropna()
    if filled.empty:
        return replace(bare, remarks=(*bare.remarks, "is empty here: write its type and categories"))
    spellings = _spellings(filled)
    levels = sorted({spellings.get(str(v).lower(), str(v)) for v in filled})
    if len(levels) > MOST_CATEGORIES or (len(levels) > 2 and len(levels) > len(filled) / 3):
        return replace(
            bare, rules=tuple(_missing(column, around)), remarks=(*bare.remarks, "has many values")
        )
    if not _none_is_rare(column, around, spellings):
        rare = "has categories of few rows, which are not written here: add an 'allowed' rule"
        return replace(bare, rules=tuple(_missing(column, around)), remarks=(*bare.remarks, rare))
    rules: tuple[Rule, ...] = (
        {"rule": "allowed", "values": levels},
        {"rule": "categories_stay"},
        *_missing(column, around),
    )
    return replace(
        bare, custom={**bare.custom, **({"spellings": spellings} if spellings else {})}, rules=rules
    )


def _spellings(filled: "pd.Series[Any]") -> dict[str, str]:
    """Spellings that differ in letter case only -> the commonest of them."""
    counts = filled.value_counts()
    chosen = {str(v).lower(): str(v) for v in reversed(counts.index)}
    return {str(v).lower(): chosen[str(v).lower()] for v in counts.index if chosen[str(v).lower()] != v}


def _none_is_rare(
    column: ColumnFacts, around: ColumnContext, spellings: Mapping[str, str] | None = None
) -> bool:
    """Whether every category is of several patients."""
    filled = column.written.notna()
    cells = column.written[filled].map(lambda v: (spellings or {}).get(str(v).lower(), v))
    whose = (
        around.subject[filled] if around.subject is not None else pd.Series(cells.index, index=cells.index)
    )
    return bool(whose.groupby(cells).nunique().ge(_RARE).all())


def _missing(column: ColumnFacts, around: ColumnContext) -> Iterator[Rule]:
    """A limit a little above what is missing here; where there are cohorts, above what the worst of them lacks."""
    if column.name in around.key:
        return
    if around.cohort is None:
        limit = share_above(float(column.missing.mean()))
        yield from [{"rule": "missing_at_most", "share": limit}] if limit else []
        return
    of_cohort = column.missing.groupby(around.cohort).agg(["mean", "size"])
    large = of_cohort[of_cohort["size"] >= SMALLEST_COHORT]["mean"]
    limit = share_above(float(max(large.max(), column.missing.mean()))) if len(large) else None
    yield from [{"rule": "missing_at_most", "share": limit, "each_cohort": True}] if limit else []
