"""Every YAML file that people write is read by one reader, which takes nothing that stands twice or elsewhere."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.contract import ContractError
from data_contracts.contract import load as load_contract
from data_contracts.contract.parse import parse as parse_contract
from data_contracts.standards.mapping.parse import MappingError
from data_contracts.standards.mapping.parse import parse as parse_mapping
from data_contracts.yaml_file import YamlMistakesError, read_yaml
from orchestration.errors import StudyError
from orchestration.study.load import parse as parse_study
from tests.examples import examples

ROOT = Path(__file__).parents[2]
KEYS = st.text("abc", min_size=1, max_size=2)
PLAIN = st.recursive(
    st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\na: 2", '"a" is written twice (line 2)'),
        ("a: {b: [1, {c: 1, c: 2}]}", '"a.b[1].c" is written twice'),
        ("? [1, 2]\n: {a: 1, a: 2}", "is written twice"),
        ("1: a\n'1': b", '"1" is written twice'),
        ("yes: a\ntrue: b", '"True" is written twice'),
        ("a: {<<: {b: 1}, b: 2}", "merge key"),
        ("a: &x {b: 1}\nc: *x", "aliases"),
        ("a: &x [*x]", "aliases"),
        ("a: 1\n---\nb: 2", "not plain YAML"),
        ("a: 2020-02-31", "not valid for its type"),
        (
            "a: {b: 010}",
            '"a.b" (line 1): YAML reads 010 as 8. Write a number in decimals, or a text in quotes.',
        ),
        ("a: [1:30]", '"a[0]" (line 1): YAML reads 1:30 as 90'),
        ("a: 0x1F", "reads 0x1F as 31"),
        ("a: 0b11", "reads 0b11 as 3"),
        ("a: 1_000", "reads 1_000 as 1000"),
        ("a: 1:30.5", "reads 1:30.5 as 90.5"),
        ("a: {007: x}", '"a.7" (line 1): YAML reads 007 as 7'),
        ("a: " + "[" * 5000, "plain YAML"),
        ("a: !!python/object/apply:os.getcwd []", "not plain YAML"),
        ("", "no mapping"),
        ("[a]", "no mapping"),
    ],
)
def test_what_hides_something_is_refused_by_every_reader(text: str, says: str) -> None:
    with pytest.raises(YamlMistakesError) as caught:
        read_yaml(text)
    assert says in str(caught.value)
    for parse, error in (
        (lambda: parse_contract(text.encode(), file="x.yaml", sha256=""), ContractError),
        (lambda: parse_mapping(text.encode(), file="x.yaml"), MappingError),
        (lambda: parse_study(text, "x.yaml"), StudyError),
    ):
        with pytest.raises(error, match=r"x\.yaml"):
            parse()


def test_all_repeated_keys_are_told_at_once() -> None:
    with pytest.raises(YamlMistakesError) as caught:
        read_yaml("a: 1\na: 2\nb: {c: 1, c: 2}")
    assert len(caught.value.mistakes) == 2


def test_a_contract_that_says_a_key_twice_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text("kind: DataContract\nversion: 1.0.0\nversion: 2.0.0\n")
    with pytest.raises(ContractError, match=r"version.*written twice"):
        load_contract(path)


def test_no_other_module_reads_yaml() -> None:
    readers = [
        str(file.relative_to(ROOT))
        for package in ("data_contracts", "orchestration", "dashboard", "meta_med")
        for file in (ROOT / package).rglob("*.py")
        if any(
            word in file.read_text() for word in ("yaml.safe_load", "yaml.load", "yaml.compose", "yaml.scan")
        )
    ]
    assert readers == ["data_contracts/yaml_file.py"]


@examples(30)
@given(st.dictionaries(KEYS, PLAIN, min_size=1, max_size=4), st.data())
def test_a_document_is_read_as_it_is_and_refused_once_any_key_of_it_stands_twice(
    document: dict[str, object], data: st.DataObject
) -> None:
    text = yaml.safe_dump(document, sort_keys=False, default_flow_style=False)
    assert read_yaml(text) == document
    lines = text.splitlines()
    again = data.draw(
        st.sampled_from([i for i, line in enumerate(lines) if line[0] != "-" and line[0] != " "])
    )
    with pytest.raises(YamlMistakesError):
        read_yaml("\n".join([*lines, lines[again].split(":")[0] + ": 1"]))


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-12", -12), ("+3", 3), ("2.50", 2.5), (".5", 0.5), ("1.", 1.0), ("1.5e+3", 1500.0),
     ("'010'", "010"), ('"1:30"', "1:30"), ("1e2", "1e2"), ("08", "08"), (".inf", float("inf"))],
)  # fmt: skip
def test_decimal_numbers_and_quoted_texts_are_what_they_look_like(text: str, value: object) -> None:
    assert read_yaml(f"a: {text}") == {"a": value}
