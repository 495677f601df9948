"""The draft as the text of a contract: one line a promise, each guess with a remark beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from data_contracts.draft.column_rules import Proposed, Rule

SCHEMA_FILE = "contract.schema.json"


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that the file will say."""

    name: str
    custom: Mapping[str, Any]
    """Of the table: reader options."""
    rules: tuple[Rule, ...]
    columns: tuple[Proposed, ...]
    remarks: tuple[str, ...]


def text_of(page: Page) -> str:
    """The YAML text, with a line that tells an editor which schema to check it by."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield "# A draft, made from one table. Ranges have margins; what is guessed says so. Read it line by line."
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


def _column(column: Proposed) -> Iterator[str]:
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
