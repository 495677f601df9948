"""Every option of the standard is kept by the gate, or refused when the contract is loaded: none is passed over."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
import yaml

from data_contracts.contract import ContractError, load
from data_contracts.contract.json_schema import editor_schema
from data_contracts.contract.parse import parse
from data_contracts.gate import validate, validate_frames
from data_contracts.validation.result import GateResult

CASES = Path(__file__).parents[1] / "cases/inputs"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
CHECKER = jsonschema.Draft7Validator(editor_schema())


def contract_of(column: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A contract of one table whose second column is asked about; it holds back as many rows as there are."""
    who = {
        "name": "p",
        "logicalType": "string",
        "customProperties": [{"property": "role", "value": "subject"}],
    }
    share = [{"property": "maxQuarantineFraction", "value": 1}]
    table = {"name": "t", "customProperties": share, "properties": [who, {"name": "x", **column}]}
    head = {"kind": "DataContract", "apiVersion": "v3.0.2", "id": "c", "name": "c", "version": "1.0.0"}
    return {**head, "status": "active", "schema": [{**table, **more}]}


def mistakes(document: dict[str, Any]) -> str:
    try:
        parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="")
    except ContractError as error:
        return str(error)
    return ""


def held(column: dict[str, Any], cells: list[Any]) -> list[bool]:
    """Which of the cells are held back, one patient each."""
    contract = parse(yaml.safe_dump(contract_of(column)).encode(), file="c.yaml", sha256="")
    frame = pd.DataFrame({"p": [f"P{i}" for i in range(len(cells) + 1)], "x": [*cells, None]})
    result = validate_frames(contract, {"t": frame}, now=NOW)
    assert result.verdict != "reject", [f.code for f in result.findings]
    kept = set(result.valid["t"]["p"])
    return [f"P{i}" not in kept for i in range(len(cells))]


