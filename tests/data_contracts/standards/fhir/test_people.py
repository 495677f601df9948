"""Patients of a FHIR export who are merged, repeated, or referenced in every form that servers write."""

import json
from pathlib import Path
from typing import Any

import pytest

from data_contracts.standards.convert import ConversionError
from tests.data_contracts.standards.exports import (
    FHIR_MAPPING,
    converted,
    encounter,
    fhir,
    observation,
    patient,
    reasons,
    write_ndjson,
)


def link(other: str, kind: str = "replaced-by") -> dict[str, Any]:
    return {"other": {"reference": f"Patient/{other}"}, "type": kind}


def of(key: str, number: int) -> list[dict[str, Any]]:
    """A visit of that patient with a value."""
    value = observation(
        f"o{number}",
        value=float(number),
        subject={"reference": f"Patient/{key}"},
        encounter={"reference": f"Encounter/e{number}"},
    )
    return [encounter(f"e{number}", key), value]


@pytest.mark.parametrize(
    ("people", "owners", "counts"),
    [
        ([patient("a"), patient("b", active=False, link=[link("a")])], ["a", "a"], {"N_PATIENT_MERGED": 1}),
        ([patient("a", link=[link("b", "replaces")])], ["a", "a"], {}),
        ([patient("a"), patient("b", link=[link("a", "seealso")])], ["a", "b"], {}),
        ([patient("a"), patient("b", link=[link("x")])], ["a", "b"], {"W_PATIENT_LINK": 1}),
        ([patient("a", link=[link("b")]), patient("b", link=[link("a")])], ["a", "b"], {"W_PATIENT_LINK": 2}),
        (
            [patient("a"), patient("c", link=[link("a")]), patient("b", link=[link("c")])],
            ["a", "a"],
            {"N_PATIENT_MERGED": 2},
        ),
        ([patient("a"), patient("b", active=False)], ["a", "b"], {}),
    ],
)
def test_merged_patients_are_one(tmp_path: Path, people: list, owners: list[str], counts: dict) -> None:
    for turn, order in enumerate((people, people[::-1])):
        (tmp_path / str(turn)).mkdir()
        records, account = fhir(tmp_path / str(turn), *order, *of("a", 1), *of("b", 2))
        assert sorted(records["patient_id"]) == owners
        assert reasons(account) == counts


def test_two_patients_who_share_an_identifier_may_be_one_and_are_told(tmp_path: Path) -> None:
    number = [{"system": "urn:mrn", "value": "0007"}]
    people = [patient("a", identifier=number), patient("b", identifier=number), patient("c")]
    records, account = fhir(tmp_path, *people, *of("a", 1), *of("b", 2))
    assert sorted(records["patient_id"]) == ["a", "b"]
    assert reasons(account) == {"W_PATIENT_TWICE": 2}
    other = [{"system": "urn:other", "value": "0007"}]
    _, account = fhir(tmp_path, patient("a", identifier=number), patient("b", identifier=other), *of("a", 1))
    assert reasons(account) == {}


@pytest.mark.parametrize("key", ["007", "0", "1e17", "9007199254740993", "a_b", "x" * 200, "é", "a.b-c~d:e"])
def test_identifiers_are_text_from_byte_to_page(tmp_path: Path, key: str) -> None:
    records, account = fhir(tmp_path, patient(key), *of(key, 1))
    assert records["patient_id"].tolist() == [key]
    assert reasons(account) == {}


def test_an_identifier_that_a_server_writes_as_a_number_keeps_its_digits(tmp_path: Path) -> None:
    numbered = patient("n") | {"id": 12345678901234567890}
    records, _ = fhir(tmp_path, numbered, *of("12345678901234567890", 1))
    assert records["patient_id"].tolist() == ["12345678901234567890"]


@pytest.mark.parametrize(
    "addresses",
    [
        ("http://s/fhir", "https://s/fhir"),
        ("https://S/fhir", "https://s:443/fhir/"),
        ("http://s:80/fhir", "http://s//fhir"),
        ("http://s:8080/fhir", "https://s/fhir"),
    ],
)
def test_one_server_by_several_addresses_is_one(tmp_path: Path, addresses: tuple[str, str]) -> None:
    values = [
        observation(f"o{i}", subject={"reference": f"{address}/Patient/p1"})
        for i, address in enumerate(addresses)
    ]
    _, account = fhir(tmp_path, *values)
    assert account.used["Observation"]["creatinine"] == 2


@pytest.mark.parametrize(
    "addresses",
    [("http://s/a", "http://s/b"), ("http://s/a", "http://t/a"), ("http://s:8080/a", "http://s:8081/a")],
)
def test_two_servers_are_refused_in_either_order(tmp_path: Path, addresses: tuple[str, str]) -> None:
    for order in (addresses, addresses[::-1]):
        values = [observation(f"o{i}", subject={"reference": f"{a}/Patient/p1"}) for i, a in enumerate(order)]
        with pytest.raises(ConversionError, match="more than one server"):
            fhir(tmp_path, *values)


def test_an_organisation_of_a_directory_elsewhere_refuses_nothing(tmp_path: Path) -> None:
    mapping = FHIR_MAPPING + "  site: {visit: organization}\n"
    visit = encounter(
        subject="p1", serviceProvider={"reference": "https://directory.org/Organization/ward-3"}
    ) | {"subject": {"reference": "https://s.org/fhir/Patient/p1"}}
    records, _ = fhir(tmp_path, visit, observation(), mapping=mapping)
    assert records["site"].tolist() == ["ward-3"]


@pytest.mark.parametrize(
    ("birth", "age", "counts"),
    [
        ({"birthDate": "1960-07-01T08:00:00+02:00"}, 59.5, {}),
        ({"birthDate": "01.07.1960"}, None, {"W_BIRTH_UNREADABLE": 1}),
        ({"birthDate": None}, None, {}),
        ({"birthDate": "2020"}, 0.0, {}),
        ({"birthDate": "2020-01-10"}, 0.0, {}),
        (
            {
                "birthDate": "01.07.1960",
                "_birthDate": {
                    "extension": [
                        {
                            "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                            "valueDateTime": "1960-07-01T08:00:00+02:00",
                        }
                    ]
                },
            },
            59.5,
            {},
        ),
    ],
)
def test_births_are_read_where_they_stand_or_counted(
    tmp_path: Path, birth: dict, age: float | None, counts: dict
) -> None:
    records, account = fhir(tmp_path, patient(**birth), observation())
    expected = float("nan") if age is None else age
    assert records["age"].tolist() == [pytest.approx(expected, abs=0.1, nan_ok=True)]
    assert reasons(account) == counts
    assert "1960" not in json.dumps(account.to_dict())


def test_a_visit_before_birth_is_not_used(tmp_path: Path) -> None:
    records, account = fhir(tmp_path, patient(birthDate="2021"), observation())
    assert records.empty
    assert reasons(account) == {"W_VISIT_BEFORE_BIRTH": 1, "W_EVENT_VISIT_UNKNOWN": 1}


def test_patients_contained_elsewhere_are_no_table_of_patients(tmp_path: Path) -> None:
    mapping = "\n".join(
        line for line in FHIR_MAPPING.splitlines() if not line.startswith(("  sex", "  age", "  diab"))
    )
    contained = observation(contained=[{"resourceType": "Patient", "id": "x"}])
    folder = write_ndjson(tmp_path / "export", [encounter(), contained])
    records, account = converted(folder, mapping)
    assert records["patient_id"].tolist() == ["p1"]
    assert reasons(account) == {}
