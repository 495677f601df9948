"""FHIR exports that were once converted wrongly, each with its right result."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.data_contracts.standards.exports import converted, reasons

INPUTS = Path(__file__).parents[2] / "cases" / "inputs"
EMPTY = "N_VISIT_EMPTY"
Counts = dict[str, int]


def case(name: str, *values: Any) -> Any:
    return pytest.param(name, *values, marks=pytest.mark.case(f"data/{name}"), id=name)


def read(name: str, folder: str, tmp_path: Path) -> tuple[pd.DataFrame, Counts]:
    mapping = (INPUTS / name / "mapping.yaml").read_text()
    records, account = converted(INPUTS / name / folder, mapping, tmp_path)
    return records, {code: count for code, count in reasons(account).items() if code != EMPTY}


def told(records: pd.DataFrame, left_out: Counts) -> str:
    values = ", ".join(f"{value:g}" for value in records.get("systolic", [])) or "no record (exit 4)"
    counts = ", ".join(f"{code} {count}" for code, count in sorted(left_out.items()))
    return f"{values}; {counts or 'nothing left out'}"


VERSIONS = [
    case("07_fhir_same_id/amended_newer_without_code", [], {"N_EVENT_STATUS": 1, "N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/lastupdated_unreadable", [130], {"N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/newer_other_code", [], {"N_EVENT_UNMAPPED": 1, "N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/retracted_no_meta", [], {"N_EVENT_STATUS": 1, "N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/retracted_no_meta_swapped", [], {"N_EVENT_STATUS": 1, "N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/same_instant", [130], {"N_EVENT_SUPERSEDED": 1}),
    case("07_fhir_same_id/swapped", [], {"W_EVENT_SAME_ID": 2}),
    case("07_fhir_same_id/two_patients_one_id_no_meta", [], {"W_EVENT_SAME_ID": 2}),
    case("07_fhir_same_id/two_patients_one_id_two_files", [], {"W_EVENT_SAME_ID": 2}),
    case("07_fhir_same_id/versions_by_versionid", [130], {"N_EVENT_SUPERSEDED": 1}),
]
QUIRKS = [
    case("09_fhir_quirks/array", [120], {}),
    case("09_fhir_quirks/bom_each", [125], {}),
    case("09_fhir_quirks/bundle", [120], {}),
    case("09_fhir_quirks/conditional_ref", [], {"W_EVENT_NO_SUBJECT": 1}),
    case("09_fhir_quirks/contained_ref", [], {"W_EVENT_NO_SUBJECT": 1}),
    case("09_fhir_quirks/crlf", [125], {}),
    case("09_fhir_quirks/dar", [], {"W_EVENT_NO_VALUE": 1}),
    case("09_fhir_quirks/dar_and_value", [], {"W_EVENT_VALUE_DOUBTED": 1}),
    case("09_fhir_quirks/dup_key", [130], {"W_LINE_UNREADABLE": 1}),
    case("09_fhir_quirks/eff_hour_offset", [120], {}),
    case("09_fhir_quirks/eff_issued_only", [120], {}),
    case("09_fhir_quirks/eff_lower", [120], {}),
    case("09_fhir_quirks/eff_offset_colonless", [120], {}),
    case("09_fhir_quirks/eff_partial", [], {"W_EVENT_TIME_INEXACT": 1}),
    case("09_fhir_quirks/eff_period_open", [120], {}),
    case("09_fhir_quirks/eff_space", [120], {}),
    case("09_fhir_quirks/gz", [125], {}),
    case("09_fhir_quirks/http_and_https", [120], {}),
    case("09_fhir_quirks/huge", [12345678901234567890123], {"W_EVENT_VALUE_UNREADABLE": 1}),
    case("09_fhir_quirks/id_with_slash_history", [120], {}),
    case("09_fhir_quirks/json_ext", [120], {}),
    case("09_fhir_quirks/loinc_http_www", [120], {}),
    case("09_fhir_quirks/loinc_https", [120], {}),
    case("09_fhir_quirks/loinc_oid", [120], {}),
    case("09_fhir_quirks/loinc_slash", [120], {}),
    case("09_fhir_quirks/long_ids", [120], {}),
    case("09_fhir_quirks/lower_ref", [120], {}),
    case("09_fhir_quirks/nbsp", [125], {}),
    case("09_fhir_quirks/no_ext", [120], {}),
    case("09_fhir_quirks/nul", [120], {}),
    case("09_fhir_quirks/null_comp_list", [120], {}),
    case("09_fhir_quirks/nulls", [120], {}),
    case("09_fhir_quirks/numbered", [120], {}),
    case("09_fhir_quirks/performer_many", [5e307], {}),
    case("09_fhir_quirks/pretty", [120], {}),
    case("09_fhir_quirks/proxy_port", [120], {}),
    case("09_fhir_quirks/r5_class", [120], {}),
    case("09_fhir_quirks/slash_server", [120], {}),
    case("09_fhir_quirks/subject_identifier_only", [], {"W_EVENT_NO_SUBJECT": 1}),
    case("09_fhir_quirks/surrogate", [120], {"W_LINE_UNREADABLE": 1}),
    case("09_fhir_quirks/underscore_ids", [120], {}),
    case("09_fhir_quirks/unit_empty_code", [120], {}),
    case("09_fhir_quirks/unit_none", [], {"W_EVENT_NO_UNIT": 1}),
    case("09_fhir_quirks/unit_padded", [120], {}),
    case("09_fhir_quirks/value_string_num", [], {"W_EVENT_VALUE_UNREADABLE": 1}),
    case("09_fhir_quirks/value_text_in_quantity", [120], {}),
]


@pytest.mark.parametrize(("name", "values", "left_out"), [*VERSIONS, *QUIRKS])
def test_what_servers_send_is_read_or_counted(
    name: str, values: list[float], left_out: Counts, tmp_path: Path, now: Any
) -> None:
    records, counted = read(*name.split("/"), tmp_path)
    now(told(records, counted))
    assert records["systolic"].tolist() == pytest.approx(values)
    assert counted == left_out


def test_every_folder_of_the_known_inputs_is_tried() -> None:
    tried = {param.values[0] for param in [*VERSIONS, *QUIRKS]}
    there = {f"{name}/{p.name}" for name in ("07_fhir_same_id", "09_fhir_quirks")
             for p in (INPUTS / name).iterdir() if p.is_dir()}  # fmt: skip
    assert tried == there


@pytest.mark.case("data/28_condition_retracted")
def test_a_condition_that_was_taken_back_was_never_had(tmp_path: Path, now: Any) -> None:
    records, counted = read("28_condition_retracted", "export", tmp_path)
    now(f"diabetes_before {records['diabetes_before'].tolist()}; {counted}")
    assert records["diabetes_before"].tolist() == [0]
    assert counted == {"N_EVENT_STATUS": 1, "N_EVENT_SUPERSEDED": 1}


@pytest.mark.case("data/27_fhir_deleted")
def test_what_the_export_says_was_deleted_is_gone(tmp_path: Path, now: Any) -> None:
    records, counted = read("27_fhir_deleted", "export", tmp_path)
    now(told(records, counted))
    assert records.empty
    assert counted == {"N_DELETION": 1, "N_EVENT_DELETED": 1}


@pytest.mark.case("data/03_fhir_times")
def test_times_that_cannot_be_read_or_meant_are_counted(tmp_path: Path, now: Any) -> None:
    records, counted = read("03_fhir_times", "export", tmp_path)
    now(f"{counted}; days {records['days'].round(2).tolist()}")
    ended = dict(zip(records["visit_id"], records["days"].round(3), strict=True))
    assert {visit for visit, days in ended.items() if pd.isna(days)} == {"ea", "eb", "ec", "ef", "ek"}
    assert [ended[visit] for visit in ("ed", "eg", "eh", "ei", "ej", "el")] == [2.001, 2.583, 2, 2, 2, 2]
    assert records["age"].notna().sum() == 4, "of the month, the year, the time and the date"
    assert (records["age"].dropna() > 0).all()
    assert counted == {
        "W_BIRTH_UNREADABLE": 5,
        # a birth in the year after the visit; the visit's end is the one that says only a month
        "W_VISIT_BEFORE_BIRTH": 1,
        "W_EVENT_VISIT_UNKNOWN": 1,
        "W_VISIT_END_UNREADABLE": 2,
        "W_VISIT_END_BEFORE_START": 1,
    }