@pytest.mark.parametrize(
    ("kind", "options", "good", "bad"),
    [
        ("number", {"minimum": 20, "maximum": 600}, [20, 600.0], [19.9, 600.1]),
        ("number", {"exclusiveMinimum": 0, "exclusiveMaximum": 10}, [0.1, 9.9], [0, 10]),
        ("number", {"minimum": 0, "exclusiveMinimum": True}, [0.1], [0]),
        ("number", {"minimum": 0, "exclusiveMinimum": False}, [0, 0.1], [-1]),
        ("number", {"multipleOf": 0.1}, [0.3, 1e6 + 0.1, -0.7], [0.35]),
        ("integer", {"multipleOf": 5}, [0, 5, -10], [4]),
        ("integer", {"format": "u8"}, [0, 255], [-1, 256]),
        ("integer", {"format": "u64"}, [0, 7], [-1]),
        ("number", {"format": "f32"}, [1.0], [1e39]),
        ("string", {"minLength": 2, "maxLength": 3}, ["ab", "äöü"], ["a", "abcd"]),
        ("string", {"pattern": r"^[A-Z]\d+$"}, ["A1"], ["a1", "A", "xA1", "A1x", "A٣"]),
        ("string", {"pattern": r"[A-Z]\d"}, ["A1", "xA1x"], ["a1"]),
        ("string", {"pattern": "^a|b$"}, ["axx", "xxb"], ["xax"]),
        ("string", {"format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567"]),
        (
            "date",
            {"minimum": "2000-01-01", "maximum": "2030-01-01"},
            ["2000-01-01"],
            ["1020-03-11", "2030-01-02"],
        ),
        ("date", {"exclusiveMinimum": "2000-01-01"}, ["2000-01-02"], ["2000-01-01"]),
        ("date", {"format": "yyyy-MM-dd"}, ["2020-03-10"], ["2020-3-1", "10.03.2020"]),
        ("date", {"format": "dd.MM.yyyy"}, ["10.03.2020"], ["2020-03-10"]),
        ("date", {"format": "d MMM uuuu"}, ["10 Mar 2020"], ["2020-03-10"]),
        (
            "timestamp",
            {"format": "yyyy-MM-dd'T'HH:mm:ssXXX"},
            ["2020-03-10T10:00:00+02:00"],
            ["2020-03-10T10:00"],
        ),
        (
            "timestamp",
            {"format": "dd.MM.yyyy HH:mm", "defaultTimezone": "Europe/Paris"},
            ["10.03.2020 10:00"],
            ["2020-03-10T10:00:00Z"],
        ),
        (
            "timestamp",
            {"minimum": "2020-01-01T00:00:00+02:00"},
            ["2019-12-31T22:00:00Z"],
            ["2019-12-31T21:59:59Z"],
        ),
        ("timestamp", {"timezone": True}, ["2020-03-10T10:00:00Z"], ["2020-03-10T10:00:00"]),
    ],
)
def test_an_option_holds_what_breaks_it_and_nothing_else(
    kind: str, options: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    cells = [*good * 7, *bad]
    assert held({"logicalType": kind, "logicalTypeOptions": options}, cells) == [
        *([False] * 7 * len(good)),
        *([True] * len(bad)),
    ]
    assert not list(CHECKER.iter_errors(contract_of({"logicalType": kind, "logicalTypeOptions": options})))


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ({"logicalType": "number", "logicalTypeOptions": {"maximun": 3}}, "t.x.logicalTypeOptions.maximun"),
        ({"logicalType": "string", "logicalTypeOptions": {"minimum": 3}}, "t.x.logicalTypeOptions.minimum"),
        ({"logicalType": "string", "logicalTypeOptions": {"format": "email"}}, "'email' is not checked here"),
        ({"logicalType": "number", "logicalTypeOptions": {"multipleOf": 0}}, "above 0"),
        ({"logicalType": "number", "logicalTypeOptions": {"minimum": float("nan")}}, "must be a number"),
        ({"logicalType": "number", "logicalTypeOptions": {"exclusiveMaximum": True}}, "true needs maximum"),
        ({"logicalType": "date", "logicalTypeOptions": {"minimum": 2000}}, "an ISO date"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "yyyy-mm-dd"}}, "m are minutes"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "YYYY-MM-dd"}}, "the year is yyyy"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "dd/MM/yy"}}, "does not name its century"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "%d/%m/%y"}}, "does not name its century"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "yyyy-MM-DD"}}, "day of the month is dd"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "yyyy-MM"}}, "does not contain"),
        ({"logicalType": "date", "logicalTypeOptions": {"format": "yyyy-MM-dd HH:mm"}}, "a time of day"),
        ({"logicalType": "timestamp", "logicalTypeOptions": {"timezone": False}}, "need a time zone"),
        ({"logicalType": "timestamp", "logicalTypeOptions": {"defaultTimezone": "Mars"}}, "not a time zone"),
        (
            {"logicalType": "timestamp", "logicalTypeOptions": {"timezone": True, "defaultTimezone": "UTC"}},
            "contradicts",
        ),
        ({"logicalType": "string", "logicalTypeOptions": {"pattern": "("}}, "not a regular expression"),
        (
            {"logicalType": "string", "logicalTypeOptions": {"minLength": 3, "maxLength": 2}},
            "no text could satisfy both",
        ),
        ({"logicalType": "string", "required": "false"}, "t.x.required: must be true or false"),
        ({"logicalType": "string", "primaryKeyPosition": 1}, "has no effect"),
        ({"logicalType": "string", "properties": [{"name": "y"}]}, "one plain value"),
        ({"logicalType": "string", "enum": [{"value": 1}]}, "put it in quotes"),
        ({"logicalType": "string", "relationships": [{"to": "u.v"}]}, "names no column of this contract"),
        ({"logicalType": "string", "relationships": [{"to": ["t.p", "t.x"]}]}, "over several columns"),
        ({"logicalType": "string", "relationships": [{"to": "t.p", "type": "friend"}]}, "must be foreignKey"),
        (
            {"logicalType": "string", "customProperties": [{"property": "timezone", "value": "UTC"}]},
            "is for timestamps",
        ),
        (
            {
                "logicalType": "string",
                "customProperties": [{"property": "unit", "value": "g"}, {"property": "unit", "value": "kg"}],
            },
            "appears 2 times",
        ),
        (
            {
                "logicalType": "number",
                "customProperties": [{"property": "alternativeUnits", "value": {"g": "x"}}],
            },
            "must be a factor above 0",
        ),
        (
            {
                "logicalType": "string",
                "customProperties": [{"property": "spellings", "value": {"f": "F", "F": "M"}}],
            },
            "case is ignored",
        ),
        (
            {"logicalType": "number", "quality": [{"type": "library", "metric": "nullValues", "mustBe": 0}]},
            "mustBe",
        ),
        ({"logicalType": "number", "quality": [{"type": "sql", "query": "SELECT 1"}]}, "query"),
    ],
)
def test_what_is_not_kept_is_refused_with_its_key(column: dict[str, Any], says: str) -> None:
    assert says in mistakes(contract_of(column))


