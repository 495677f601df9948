"""The schema for editors is made from the code, accepts every good contract, and shows a mistake while it is typed."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from data_contracts.contract import bundled_contracts
from data_contracts.contract.json_schema import (
    COLUMN_CUSTOM,
    COMMON_ARGUMENTS,
    TABLE_CUSTOM,
    editor_schema,
    editor_schema_text,
)
from data_contracts.contract.parse import COLUMN_PROPERTIES, TABLE_PROPERTIES
from data_contracts.contract.rule_reader import COMMON_KEYS
from data_contracts.contract.vocabulary import vocabulary
from tests.data_contracts.contract.test_parse import GOOD

CHECKER = jsonschema.Draft7Validator(editor_schema())


def faults(document: Any) -> list[str]:
    return ["/".join(map(str, e.absolute_path)) for e in CHECKER.iter_errors(document)]


def test_the_committed_schema_is_that_of_the_code() -> None:
    """After a change: meta-med contract schema --out data_contracts/contract.schema.json"""
    committed = Path(str(files("data_contracts"))) / "contract.schema.json"
    assert committed.read_text(encoding="utf-8") == editor_schema_text()


def test_the_schema_knows_what_the_reader_of_contracts_knows() -> None:
    assert set(TABLE_CUSTOM) == TABLE_PROPERTIES
    assert set(COLUMN_CUSTOM) == COLUMN_PROPERTIES
    assert {"rule", *COMMON_ARGUMENTS} == COMMON_KEYS
    for scope in ("table", "column"):
        quality = editor_schema()["$defs"][f"{scope} rule"]["then"]["properties"]["implementation"]
        assert quality["properties"]["rule"]["enum"] == [
            n for n, w in vocabulary().items() if w.scope == scope
        ]


@pytest.mark.parametrize("name", bundled_contracts())
def test_bundled_contracts_please_the_editor(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(editor_schema())
    document = yaml.safe_load(files("data_contracts").joinpath(f"contracts/{name}.yaml").read_text())
    assert faults(document) == []


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("kind: DataContract", "kind: Contract", "kind"),
        ("v3.0.2", "v2.2.0", "apiVersion"),
        ("id: t\n", "", ""),
        ("status: active", "status: active\nschemas: []", ""),
        ("name: note, logicalType", "name: note, logicalTyp", "schema/0/properties/1"),
        ("logicalType: number", "logicalType: array", "schema/0/properties/2/logicalType"),
        ("value: subject", "value: person", "schema/0/properties/0/customProperties/0/value"),
        ("property: role", "property: rol", "schema/0/properties/0/customProperties/0/property"),
        ("rule: hard_range", "rule: hard_rang", "schema/0/properties/2/quality/0/implementation/rule"),
        ("rule: hard_range", "rule: no_twins", "schema/0/properties/2/quality/0/implementation/rule"),
        ("min: 1", "min: one", "schema/0/properties/2/quality/0/implementation/min"),
        ("max: 300", "maximum: 300", "schema/0/properties/2/quality/0/implementation"),
        ("max: 300", "max: 300, outcome: drop", "schema/0/properties/2/quality/0/implementation/outcome"),
        ("max: 300", "max: 300, code: Q_NONSENSE", "schema/0/properties/2/quality/0/implementation/code"),
        (
            "rule: hard_range, min: 1, max: 300",
            "rule: pattern",
            "schema/0/properties/2/quality/0/implementation",
        ),
        ("engine: meta-med", "engine: soda", "schema/0/properties/2/quality/0/engine"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(old: str, new: str, where: str) -> None:
    assert faults(yaml.safe_load(GOOD)) == []
    assert where in faults(yaml.safe_load(GOOD.replace(old, new)))
