"""Consistency of a study's columns with the contract's promises: units, types, ranges, levels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from data_contracts.contract import Contract
from data_contracts.contract.model import Column, Table
from meta_med.outcomes import kind_of
from meta_med.study import CohortFactor, CovariateSpec, OutcomeSpec, StudySpec, TimeSpec
from orchestration.study.covariate_keys import COUNTED, IN_ITS_UNIT
from orchestration.study.keys import nearest
from orchestration.study.time_to_event import time_to_event_mistakes

Bounds = tuple[float | None, float | None]
NUMBERS = {"number", "integer"}
TIMES = {"date", "timestamp"}
SAME_UNIT = {
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours",
    "d": "days", "day": "days",
    "a": "years", "y": "years", "yr": "years", "yrs": "years", "year": "years",
    "sec": "s", "second": "s", "seconds": "s",
    "1": "",
}  # fmt: skip
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


class ContractColumns:
    """The contract's promises about the columns of a study's records and subjects, by column name."""

    def __init__(self, spec: StudySpec, contract: Contract) -> None:
        records = contract.tables[spec.records.source]
        tables = [] if spec.records.long else [records]
        if spec.records.subjects:
            tables.append(contract.tables[spec.records.subjects.source])
        self.records, self._long = records, spec.records.long
        self._columns = {c.name: (table, c) for table in tables for c in table.columns}

    def column(self, name: str) -> Column | None:
        """The column; None where the contract has no column of this name."""
        found = self._columns.get(name)
        return found[1] if found else None

    def rule(self, name: str, word: str) -> Mapping[str, Any]:
        """The arguments of the column's rule of that word; empty without one, or where it applies to some rows only."""
        table = self._columns[name][0] if name in self._columns else None
        return _rule(table, name, word) if table else {}

    def hard_range(self, outcome: OutcomeSpec) -> Bounds | None:
        """The hard range of a continuous outcome's column, or of its measurement in a long table; None without one."""
        if outcome.any_positive or kind_of(outcome.kind).is_class:
            return None
        name = outcome.source_column
        found = self._of_measurement(name) if self._long else self.rule(name, "hard_range")
        low, high = _as_number(found.get("min")), _as_number(found.get("max"))
        return None if low is None and high is None else (low, high)

    def _of_measurement(self, name: str) -> Mapping[str, Any]:
        """The hard range of a long table's values: of this measurement, else of all of them."""
        assert self._long is not None
        own = [r for r in self.records.rules if (r.column, r.rule) == (self._long.value, "hard_range")]
        named = [
            r for r in own if set(r.where) == {self._long.name} and name in map(str, r.where[self._long.name])
        ]
        return next((r.arguments for r in (*named, *(r for r in own if not r.where))), {})


def promise_mistakes(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """Every value of the study that contradicts its contract; its columns are known to exist."""
    promised = ContractColumns(spec, contract)
    yield from _time(spec.records.time, "records.time", promised.records)
    if spec.records.events:
        events = contract.tables[spec.records.events.source]
        yield from _time(spec.records.events.time, "records.events.time", events)
    for position, outcome in enumerate(spec.outcomes):
        yield from _outcome(outcome, f"outcomes[{position}]", promised)
    for position, covariate in enumerate(spec.covariates):
        yield from _covariate(covariate, f"covariates[{position}]", promised)
    for position, factor in enumerate(spec.cohorts.factors):
        yield from _factor(factor, f"cohorts.factors[{position}]", promised)
    for name, bands in spec.evaluation.bands.items():
        source = next((c.source_column for c in spec.covariates if c.name == name), name)
        yield from _bands(bands, f"evaluation.bands.{name}", source, promised)
    yield from _selections(spec, promised)
    yield from _events(spec, contract)
    yield from time_to_event_mistakes(spec, contract)


def with_hard_ranges(spec: StudySpec, contract: Contract) -> StudySpec:
    """The study with the contract's hard range of each outcome that states none itself.

    It is that of the outcome's column; in a long table, that of the values of this measurement.
    """
    promised = ContractColumns(spec, contract)
    return replace(
        spec,
        outcomes=tuple(replace(o, hard_range=o.hard_range or promised.hard_range(o)) for o in spec.outcomes),
    )


def plain_unit(unit: str) -> str:
    """One spelling of a unit: µmol/L is umol/L, ×10⁹/L is 10^9/L, and h is hours."""
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: "^" + found[0].translate(_SUPERSCRIPTS), unit)
    text = re.sub(r"\s+|×|°", "", text.replace("µ", "u").replace("μ", "u")).replace("**", "^")
    text = re.sub(r"(?<![\d^])10\*", "10^", text)
    text = re.sub(r"(?<=[a-zA-Z])\^(?=\d)", "", text)
    text = re.sub(r"(?<=/)l\b|\b(?<=[dmuµ])l\b|^l\b", "L", text)
    return SAME_UNIT.get(text, text)


