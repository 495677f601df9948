"""Every corruption gets the outcome that a trustworthy gate gives it, and the exact rows where they are known."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.cases import CASES, SIZE_OF_FIRST, Case, csv, first_patient

CONTRACT = load(Path(__file__).parent / "contract.yaml")


@pytest.fixture(scope="module")
def base() -> pd.DataFrame:
    return base_table()


def judge(case: Case, base: pd.DataFrame, folder: Path) -> GateResult:
    made = case.corrupt(base.copy())
    path = folder / f"delivery{case.suffix}"
    path.write_bytes(made if isinstance(made, bytes) else csv(made))
    before = folder / "before.csv"
    before.write_bytes(csv(base))
    return validate(CONTRACT, {"records": path}, previous={"records": before} if case.history else None)


def test_the_first_patient_has_the_rows_that_the_cases_count_on(base: pd.DataFrame) -> None:
    assert first_patient(base).sum() == SIZE_OF_FIRST


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_each_corruption_gets_its_outcome(case: Case, base: pd.DataFrame, tmp_path: Path) -> None:
    result = judge(case, base, tmp_path)
    codes = [f.code for f in result.findings]
    assert result.verdict == case.verdict, codes
    assert case.code in codes if case.code else codes == []
    assert result.rows_in == result.rows_accepted + result.rows_quarantined
    if case.held is not None and not case.history:
        assert result.rows_quarantined == case.held, codes
