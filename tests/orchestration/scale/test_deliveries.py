"""Simulated deliveries are those of the same patients, whatever their number and the night."""

from pathlib import Path

import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.gate import validate
from orchestration.scale import deliveries
from orchestration.scale.nights import CONTRACT, OWN_FILES


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "PATIENTS_AT_ONCE", 500)


def delivered(folder: Path, patients: int, *, later: bool = False) -> pd.DataFrame:
    file = folder / "visits.parquet"
    rows = deliveries.write_delivery(file, patients, later=later)
    found = pd.read_parquet(file)
    assert len(found) == rows
    return found


def test_a_larger_delivery_begins_with_the_patients_of_a_smaller_one(tmp_path: Path) -> None:
    small, large = delivered(tmp_path, 300), delivered(tmp_path, 1200)
    pd.testing.assert_frame_equal(small, large.head(len(small)))
    assert large["patient"].nunique() == 1200
    assert large.groupby("patient").size().unique().tolist() == [deliveries.VISITS]


def test_on_the_next_night_one_patient_in_a_hundred_has_one_visit_more(tmp_path: Path) -> None:
    first, later = delivered(tmp_path, 1200), delivered(tmp_path, 1200, later=True)
    more = later.groupby("patient").size() - first.groupby("patient").size()
    assert more.sum() == 12
    assert more.max() == 1
    assert len(first.merge(later)) == len(first)


def test_the_gate_accepts_every_row(tmp_path: Path) -> None:
    first = delivered(tmp_path, 600)
    result = validate(load(OWN_FILES / CONTRACT), {"visits": tmp_path / "visits.parquet"})
    assert (result.verdict, result.rows_accepted) == ("accept", len(first))
