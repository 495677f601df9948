"""The guide names every word that a contract may use, and every code that a rule may give."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from data_contracts.bundled.tables import bundled
from data_contracts.contract.parse import COLUMN_PROPERTIES, TABLE_PROPERTIES
from data_contracts.contract.rule_reader import COMMON_KEYS
from data_contracts.contract.vocabulary import vocabulary

GUIDE = (Path(__file__).parents[2] / "docs" / "data_gate.md").read_text()
IMPLIED = {"not_null"}
"""Rules that follow from `required` and `primaryKey`; they have no line of their own."""


@pytest.mark.parametrize("word", sorted(set(vocabulary()) - IMPLIED))
def test_the_guide_tells_each_rule_with_its_arguments_and_code(word: str) -> None:
    assert f"`{word}`" in GUIDE
    assert vocabulary()[word].code in GUIDE
    assert [a for a in vocabulary()[word].takes if f"`{a}`" not in GUIDE] == []


def test_the_guide_tells_each_key_of_rules_tables_and_columns() -> None:
    keys = (COMMON_KEYS - {"rule"}) | TABLE_PROPERTIES | COLUMN_PROPERTIES
    assert [k for k in sorted(keys) if f"`{k}" not in GUIDE] == []


def test_rules_shown_by_cohort_are_rules() -> None:
    shown = GUIDE.split("### Cohort by cohort")[1].split("```yaml\n")[1].split("```")[0]
    for entry in yaml.safe_load(shown):
        assert set(entry["implementation"]) - COMMON_KEYS <= set(
            vocabulary()[entry["implementation"]["rule"]].takes
        )


def test_the_python_of_the_guide_runs(tmp_path: Path) -> None:
    path = bundled("pbc/visits.csv")
    names = {"path": path, "frame": pd.read_csv(path), "folder": tmp_path}
    exec(GUIDE.split("```python\n")[1].split("```")[0], names)
    assert {file.name for file in tmp_path.iterdir()} == {
        "quarantine.parquet",
        "quarantine.csv",
        "data_quality.html",
        "data_quality.json",
    }