def rule(**implementation: Any) -> dict[str, Any]:
    quality = [{"type": "custom", "engine": "meta-med", "implementation": implementation}]
    kind = "string" if implementation["rule"] in {"allowed", "pattern"} else "number"
    return {"logicalType": kind, "quality": quality}


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (rule(rule="hard_range"), "needs one of"),
        (rule(rule="hard_range", min=3, max=2), "no value could satisfy both"),
        (rule(rule="hard_range", min=float("nan")), "must be a number"),
        (rule(rule="missing_at_most", share=5), "between 0 and 1"),
        (rule(rule="missing_at_most", share=0.1, counts_towards_limit="false"), "true or false"),
        (rule(rule="varies", where=["p"]), "must be a mapping"),
        (rule(rule="allowed", values=[False, "A"]), "put it in quotes"),
        (rule(rule="allowed", values=[1, 2]), "put it in quotes"),
    ],
)
def test_a_rule_that_could_not_mean_what_it_says_is_refused(column: dict[str, Any], says: str) -> None:
    assert says in mistakes(contract_of(column))


def test_a_severity_beside_a_rule_is_refused_with_the_way_out() -> None:
    column = rule(rule="varies")
    column["quality"][0]["severity"] = "warning"
    assert "outcome: warn" in mistakes(contract_of(column))


def test_keys_for_people_are_listed_and_change_nothing() -> None:
    document = contract_of({"logicalType": "string", "examples": ["a"], "classification": "restricted"})
    document |= {"tags": ["a"], "slaProperties": [{"property": "latency", "value": 4, "unit": "d"}]}
    contract = parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="")
    assert contract.informative_keys == ("slaProperties", "tags", "t.*.classification", "t.*.examples")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"servers": [{"server": "s", "type": "local", "encoding": "latin1"}]}, "files are UTF-8"),
        ({"servers": [{"server": "s", "type": "local", "format": "json"}]}, "CSV or Parquet"),
        ({"servers": [{"server": "s", "type": "local", "delimiter": ";"}]}, "custom property 'delimiter'"),
        (
            {"customProperties": [{"property": "maxQuarantineFraction", "value": 0.5}]},
            "it has no effect here",
        ),
    ],
)
def test_what_stands_at_the_top_and_is_read_elsewhere_is_refused(more: dict[str, Any], says: str) -> None:
    assert says in mistakes({**contract_of({"logicalType": "string"}), **more})


@pytest.mark.parametrize("to", ["u.id", "/schema/u/properties/id", "schema/tu/properties/cid"])
def test_a_relationship_holds_rows_without_their_parent(to: str) -> None:
    document = contract_of({"logicalType": "string", "relationships": [{"to": to}]})
    parent = {"name": "id", "id": "cid", "logicalType": "string"}
    document["schema"].append({"name": "u", "id": "tu", "properties": [parent]})
    contract = parse(yaml.safe_dump(document).encode(), file="c.yaml", sha256="")
    child = pd.DataFrame({"p": ["A", "B"], "x": ["1", "01"]})
    result = validate_frames(contract, {"t": child, "u": pd.DataFrame({"id": ["1"]})}, now=NOW)
    assert list(result.valid["t"]["x"]) == ["1"]
    assert [f.code for f in result.findings] == ["Q_NO_PARENT"]


def test_an_enumeration_is_a_list_of_the_only_values() -> None:
    column = {"logicalType": "string", "enum": [{"value": "A"}, {"value": "B"}]}
    assert held(column, ["A", "B", "A", "C"]) == [False, False, False, True]


def judged(contract: str, file: str, tmp_path: Path) -> GateResult:
    folder = CASES / "15_odcs_options"
    shutil.copy(folder / file, tmp_path / file)
    return validate(load(folder / contract), {"visits": tmp_path / file}, now=NOW)


@pytest.mark.case("data/15_odcs_options")
def test_bounds_lengths_and_patterns_of_the_standard_are_kept(tmp_path: Path, now: Any) -> None:
    for contract in ("contract.yaml", "contract_jdk.yaml"):
        result = judged(contract, "visits.csv", tmp_path)
        found = {(f.code, f.column): f.count for f in result.findings if f.code[0] == "Q"}
        assert found[("Q_HARD_RANGE", "glucose")] == 2
        assert found[("Q_HARD_RANGE", "visits_so_far")] == 2
        assert found[("Q_LENGTH", "patient")] == found[("Q_ID_FORMAT", "patient")] == 1
        assert (("Q_TIME_RANGE", "visit_date") in found) == (contract == "contract.yaml")
        assert "E_DATE_FORMAT" not in {f.code for f in result.findings}
        rows = len(result.quarantined["line"].unique())
        now(f"{contract}: {rows} of {result.rows_in} rows held, by {len(found)} rules")


@pytest.mark.case("data/15_odcs_options")
def test_whole_numbers_as_patients_are_refused_when_the_contract_is_loaded(now: Any) -> None:
    with pytest.raises(ContractError, match=r"schema\.visits\.patient\.logicalType.*logicalType: string"):
        load(CASES / "15_odcs_options/contract_int.yaml")
    now("contract_int.yaml is refused: the patient is text")
