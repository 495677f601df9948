"""Load and parse contracts: files of the Open Data Contract Standard (ODCS) v3.

All mistakes in a file are collected before one error is raised.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from data_contracts.contract.known_keys import check_column, check_contract, check_table, informative_keys
from data_contracts.contract.logical_options import options_of, time_format, time_zone
from data_contracts.contract.model import Column, Contract, Kind, Role, Rule, Table
from data_contracts.contract.parse_rules import (
    check_identifiers,
    check_parents,
    check_roles,
    declared_rules,
    implied_rules,
    option_rules,
    relationship_rules,
)
from data_contracts.errors import ContractError
from data_contracts.yaml_file import Mistakes, YamlMistakesError, is_number, read_yaml

_DELIMITER = re.compile(r"[\t -!#-/:-@\[-`{-~]")
_KINDS: dict[str, Kind] = {k: k for k in get_args(Kind)}
TABLE_PROPERTIES = {"delimiter", "maxQuarantineFraction", "nullTokens", "sentinels", "finalNewline"}
COLUMN_PROPERTIES = {"role", "optional", "unit", "timezone", "alternativeUnits", "spellings"}


def load(name_or_path: str | Path) -> Contract:
    """Load a contract.

    Args:
        name_or_path: name of a bundled contract, or path of a YAML file.

    Raises:
        ContractError: there is no such contract, or its file has mistakes; all of them are listed.

    """
    path = _find(name_or_path)
    raw = path.read_bytes()
    return parse(raw, file=path.name, sha256=hashlib.sha256(raw).hexdigest())


def bundled_contracts() -> list[str]:
    """Names of the contracts included in the package."""
    return sorted(p.stem for p in _bundled_folder().glob("*.yaml"))


def _bundled_folder() -> Path:
    return Path(str(files("data_contracts"))) / "contracts"


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    bundled = _bundled_folder() / f"{name_or_path}.yaml"
    if len(path.parts) == 1 and bundled.is_file():
        return bundled
    known = ", ".join(bundled_contracts())
    raise ContractError(path.name, [f"no such file, and no bundled contract of that name (bundled: {known})"])


def parse(raw: bytes, *, file: str, sha256: str) -> Contract:
    """Parse the bytes of a contract file. Raises `ContractError` with every mistake."""
    mistakes = Mistakes(file)
    document = _document(raw, mistakes)
    _check_head(document, mistakes)
    if not _has_standard_form(document, mistakes):
        mistakes.raise_if_any()
    check_contract(document, TABLE_PROPERTIES | COLUMN_PROPERTIES, mistakes)
    tables = _tables(document, mistakes)
    check_identifiers(tables, document, mistakes)
    check_parents(tables, mistakes)
    mistakes.raise_if_any()
    return Contract(
        name=str(document["name"]),
        version=str(document["version"]),
        sha256=sha256,
        tables={t.name: t for t in tables},
        title=str(document.get("dataProduct") or document["name"]),
        description=str((document.get("description") or {}).get("purpose") or ""),
        informative_keys=tuple(informative_keys(document)),
    )


def _document(raw: bytes, mistakes: Mistakes) -> dict[str, Any]:
    try:
        return read_yaml(raw)
    except YamlMistakesError as error:
        raise ContractError(mistakes.file, error.mistakes) from None


def _check_head(document: Mapping[str, Any], mistakes: Mistakes) -> None:
    if document.get("kind") != "DataContract":
        mistakes.add("kind", "must be DataContract")
    if not str(document.get("apiVersion", "")).startswith("v3."):
        mistakes.add("apiVersion", "must be a v3 version of the standard, e.g. v3.0.2")
    for key in ("id", "name", "version", "status"):
        if not document.get(key):
            mistakes.add(key, "is missing")
    if not document.get("schema"):
        mistakes.add("schema", "is missing: a contract names at least one table")


def _has_standard_form(document: Mapping[str, Any], mistakes: Mistakes) -> bool:
    """Whether the structure is sound enough to look for mistakes in the content."""
    from open_data_contract_standard.model import OpenDataContractStandard
    from pydantic import ValidationError

    try:
        OpenDataContractStandard.model_validate(document)
    except ValidationError as error:
        for e in error.errors(include_url=False, include_input=False):
            mistakes.add(".".join(str(part) for part in e["loc"]), e["msg"])
        return False
    for key, mapping, model in _nested_objects(document):
        mistakes.unknown_keys(key, mapping, model)
    return bool(document.get("schema"))


def _nested_objects(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], set[str]]]:
    """The nested objects with their known keys: the standard's model ignores unknown keys below the top level."""
    from open_data_contract_standard.model import DataQuality, SchemaObject, SchemaProperty

    of_table, of_column = set(SchemaObject.model_fields), set(SchemaProperty.model_fields)
    of_quality = set(DataQuality.model_fields)
    for table in _mappings(document.get("schema")):
        key = f"schema.{table.get('name', '?')}"
        yield key, table, of_table
        yield from ((f"{key}.quality", q, of_quality) for q in _mappings(table.get("quality")))
        for column in _mappings(table.get("properties")):
            inner = f"{key}.{column.get('name', '?')}"
            yield inner, column, of_column
            yield from ((f"{inner}.quality", q, of_quality) for q in _mappings(column.get("quality")))


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _tables(document: Mapping[str, Any], mistakes: Mistakes) -> list[Table]:
    entries = _mappings(document["schema"])
    mistakes.duplicates("schema", [str(e.get("name")) for e in entries])
    names = {str(e.get("name")) for e in entries}
    return [_table(entry, names, document, mistakes) for entry in entries]


