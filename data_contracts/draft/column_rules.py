"""Proposes rules for a column from its values. Whether the table keeps them is checked later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pandas as pd

from data_contracts.draft.column_types import ColumnFacts
from data_contracts.draft.ranges import (
    Measurement,
    Spread,
    known_measurement,
    measure_and_unit,
    median_range,
    missing_limit,
    possible_range,
    usual_range,
)
from data_contracts.draft.roles import Roles, role_of
from data_contracts.rules.slices import SMALLEST_COHORT

Rule = Mapping[str, Any]
MOST_CATEGORIES = 25
_FEW_NUMBERS = 10
_RARE = 3
"""Categories of fewer patients are not written out: the cell may hold a patient's name by mistake."""
_STALE = 365 * 2
_SHORTEST_LIMIT = 32
"""Least length limit of an identifier: later ones may be longer than those seen."""


@dataclass(frozen=True, kw_only=True)
class DraftColumn:
    """One column of the draft: its type, its rules, and remarks."""

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
    """What is known about the rest of the table."""

    roles: Roles
    facts: Mapping[str, ColumnFacts]
    now: datetime
    timezone: str
    row_numbers: frozenset[str] = frozenset()
    """Columns that number the rows."""
    key: tuple[str, ...] = ()
    names: str = ""
    """The column with the name of the measurement, in a long table with one column of values."""

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


def propose(column: ColumnFacts, context: ColumnContext) -> DraftColumn:
    """The column with every rule that could apply to it."""
    role, why = role_of(column.name, context.roles)
    draft = DraftColumn(
        name=column.name,
        kind=column.kind,
        format=column.format if column.kind == "date" else "",
        custom={"role": role} if role else {},
        remarks=(*([why] if why else []), *column.remarks),
    )
    if role in {"subject", "cohort"}:
        rules = (*_pattern(column), {"rule": "one_spelling"})
        return replace(draft, required=not column.missing.any(), rules=rules)
    if column.name in context.row_numbers:
        return replace(draft, unique=True, custom={"role": "identifier"}, rules=tuple(_pattern(column)))
    if column.is_time:
        return _time_column(column, draft, context)
    if column.is_numeric:
        return _numeric_column(column, draft, context)
    return _text_column(column, draft, context)


