"""Drafts a contract from one file: the draft loads without errors, and the file passes it.

The YAML has one line per rule; each guess has a remark beside it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from data_contracts.columns.match_header import is_free_text
from data_contracts.contract.parse import parse
from data_contracts.draft.column_rules import ColumnContext, DraftColumn, Rule, propose
from data_contracts.draft.column_types import ColumnFacts, DraftTable, column_facts, read_table
from data_contracts.draft.remarks import remarks
from data_contracts.draft.roles import guess_roles
from data_contracts.draft.table_rules import (
    candidate_key,
    is_row_number,
    measurement_name_column,
    table_rules,
)
from data_contracts.findings import Finding
from data_contracts.gate import validate
from data_contracts.rules.person_numbers import identifies_people
from data_contracts.validation.result import GateResult, Verdict

SCHEMA_FILE = "contract.schema.json"


@dataclass(frozen=True, kw_only=True)
class Page:
    """The content of the drafted YAML file."""

    name: str
    custom: Mapping[str, Any]
    """Of the table: reader options."""
    rules: tuple[Rule, ...]
    columns: tuple[DraftColumn, ...]
    remarks: tuple[str, ...]


def text_of(page: Page) -> str:
    """The YAML text; its first line names the JSON schema for editors."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield "# A draft from one table. Ranges have margins; guesses are marked. Check it line by line."
    yield from (f"# - {remark}" for remark in page.remarks)
    yield from ("kind: DataContract", "apiVersion: v3.0.2")
    yield f"id: {_inline(page.name)}"
    yield f"name: {_inline(page.name)}"
    yield from ("version: 0.1.0", "status: draft", "schema:")
    yield f"  - name: {_inline(page.name)}"
    yield from _custom(page.custom, "    ")
    yield from _quality(page.rules, "    ")
    yield "    properties:"
    for column in page.columns:
        yield from _column(column)


def _column(column: DraftColumn) -> Iterator[str]:
    yield f"      - name: {_inline(column.name)}" + (
        f"  # {'; '.join(column.remarks)}" if column.remarks else ""
    )
    yield f"        logicalType: {column.kind}"
    if column.format:
        yield f"        logicalTypeOptions: {_inline({'format': column.format})}"
    if column.key_position:
        yield "        primaryKey: true"
        yield f"        primaryKeyPosition: {column.key_position}"
    elif column.required:
        yield "        required: true"
    if column.unique:
        yield "        unique: true"
    yield from _custom(column.custom, "        ")
    yield from _quality(column.rules, "        ")


def _custom(custom: Mapping[str, Any], margin: str) -> Iterator[str]:
    if custom:
        yield f"{margin}customProperties:"
        yield from (f"{margin}  - {_inline({'property': k, 'value': v})}" for k, v in custom.items())


def _quality(rules: Sequence[Rule], margin: str) -> Iterator[str]:
    if rules:
        yield f"{margin}quality:"
    for rule in rules:
        yield f"{margin}  - {{type: custom, engine: meta-med, implementation: {_inline(dict(rule))}}}"


def _inline(value: Any) -> str:
    """A value on one line."""
    dumped = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=10**6, allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