def _table(
    entry: Mapping[str, Any], tables: set[str], document: Mapping[str, Any], mistakes: Mistakes
) -> Table:
    name = str(entry.get("name") or "?")
    key = f"schema.{name}"
    if name == "?":
        mistakes.add(key, "a table needs a name")
    check_table(entry, key, mistakes)
    own = _custom(entry, key, TABLE_PROPERTIES, mistakes)
    columns = [_column(p, key, mistakes) for p in _mappings(entry.get("properties"))]
    if not columns:
        mistakes.add(f"{key}.properties", "is missing: a table names its columns")
    mistakes.duplicates(key, [c.name for c in columns])
    bare = Table(name=name, columns=tuple(columns), rules=(), **_table_options(own, key, mistakes))
    check_roles(bare, key, mistakes)
    rules: list[Rule] = [
        *implied_rules(bare, entry),
        *option_rules(bare, entry, mistakes),
        *relationship_rules(bare, entry, document, mistakes),
        *declared_rules(bare, entry, tables, mistakes),
    ]
    return Table(
        **{f: getattr(bare, f) for f in bare.__dataclass_fields__ if f not in {"rules", "description"}},
        rules=_numbered(rules),
        description=str(entry.get("description") or ""),
    )


def _table_options(own: Mapping[str, Any], key: str, mistakes: Mistakes) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if "delimiter" in own:
        options["delimiter"] = own["delimiter"]
        if not isinstance(own["delimiter"], str) or not _DELIMITER.fullmatch(own["delimiter"]):
            mistakes.add(f"{key}.delimiter", "must be one character: a tab or punctuation")
    if "maxQuarantineFraction" in own:
        share = own["maxQuarantineFraction"]
        options["max_quarantine_fraction"] = share
        if not is_number(share) or not 0 <= share <= 1:
            mistakes.add(f"{key}.maxQuarantineFraction", "must be a share between 0 and 1")
    for word, option, fits, what in (
        ("nullTokens", "null_tokens", lambda v: isinstance(v, str), "a list of words; put them in quotes"),
        ("sentinels", "sentinels", is_number, "a list of numbers"),
    ):
        if word in own:
            given = mistakes.expect(f"{key}.{word}", own[word], list, "a list") or []
            options[option] = tuple(given)
            if not all(map(fits, given)):
                mistakes.add(f"{key}.{word}", f"must be {what}")
    if "finalNewline" in own:
        options["final_newline"] = own["finalNewline"] != "optional"
        if own["finalNewline"] not in {"required", "optional"}:
            mistakes.add(f"{key}.finalNewline", "must be required or optional")
    return options


