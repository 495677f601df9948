"""Contract -> rule -> check spec: what will be checked, as data, known without loading any engine."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from data_contracts.codes import KAHN, WITHHOLDING, Kahn, Severity, severity_of
from data_contracts.default_checks import default_rules
from data_contracts.rules import VOCABULARY, Judge, RuleWord
from data_contracts.terms import Contract, Outcome, Rule, Table

BUILT_IN = {
    "reader": "The file can be read: complete, of its declared form, every row with all its fields.",
    "columns": "Every column of the contract is there, once.",
    "type": "Every cell is written as its column's type.",
    "limit": "No more rows are held back than the contract allows.",
}
"""Checks that every table has, without being asked."""


@dataclass(frozen=True, kw_only=True)
class CheckSpec:
    """One check. `judge` says who decides; `columns` are all those that it reads."""

    name: str
    table: str
    rule: str
    column: str = ""
    columns: tuple[str, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    each_cohort: bool = False
    judge: Judge | None
    outcome: Outcome
    code: str
    kahn: Kahn
    severity: Severity
    description: str
    """The promise, kept."""
    fault: str = ""
    """The promise, broken by rows."""
    counts_towards_limit: bool = True

    @property
    def key(self) -> str:
        """The name with letters, digits and underscores only, for engines that allow no more."""
        return re.sub(r"\W+", "_", self.name)

    @property
    def withholds(self) -> bool:
        """Whether a row that fails puts the whole patient in doubt."""
        return self.code in WITHHOLDING or self.outcome == "quarantine_patient"


def check_specs(contract: Contract) -> tuple[CheckSpec, ...]:
    """Every check of the contract, table by table, the built-in ones first."""
    return tuple(spec for table in contract.tables.values() for spec in table_specs(table))


def table_specs(table: Table) -> Iterator[CheckSpec]:
    """The checks of one table."""
    for rule, says in BUILT_IN.items():
        yield _built_in(table, rule, says)
    for declared in table.rules:
        yield _declared(table, declared)
        if declared.rule == "unique_key":
            yield _repeated(table, declared)
    yield from (_declared(table, rule) for rule in default_rules(table))


def _built_in(table: Table, rule: str, says: str) -> CheckSpec:
    return CheckSpec(
        name=f"{table.name}.{rule}",
        table=table.name,
        rule=rule,
        judge=None,
        outcome="reject",
        code="E_QUARANTINE_FRACTION" if rule == "limit" else "E_PARSE",
        kahn="conformance",
        severity="critical",
        description=says,
    )


def _declared(table: Table, rule: Rule) -> CheckSpec:
    word = VOCABULARY[rule.rule]
    return CheckSpec(
        name=rule.name,
        table=table.name,
        rule=rule.rule,
        column=rule.column,
        columns=_columns_read(table, rule),
        arguments=rule.arguments,
        where=rule.where,
        each_cohort=rule.each_cohort,
        judge=word.judge,
        outcome=rule.outcome,
        code=rule.code,
        kahn=KAHN[rule.code],
        severity=severity_of(rule.code),
        description=rule.description or f"{rule.column or table.name} {word.says}.",
        fault=_fault(rule, word),
        counts_towards_limit=rule.counts_towards_limit,
    )


def _fault(rule: Rule, word: RuleWord) -> str:
    """What is wrong with a row that fails: the contract's bounds may be told, a cell's value never."""
    where = " and ".join(f"{c} is {' or '.join(map(str, v))}" for c, v in rule.where.items())
    text = f"{rule.column} {word.breaks}" if word.scope == "column" else word.breaks
    if rule.rule == "not_a_copy":
        text = f"{rule.arguments.get('name', rule.column)} is a copy of {rule.arguments['of']}"
    if rule.rule in {"hard_range", "soft_range"}:
        text += f" ({_span(rule.arguments)})"
    text += f", where {where}" if where else ""
    return f'{text}. Contract: "{rule.description.rstrip(".")}"' if rule.description else text


def _span(bounds: Mapping[str, Any]) -> str:
    low = f"above {bounds['above']}" if "above" in bounds else bounds.get("min", "any")
    high = f"below {bounds['below']}" if "below" in bounds else bounds.get("max", "any")
    return f"{low} to {high}"


def _repeated(table: Table, rule: Rule) -> CheckSpec:
    """A row that repeats another in every cell is no conflict: one stays, the copies are set aside."""
    return CheckSpec(
        name=f"{rule.name}.repeated",
        table=table.name,
        rule="repeated_row",
        columns=tuple(c.name for c in table.columns),
        arguments={"columns": list(rule.arguments["columns"])},
        judge="rows",
        outcome="quarantine_rows",
        code="N_DEDUP",
        kahn=KAHN["N_DEDUP"],
        severity="info",
        description="No row repeats another in every cell.",
        fault="equal to another row in every cell",
        counts_towards_limit=False,
    )


def _columns_read(table: Table, rule: Rule) -> tuple[str, ...]:
    takes = VOCABULARY[rule.rule].takes
    if rule.rule == "unique_key":
        return tuple(c.name for c in table.columns)
    named: list[str] = [rule.column] if rule.column else []
    for argument, value in rule.arguments.items():
        if takes[argument] == "column":
            named.append(value)
        elif takes[argument] == "columns":
            named += value
    if rule.rule == "not_a_copy" and "name" not in rule.arguments:
        named.append(rule.arguments["of"])
    if rule.rule in {"constant_per_subject", "no_jump"} and table.subject:
        named.append(table.subject)
    return tuple(dict.fromkeys(named))
