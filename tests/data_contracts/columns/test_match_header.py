"""Names of columns: who is identified, what is nearly right, and what is only counted."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.findings import Finding
from data_contracts.gate import validate_frames
from data_contracts.rules.person_numbers import identifies_people
from tests.bad_inputs.base_table import base_table

CONTRACT = load(Path(__file__).parents[2] / "bad_inputs" / "contract.yaml")


def findings(table: pd.DataFrame) -> tuple[Finding, ...]:
    return validate_frames(CONTRACT, {"records": table}).findings


@pytest.mark.parametrize(
    "name", ["SSN", "PatientName", "patient full name", "E-Mail", "phone_number", "NHS No.", "pt_postcode"]
)
def test_a_column_that_tells_who_somebody_is_is_known_however_it_is_spelled(name: str) -> None:
    assert identifies_people(name)


@pytest.mark.parametrize("name", ["patient_id", "drug_name", "weight_kg", "id", "site", "time", "cell_count"])
def test_a_pseudonym_or_a_measurement_identifies_nobody(name: str) -> None:
    assert not identifies_people(name)


def test_a_slip_in_a_name_is_missing_with_a_hint_and_another_unit_is_another_unit() -> None:
    table = base_table()
    [slip] = findings(table.rename(columns={"glucose_mg_dl": "glucose_mgdl"}))
    [unit] = findings(table.rename(columns={"glucose_mg_dl": "glucose_mmol_l"}))
    assert (slip.code, unit.code) == ("E_COLUMNS_MISSING", "E_UNIT_DECLARED_MISMATCH")
    assert "nearly the name" in slip.message


def test_a_slip_in_the_name_of_an_optional_column_is_told() -> None:
    [finding] = findings(base_table().assign(deathdate=""))
    assert finding.code == "W_EXTRA_COLUMN"
    assert "'death_date'" in finding.message


def test_hundreds_of_unknown_columns_are_counted_not_listed() -> None:
    table = base_table()
    more = pd.DataFrame(np.zeros((len(table), 300)), columns=[f"x{i}" for i in range(300)])
    told = findings(pd.concat([table, more], axis=1))
    assert {f.code for f in told} == {"W_EXTRA_COLUMN"}
    assert sum(f.count for f in told) == 300
    assert len(told) < 30