def _time(time: TimeSpec, where: str, table: Table) -> Iterator[str]:
    if not time.column:
        if table.time is not None:
            yield f'"{where}.column" is empty, but the contract has a column of record times: write "{table.time}".'
        return
    column = table.column(time.column)
    if (time.unit == "date") != (column.kind in TIMES):
        right = "date" if column.kind in TIMES else "hours, days, years or order"
        yield (
            f'"{where}.unit" is {time.unit}, but column "{column.name}" of the contract is of type '
            f"{column.kind}: write {right}."
        )
    unit = plain_unit(column.unit)
    has_unit = unit in {"hours", "days", "years"} and not time.unit_column
    if has_unit and time.unit in {"hours", "days", "years"} and time.unit != unit:
        yield f'"{where}.unit" is {time.unit}, but the contract says that "{column.name}" is in {unit}.'


def _unit(unit: str, where: str, name: str, promised: ContractColumns) -> Iterator[str]:
    column = promised.column(name)
    if column and unit and column.unit and plain_unit(unit) != plain_unit(column.unit):
        yield (
            f'"{where}.unit" is "{unit}", but the contract says that column "{name}" is in "{column.unit}". '
            "A study cannot change units: write that one."
        )


def _outcome(outcome: OutcomeSpec, where: str, promised: ContractColumns) -> Iterator[str]:
    for name in outcome.any_positive or (outcome.source_column,):
        column = promised.column(name)
        if column and column.kind not in NUMBERS:
            yield f'"{where}": column "{name}" is of type {column.kind} in the contract; an outcome is a number.'
    if outcome.any_positive:
        return
    name = outcome.source_column
    yield from _unit(outcome.unit, where, name, promised)
    bounds, allowed = promised.rule(name, "hard_range"), promised.rule(name, "allowed")
    if kind_of(outcome.kind).yes_or_no and not _is_yes_or_no(bounds, allowed):
        yield f'"{where}.kind" is {outcome.kind}, but the contract allows other values than 0 and 1 in column "{name}".'
    yield from _hard_range(outcome, where, bounds)
    low, high = outcome.reference_range or (None, None)
    if low is not None and high is not None and not (_within(low, bounds) and _within(high, bounds)):
        yield f'"{where}.reference_range" is outside the contract\'s range of column "{name}": is it in another unit?'


def _hard_range(outcome: OutcomeSpec, where: str, bounds: Mapping[str, Any]) -> Iterator[str]:
    """A hard range of the study that allows values which the contract rejects."""
    for value, limit, side in zip(outcome.hard_range or (), ("min", "max"), ("low", "high"), strict=False):
        known = _as_number(bounds.get(limit))
        if value is not None and known is not None and not _within(value, bounds):
            yield (
                f'"{where}.hard_range": its {side} end is outside the contract\'s range of column '
                f'"{outcome.source_column}": leave the key out to use that range.'
            )


