"""Keys of the standard that this gate does not check.

Keys that only inform people or other tools are allowed and listed; keys that would promise a check are refused,
because an unchecked promise is worse than none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.yaml_file import Mistakes

INFORMATIVE_CONTRACT_KEYS = frozenset({
    "tenant", "tags", "domain", "support", "price", "team", "roles", "slaProperties", "slaDefaultElement",
    "authoritativeDefinitions", "contractCreatedTs", "context", "servers", "customProperties",
})  # fmt: skip
INFORMATIVE_TABLE_KEYS = frozenset({
    "id", "physicalType", "physicalName", "businessName", "deprecated", "synonyms", "authoritativeDefinitions", "tags",
    "dataGranularityDescription", "context",
})  # fmt: skip
INFORMATIVE_COLUMN_KEYS = frozenset({
    "id", "physicalType", "physicalName", "businessName", "deprecated", "synonyms", "authoritativeDefinitions", "tags",
    "semanticType", "partitioned", "partitionKeyPosition", "classification", "encryptedName", "transformSourceObjects",
    "transformLogic", "transformDescription", "examples", "criticalDataElement",
})  # fmt: skip
INFORMATIVE_QUALITY_KEYS = frozenset({
    "id", "name", "dimension", "method", "tags", "businessImpact", "authoritativeDefinitions",
})  # fmt: skip
"""Keys for people and other tools; they require nothing of a delivery."""
QUALITY_KEYS = frozenset({"type", "engine", "implementation", "description"})
RELATIONSHIP_KEYS = frozenset({"id", "type", "from", "to", "customProperties"})
NESTED = frozenset({"properties", "items", "map"})
FLAGS = ("required", "unique", "primaryKey", "partitioned", "deprecated", "criticalDataElement")
_FILES = {"csv", "parquet"}
_UTF8 = {"utf-8", "utf8", "utf_8", "us-ascii", "ascii"}


def informative_keys(document: Mapping[str, Any]) -> Iterator[str]:
    """The informative keys that a contract has, each once per table."""
    yield from sorted(INFORMATIVE_CONTRACT_KEYS & set(document))
    for table in document["schema"]:
        yield from (f"{table['name']}.{k}" for k in sorted(INFORMATIVE_TABLE_KEYS & set(table)))
        columns = {k for c in table["properties"] for k in INFORMATIVE_COLUMN_KEYS & set(c)}
        yield from (f"{table['name']}.*.{k}" for k in sorted(columns))


def check_contract(document: Mapping[str, Any], words: set[str], mistakes: Mistakes) -> None:
    """Check custom properties and servers at the top level: options of tables and columns do not belong there."""
    for entry in document.get("customProperties") or []:
        if entry.get("property") in words:
            mistakes.add(
                f"customProperties.{entry['property']}",
                "belongs to a table or a column; it has no effect here",
            )
    for number, server in enumerate(document.get("servers") or []):
        key = f"servers[{number}]"
        format, encoding = server.get("format"), server.get("encoding")
        if format is not None and str(format).lower() not in _FILES:
            mistakes.add(f"{key}.format", "is not supported: deliver CSV or Parquet")
        if encoding is not None and str(encoding).lower() not in _UTF8:
            mistakes.add(f"{key}.encoding", "is not supported: files are UTF-8")
        for table in document.get("schema") or []:
            _check_delimiter(f"{key}.delimiter", server.get("delimiter"), table, mistakes)


def _check_delimiter(key: str, delimiter: Any, table: Mapping[str, Any], mistakes: Mistakes) -> None:
    own = {p.get("property"): p.get("value") for p in table.get("customProperties") or []}
    if delimiter is not None and delimiter != own.get("delimiter", ","):
        what = f"differs from that of table {table.get('name')!r}: write it there, as the custom property 'delimiter'"
        mistakes.add(key, what)


def check_table(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """Check that a table has rows of columns."""
    if entry.get("logicalType", "object") not in {"object", None}:
        mistakes.add(f"{key}.logicalType", "must be object: a table has rows of columns")


def check_column(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """Check that a column is flat and that its flags are true or false."""
    for word in sorted(NESTED & set(entry)):
        mistakes.add(f"{key}.{word}", "is not supported: a column has one plain value per row")
    for flag in FLAGS:
        if entry.get(flag) is not None and not isinstance(entry[flag], bool):
            mistakes.add(f"{key}.{flag}", "must be true or false, without quotes")
    position, is_key = entry.get("primaryKeyPosition"), bool(entry.get("primaryKey"))
    if position is not None and not is_key and position != -1:
        mistakes.add(f"{key}.primaryKeyPosition", "has no effect without 'primaryKey: true'")


def check_quality(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """Refuse operators, queries and severities of the standard's other engines, which are not run here."""
    for word in entry:
        if word in QUALITY_KEYS | INFORMATIVE_QUALITY_KEYS:
            continue
        hint = " ('outcome: warn' in the implementation)" if word == "severity" else ""
        mistakes.add(f"{key}.{word}", f"is not checked here: write a rule of 'engine: meta-med'{hint}")
