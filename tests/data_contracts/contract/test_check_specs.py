"""Check specs are known without loading any engine, and cover every rule of the contract."""

import subprocess
import sys

import pytest

from data_contracts.contract import load
from data_contracts.contract.check_specs import BUILT_IN, check_specs
from data_contracts.contract.codes import severity_of
from data_contracts.contract.vocabulary import codes, vocabulary


def test_specs_are_known_without_great_expectations() -> None:
    code = (
        "import sys; from data_contracts.contract import load;"
        "from data_contracts.contract.check_specs import check_specs;"
        "assert len(check_specs(load('pbc'))) > 40; assert 'great_expectations' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", ["pbc", "nafld"])
def test_every_rule_has_one_spec_with_a_name_of_its_own(name: str) -> None:
    contract = load(name)
    specs = check_specs(contract)
    assert len({s.name for s in specs}) == len({s.key for s in specs}) == len(specs)
    for table in contract.tables.values():
        names = {s.name for s in specs if s.table == table.name}
        assert {f"{table.name}.{b}" for b in BUILT_IN} <= names
        assert {r.name for r in table.rules} <= names


def test_every_code_of_the_vocabulary_exists_and_row_rules_word_their_fault() -> None:
    for word in vocabulary().values():
        assert word.code in codes()
        assert word.promise
        assert bool(word.violation) == (
            word.level in {"rows", "relation"} or word.outcome == "quarantine_patient"
        )


def test_severity_follows_the_letter() -> None:
    assert [severity_of(c) for c in ("E_PARSE", "Q_TYPE", "W_OOD", "N_BOM")] == [
        "critical",
        "critical",
        "warning",
        "info",
    ]
