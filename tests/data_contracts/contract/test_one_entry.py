"""A rule word is one entry: whatever reads the vocabulary knows a word as soon as it stands there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.contract.check_specs import check_specs
from data_contracts.contract.codes import Code
from data_contracts.contract.json_schema import editor_schema
from data_contracts.contract.model import Contract
from data_contracts.contract.rule_word import NUMERIC, Argument, RuleWord, Words
from data_contracts.contract.vocabulary import vocabulary
from data_contracts.difference.comparing import compare
from data_contracts.errors import ContractError
from data_contracts.gate import validate_frames
from data_contracts.reading.arrow_cells import Mask
from data_contracts.report.findings import advice, title
from data_contracts.yaml_file import read_yaml

WORDS = Words()


@WORDS.add(
    RuleWord(
        scope="column",
        level="rows",
        code="Q_FRACTION_LONG",
        outcome="quarantine_rows",
        takes={"most": Argument("number", required=True, looser="up")},
        promise="has few decimal places",
        violation="has too many decimal places",
        kinds=NUMERIC,
        roles=("subject",),
        releasable=True,
        codes=(Code("FRACTION_LONG", "conformance", "Too many decimal places", "Round at the source."),),
    )
)
def few_places(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> Mask:
    """At most so many decimal places."""
    values = frame[arguments["column"]]
    keeps: Mask = (values.isna() | (values == values.round(int(arguments["most"])))).to_numpy(dtype=bool)
    return keeps


CONTRACT = """\
kind: DataContract
apiVersion: v3.0.2
id: t
name: made_up
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 1.0}]
    properties:
      - {name: patient, required: true, customProperties: [{property: role, value: subject}]}
      - name: weight
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: few_places, most: 1, releasable: true}}
"""


@pytest.fixture(autouse=True)
def a_new_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vocabulary(), "few_places", WORDS["few_places"])


def loaded(folder: Path, old: str = "", new: str = "") -> Contract:
    path = folder / "made_up.yaml"
    path.write_text(CONTRACT.replace(old, new) if old else CONTRACT)
    return load(path)


def test_parsing_knows_its_arguments_kinds_and_roles(tmp_path: Path) -> None:
    assert loaded(tmp_path).tables["visits"].rules[-1].releasable
    for old, new, says in (
        ("most: 1", "most: one", "few_places.most: must be a number"),
        ("most: 1, ", "", "few_places.most: is missing"),
        ("logicalType: number", "logicalType: string", "does not apply to a string"),
        ("value: subject", "value: identifier", "few_places needs a column with 'role: subject'"),
    ):
        with pytest.raises(ContractError) as error:
            loaded(tmp_path, old, new)
        assert any(says in mistake for mistake in error.value.mistakes), (says, error.value.mistakes)


def test_a_check_spec_has_its_words_and_its_kahn_class(tmp_path: Path) -> None:
    spec = next(s for s in check_specs(loaded(tmp_path)) if s.rule == "few_places")
    assert (spec.code, spec.kahn, spec.severity) == ("Q_FRACTION_LONG", "conformance", "critical")
    assert spec.columns == ("weight", "patient")
    assert spec.violation == "weight has too many decimal places"


def test_the_engine_runs_it_and_the_report_has_its_title(tmp_path: Path) -> None:
    frame = pd.DataFrame({"patient": ["a", "b", "c"], "weight": [80.5, 71.25, None]})
    result = validate_frames(loaded(tmp_path), {"visits": frame})
    assert [(f.code, f.count) for f in result.findings] == [("Q_FRACTION_LONG", 1)]
    assert result.valid["visits"]["patient"].tolist() == ["a", "c"]
    assert title("Q_FRACTION_LONG") == "Too many decimal places"
    assert advice("Q_FRACTION_LONG") == "Round at the source."


def test_editors_complete_it(tmp_path: Path) -> None:
    checker = jsonschema.Draft7Validator(editor_schema())
    assert not list(checker.iter_errors(read_yaml(CONTRACT.encode())))
    mistaken = CONTRACT.replace("most: 1", "most: one").encode()
    assert [e.path[-1] for e in checker.iter_errors(read_yaml(mistaken))] == ["most"]


def test_the_comparison_of_contracts_knows_which_way_is_looser(tmp_path: Path) -> None:
    before, after = loaded(tmp_path), loaded(tmp_path, "most: 1", "most: 2")
    (change,) = compare(before, after).changes
    assert (change.what, change.producer, change.consumer) == ("the rule is looser", "compatible", "breaking")
    (change,) = compare(after, before).changes
    assert (change.what, change.producer, change.consumer) == (
        "the rule is tighter",
        "breaking",
        "compatible",
    )
