"""A contract is read whole: all mistakes at once, each with its key and a way out."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from data_contracts.contract import ContractError, bundled_contracts, load

GOOD = """
kind: DataContract
apiVersion: v3.0.2
id: t
name: t
version: 1.0.0
status: active
schema:
  - name: visits
    quality:
      - {type: text, description: for people only}
    properties:
      - {name: id, logicalType: string, primaryKey: true, customProperties: [{property: role, value: subject}]}
      - {name: note, logicalType: string}
      - name: hdl
        logicalType: number
        quality:
          - {type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 300}}
"""


def mistakes(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(ContractError) as caught:
        load(path)
    assert str(caught.value).startswith("mine.yaml: ")
    assert caught.value.exit_code == 2
    return list(caught.value.mistakes)


def test_a_good_contract_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    contract = load(path)
    visits = contract.tables["visits"]
    assert (contract.name, contract.version, len(contract.sha256)) == ("t", "1.0.0", 64)
    assert [r.name for r in visits.rules] == [
        "visits.row_count",
        "visits.id.not_null",
        "visits.unique_key",
        "visits.hdl.hard_range",
    ]
    assert (visits.subject, visits.time, visits.cohort) == ("id", None, None)


@pytest.mark.parametrize("name", bundled_contracts())
def test_bundled_contracts_keep_the_published_standard(name: str) -> None:
    schema = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text())
    document = yaml.safe_load(files("data_contracts").joinpath(f"contracts/{name}.yaml").read_text())
    jsonschema.Draft201909Validator(schema).validate(document)
    assert load(name).name == name


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        ("rule: hard_range, min: 1", "rule: hard_rnge, min: 1"),
        ("{name: note, logicalType: string}", "{name: note, logicalTyp: string, required: true}"),
        ("value: subject", "value: person"),
    )
    assert [m.split(":")[0] for m in found] == [
        "schema.visits.note.logicalTyp",
        "schema.visits.id.role",
        "schema.visits.hdl.quality.rule.hard_rnge",
    ]


def test_a_mistake_in_the_head_is_told(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path, ("kind: DataContract", "kind: Contract"), ("v3.0.2", "v2.2.0"), ("id: t\n", "")
    )
    assert [m.split(":")[0] for m in found] == ["kind", "apiVersion", "id"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("rule: hard_range", "rule: hard_rang", "did you mean 'hard_range'?"),
        ("min: 1", "min: one", "min: must be a number"),
        ("min: 1", "min: '2020-01-01'", "min: must be a number"),
        ("max: 300", "maximum: 300", "maximum: is not a known key; did you mean 'max'?"),
        ("max: 300", "max: 300, outcome: drop", "outcome: must be one of reject"),
        ("max: 300", "max: 300, code: Q_NONSENSE", "code: is not a known code"),
        ("max: 300", "max: 300, where: {hdk: 1}", "is not a column of this table: 'hdk'"),
        ("rule: hard_range, min: 1, max: 300", "rule: pattern", "regex: is missing"),
        ("rule: hard_range, min: 1, max: 300", "rule: pattern, regex: '('", "does not apply to a number"),
        ("rule: hard_range, min: 1, max: 300", "rule: unique_key, columns: [id]", "belongs under a table"),
        ("rule: hard_range, min: 1, max: 300", "rule: allowed, values: 3", "values: must be a list of values"),
        ("engine: meta-med", "engine: soda", "must have 'type: custom', 'engine: meta-med'"),
        ("logicalType: number", "logicalType: array", "known here: string, number"),
        ("value: subject", "value: person", "role: is 'person'"),
        ("value: subject", "value: follow_up_time", "is string, but the column has the role follow_up_time"),
        ("{name: note, logicalType: string}",
         "{name: note, logicalType: date, customProperties: [{property: role, value: event_indicator}]}",
         "is date, but the column has the role event_indicator: an event that was seen or not has few values"),
        ("name: note", "name: id", "id: appears 2 times"),
        ("      - {type: text, description: for people only}",
         "      - {type: custom, engine: meta-med, implementation:\n"
         "         {rule: in_parent, column: id, table: x, parent_column: y}}",
         "is not a table of this contract: 'x'"),
        ("      - {type: text, description: for people only}",
         "      - {type: custom, engine: meta-med, implementation: {rule: cohorts_stay}}",
         "needs a column with 'role: cohort'"),
        ("    quality:\n      - {type: text",
         "    customProperties: [{property: delimiter, value: ';;'}]\n    quality:\n      - {type: text",
         "one character"),
        ("    quality:\n      - {type: text",
         "    customProperties: [{property: maxQuarantineFraction, value: 5}]\n    quality:\n      - {type: text",
         "between 0 and 1"),
        ("    quality:\n      - {type: text",
         "    customProperties: [{property: finalNewline, value: never}]\n    quality:\n      - {type: text",
         "must be required or optional"),
        ("    quality:\n      - {type: text",
         "    customProperties: [{property: sentinels, value: 9}]\n    quality:\n      - {type: text",
         "must be a list"),
        ("value: subject}]", "value: subject}, {property: timezone, value: Mars}]", "is not a time zone"),
        ("rule: hard_range, min: 1, max: 300", "rule: varies, outcome: quarantine_rows", "reject or warn"),
        ("rule: hard_range, min: 1, max: 300", "rule: varies, where: {id: 7}", "where.id: must be text"),
        ("rule: hard_range, min: 1, max: 300", "rule: varies, where: {hdl: low}", "where.hdl: must be a number"),
        ("rule: hard_range, min: 1, max: 300", "rule: varies, each_cohort: true", "needs a column with 'role: coh"),
        ("max: 300", "max: 300, each_cohort: true", "hard_range cannot be checked cohort by cohort"),
        ("rule: hard_range, min: 1, max: 300", "rule: varies, each_cohort: 1", "must be true or false"),
        ("logicalType: string}", "logicalType: string, quality: [{type: custom, engine: meta-med, "
         "implementation: {rule: same_scale}}]}", "same_scale does not apply to a string"),
        ("status: active", "status: active\nschemas: []", "schemas"),
    ],
)  # fmt: skip
def test_each_mistake_names_its_key_and_what_is_right(old: str, new: str, says: str, tmp_path: Path) -> None:
    assert says in "\n".join(mistakes(tmp_path, (old, new)))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"a: [", "not plain YAML at line"),
        (b"- 1\n", "no mapping"),
    ],
)
def test_a_file_that_is_no_contract_is_told_in_words(raw: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(raw)
    with pytest.raises(ContractError, match=says.replace("(", r"\(")):
        load(path)


def test_an_unknown_name_lists_the_bundled_ones() -> None:
    with pytest.raises(ContractError, match=r"bundled: biomarkers, .*nafld, .*pbc"):
        load("pcb")


def test_the_example_of_the_guide_is_a_contract(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "data_gate.md").read_text()
    path = tmp_path / "guide.yaml"
    path.write_text(guide.split("```yaml\n")[1].split("```")[0])
    assert list(load(path).tables) == ["visits"]
