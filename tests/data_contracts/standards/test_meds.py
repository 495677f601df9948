"""MEDS data sets: shards of events."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from data_contracts.standards.convert import ConversionAccount
from tests.data_contracts.standards.exports import converted, reasons, write_meds

MAPPING = """
mapping: hours
standard: meds
records: {by: 6 hours}
subject: patient_id
time: time
columns:
  creatinine: {codes: {"LAB//50912//mg/dL": 1, "LAB//50912//umol/L": 0.0113}, take: mean}
  sex: {static: {"GENDER//F": F, "GENDER//M": M}}
  height: {static: ["HEIGHT"]}
  age: {age: years}
  admitted: {levels: {"ADMISSION//EMERGENCY": emergency, "ADMISSION//ELECTIVE": elective}}
  antibiotics_before: {count_before: ["MEDICATION//ABX//*"], within_days: 2}
"""
NOON = datetime(2100, 1, 2, 12)
EVENTS = [
    (1, None, "GENDER//F", None),
    (1, None, "HEIGHT", 171.0),
    (1, datetime(2040, 1, 2), "MEDS_BIRTH", None),
    (1, datetime(2100, 1, 1, 6), "MEDICATION//ABX//Vancomycin", None),
    (1, datetime(2100, 1, 2, 13), "MEDICATION//ABX//Cefepime", None),
    (1, NOON, "LAB//50912//mg/dL", 1.0),
    (1, datetime(2100, 1, 2, 14), "LAB//50912//umol/L", 100.0),
    (1, datetime(2100, 1, 2, 15), "ADMISSION//EMERGENCY", None),
]


def meds(tmp_path: Path, *shards: list) -> tuple[pd.DataFrame, ConversionAccount]:
    return converted(write_meds(tmp_path / "export", *shards), MAPPING)


def test_events_become_a_record_a_bucket(tmp_path: Path) -> None:
    records, account = meds(tmp_path, EVENTS)
    row = records.iloc[0]
    assert row["time"] == pd.Timestamp("2100-01-02T18:00:00Z")
    assert row["creatinine"] == pytest.approx((1.0 + 1.13) / 2)
    assert [row[c] for c in ("patient_id", "sex", "height", "admitted")] == ["1", "F", 171.0, "emergency"]
    assert row["age"] == pytest.approx(60, abs=0.01)
    assert row["antibiotics_before"] == 1, "only what was given before the bucket began"
    assert reasons(account) == {
        "N_EVENT_UNMAPPED": 1,
        "W_DATES_SHIFTED": 5,
    }, "the birth is no column of its own; the year 2100 is told"


def test_shards_change_nothing(tmp_path: Path) -> None:
    whole, _ = meds(tmp_path / "one", EVENTS)
    parts, account = meds(tmp_path / "two", EVENTS[:3], EVENTS[3:5], EVENTS[5:])
    pd.testing.assert_frame_equal(whole, parts)
    assert len(account.files) == 3


def test_a_patient_with_two_sexes_has_none(tmp_path: Path) -> None:
    records, account = meds(tmp_path, [*EVENTS, (1, None, "GENDER//M", None)])
    assert records["sex"].isna().all()
    assert reasons(account)["W_STATIC_CONFLICT"] == 1


def test_a_fact_with_a_time_is_no_fact(tmp_path: Path) -> None:
    records, account = meds(tmp_path, [*EVENTS[2:], (1, NOON, "HEIGHT", 170.0)])
    assert records["height"].isna().all()
    assert reasons(account)["W_EVENT_TIMED"] == 1


def test_metadata_and_labels_are_no_events(tmp_path: Path) -> None:
    folder = write_meds(tmp_path / "export", EVENTS)
    for other in ("metadata", "labels"):
        (folder / other).mkdir()
        pd.DataFrame({"code": ["LAB//50912//mg/dL"]}).to_parquet(folder / other / "0.parquet")
    assert len(converted(folder, MAPPING)[0]) == 1
