"""A fault is told where it is, and not again where it merely shows."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from tests.bad_inputs.base_table import base_table
from tests.bad_inputs.case import change, put

CONTRACT = load(Path(__file__).parents[1] / "bad_inputs" / "contract.yaml")


def codes_of(frame: pd.DataFrame, folder: Path) -> list[str]:
    path = folder / "records.csv"
    frame.to_csv(path, index=False)
    return [f.code for f in validate(CONTRACT, {"records": path}).findings]


@pytest.fixture
def base() -> pd.DataFrame:
    return base_table()


def test_what_is_true_of_the_whole_is_not_repeated_for_every_cohort(
    base: pd.DataFrame, tmp_path: Path
) -> None:
    codes = codes_of(change("sbp_mmhg", lambda s: 120.0)(base), tmp_path)
    assert sorted(codes) == ["W_CONSTANT", "W_COPY_FORWARD"]


def test_a_wrong_category_is_not_also_another_person(base: pd.DataFrame, tmp_path: Path) -> None:
    assert codes_of(put("sex", ["X"])(base), tmp_path) == ["Q_CATEGORY"]


def test_two_birth_dates_remain_two_beside_a_faulty_third(base: pd.DataFrame, tmp_path: Path) -> None:
    codes = codes_of(put("date_of_birth", ["1850-01-01", "1931-01-01"])(base.copy()), tmp_path)
    assert "Q_IDENTITY_CONFLICT" in codes
    assert "Q_IDENTITY_CONFLICT" not in codes_of(put("date_of_birth", ["1850-01-01"])(base), tmp_path)


def test_a_wrong_name_of_a_cohort_is_no_cohort_whose_rows_are_held(
    base: pd.DataFrame, tmp_path: Path
) -> None:
    assert codes_of(put("cohort_id", ["<b>C1</b>"] * 3)(base), tmp_path) == ["Q_ID_FORMAT"]
