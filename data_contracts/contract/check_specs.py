"""Contract -> rule -> check spec: what will be checked, as data, known without loading any engine.

Checks that every table has without being asked, as far as its columns' roles allow. They warn and hold nothing.

A contract that declares the same word keeps its own rule, with its own arguments and outcome.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from data_contracts.contract.codes import KAHN, WITHHOLDING, Kahn, Severity, severity_of
from data_contracts.contract.model import Contract, Outcome, Rule, Table
from data_contracts.contract.vocabulary import VOCABULARY, Judge, RuleWord

_ANY_STAYED = 1e-9
"""Share of patients of before: the default is only told where not one of them is there."""
_MOSTLY_UNLIKE = 0.9
"""Where so many records are unlike all others, two patients who share three are seldom two."""
_FEWEST_MEASURED = 2


def default_rules(table: Table) -> tuple[Rule, ...]:
    """The rules that a table keeps unasked, without those that its contract declares itself."""
    declared = {r.rule for r in table.rules}
    return tuple(
        Rule(
            name=f"{table.name}.{word}",
            rule=word,
            table=table.name,
            arguments=arguments,
            outcome="warn",
            code=VOCABULARY[word].code,
        )
        for word, arguments in _words(table)
        if word not in declared
    )


def _words(table: Table) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if any(c.kind == "string" for c in table.columns):
        yield "no_person_numbers", {}
    if table.subject is None:
        return
    yield "subjects_stay", {"min_share": _ANY_STAYED}
    yield "labels_stay", {}
    if table.cohort:
        yield "cohorts_stay", {}
        yield "one_cohort", {}
    measured = [
        c.name for c in table.columns if c.kind in {"number", "integer"} and c.role in {"", "outcome"}
    ]
    if table.time:
        yield "time_moves_on", {}
        if len(measured) >= _FEWEST_MEASURED:
            yield "no_twins", {"columns": [table.time, *measured], "min_distinct": _MOSTLY_UNLIKE}
    if any(c.role == "outcome" for c in table.columns):
        yield "no_foretelling", {}


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


_NOW = re.compile(r"now\s*(?:([+-])\s*(\d+)\s*days?)?$")


def resolved(spec: CheckSpec, table: Table, now: datetime) -> dict[str, Any]:
    """The rule's arguments with 'now' made a date, and with what the table knows."""
    arguments = dict(spec.arguments)
    kinds = {c.name: c.kind for c in table.columns}
    if spec.column:
        arguments.setdefault("column", spec.column)
    if spec.rule in {"hard_range", "soft_range"} and kinds.get(spec.column) in {"date", "timestamp"}:
        arguments |= {k: definite(v, now) for k, v in spec.arguments.items()}
    if spec.rule in {"constant_per_subject", "no_jump"}:
        arguments |= {"subject": table.subject}
    return arguments


def definite(bound: Any, now: datetime) -> Any:
    """A bound with 'now + N days' as an ISO moment; any other as it is."""
    relative = _NOW.match(bound) if isinstance(bound, str) else None
    if relative is None:
        return _moment(bound)
    days = int(relative[2] or 0) * (-1 if relative[1] == "-" else 1)
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    return (moment + timedelta(days=days)).isoformat()


def _moment(bound: Any) -> Any:
    """An ISO date as pandas compares it with the gate's moments, which are UTC; what is no text stays as it is."""
    if not isinstance(bound, str):
        return bound
    moment = datetime.fromisoformat(bound)
    return (moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment).isoformat()
