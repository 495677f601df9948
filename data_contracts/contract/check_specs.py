"""Compile a contract's rules to check specs: plain data that says what is checked, without loading any engine.

Default rules apply to every table whose columns have the roles they need. They only warn, and a contract that
declares the same rule word replaces them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from data_contracts.contract.codes import Kahn, Severity, severity_of
from data_contracts.contract.model import Contract, Outcome, Rule, Table
from data_contracts.contract.rule_word import TEMPORAL, Level, RuleWord
from data_contracts.contract.vocabulary import known_code, vocabulary, withholds

_NOW = re.compile(r"now\s*(?:([+-])\s*(\d+)\s*days?)?$")


@dataclass(frozen=True, kw_only=True)
class CheckSpec:
    """One check of one table, independent of the engine that runs it."""

    name: str
    table: str
    rule: str
    word: RuleWord | None = field(default=None, repr=False, compare=False)
    """Its entry in the vocabulary; None for the checks of the reader and of the types."""
    column: str = ""
    columns: tuple[str, ...] = ()
    """All columns that the check reads."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    each_cohort: bool = False
    outcome: Outcome
    code: str
    kahn: Kahn
    severity: Severity
    description: str
    """What the check expects."""
    violation: str = ""
    """What is wrong with a row that fails."""
    counts_towards_limit: bool = True
    withholds: bool = False
    """Whether a failing row withholds the predictions of the whole subject."""

    @property
    def key(self) -> str:
        """The name with only letters, digits and underscores, for engines that allow nothing else."""
        return re.sub(r"\W+", "_", self.name)

    @property
    def level(self) -> Level | None:
        """What is checked at once: rows, the whole table, a relation, two deliveries; None without a word."""
        return self.word.level if self.word else None


def days_from_now(bound: Any) -> int | None:
    """N of a bound 'now + N days'; None for any other bound."""
    relative = _NOW.match(bound) if isinstance(bound, str) else None
    return None if relative is None else int(relative[2] or 0) * (-1 if relative[1] == "-" else 1)


def resolve_bound(bound: Any, now: datetime) -> Any:
    """The bound with 'now + N days' replaced by an ISO timestamp, and dates brought to UTC."""
    days = days_from_now(bound)
    return _moment(bound) if days is None else (_in_utc(now) + timedelta(days=days)).isoformat()


def _moment(bound: Any) -> Any:
    """An ISO date or timestamp in UTC, as in the gate's frames; a number is returned unchanged."""
    return _in_utc(datetime.fromisoformat(bound)).isoformat() if isinstance(bound, str) else bound


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


BUILT_IN = {
    "reader": "The file can be read: it is complete and has the declared format, and every row has all its fields.",
    "columns": "Every column of the contract is present exactly once.",
    "type": "Every cell can be read as its column's type.",
    "limit": "No more rows are held back than the contract allows.",
}
"""Checks of every table."""


def default_rules(table: Table) -> Iterator[Rule]:
    """The default rules of a table, except those that its contract declares itself."""
    declared = {r.rule for r in table.rules}
    for name, word in vocabulary().items():
        arguments = (
            word.default_arguments(table) if callable(word.default_arguments) else word.default_arguments
        )
        has_roles = all(table.by_role(role) for role in word.roles)
        if arguments is not None and has_roles and name not in declared:
            yield Rule(
                name=f"{table.name}.{name}",
                rule=name,
                table=table.name,
                arguments=arguments,
                outcome="warn",
                code=word.code,
            )


def check_specs(contract: Contract) -> tuple[CheckSpec, ...]:
    """All checks of the contract, table by table, built-in checks first."""
    return tuple(spec for table in contract.tables.values() for spec in table_specs(table))


def table_specs(table: Table) -> tuple[CheckSpec, ...]:
    """The checks of one table."""
    built_in = [_built_in(table, rule, description) for rule, description in BUILT_IN.items()]
    declared = [spec for rule in table.rules for spec in _declared(table, rule)]
    return (*built_in, *declared, *(spec for rule in default_rules(table) for spec in _declared(table, rule)))


def _built_in(table: Table, rule: str, description: str) -> CheckSpec:
    return CheckSpec(
        name=f"{table.name}.{rule}",
        table=table.name,
        rule=rule,
        outcome="reject",
        code="E_QUARANTINE_FRACTION" if rule == "limit" else "E_PARSE",
        kahn="conformance",
        severity="critical",
        description=description,
    )


def _declared(table: Table, rule: Rule) -> Iterator[CheckSpec]:
    word = vocabulary()[rule.rule]
    yield _spec(table, rule, word)
    if word.companion is not None:
        yield _companion(table, rule, word.companion)


def _spec(table: Table, rule: Rule, word: RuleWord) -> CheckSpec:
    return CheckSpec(
        name=rule.name,
        table=table.name,
        rule=word.name,
        word=word,
        column=rule.column,
        columns=_columns_read(table, rule, word),
        arguments=rule.arguments,
        where=rule.where,
        each_cohort=rule.each_cohort,
        outcome=rule.outcome,
        code=rule.code,
        kahn=known_code(rule.code).kahn,
        severity=severity_of(rule.code),
        description=rule.description or f"{rule.column or table.name} {word.promise}.",
        violation=_violation(rule, word),
        counts_towards_limit=rule.counts_towards_limit,
        withholds=withholds(rule.code) or rule.outcome == "quarantine_patient",
    )


def _companion(table: Table, rule: Rule, word: RuleWord) -> CheckSpec:
    """The companion check, with the outcome and code of its own word instead of the declared rule's."""
    own = Rule(
        name=f"{rule.name}.{word.name}",
        rule=word.name,
        table=table.name,
        arguments=rule.arguments,
        outcome=word.outcome,
        code=word.code,
        counts_towards_limit=False,
    )
    return _spec(table, own, word)


def _violation(rule: Rule, word: RuleWord) -> str:
    """What is wrong with a failing row. May contain the contract's bounds, never a cell's value."""
    where = " and ".join(f"{c} is {' or '.join(map(str, v))}" for c, v in rule.where.items())
    text = f"{rule.column} {word.violation}" if word.scope == "column" else word.violation
    text = word.violation_of(rule) if word.violation_of else text
    text += f", where {where}" if where else ""
    return f'{text}. Contract: "{rule.description.rstrip(".")}"' if rule.description else text


def _columns_read(table: Table, rule: Rule, word: RuleWord) -> tuple[str, ...]:
    named: list[str] = [rule.column] if rule.column else []
    for name, value in rule.arguments.items():
        if word.takes[name].kind == "column":
            named.append(value)
        elif word.takes[name].kind == "columns":
            named += value
    named += word.reads(table, rule) if word.reads else ()
    if word.level == "rows" and "subject" in word.roles and table.subject:
        named.append(table.subject)
    return tuple(dict.fromkeys(named))


def resolve_arguments(spec: CheckSpec, table: Table, now: datetime) -> dict[str, Any]:
    """The rule's arguments for the engine: 'now' replaced by a date, the column and the subject's column added."""
    assert spec.word is not None
    arguments: dict[str, Any] = dict(spec.arguments)
    if spec.column:
        arguments.setdefault("column", spec.column)
        if table.column(spec.column).kind in TEMPORAL:
            arguments |= _resolve_bounds(spec.arguments, spec.word, now)
    if "subject" in spec.word.roles:
        arguments["subject"] = table.subject
    return arguments


def _resolve_bounds(arguments: Mapping[str, Any], word: RuleWord, now: datetime) -> dict[str, Any]:
    return {name: resolve_bound(v, now) for name, v in arguments.items() if word.takes[name].kind == "bound"}
