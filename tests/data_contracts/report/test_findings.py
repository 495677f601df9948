"""Which published predictions a finding touches, and how its code reads on the page."""

import json
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract.vocabulary import codes, vocabulary
from data_contracts.report.findings import PatientFindings, advice, title
from data_contracts.report.page import facts, json_text, page
from tests.data_contracts.report.ward_deliveries import CONTRACT, broken, rows, validated

CLEAN = rows({"east": 200, "west": 100})
SPOILT = broken(broken(CLEAN, "east", 40), "west", 4, value=30.0)
"""Impossible weights of patients 0 to 19, unusual ones of patients 100 and 101."""
KEY = "visits.weight.hard_range Q_HARD_RANGE"


@pytest.fixture
def patients() -> PatientFindings:
    """Two outcomes for each of patients 10 to 119; those below 15 are withheld."""
    subjects = [f"P{i:04d}" for i in range(10, 120) for _ in range(2)]
    status = ["withheld" if s < "P0015" else "personalised" for s in subjects]
    return PatientFindings(predictions=pd.DataFrame({"subject": subjects, "status": status}))


def test_a_finding_counts_its_patients_and_their_predictions(
    tmp_path: Path, patients: PatientFindings
) -> None:
    reached = facts(*validated(tmp_path, SPOILT), patients=patients)["reach"]
    assert reached["findings"][KEY] == {
        "patients": 20,
        "touched_patients": 10,
        "touched": 20,
        "withheld": 10,
        "marked": 10,
    }
    assert reached["patients"] == 22
    assert reached["published"]["predictions"] == 220
    assert reached["published"]["touched"] == 24


def test_what_was_put_right_touches_no_prediction(tmp_path: Path, patients: PatientFindings) -> None:
    keyed = CONTRACT.replace(
        "    properties:\n",
        "    quality: [{type: custom, engine: meta-med, "
        "implementation: {rule: unique_key, columns: [patient, weight]}}]\n    properties:\n",
        1,
    )
    twice = pd.concat([CLEAN, CLEAN.iloc[30:34]])
    reached = facts(*validated(tmp_path, twice, keyed), patients=patients)["reach"]
    (only,) = reached["findings"].values()
    assert only == {"patients": 2}
    assert reached["published"]["touched"] == 0


def test_without_anything_published_the_page_says_so(tmp_path: Path) -> None:
    content = facts(*validated(tmp_path, SPOILT))
    assert "published" not in content["reach"]
    assert "Nothing of this study is published yet" in page(content)


def test_a_rejected_delivery_touches_nothing_that_is_published(
    tmp_path: Path, patients: PatientFindings
) -> None:
    content = facts(*validated(tmp_path, SPOILT.drop(columns="weight")), patients=patients)
    assert "published" not in content["reach"]
    assert "nothing of this delivery is used" in page(content)


def test_no_patient_is_named_in_page_or_json(tmp_path: Path, patients: PatientFindings) -> None:
    result, contract = validated(tmp_path, SPOILT)
    content = facts(result, contract, patients=patients)
    said = page(content) + json_text(content)
    assert "P00" not in said
    assert "P01" not in said


def test_where_the_contract_has_no_cohorts_the_studys_are_told_by_patients(
    tmp_path: Path, patients: PatientFindings
) -> None:
    bare = CONTRACT.replace("customProperties: [{property: role, value: cohort}]", "description: Ward.")
    bands = pd.Series({f"P{i:04d}": "young" if i < 50 else "old" for i in range(150)})
    known = PatientFindings(predictions=patients.predictions, cohorts=bands)
    frame = broken(SPOILT, "west", 60, value=None)
    content = facts(*validated(tmp_path, frame, bare), patients=known)
    table = content["cohorts"][0]
    assert table["unit"] == "patients"
    assert dict(zip(table["cohorts"], table["sizes"], strict=True)) == {"old": 100, "young": 50}
    shown = next(r for r in table["rules"] if r["code"] == "Q_HARD_RANGE")
    assert dict(zip(table["cohorts"], [c["text"] for c in shown["cells"]], strict=True)) == {
        "old": "",
        "young": "40%",
    }
    missing = content["completeness"][0]
    weight = next(c for c in missing["columns"] if c["column"] == "weight")
    assert dict(zip(missing["cohorts"], [c["text"] for c in weight["cells"]], strict=True)) == {
        "old": "30%",
        "young": "",
    }
    json.dumps(content)


def test_no_code_is_shown_as_a_code() -> None:
    assert {c for c in codes() if "_" in title(c) or not title(c)[0].isupper()} == set()
    assert {c for c in codes() if not advice(c).endswith(".")} == set()


def test_every_word_of_a_contract_has_a_name_of_its_own() -> None:
    own = {word.code for word in vocabulary().values()}
    assert {c for c in own if title(c) == c[2:].replace("_", " ").capitalize()} == set()
