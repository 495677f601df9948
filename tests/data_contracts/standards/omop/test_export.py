"""OMOP CDM extracts: 5.3 and 5.4, upper and lower case, CSV and Parquet, and identifiers as exporters write them."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.standards.convert import ConversionAccount, ConversionError
from tests.data_contracts.standards.exports import converted, reasons, write_omop

MAPPING = """
mapping: visits
standard: omop-cdm
records: {by: visit, timezone: Europe/Paris}
subject: patient_id
time: time
visit: visit_id
columns:
  creatinine: {codes: [3016723], units: {"8840": 1, "8749": 0.0113, mg/dL: 1}}
  smoker: {codes: [43054909], categories: {"45883458": former, "45879404": never}}
  sex: {patient: gender, values: {"8507": M, "8532": F}}
  age: {age: years}
  class: {visit: class}
  diabetes_before: {had_before: ["201820"]}
  insulin_before: {count_before: [1596977], within_days: 365}
"""
WITH_DESCENDANTS = MAPPING.replace("201820", "201820+")
Tables = dict[str, pd.DataFrame]


def tables(**changes: object) -> Tables:
    """One person with one visit and one creatinine; `changes` are cells of the measurement."""
    measurement = {
        "measurement_id": 1, "person_id": 7, "measurement_concept_id": 3016723, "measurement_date": "2020-01-10",
        "measurement_datetime": "2020-01-10 09:30:00", "value_as_number": 1.2, "value_as_concept_id": 0,
        "unit_concept_id": 8840, "unit_source_value": "mg/dL", "operator_concept_id": 0, "visit_occurrence_id": 3,
    }  # fmt: skip
    visit = {
        "visit_occurrence_id": 3, "person_id": 7, "visit_concept_id": 9202, "visit_start_date": "2020-01-10",
        "visit_start_datetime": "2020-01-10 09:00:00", "visit_end_date": "2020-01-10",
        "visit_end_datetime": "2020-01-10 10:00:00",
    }  # fmt: skip
    person = {"person_id": 7, "gender_concept_id": 8532, "year_of_birth": 1960, "month_of_birth": 7}
    return {
        "person": pd.DataFrame([person]),
        "visit_occurrence": pd.DataFrame([visit]),
        "measurement": pd.DataFrame([measurement | changes]),
    }


def omop(
    tmp_path: Path, given: Tables, form: str = "csv", mapping: str = MAPPING
) -> tuple[pd.DataFrame, ConversionAccount]:
    return converted(write_omop(tmp_path / "export", given, form), mapping)


def condition(concept: int, day: str) -> pd.DataFrame:
    row = {
        "condition_occurrence_id": 1, "person_id": 7, "condition_concept_id": concept, "condition_start_date": day,
    }  # fmt: skip
    return pd.DataFrame([row])


@pytest.mark.parametrize("form", ["csv", "csv.gz", "csv.zst", "parquet"])
@pytest.mark.parametrize("upper", [False, True])
def test_every_form_gives_the_same_records(tmp_path: Path, form: str, upper: bool) -> None:
    given = tables()
    if upper:
        given = {name.upper(): table.rename(columns=str.upper) for name, table in given.items()}
    records, account = omop(tmp_path, given, form)
    row = records.iloc[0]
    assert row["time"] == pd.Timestamp("2020-01-10T09:00:00Z"), "10 o'clock in Paris"
    assert [row[c] for c in ("patient_id", "visit_id", "creatinine", "sex", "class")] == [
        "7",
        "3",
        1.2,
        "F",
        "9202",
    ]
    assert row["age"] == pytest.approx(59.5, abs=0.1)
    assert reasons(account) == {}


def test_identifiers_that_became_floats_are_the_same_patient(tmp_path: Path) -> None:
    given = tables()
    for name in given:
        given[name] = given[name].astype({"person_id": "float64"})
    given["measurement"] = given["measurement"].astype({"visit_occurrence_id": "float64"})
    for form in ("csv", "parquet"):
        assert omop(tmp_path / form, given, form)[0]["patient_id"].tolist() == ["7"]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"unit_concept_id": 8749, "value_as_number": 100}, 1.13),
        ({"unit_concept_id": 0}, 1.2),
        ({"unit_concept_id": 8753}, "W_EVENT_UNIT"),
        ({"unit_concept_id": 0, "unit_source_value": ""}, "W_EVENT_NO_UNIT"),
        ({"operator_concept_id": 4171756}, "W_EVENT_CENSORED"),
        ({"value_as_number": None}, "W_EVENT_NO_VALUE"),
        ({"value_as_number": "high"}, "W_EVENT_VALUE_UNREADABLE"),
        ({"value_as_number": "inf"}, "W_EVENT_VALUE_UNREADABLE"),
        ({"visit_occurrence_id": 0}, "W_EVENT_NO_VISIT"),
        ({"visit_occurrence_id": 99}, "W_EVENT_VISIT_UNKNOWN"),
        ({"person_id": 8}, "W_EVENT_SUBJECT_UNKNOWN"),
        ({"measurement_datetime": "2020-03-29 02:30:00", "measurement_date": None}, "W_EVENT_TIME_AMBIGUOUS"),
        ({"measurement_concept_id": 0}, "W_EVENT_NO_CODE"),
        ({"measurement_concept_id": 1}, "N_EVENT_UNMAPPED"),
    ],
)
def test_a_measurement_is_used_or_counted(tmp_path: Path, changes: dict, outcome: float | str) -> None:
    records, account = omop(tmp_path, tables(**changes))
    if isinstance(outcome, float):
        assert records["creatinine"].tolist() == [pytest.approx(outcome)]
    else:
        assert reasons(account) == {outcome: 1, "N_VISIT_EMPTY": 1}


def test_a_row_that_stands_twice_counts_once_and_a_shared_identifier_is_no_repetition(tmp_path: Path) -> None:
    """In some extracts rows of different patients share an identifier."""
    given = tables()
    other = given["measurement"].assign(person_id=8, visit_occurrence_id=4)
    given["measurement"] = pd.concat([given["measurement"]] * 2 + [other])
    given["person"] = pd.concat([given["person"], given["person"].assign(person_id=8)])
    visit = given["visit_occurrence"]
    given["visit_occurrence"] = pd.concat([visit, visit.assign(person_id=8, visit_occurrence_id=4)])
    _, account = omop(tmp_path, given)
    assert account.used["measurement"]["creatinine"] == 2
    assert reasons(account) == {"N_EVENT_REPEATED": 1}


def test_of_two_rows_that_contradict_one_another_under_one_identifier_neither_is_taken(
    tmp_path: Path,
) -> None:
    given = tables()
    given["measurement"] = pd.concat([given["measurement"], given["measurement"].assign(value_as_number=2.0)])
    _, account = omop(tmp_path, given)
    assert reasons(account) == {"W_EVENT_SAME_ID": 2, "N_VISIT_EMPTY": 1}


def test_a_concept_brings_its_descendants(tmp_path: Path) -> None:
    ancestors = pd.DataFrame({"ancestor_concept_id": [201820, 5], "descendant_concept_id": [201826, 9]})
    given = tables() | {"condition_occurrence": condition(201826, "2019-01-01")}
    records, account = omop(tmp_path, given | {"concept_ancestor": ancestors}, mapping=WITH_DESCENDANTS)
    assert records["diabetes_before"].tolist() == [1]
    assert account.codes_never_met == ("1596977", "201820", "43054909")


def test_descendants_need_the_table_that_knows_them(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match=r"E_FILE_MISSING.*concept_ancestor"):
        omop(tmp_path, tables(), mapping=WITH_DESCENDANTS)


def test_events_long_ago_do_not_count_within_days(tmp_path: Path) -> None:
    drugs = pd.DataFrame(
        {
            "drug_exposure_id": [1, 2, 3, 4],
            "person_id": 7,
            "drug_concept_id": 1596977,
            "drug_exposure_start_date": ["2018-01-01", "2019-06-01", "2020-01-09", "2020-01-10"],
        }
    )
    records, _ = omop(tmp_path, tables() | {"drug_exposure": drugs})
    assert records["insulin_before"].tolist() == [2], "not that of two years ago, nor that of the day itself"


def test_answers_are_concepts(tmp_path: Path) -> None:
    given = tables(measurement_concept_id=43054909, value_as_concept_id=45883458, value_as_number=None)
    assert omop(tmp_path, given)[0]["smoker"].tolist() == ["former"]


def test_a_person_with_two_different_rows_is_nobody(tmp_path: Path) -> None:
    given = tables()
    given["person"] = pd.concat([given["person"], given["person"].assign(gender_concept_id=8507)])
    records, account = omop(tmp_path, given)
    assert records.empty
    assert reasons(account)["W_PATIENT_SAME_ID"] == 2


def test_parts_and_another_delimiter_are_read(tmp_path: Path) -> None:
    folder = write_omop(tmp_path / "export", {k: v for k, v in tables().items() if k != "measurement"})
    (folder / "measurement").mkdir()
    for number, value in enumerate((1.0, 3.0)):
        rows = tables(
            measurement_id=number, measurement_datetime=f"2020-01-10 09:0{number}:00", value_as_number=value
        )
        rows["measurement"].to_csv(folder / "measurement" / f"part-{number}.csv", index=False, sep="\t")
    records, account = converted(folder, MAPPING)
    assert records["creatinine"].tolist() == [3.0]
    assert account.seen["measurement"] == 2


def test_rows_with_another_number_of_fields_are_counted(tmp_path: Path) -> None:
    folder = write_omop(tmp_path / "export", tables())
    with (folder / "measurement.csv").open("a") as file:
        file.write("2,7,3016723\n")
    records, account = converted(folder, MAPPING)
    assert len(records) == 1
    assert reasons(account) == {"W_LINE_UNREADABLE": 1}


def test_a_missing_column_and_a_damaged_file_are_refused(tmp_path: Path) -> None:
    given = tables()
    given["measurement"] = given["measurement"].drop(columns="person_id")
    with pytest.raises(ConversionError, match=r"E_COLUMNS_MISSING.*person_id"):
        omop(tmp_path, given)
    folder = write_omop(tmp_path / "other", tables(), "parquet")
    (folder / "measurement.parquet").write_bytes(b"PAR1 no table PAR1")
    with pytest.raises(ConversionError, match="E_UNREADABLE"):
        converted(folder, MAPPING)
