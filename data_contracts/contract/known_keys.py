"""Keys of the standard that this gate does not act on: what only tells something is listed, what promises something is
refused. A promise that nobody keeps is worse than none.
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
"""Keys for people and other tools, which ask nothing of a delivery."""
QUALITY_KEYS = frozenset({"type", "engine", "implementation", "description"})
RELATIONSHIP_KEYS = frozenset({"id", "type", "from", "to", "customProperties"})
NESTED = frozenset({"properties", "items", "map"})
FLAGS = ("required", "unique", "primaryKey", "partitioned", "deprecated", "criticalDataElement")
_FILES = {"csv", "parquet"}
_UTF8 = {"utf-8", "utf8", "utf_8", "us-ascii", "ascii"}


def informative_keys(document: Mapping[str, Any]) -> Iterator[str]:
    """Keys of the contract that are told and not checked, each once a table."""
    yield from sorted(INFORMATIVE_CONTRACT_KEYS & set(document))
    for table in document["schema"]:
        yield from (f"{table['name']}.{k}" for k in sorted(INFORMATIVE_TABLE_KEYS & set(table)))
        columns = {k for c in table["properties"] for k in INFORMATIVE_COLUMN_KEYS & set(c)}
        yield from (f"{table['name']}.*.{k}" for k in sorted(columns))


def check_contract(document: Mapping[str, Any], words: set[str], mistakes: Mistakes) -> None:
    """Custom properties and servers at the top: none of them may seem to ask for what is asked elsewhere."""
    for entry in document.get("customProperties") or []:
        if entry.get("property") in words:
            mistakes.add(
                f"customProperties.{entry['property']}", "is of a table or a column; nobody reads it here"
            )
    for number, server in enumerate(document.get("servers") or []):
        key = f"servers[{number}]"
        format, encoding = server.get("format"), server.get("encoding")
        if format is not None and str(format).lower() not in _FILES:
            mistakes.add(f"{key}.format", "is not read: deliver CSV or Parquet")
        if encoding is not None and str(encoding).lower() not in _UTF8:
            mistakes.add(f"{key}.encoding", "is not read: files are UTF-8")
        for table in document.get("schema") or []:
            _check_delimiter(f"{key}.delimiter", server.get("delimiter"), table, mistakes)


def _check_delimiter(key: str, delimiter: Any, table: Mapping[str, Any], mistakes: Mistakes) -> None:
    own = {p.get("property"): p.get("value") for p in table.get("customProperties") or []}
    if delimiter is not None and delimiter != own.get("delimiter", ","):
        says = (
            f"is not that of table {table.get('name')!r}: write it there, as the custom property 'delimiter'"
        )
        mistakes.add(key, says)


def check_table(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """A table is a list of flat rows."""
    if entry.get("logicalType", "object") not in {"object", None}:
        mistakes.add(f"{key}.logicalType", "must be object: a table has rows of columns")


def check_column(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """A column is flat, and what is yes or no is written true or false."""
    for word in sorted(NESTED & set(entry)):
        mistakes.add(f"{key}.{word}", "is not read: a column holds one plain value in each row")
    for flag in FLAGS:
        if entry.get(flag) is not None and not isinstance(entry[flag], bool):
            mistakes.add(f"{key}.{flag}", "must be true or false, without quotes")
    position, is_key = entry.get("primaryKeyPosition"), bool(entry.get("primaryKey"))
    if position is not None and not is_key and position != -1:
        mistakes.add(f"{key}.primaryKeyPosition", "has no effect without 'primaryKey: true'")


def check_quality(entry: Mapping[str, Any], key: str, mistakes: Mistakes) -> None:
    """Operators, queries and severities of the standard's other engines are not run here."""
    for word in entry:
        if word in QUALITY_KEYS | INFORMATIVE_QUALITY_KEYS:
            continue
        hint = " ('outcome: warn' in the implementation)" if word == "severity" else ""
        mistakes.add(f"{key}.{word}", f"is not checked here: write a rule of 'engine: meta-med'{hint}")
