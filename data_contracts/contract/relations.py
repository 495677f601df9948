"""What holds between columns and tables of a contract: identifiers are text, parents exist, a role stands once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_contracts.contract.known_keys import READ_OF_RELATIONSHIP
from data_contracts.contract.model import Column, Role, Rule, Table
from data_contracts.yaml_file import Mistakes

_NAMING: tuple[Role, ...] = ("subject", "cohort", "identifier")
_ONCE: tuple[Role, ...] = ("subject", "time", "cohort")
_QUALIFIED = re.compile(r"/?schema/([^/]+)/properties/([^/]+)/?$")
_FIX = (
    "identifiers are text: write logicalType: string (as numbers 007 is 7, and 2^53 + 1 is 2^53). "
    "A count or a time that is part of a key is text as well, or has 'role: time'"
)


def check_roles(table: Table, key: str, mistakes: Mistakes) -> None:
    """Who, when and where stand in one column each, of a type that can say it."""
    for role in _ONCE:
        names = [c.name for c in table.columns if c.role == role]
        if len(names) > 1:
            mistakes.add(f"{key}.role", f"{role} stands at several columns: {', '.join(names)}")
    for column in table.columns:
        if column.role == "time" and column.kind == "string":
            what = "is string, but the column says when: write number, integer, date or timestamp"
            mistakes.add(f"{key}.{column.name}.logicalType", what)


def check_identifiers(tables: Sequence[Table], document: Mapping[str, Any], mistakes: Mistakes) -> None:
    """No column that names something, is a key or refers to one, is a number."""
    naming = {(t.name, c.name): f"role {c.role}" for t in tables for c in t.columns if c.role in _NAMING}
    for table in document["schema"]:
        keys = [
            c for c in table.get("properties") or [] if c.get("primaryKey") is True or c.get("unique") is True
        ]
        naming |= {(str(table.get("name")), str(c.get("name"))): "part of a key" for c in keys}
    for rule in (r for t in tables for r in t.rules):
        if rule.rule == "in_parent":
            naming |= {(rule.table, rule.arguments["column"]): "a reference to another table"}
            naming |= {
                (rule.arguments["table"], rule.arguments["parent_column"]): "referred to by another table"
            }
    columns = {(t.name, c.name): c for t in tables for c in t.columns}
    for place, why in naming.items():
        column = columns.get(place)
        if column and column.kind in {"number", "integer"} and column.role != "time":
            key = f"schema.{place[0]}.{place[1]}.logicalType"
            mistakes.add(key, f"is {column.kind}, but the column is {why}: {_FIX}")


def check_parents(tables: Sequence[Table], mistakes: Mistakes) -> None:
    """The column of the other table exists, and is of the same type: else no row would ever match."""
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
    """The standard's relationships, of columns and of the table, as rules `in_parent`."""
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
    mistakes.unknown_keys(key, relation, set(READ_OF_RELATIONSHIP))
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
        return "is a list: relationships over several columns are not checked here; name one column"
    return f"names no column {where}; write table.column (other contracts are not looked into)"


def _place(written: Any, document: Mapping[str, Any]) -> tuple[str, str] | None:
    """Table and column of a reference, by name or by the standard's ids."""
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


def naming_columns(table: Table) -> tuple[Column, ...]:
    """Text columns that name something: by their role, or as part of a key."""
    keys = {c for r in table.rules if r.rule == "unique_key" for c in r.arguments["columns"]}
    return tuple(c for c in table.columns if c.kind == "string" and (c.role in _NAMING or c.name in keys))
