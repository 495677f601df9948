"""The rules of a table: those its columns imply (required, key, options) and those it declares under `quality`."""

from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.contract.logical_options import asked, options_of
from data_contracts.contract.model import Column, Rule, Table
from data_contracts.contract.rule_reader import RuleReader, values_mistake
from data_contracts.contract.vocabulary import vocabulary
from data_contracts.yaml_file import Mistakes


def implied_rules(table: Table, entry: Mapping[str, Any]) -> Iterator[Rule]:
    """Rules that follow from `required`, `unique` and `primaryKey`, and that a table has rows at all."""
    name = f"{table.name}.row_count"
    yield Rule(
        name=name,
        rule="row_count",
        table=table.name,
        arguments={"min": 1},
        outcome="reject",
        code="E_NO_ROWS",
    )
    for column in table.columns:
        if column.required:
            code = "Q_KEY_NULL" if column.name in table.identity_columns else "Q_NULL"
            yield _of_column(table, column, "not_null", {}, code)
        if column.unique:
            yield _unique(table, [column.name])
    key = [p for p in entry.get("properties") or [] if isinstance(p, dict) and p.get("primaryKey")]
    if key:
        yield _unique(
            table, [str(p["name"]) for p in sorted(key, key=lambda p: p.get("primaryKeyPosition", 0))]
        )


def option_rules(table: Table, entry: Mapping[str, Any], mistakes: Mistakes) -> Iterator[Rule]:
    """Rules that `logicalTypeOptions` and `enum` of a column ask for."""
    for written in entry.get("properties") or []:
        column = table.column(str(written.get("name") or "?"))
        key = f"schema.{table.name}.{column.name}"
        for word, arguments in asked(
            options_of(written, column.kind, "", Mistakes("")), column.kind, key, mistakes
        ):
            yield _of_column(table, column, word, arguments, vocabulary()[word].code)
        if "enum" in written:
            values = [v.get("value") for v in written["enum"] or []]
            if what := values_mistake(values, column):
                mistakes.add(f"{key}.enum", what)
            yield _of_column(table, column, "allowed", {"values": values}, vocabulary()["allowed"].code)


def _of_column(table: Table, column: Column, rule: str, arguments: Mapping[str, Any], code: str) -> Rule:
    return Rule(
        name=f"{table.name}.{column.name}.{rule}",
        rule=rule,
        table=table.name,
        column=column.name,
        arguments=arguments,
        outcome=vocabulary()[rule].outcome,
        code=code,
    )


def _unique(table: Table, columns: list[str]) -> Rule:
    return Rule(
        name=f"{table.name}.unique_key",
        rule="unique_key",
        table=table.name,
        arguments={"columns": columns},
        outcome="quarantine_rows",
        code="Q_KEY_CONFLICT",
    )


def declared_rules(
    table: Table, entry: Mapping[str, Any], tables: set[str], mistakes: Mistakes
) -> Iterator[Rule]:
    """Rules written under `quality`, of the table and of each column."""
    reader = RuleReader(table, entry, tables, mistakes)
    for quality in entry.get("quality") or []:
        yield from reader.read(quality, column="")
    for column in entry.get("properties") or []:
        for quality in column.get("quality") or []:
            yield from reader.read(quality, column=str(column.get("name")))