_SENTINELS = (-9999, -999, -99, 999, 9999, 99999)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The text of a drafted contract and remarks for its author; neither holds a patient's value.

    Attributes:
        name: of the contract and its table.
        text: YAML.
        remarks: what was guessed, left out, or found by the gate.
        verdict: the gate's verdict on the table under the draft.
        columns, rules: how many the draft has.

    """

    name: str
    text: str
    remarks: tuple[str, ...]
    verdict: Verdict
    columns: int
    rules: int


def draft(path: Path, *, now: datetime, timezone: str = "") -> Draft:
    """A first contract from one table.

    Args:
        path: a CSV or Parquet file, or a folder of parts.
        now: the reference time for how old the newest record is.
        timezone: the site's, for times without a UTC offset; "" for unknown.

    Returns:
        The draft; every rule in it holds for the table.

    Raises:
        DeliveryError: the file cannot be read as a table.

    """
    found = read_table(path)
    page, result = _without_broken_rules(_page(found, now.astimezone(UTC), timezone), path, now)
    page = replace(page, remarks=(*page.remarks, *_gate_remarks(result)))
    return Draft(
        name=page.name,
        text=text_of(page),
        remarks=page.remarks,
        verdict=result.verdict,
        columns=len(page.columns),
        rules=len(page.rules) + sum(len(c.rules) for c in page.columns),
    )


def _page(found: DraftTable, now: datetime, timezone: str) -> Page:
    names = list(found.columns)
    people = [n for n in names if identifies_people(n)]
    prose = [n for n in names if n not in people and is_free_text([found.columns[n]])]
    read = [column_facts(n, found.columns[n]) for n in names if n not in {*people, *prose}]
    sentinels = tuple(_sentinels(read))
    roles, columns = guess_roles([_without_sentinels(c, sentinels) for c in read])
    facts = {c.name: c for c in columns}
    context = ColumnContext(roles=roles, facts=facts, now=now, timezone=timezone)
    row_numbers = {c.name for c in columns if is_row_number(c, context)}
    facts = {n: c.as_text() if n in row_numbers else c for n, c in facts.items()}
    context = replace(context, facts=facts, row_numbers=frozenset(row_numbers))
    key = candidate_key(facts, context)
    context = replace(context, key=key, names=measurement_name_column(facts, key, context))
    proposed = (propose(c, context) for c in facts.values())
    return Page(
        name=found.name,
        custom=_reader_options(found, sentinels),
        rules=tuple(table_rules(facts, context)),
        columns=tuple(
            replace(p, key_position=key.index(p.name) + 1 if p.name in key else 0) for p in proposed
        ),
        remarks=tuple(remarks(people, prose, key, context)),
    )


def _reader_options(found: DraftTable, sentinels: Sequence[int]) -> dict[str, Any]:
    options: dict[str, Any] = {"delimiter": found.delimiter} if found.delimiter != "," else {}
    options |= {"maxQuarantineFraction": 0.05}
    options |= {} if found.final_newline else {"finalNewline": "optional"}
    return options | ({"sentinels": list(sentinels)} if sentinels else {})


def _sentinels(columns: Sequence[ColumnFacts]) -> Iterator[int]:
    """Sentinel numbers that lie far outside the rest of a column and occur repeatedly."""
    for number in _SENTINELS:
        if any(c.is_numeric and _is_outlying(c, number) for c in columns):
            yield number


def _is_outlying(column: ColumnFacts, number: int) -> bool:
    rest = column.values[~column.values.isin(_SENTINELS)].dropna()
    if (column.values == number).sum() < 2 or len(rest) < 10:
        return False
    low, high = rest.quantile([0.01, 0.99])
    return bool(number < low - 3 * (high - low) - 1 or number > high + 3 * (high - low) + 1)


def _without_sentinels(column: ColumnFacts, sentinels: Sequence[int]) -> ColumnFacts:
    if not column.is_numeric:
        return column
    apart = [s for s in sentinels if _is_outlying(column, s)]
    return replace(column, values=column.values.mask(column.values.isin(apart))) if apart else column


def _without_broken_rules(page: Page, path: Path, now: datetime) -> tuple[Page, GateResult]:
    """The draft without the rules that its table breaks, and the gate's result.

    Repeated until nothing is dropped: without a key, for example, copies of a row count again, which can break a
    rule that held before.
    """
    while True:
        result = _validated(page, path, now)
        broken = {f.rule: f for f in result.findings if f.code[0] != "N" and "." in f.rule}
        page, dropped = _drop_broken(page, broken)
        if not dropped:
            return page, result
        page = replace(page, remarks=(*page.remarks, *dropped))


def _validated(page: Page, path: Path, now: datetime) -> GateResult:
    """The gate's result for the table under the draft."""
    raw = text_of(page).encode("utf-8")
    contract = parse(raw, file=f"{page.name}.yaml", sha256=hashlib.sha256(raw).hexdigest())
    return validate(contract, {page.name: path}, now=now)


def _drop_broken(page: Page, broken: Mapping[str, Finding]) -> tuple[Page, list[str]]:
    """The page without the broken rules, and a remark for each."""
    seen: Counter[str] = Counter()
    dropped: list[str] = []

    def kept(rules: Sequence[Rule], column: str) -> tuple[Rule, ...]:
        return tuple(r for r in rules if not _breaks(_name_of(page.name, column, r, seen), broken, dropped))

    if f"{page.name}.unique_key" in broken:
        dropped.append("no key: two rows have equal keys once their cells are parsed")
        page = replace(page, columns=tuple(replace(c, key_position=0, unique=False) for c in page.columns))
    rules = kept(page.rules, "")
    columns = tuple(replace(c, rules=kept(c.rules, c.name)) for c in page.columns)
    return replace(page, rules=rules, columns=columns), dropped


def _name_of(table: str, column: str, rule: Rule, seen: "Counter[str]") -> str:
    """The rule's name as the contract parser builds it."""
    where = [str(v) for v in rule.get("where", {}).values()]
    name = ".".join(p for p in (table, column, str(rule["rule"]), *where) if p)
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}.{seen[name]}"


def _breaks(name: str, broken: Mapping[str, Finding], dropped: list[str]) -> bool:
    if name not in broken:
        return False
    finding = broken[name]
    dropped.append(f"left out, because this table breaks it: {name} ({finding.code}, {finding.count:,} rows)")
    return True


def _gate_remarks(result: GateResult) -> Iterator[str]:
    """The findings that remain: faults that no contract should allow."""
    for finding in result.findings:
        if finding.code[0] != "N":
            yield f"the gate reports {finding.code}: {finding.message}"
