"""Every corruption gets the outcome that a trustworthy gate gives it, and the exact rows where they are known.

The score over the catalogue's 91 cases is printed at the end of a test run.
"""

import os
import threading
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.contract.date_format import in_timezone
from data_contracts.gate import validate
from data_contracts.validation.result import GateResult
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.case import SIZE_OF_FIRST
from tests.bad_inputs.cases import CASES, CATALOGUED, Case, csv, first_patient
from tests.bad_inputs.score import CATALOGUE_SIZE

CONTRACT = load(Path(__file__).parent / "contract.yaml")


@pytest.fixture(scope="module")
def base() -> pd.DataFrame:
    return base_table()


def bytes_of(made: pd.DataFrame | bytes) -> bytes:
    return made if isinstance(made, bytes) else csv(made)


def judge(case: Case, base: pd.DataFrame, folder: Path) -> GateResult:
    path, before = folder / f"delivery{case.suffix}", folder / "before.csv"
    path.write_bytes(bytes_of(case.corrupt(base.copy())))
    before.write_bytes(csv(base))
    if case.grows_to:
        whole = bytes_of(case.grows_to(base.copy()))
        threading.Timer(0.1, lambda: path.write_bytes(whole)).start()
    else:
        os.utime(path, (0, 0))
    contract = in_timezone(CONTRACT, case.timezone) if case.timezone else CONTRACT
    return validate(contract, {"records": path}, previous={"records": before} if case.history else None)


def test_the_first_patient_has_the_rows_that_the_cases_count_on(base: pd.DataFrame) -> None:
    assert first_patient(base).sum() == SIZE_OF_FIRST


def test_every_case_of_the_catalogue_is_here_once() -> None:
    assert len(CATALOGUED) == len(set(CATALOGUED)) == CATALOGUE_SIZE


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.title)
def test_each_corruption_gets_its_outcome(case: Case, base: pd.DataFrame, tmp_path: Path) -> None:
    result = judge(case, base, tmp_path)
    codes = [f.code for f in result.findings]
    assert result.verdict == case.verdict, codes
    assert case.code in codes if case.code else codes == []
    assert result.rows_in == result.rows_accepted + result.rows_quarantined
    if case.held is not None:
        assert result.patients_quarantined == case.patients, codes
        assert result.rows_quarantined == case.held, codes