def _is_yes_or_no(bounds: Mapping[str, Any], allowed: Mapping[str, Any]) -> bool:
    values = allowed.get("values")
    if values is not None:
        return {str(value) for value in values} <= {"0", "1", "0.0", "1.0"}
    low, high = _as_number(bounds.get("min")), _as_number(bounds.get("max"))
    return (low is None or low <= 0) and (high is None or high <= 1)


def _within(value: float, bounds: Mapping[str, Any]) -> bool:
    least, most = _as_number(bounds.get("min")), _as_number(bounds.get("max"))
    return (least is None or value >= least) and (most is None or value <= most)


def _bands(bands: tuple[float, ...], where: str, name: str, promised: ContractColumns) -> Iterator[str]:
    bounds = promised.rule(name, "hard_range")
    for cut in (cut for cut in bands if not _within(cut, bounds)):
        yield f'"{where}" cuts at {cut:g}, outside the range of column "{name}" in the contract: a band would be empty.'


def _covariate(covariate: CovariateSpec, where: str, promised: ContractColumns) -> Iterator[str]:
    of_its_unit = covariate.aggregate is None or covariate.aggregate in IN_ITS_UNIT
    for name in covariate.columns:
        column = promised.column(name)
        number = covariate.kind == "numeric" and not covariate.values and covariate.aggregate not in COUNTED
        if column and number and column.kind not in NUMBERS:
            yield (
                f'"{where}.kind" is numeric, but column "{name}" of the contract is of type {column.kind}: '
                'write "kind: category", or the number of each text under "values".'
            )
        if number and of_its_unit:
            yield from _unit(covariate.unit, where, name, promised)
        yield from _levels(tuple(covariate.values), f"{where}.values", name, promised)


def _factor(factor: CohortFactor, where: str, promised: ContractColumns) -> Iterator[str]:
    column = promised.column(factor.column)
    yield from _bands(factor.bands, f"{where}.bands", factor.column, promised)
    if column and factor.bands and column.kind not in NUMBERS:
        yield f'"{where}.bands" cut a number, but column "{factor.column}" of the contract is of type {column.kind}.'
    yield from _levels(factor.values, f"{where}.values", factor.column, promised)


def _events(spec: StudySpec, contract: Contract) -> Iterator[str]:
    """Events that the contract does not allow."""
    if not spec.records.events:
        return
    allowed = _rule(contract.tables[spec.records.events.source], spec.records.events.event, "allowed").get(
        "values"
    )
    known = [_level(value) for value in allowed or ()]
    for position, covariate in enumerate(spec.covariates):
        if covariate.kind == "event" and allowed is not None and covariate.source_column not in known:
            yield (
                f'"covariates[{position}].column": the contract allows no event "{covariate.source_column}": '
                f"{nearest(covariate.source_column, known)}"
            )


def _selections(spec: StudySpec, promised: ContractColumns) -> Iterator[str]:
    """Rows and patients selected by a value that the contract does not allow."""
    for key, chosen in (
        ("records.where", spec.records.where),
        ("records.where_not", spec.records.where_not),
        ("serve.where", spec.serve.where),
        ("records.doses.per_minute", spec.records.doses.per_minute if spec.records.doses else {}),
    ):
        for name, values in chosen.items():
            yield from _levels(values, f"{key}.{name}", name, promised)
            if not values:
                yield f'"{key}.{name}" is empty: name at least one value, or leave it out.'


def _levels(values: tuple[str, ...], where: str, name: str, promised: ContractColumns) -> Iterator[str]:
    allowed = promised.rule(name, "allowed").get("values")
    if allowed is None:
        return
    known = [_level(value) for value in allowed]
    for value in (value for value in values if _level(value) not in known):
        yield f'"{where}": the contract allows no "{value}" in column "{name}": {nearest(value, known)}'


def _level(value: object) -> str:
    text = str(value)
    return text.removesuffix(".0") if text.removesuffix(".0").lstrip("-").isdigit() else text


def _rule(table: Table, column: str, word: str) -> Mapping[str, Any]:
    for rule in table.rules:
        if rule.column == column and rule.rule == word and not rule.where:
            return rule.arguments
    return {}


def _as_number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
