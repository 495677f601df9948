"""Whom a reason is about: cohorts are named only where no single patient could be meant."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.validation.result import OTHER, GateResult

CONTRACT = """
kind: DataContract
apiVersion: v3.0.2
id: wards
name: wards
version: 1.0.0
status: active
schema:
  - name: visits
    customProperties: [{property: maxQuarantineFraction, value: 1.0}]
    properties:
      - name: patient
        logicalType: string
        required: true
        customProperties: [{property: role, value: subject}]
      - name: ward
        logicalType: string
        customProperties: [{property: role, value: cohort}]
        quality: [{type: custom, engine: meta-med, implementation: {rule: pattern, regex: '[a-z]+'}}]
      - name: weight
        logicalType: number
        quality: [{type: custom, engine: meta-med, implementation: {rule: hard_range, min: 1, max: 400}}]
"""


def judged(tmp_path: Path, rows: pd.DataFrame, contract: str = CONTRACT) -> GateResult:
    (tmp_path / "wards.yaml").write_text(contract)
    rows.to_csv(tmp_path / "visits.csv", index=False)
    return validate(load(tmp_path / "wards.yaml"), {"visits": tmp_path / "visits.csv"})


@pytest.fixture
def rows() -> pd.DataFrame:
    """Two wards of 20 rows, one of 3, a name typed into the ward's cell, and a row without ward."""
    wards = ["east"] * 20 + ["west"] * 20 + ["attic"] * 3 + ["Mrs Roe"] * 15 + [None]
    frame = pd.DataFrame({"patient": [f"P{i // 2}" for i in range(len(wards))], "ward": wards})
    return frame.assign(weight=[-5.0] * 6 + [70.0] * (len(wards) - 6))


def test_small_faulty_and_empty_cohorts_have_no_name(tmp_path: Path, rows: pd.DataFrame) -> None:
    found = judged(tmp_path, rows).by_cohort
    weights = found[found["rule"] == "visits.weight.hard_range"].set_index("cohort")
    assert weights["count"].to_dict() == {"east": 6, "west": 0, OTHER: 0}
    assert weights["rows"].to_dict() == {"east": 20, "west": 20, OTHER: 19}


def test_a_cohort_that_the_contract_names_is_named_however_small(tmp_path: Path, rows: pd.DataFrame) -> None:
    named = CONTRACT.replace(
        "{rule: pattern, regex: '[a-z]+'}", "{rule: allowed, values: [east, west, attic]}"
    )
    found = judged(tmp_path, rows, named).by_cohort
    assert set(found["cohort"]) == {"attic", "east", "west", OTHER}


def test_each_reason_knows_its_patients_and_how_many_of_their_rows(
    tmp_path: Path, rows: pd.DataFrame
) -> None:
    result = judged(tmp_path, rows)
    touched = result.touched[result.touched["rule"] == "visits.weight.hard_range"]
    assert dict(zip(touched["subject"], touched["rows"], strict=True)) == {"P0": 2, "P1": 2, "P2": 2}
    assert touched["holds"].all()
    assert "P0" not in repr(result)


def test_a_clean_delivery_touches_nobody(tmp_path: Path, rows: pd.DataFrame) -> None:
    result = judged(tmp_path, rows.assign(ward="east", weight=70.0))
    assert result.touched.empty
    assert result.by_cohort.empty