def _pattern(column: ColumnFacts) -> Iterator[Rule]:
    """A pattern of the identifiers' character classes; no identifier is written out."""
    filled = column.written.dropna()
    if filled.empty:
        return
    longest = max(_SHORTEST_LIMIT, -(-int(filled.str.len().max()) // 8) * 8)
    for characters in (r"[0-9]", r"[A-Za-z0-9._-]", r"[A-Za-z0-9 ._:/+-]"):
        if filled.str.fullmatch(f"{characters}+").all():
            yield {"rule": "pattern", "regex": f"{characters}{{1,{longest}}}"}
            return


def _time_column(column: ColumnFacts, draft: DraftColumn, context: ColumnContext) -> DraftColumn:
    values = column.values.dropna()
    custom, remarks = dict(draft.custom), list(draft.remarks)
    if column.no_offset:
        custom["timezone"] = context.timezone or "UTC"
        remarks += (
            [] if context.timezone else ["times have no offset: write the site's time zone instead of UTC"]
        )
    if values.empty:
        return replace(draft, custom=custom, remarks=tuple(remarks))
    now = (
        pd.Timestamp(context.now).tz_localize(None)
        if context.now.tzinfo is None
        else pd.Timestamp(context.now).tz_convert("UTC").tz_localize(None)
    )
    decade = values.min().year // 10 * 10
    early = min(1900, decade) if column.name == context.roles.birth else decade - 10
    ahead = max(1, -(-(values.max() - now).days // 365) * 365 + 365 if values.max() > now else 1)
    rules: list[Rule] = [
        {"rule": "hard_range", "min": f"{max(1, early):04d}-01-01", "max": f"now + {ahead} {_days(ahead)}"}
    ]
    age = (now - values.max()).days
    if column.name == context.roles.time and age < _STALE:
        rules.append({"rule": "fresh", "newest_not_before": f"now - {max(90, -(-2 * age // 30) * 30)} days"})
    return replace(draft, custom=custom, rules=(*rules, *_missing(column, context)), remarks=tuple(remarks))


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _numeric_column(column: ColumnFacts, draft: DraftColumn, context: ColumnContext) -> DraftColumn:
    levels = column.values.dropna().unique()
    if not len(levels):
        return replace(draft, remarks=(*draft.remarks, "is empty here: write its range"))
    spread = Spread.of(column.values, whole=column.kind == "integer")
    measurement, by_size = known_measurement(column.name, spread.middle)
    unit = measurement.unit if measurement else measure_and_unit(column.name)[1]
    custom = dict(draft.custom) | ({"unit": unit} if unit else {})
    custom |= {"alternativeUnits": dict(measurement.factors)} if measurement and measurement.factors else {}
    remarks = [*draft.remarks, *([f"guessed by its size: in {unit}"] if by_size and unit else [])]
    if measurement and not measurement.possible[0] <= spread.low <= spread.high <= measurement.possible[1]:
        low, high = measurement.possible
        remarks.append(
            f"holds values beyond {low:g} to {high:g} {unit}: the range below covers them, check it"
        )
    may_be_code = draft.custom.get("role", "event_indicator") == "event_indicator"
    if may_be_code and _is_code(column, levels) and _no_rare_category(column, context):
        rules: tuple[Rule, ...] = (
            {"rule": "allowed", "values": sorted(_plain(float(v)) for v in levels)},
            {"rule": "categories_stay"},
            *_missing(column, context),
        )
        return replace(draft, custom=custom, rules=rules, remarks=tuple(remarks))
    measured = context.names and not draft.custom.get("role") and column.name != context.roles.age
    promises = (
        _measurement_rules(column, context)
        if measured
        else _numeric_rules(spread, measurement, draft, context)
    )
    return replace(
        draft, custom=custom, rules=(*promises, *_missing(column, context)), remarks=tuple(remarks)
    )


def _is_code(column: ColumnFacts, levels: Any) -> bool:
    """Whether the numbers are codes: few distinct values, each frequent, such as 0 and 1, stages or grades."""
    often = len(levels) <= _FEW_NUMBERS and column.values.count() >= 10 * len(levels)
    return often and (len(levels) <= _FEW_NUMBERS // 2 or bool((levels % 1 == 0).all()))


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else value


def _numeric_rules(
    spread: Spread, measurement: Measurement | None, draft: DraftColumn, context: ColumnContext
) -> Iterator[Rule]:
    yield {"rule": "hard_range", **possible_range(spread, measurement)}
    if draft.custom.get("role") == "time":
        return
    yield {"rule": "soft_range", **usual_range(spread, measurement)}
    middle = median_range(spread)
    if middle:
        yield {"rule": "typical_median", **middle}
    if context.repeats and draft.name not in {context.roles.age, *context.roles.constant}:
        yield {"rule": "no_jump", "deviations": 15}
    yield from ({"rule": word} for word in ("varies", "no_drift"))
    if draft.kind == "number":
        yield {"rule": "no_heaping", "max_share": 0.2}
        if context.repeats and draft.name not in context.roles.constant:
            yield {"rule": "no_copy_forward", "max_share": 0.9}
    if spread.low >= 0:
        yield {"rule": "same_scale", **({"each_cohort": True} if context.roles.cohort else {})}
    if draft.custom.get("role") == "outcome" and context.roles.subject:
        yield {"rule": "target"}
    elif context.roles.outcome and context.facts[context.roles.outcome].is_numeric:
        yield {"rule": "not_leaked", "outcome_column": context.roles.outcome}


def _measurement_rules(column: ColumnFacts, context: ColumnContext) -> Iterator[Rule]:
    """In a long table, one range per measurement name."""
    names = context.facts[context.names].written
    for name, count in names.value_counts().items():
        values = column.values[(names == name).to_numpy()].dropna()
        if count < SMALLEST_COHORT or values.empty:
            continue
        spread = Spread.of(values, whole=column.kind == "integer")
        measurement, _ = known_measurement(str(name), spread.middle)
        where = {"where": {context.names: str(name)}}
        yield {"rule": "hard_range", **possible_range(spread, measurement), **where}
        yield {"rule": "soft_range", **usual_range(spread, measurement), **where}
        middle = median_range(spread)
        if middle:
            yield {"rule": "typical_median", **middle, **where}


def _text_column(column: ColumnFacts, draft: DraftColumn, context: ColumnContext) -> DraftColumn:
    filled = column.written.dropna()
    if filled.empty:
        return replace(draft, remarks=(*draft.remarks, "is empty here: write its type and categories"))
    spellings = _spellings(filled)
    levels = sorted({spellings.get(str(v).lower(), str(v)) for v in filled})
    if len(levels) > MOST_CATEGORIES or (len(levels) > 2 and len(levels) > len(filled) / 3):
        return replace(
            draft, rules=tuple(_missing(column, context)), remarks=(*draft.remarks, "has many values")
        )
    if not _no_rare_category(column, context, spellings):
        rare = "has categories of few rows, which are not written here: add an 'allowed' rule"
        return replace(draft, rules=tuple(_missing(column, context)), remarks=(*draft.remarks, rare))
    rules: tuple[Rule, ...] = (
        {"rule": "allowed", "values": levels},
        {"rule": "categories_stay"},
        *_missing(column, context),
    )
    return replace(
        draft, custom={**draft.custom, **({"spellings": spellings} if spellings else {})}, rules=rules
    )


def _spellings(filled: "pd.Series[Any]") -> dict[str, str]:
    """Spellings that differ in letter case only -> the most frequent one."""
    counts = filled.value_counts()
    chosen = {str(v).lower(): str(v) for v in reversed(counts.index)}
    return {str(v).lower(): chosen[str(v).lower()] for v in counts.index if chosen[str(v).lower()] != v}


def _no_rare_category(
    column: ColumnFacts, context: ColumnContext, spellings: Mapping[str, str] | None = None
) -> bool:
    """Whether every category occurs in at least `_RARE` patients."""
    filled = column.written.notna()
    cells = column.written[filled].map(lambda v: (spellings or {}).get(str(v).lower(), v))
    patients = (
        context.subject[filled] if context.subject is not None else pd.Series(cells.index, index=cells.index)
    )
    return bool(patients.groupby(cells).nunique().ge(_RARE).all())


def _missing(column: ColumnFacts, context: ColumnContext) -> Iterator[Rule]:
    """A limit slightly above the observed missing share, or the largest share of any cohort."""
    if column.name in context.key:
        return
    if context.cohort is None:
        limit = missing_limit(float(column.missing.mean()))
        yield from [{"rule": "missing_at_most", "share": limit}] if limit else []
        return
    of_cohort = column.missing.groupby(context.cohort).agg(["mean", "size"])
    large = of_cohort[of_cohort["size"] >= SMALLEST_COHORT]["mean"]
    limit = missing_limit(float(max(large.max(), column.missing.mean()))) if len(large) else None
    yield from [{"rule": "missing_at_most", "share": limit, "each_cohort": True}] if limit else []
