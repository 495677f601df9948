"""The rules of a table: implied by its columns, from relationships, and declared under `quality`.

Also checks what holds between columns and tables: identifiers are text, parents exist, roles are unique.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_contracts.contract.known_keys import RELATIONSHIP_KEYS
from data_contracts.contract.logical_options import options_of, rules_of_options
from data_contracts.contract.model import Column, Role, Rule, Table
from data_contracts.contract.rule_reader import RuleReader, values_mistake
from data_contracts.contract.vocabulary import vocabulary
from data_contracts.yaml_file import Mistakes

NAMING_ROLES: tuple[Role, ...] = ("subject", "cohort", "identifier")
_ONCE: tuple[Role, ...] = ("subject", "time", "cohort")
_QUALIFIED = re.compile(r"/?schema/([^/]+)/properties/([^/]+)/?$")
_FIX = (
    "identifiers are text: write logicalType: string (as numbers 007 is 7, and 2^53 + 1 is 2^53). "
    "A count or a time that is part of a key must be text as well, or have 'role: time'"
)


def implied_rules(table: Table, entry: Mapping[str, Any]) -> Iterator[Rule]:
    """Rules that follow from `required`, `unique` and `primaryKey`, and the rule that a table has rows."""
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
    """Rules that follow from `logicalTypeOptions` and `enum` of a column."""
    for written in entry.get("properties") or []:
        column = table.column(str(written.get("name") or "?"))
        key = f"schema.{table.name}.{column.name}"
        for word, arguments in rules_of_options(
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
    """Rules declared under `quality` of the table and of each column."""
    reader = RuleReader(table, entry, tables, mistakes)
    for quality in entry.get("quality") or []:
        yield from reader.read(quality, column="")
    for column in entry.get("properties") or []:
        for quality in column.get("quality") or []:
            yield from reader.read(quality, column=str(column.get("name")))


def check_roles(table: Table, key: str, mistakes: Mistakes) -> None:
    """Check that subject, time and cohort are one column each, and that times are not text, nor events times."""
    for role in _ONCE:
        names = [c.name for c in table.columns if c.role == role]
        if len(names) > 1:
            mistakes.add(f"{key}.role", f"several columns have the role {role}: {', '.join(names)}")
    for column in table.columns:
        if column.role in {"time", "follow_up_time"} and column.kind == "string":
            fix = "write number, integer, date or timestamp"
        elif column.role == "event_indicator" and column.kind in {"date", "timestamp"}:
            fix = "an event that was seen or not has few values: write integer or string"
        else:
            continue
        what = f"is {column.kind}, but the column has the role {column.role}: {fix}"
        mistakes.add(f"{key}.{column.name}.logicalType", what)


def check_identifiers(tables: Sequence[Table], document: Mapping[str, Any], mistakes: Mistakes) -> None:
    """Check that no identifier, key or reference is a number."""
    naming = {(t.name, c.name): f"role {c.role}" for t in tables for c in t.columns if c.role in NAMING_ROLES}
    for table in document["schema"]:
        keys = [
            c for c in table.get("properties") or [] if c.get("primaryKey") is True or c.get("unique") is True
        ]
        naming |= {(str(table.get("name")), str(c.get("name"))): "part of a key" for c in keys}
    for rule in (r for t in tables for r in t.rules):
        if rule.rule == "in_parent":
            naming |= {(rule.table, rule.arguments["column"]): "a reference to another table"}
            naming |= {
                (rule.arguments["table"], rule.arguments["parent_column"]): "referenced by another table"
            }
    columns = {(t.name, c.name): c for t in tables for c in t.columns}
    for place, why in naming.items():
        column = columns.get(place)
        if column and column.kind in {"number", "integer"} and column.role != "time":
            key = f"schema.{place[0]}.{place[1]}.logicalType"
            mistakes.add(key, f"is {column.kind}, but the column is {why}: {_FIX}")


def check_parents(tables: Sequence[Table], mistakes: Mistakes) -> None:
    """Check that the parent column exists and has the same type; otherwise no row could match."""
    known = {t.name: {c.name: c for c in t.columns} for t in tables}
    for rule in (r for t in tables for r in t.rules if r.rule == "in_parent"):
        own = known[rule.table].get(rule.arguments["column"])
        parent = known.get(rule.arguments["table"], {}).get(rule.arguments["parent_column"])
        key = f"schema.{rule.table}.quality.in_parent.parent_column"
        if parent is None:
            mistakes.add(key, f"names no column of table {rule.arguments['table']!r}")
        elif own and own.kind != parent.kind:
            mistakes.add(key, f"is {parent.kind}, but {own.name!r} is {own.kind}")


def relationship_rules(
    table: Table, entry: Mapping[str, Any], document: Mapping[str, Any], mistakes: Mistakes
) -> Iterator[Rule]:
    """Relationships of the standard, of columns and of the table, as rules `in_parent`."""
    key = f"schema.{table.name}"
    for column in entry.get("properties") or []:
        for relation in column.get("relationships") or []:
            if "from" in relation:
                mistakes.add(
                    f"{key}.{column['name']}.relationships.from", "is the column itself: leave it out"
                )
            yield from _rule(
                table, str(column["name"]), relation, f"{key}.{column['name']}", document, mistakes
            )
    for relation in entry.get("relationships") or []:
        own = _place(relation.get("from"), document)
        if own is None or own[0] != table.name:
            mistakes.add(f"{key}.relationships.from", _unknown(relation.get("from"), "of this table"))
        else:
            yield from _rule(table, own[1], relation, key, document, mistakes)


def _rule(
    table: Table,
    column: str,
    relation: Mapping[str, Any],
    key: str,
    document: Mapping[str, Any],
    mistakes: Mistakes,
) -> Iterator[Rule]:
    key = f"{key}.relationships"
    mistakes.unknown_keys(key, relation, set(RELATIONSHIP_KEYS))
    if relation.get("type", "foreignKey") != "foreignKey":
        mistakes.add(f"{key}.type", "must be foreignKey")
    parent = _place(relation.get("to"), document)
    if parent is None:
        mistakes.add(f"{key}.to", _unknown(relation.get("to"), "of this contract"))
        return
    yield Rule(
        name=f"{table.name}.in_parent.{column}",
        rule="in_parent",
        table=table.name,
        column=column,
        arguments={"column": column, "table": parent[0], "parent_column": parent[1]},
        outcome="quarantine_rows",
        code="Q_NO_PARENT",
    )


def _unknown(written: Any, where: str) -> str:
    if isinstance(written, list):
        return "is a list: relationships over several columns are not supported; name one column"
    return f"names no column {where}; write table.column (other contracts are not searched)"


def _place(written: Any, document: Mapping[str, Any]) -> tuple[str, str] | None:
    """Table and column of a reference, by name or by id."""
    if not isinstance(written, str):
        return None
    qualified = _QUALIFIED.match(written)
    for table in document["schema"]:
        for column in table.get("properties") or []:
            names = (str(table.get("name")), str(column.get("name")))
            ids = (table.get("id", names[0]), column.get("id", names[1]))
            if written == ".".join(names) or (qualified and qualified.groups() in {ids, names}):
                return names
    return None
