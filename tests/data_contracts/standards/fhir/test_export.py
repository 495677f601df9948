"""FHIR R4 as servers write it: what is used, what is left out, and why."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.data_contracts.standards.exports import (
    FHIR_MAPPING,
    LOINC,
    SNOMED,
    concept,
    condition,
    encounter,
    fhir,
    observation,
    patient,
    reasons,
)


def test_a_visit_becomes_a_record(tmp_path: Path) -> None:
    records, account = fhir(tmp_path, observation(value=1.4), condition())
    assert records.to_dict("records") == [
        {
            "patient_id": "p1",
            "time": pd.Timestamp("2020-01-10T10:00:00Z"),
            "systolic": pytest.approx(float("nan"), nan_ok=True),
            "diastolic": pytest.approx(float("nan"), nan_ok=True),
            "creatinine": 1.4,
            "smoker": pytest.approx(float("nan"), nan_ok=True),
            "sex": "F",
            "age": pytest.approx(59.53, abs=0.01),
            "diabetes_before": 1,
        }
    ]
    assert reasons(account) == {}


def test_components_are_values_of_their_own(tmp_path: Path) -> None:
    def part(code: str, value: float) -> dict:
        return {"code": concept((LOINC, code)), "valueQuantity": {"value": value, "code": "mm[Hg]"}}

    pressure = observation(code="85354-9", value=None, component=[part("8462-4", 80), part("8480-6", 120)])
    records, account = fhir(tmp_path, pressure)
    assert records[["systolic", "diastolic"]].to_numpy().tolist() == [[120, 80]]
    assert reasons(account) == {"N_EVENT_UNMAPPED": 1}, "the panel itself has no value"


def test_a_value_in_a_declared_unit_is_converted(tmp_path: Path) -> None:
    micromoles = {"value": 100, "unit": "umol/L", "code": "umol/L"}
    records, _ = fhir(tmp_path, observation(valueQuantity=micromoles))
    assert records["creatinine"].tolist() == [pytest.approx(1.13)]


@pytest.mark.parametrize(
    ("quantity", "reason"),
    [
        ({"value": 100, "code": "mmol/L"}, "W_EVENT_UNIT"),
        ({"value": 100, "code": "umol/L", "unit": "mg/dL", "comparator": "<"}, "W_EVENT_CENSORED"),
        ({"value": 1.0}, "W_EVENT_NO_UNIT"),
        ({"unit": "mg/dL"}, "W_EVENT_NO_VALUE"),
    ],
)
def test_a_value_that_cannot_be_trusted_is_not_used(tmp_path: Path, quantity: dict, reason: str) -> None:
    records, account = fhir(tmp_path, observation(valueQuantity=quantity), observation("o2"))
    assert records["creatinine"].tolist() == [1.0]
    assert reasons(account) == {reason: 1}


def test_the_coded_unit_counts_where_the_written_one_says_otherwise(tmp_path: Path) -> None:
    _, account = fhir(tmp_path, observation(valueQuantity={"value": 9, "code": "mmol/L", "unit": "mg/dL"}))
    assert reasons(account)["W_EVENT_UNIT"] == 1


def test_an_undeclared_unit_is_named_only_if_everybody_knows_it(tmp_path: Path) -> None:
    odd = [
        observation(f"o{i}", valueQuantity={"value": 1, "code": unit})
        for i, unit in enumerate(["g/L", "Anna"])
    ]
    _, account = fhir(tmp_path, *odd)
    said = next(entry.message for entry in account.left_out if entry.code == "W_EVENT_UNIT")
    assert "g/L: 1" in said
    assert "Anna" not in json.dumps(account.to_dict())


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "preliminary", "registered", None])
def test_only_results_that_stand_are_used(tmp_path: Path, status: str | None) -> None:
    records, account = fhir(tmp_path, observation(status=status))
    assert records.empty
    assert reasons(account) == {"N_EVENT_STATUS": 1, "N_VISIT_EMPTY": 1}


def test_a_correction_that_takes_a_result_back_takes_it_back(tmp_path: Path) -> None:
    old = observation(value=9.0, meta={"lastUpdated": "2020-01-11T00:00:00Z"})
    new = observation(status="entered-in-error", meta={"lastUpdated": "2020-01-12T00:00:00Z"})
    for versions in ([old, new], [new, old]):
        records, account = fhir(tmp_path, *versions)
        assert records.empty
        assert reasons(account)["N_EVENT_SUPERSEDED"] == 1


def test_retracted_conditions_and_medicines_not_to_be_given_are_not_had(tmp_path: Path) -> None:
    refuted = condition(verificationStatus={"coding": [{"code": "refuted"}]})
    records, account = fhir(tmp_path, observation(), refuted)
    assert records["diabetes_before"].tolist() == [0]
    assert reasons(account) == {"N_EVENT_STATUS": 1}
    drugs = FHIR_MAPPING + '  insulin_before: {had_before: ["rxnorm|5856"]}\n'
    banned = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "doNotPerform": True,
        "authoredOn": "2019-01-01",
        "medicationCodeableConcept": concept(("http://www.nlm.nih.gov/research/umls/rxnorm", "5856")),
        "subject": {"reference": "Patient/p1"},
    }
    assert fhir(tmp_path, observation(), banned, mapping=drugs)[0]["insulin_before"].tolist() == [0]
    allowed = {**banned, "doNotPerform": False}
    assert fhir(tmp_path, observation(), allowed, mapping=drugs)[0]["insulin_before"].tolist() == [1]


@pytest.mark.parametrize(
    ("recorded", "had"),
    [("2019", 1), ("2020-01", 0), ("2020-01-09", 1), ("2020-01-10", 0), ("2020-01-10T08:59:00Z", 1)],
)
def test_a_condition_counts_from_when_it_was_surely_known(tmp_path: Path, recorded: str, had: int) -> None:
    """An event with a date counts from the end of that date, so that a record does not know later hours."""
    records, _ = fhir(tmp_path, observation(), condition(recorded=recorded, onsetDateTime="2001-01-01"))
    assert records["diabetes_before"].tolist() == [had]


@pytest.mark.parametrize(
    "reference",
    ["Patient/p1", "urn:uuid:p1", "https://fhir.example.org/r4/Patient/p1", "Patient/p1/_history/3"],
)
def test_every_kind_of_reference_leads_to_the_patient(tmp_path: Path, reference: str) -> None:
    assert len(fhir(tmp_path, observation(subject={"reference": reference}))[0]) == 1


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"subject": {"reference": "Patient/p9"}}, "W_EVENT_SUBJECT_UNKNOWN"),
        ({"subject": {"reference": "Group/p1"}}, "W_EVENT_NO_SUBJECT"),
        ({"subject": None}, "W_EVENT_NO_SUBJECT"),
        ({"encounter": None}, "W_EVENT_NO_VISIT"),
        ({"encounter": {"reference": "Encounter/e9"}}, "W_EVENT_VISIT_UNKNOWN"),
        ({"effectiveDateTime": None}, "W_EVENT_NO_TIME"),
        ({"effectiveDateTime": "2020"}, "W_EVENT_TIME_INEXACT"),
        ({"effectiveDateTime": "2020-13-45"}, "W_EVENT_TIME_UNREADABLE"),
        ({"code": {}}, "W_EVENT_NO_CODE"),
    ],
)
def test_an_event_of_nobody_or_of_no_time_is_counted(tmp_path: Path, more: dict, reason: str) -> None:
    records, account = fhir(tmp_path, observation() | more)
    assert records.empty
    assert reasons(account) == {reason: 1, "N_VISIT_EMPTY": 1}


def test_a_result_never_goes_to_another_patients_visit(tmp_path: Path) -> None:
    stray = observation(subject={"reference": "Patient/p2"})
    _, account = fhir(tmp_path, patient("p1"), patient("p2"), stray)
    assert reasons(account)["W_EVENT_VISIT_OF_ANOTHER"] == 1


@pytest.mark.parametrize(
    "time",
    [
        {"effectiveDateTime": None, "effectiveInstant": "2020-01-10T09:30:00.123Z"},
        {"effectiveDateTime": None, "effectivePeriod": {"start": "2020-01-10T09:10:00Z"}},
        {"effectiveDateTime": "2020-01-10"},
        {"effectiveDateTime": "2020-01-10T10:30:00+01:00"},
    ],
)
def test_times_come_in_several_shapes(tmp_path: Path, time: dict) -> None:
    records, _ = fhir(tmp_path, observation(**time))
    assert records["time"].tolist() == [pd.Timestamp("2020-01-10T10:00:00Z")]


def test_a_result_that_came_late_moves_the_record_to_when_it_was_known(tmp_path: Path) -> None:
    records, _ = fhir(tmp_path, observation(effectiveDateTime="2020-01-13T08:00:00Z"))
    assert records["time"].tolist() == [pd.Timestamp("2020-01-13T08:00:00Z")]


def test_several_values_of_a_visit_become_one(tmp_path: Path) -> None:
    early = observation("o1", value=1.0, effectiveDateTime="2020-01-10T09:10:00Z")
    late = observation("o2", value=2.0, effectiveDateTime="2020-01-10T09:50:00Z")
    for take, value in {"first": 1.0, "last": 2.0, "mean": 1.5, "max": 2.0, "sum": 3.0, "count": 2}.items():
        mapping = FHIR_MAPPING.replace("take: mean", f"take: {take}")
        if take == "count":
            mapping = mapping.replace("units: {mg/dL: 1, umol/L: 0.0113}, ", "")
        records, account = fhir(tmp_path, late, early, mapping=mapping)
        assert records["creatinine"].tolist() == [value]
        assert account.used["Observation"]["creatinine"] == 2


def test_answers_become_declared_categories(tmp_path: Path) -> None:
    def smoking(key: str, code: str) -> dict:
        return observation(
            key, "72166-2", None, valueCodeableConcept=concept(("urn:local", "x"), (SNOMED, code))
        )

    records, account = fhir(tmp_path, smoking("o1", "8517006"), smoking("o2", "77176002"))
    assert records["smoker"].tolist() == ["former"]
    assert reasons(account) == {"W_EVENT_CATEGORY": 1}


def test_a_code_in_two_systems_is_one_value(tmp_path: Path) -> None:
    twice = observation(code="x", value=2.0) | {"code": concept((LOINC, "2160-0"), (LOINC, "38483-4"))}
    mapping = FHIR_MAPPING.replace('"loinc|2160-0"', '"loinc|2160-0", "loinc|38483-4"')
    records, account = fhir(tmp_path, twice, mapping=mapping)
    assert account.used == {"Observation": {"creatinine": 1}}
    assert records["creatinine"].tolist() == [2.0]


def test_visits_that_were_cancelled_or_not_asked_for_do_not_count(tmp_path: Path) -> None:
    visits = [
        encounter("e1"),
        encounter("e2", status="cancelled"),
        encounter("e3", **{"class": {"code": "IMP"}}),
    ]
    values = [observation(f"o{i}", encounter={"reference": f"Encounter/e{i}"}) for i in (1, 2, 3)]
    mapping = FHIR_MAPPING.replace("{by: visit}", "{by: visit, visits: [AMB]}")
    records, account = fhir(tmp_path, *visits, *values, mapping=mapping)
    assert len(records) == 1
    assert reasons(account) == {"N_VISIT_STATUS": 1, "N_VISIT_NOT_ASKED": 1, "W_EVENT_VISIT_UNKNOWN": 2}


def test_two_different_patients_with_one_identifier_are_nobody(tmp_path: Path) -> None:
    records, account = fhir(tmp_path, patient(gender="female"), patient(gender="male"), observation())
    assert records.empty
    assert reasons(account)["W_PATIENT_SAME_ID"] == 2
    records, account = fhir(tmp_path, patient(), patient(), observation())
    assert len(records) == 1
    assert reasons(account) == {"N_PATIENT_SUPERSEDED": 1}


def test_another_identifier_can_name_the_patient(tmp_path: Path) -> None:
    mapping = FHIR_MAPPING + 'identifier: "urn:study"\n'
    named = patient(identifier=[{"system": "urn:mrn", "value": "1"}, {"system": "urn:study", "value": "S-7"}])
    assert fhir(tmp_path, named, observation(), mapping=mapping)[0]["patient_id"].tolist() == ["S-7"]
    records, account = fhir(tmp_path, patient(), observation(), mapping=mapping)
    assert records.empty
    assert reasons(account) == {"W_PATIENT_NO_ID": 1}


def test_facts_of_patient_and_visit_become_columns(tmp_path: Path) -> None:
    race = {
        "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
        "extension": [
            {"url": "ombCategory", "valueCoding": {"code": "2106-3"}},
            {"url": "text", "valueString": "W"},
        ],
    }
    birth_sex = {"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "F"}
    mapping = (FHIR_MAPPING + "visit: visit_id\n").replace(
        "columns:",
        "columns:\n  race: {patient: race}\n  birth_sex: {patient: birth_sex}\n  born: {patient: birth_date}\n"
        "  class: {visit: class}\n  site: {visit: organization}\n  days: {visit: days}\n  source: {constant: north}",
    )
    records, _ = fhir(
        tmp_path,
        patient(extension=[birth_sex, race]),
        encounter(serviceProvider={"reference": "Organization/ward-3"}),
        observation(),
        mapping=mapping,
    )
    row = records.iloc[0]
    assert [row[c] for c in ("visit_id", "race", "birth_sex", "class", "site", "source")] == [
        "e1", "2106-3", "F", "AMB", "ward-3", "north",
    ]  # fmt: skip
    assert str(row["born"]) == "1960-07-01"
    assert row["days"] == pytest.approx(1 / 24)


def test_days_are_those_of_the_sites_clock(tmp_path: Path) -> None:
    mapping = FHIR_MAPPING.replace("{by: visit}", "{by: day, timezone: America/New_York}")
    late = observation(effectiveDateTime="2020-01-11T03:00:00Z")
    assert [str(day) for day in fhir(tmp_path, late, mapping=mapping)[0]["time"]] == ["2020-01-10"]


def test_buckets_end_after_everything_in_them(tmp_path: Path) -> None:
    mapping = FHIR_MAPPING.replace("{by: visit}", "{by: 6 hours}")
    records, _ = fhir(tmp_path, observation(), mapping=mapping)
    assert records["time"].tolist() == [pd.Timestamp("2020-01-10T12:00:00Z")]
    _, account = fhir(tmp_path, observation(effectiveDateTime="2020-01-10"), mapping=mapping)
    assert reasons(account) == {"W_EVENT_TIME_INEXACT": 1, "N_TYPE_NOT_READ": 1}, "visits are no records here"