def _column(entry: Mapping[str, Any], table_key: str, mistakes: Mistakes) -> Column:
    name = str(entry.get("name") or "?")
    key = f"{table_key}.{name}"
    if name == "?":
        mistakes.add(key, "a column needs a name")
    check_column(entry, key, mistakes)
    written = str(entry.get("logicalType", "string"))
    if written not in _KINDS:
        mistakes.add(f"{key}.logicalType", f"is {written!r}; known here: {', '.join(_KINDS)}")
    kind = _KINDS.get(written, "string")
    own = _custom(entry, key, COLUMN_PROPERTIES, mistakes)
    if str(own.get("role", "")) not in get_args(Role):
        mistakes.add(f"{key}.role", f"is {own['role']!r}; known: {', '.join(r for r in get_args(Role) if r)}")
    if not isinstance(own.get("optional", False), bool):
        mistakes.add(f"{key}.optional", "must be true or false, without quotes")
    if not isinstance(own.get("unit", ""), str):
        mistakes.add(f"{key}.unit", "must be text; write it in quotes or leave it out")
    options = options_of(entry, kind, key, mistakes) if written in _KINDS else {}
    format = time_format(options, kind, key, mistakes)
    return Column(
        name=name,
        kind=kind,
        required=entry.get("required") is True or entry.get("primaryKey") is True,
        optional=own.get("optional") is True,
        unique=entry.get("unique") is True,
        role=own.get("role", ""),
        unit=str(own.get("unit", "")),
        description=str(entry.get("description") or ""),
        format=format,
        timezone=time_zone(options, _timezone(own, kind, key, mistakes), format, key, mistakes),
        alternative_units=_factors(own, kind, key, mistakes),
        spellings=_spellings(own, kind, key, mistakes),
    )


def _factors(own: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> dict[str, float]:
    key = f"{key}.alternativeUnits"
    factors = mistakes.expect(key, own.get("alternativeUnits", {}), dict, "unit: factor") or {}
    if factors and kind not in {"number", "integer"}:
        mistakes.add(key, "is for numbers")
    for unit, factor in factors.items():
        if not is_number(factor) or factor <= 0:
            mistakes.add(f"{key}.{unit}", "must be a factor above 0")
    return {str(u): float(f) for u, f in factors.items() if is_number(f)}


def _spellings(own: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> dict[str, str]:
    """Spellings by lower-case text: two that differ only in letter case must have the same category."""
    key = f"{key}.spellings"
    written = mistakes.expect(key, own.get("spellings", {}), dict, "spelling: category") or {}
    if written and kind != "string":
        mistakes.add(key, "is for text")
    found: dict[str, str] = {}
    for spelling, category in written.items():
        if not isinstance(spelling, str) or not isinstance(category, str):
            mistakes.add(f"{key}.{spelling}", "must be text; put it in quotes")
        if found.setdefault(str(spelling).lower(), str(category)) != str(category):
            mistakes.add(f"{key}.{spelling}", "has another category in another letter case; case is ignored")
    return found


def _timezone(own: Mapping[str, Any], kind: Kind, key: str, mistakes: Mistakes) -> str:
    zone = str(own.get("timezone", ""))
    if zone:
        mistakes.time_zone(f"{key}.timezone", zone)
    if zone and kind != "timestamp":
        mistakes.add(f"{key}.timezone", "is for timestamps")
    return zone


def _custom(entry: Mapping[str, Any], key: str, known: set[str], mistakes: Mistakes) -> dict[str, Any]:
    given = _mappings(entry.get("customProperties"))
    mistakes.duplicates(f"{key}.customProperties", [str(p.get("property")) for p in given])
    own = {str(p.get("property")): p.get("value") for p in given}
    mistakes.unknown_keys(f"{key}.customProperties", own, known)
    return own


def _numbered(rules: list[Rule]) -> tuple[Rule, ...]:
    """Make rule names unique, so that a finding points to one rule of the contract."""
    seen: dict[str, int] = {}
    out = []
    for rule in rules:
        seen[rule.name] = count = seen.get(rule.name, 0) + 1
        out.append(rule if count == 1 else replace(rule, name=f"{rule.name}.{count}"))
    return tuple(out)
