"""Readable but implausible times."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.standards.export_files import event_times as plausible_times
from data_contracts.standards.export_files.event_times import YEAR, calendar_of, event_times
from data_contracts.standards.export_files.moments import NEVER, moments
from tests.data_contracts.standards.exports import converted, reasons, write_meds
from tests.data_contracts.standards.omop.test_export import omop, tables
from tests.data_contracts.standards.test_meds import MAPPING as MEDS
from tests.examples import examples

TODAY = int(np.datetime64("2026-11-01", "us").astype(np.int64))
CLOCKS = [
    None,
    "2020-01-10 09:30:00",
    "2020-01-10 00:00:00",
    "2010-01-10 09:30:00",
    "24:00",
    "x",
    "1970-01-01 00:00:00",
]
DATES = [None, "2020-01-10", "20200110", "2020-01-10 00:00:00.0", "11/03/2020", "2020-01-09", "1970-01-01"]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plausible_times, "now", lambda: TODAY)


@examples(30)
@given(
    st.sampled_from(CLOCKS),
    st.sampled_from(DATES),
    st.sampled_from(["UTC", "Europe/Paris", "America/New_York"]),
)
def test_the_date_counts_wherever_the_clock_does_not_agree_with_it(clock: str, date: str, zone: str) -> None:
    cells = [pa.array([text], pa.string()) for text in (clock, date)]
    found = event_times([cells[0]], cells[1], zone)
    day = moments(pa.array(["2020-01-09" if date == "2020-01-09" else "2020-01-10"]), zone)
    start = int(found.when.start[0])
    readable_clock = clock is not None and clock[:2] in ("19", "20") and clock != "24:00"
    readable_date = date not in (None, "11/03/2020")
    assert (start != NEVER) == (readable_clock or readable_date)
    if readable_date and date != "1970-01-01":
        assert day.start[0] <= start <= day.end[0], "on the day that the date says"
    if start == NEVER:
        assert bool(found.when.missing[0]) == (clock is None and date is None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"measurement_date": "1950-01-10"}, "W_EVENT_BEFORE_BIRTH"),
        ({"measurement_date": "2027-01-10"}, "W_EVENT_TIME_FUTURE"),
        ({"measurement_date": "2021-06-10"}, "W_EVENT_OUTSIDE_VISIT"),
        ({"measurement_date": "2019-01-10"}, "W_EVENT_OUTSIDE_VISIT"),
        ({"measurement_date": "1970-01-01"}, "W_EVENT_TIME_PLACEHOLDER"),
        ({"measurement_date": "11/03/2020"}, "W_EVENT_TIME_UNREADABLE"),
    ],
)
def test_a_time_that_cannot_be_meant_is_counted_and_not_used(
    tmp_path: Path, changes: dict, reason: str
) -> None:
    _, account = omop(tmp_path, tables(measurement_datetime=None, **changes))
    assert reasons(account) == {reason: 1, "N_VISIT_EMPTY": 1}


def test_a_visit_that_cannot_have_been_is_counted(tmp_path: Path) -> None:
    given = tables()
    visits = [
        given["visit_occurrence"].assign(visit_occurrence_id=number, visit_start_date=day, visit_start_datetime=None,
                                         visit_end_date=None, visit_end_datetime=None)
        for number, day in ((4, "1950-01-01"), (5, "2031-01-01"), (6, "1900-01-01"), (7, "05/01/2020"))
    ]  # fmt: skip
    given["visit_occurrence"] = pd.concat([given["visit_occurrence"], *visits])
    records, account = omop(tmp_path, given)
    assert len(records) == 1
    assert reasons(account) == {
        "W_VISIT_BEFORE_BIRTH": 1, "W_VISIT_FUTURE": 1, "W_VISIT_TIME_PLACEHOLDER": 1, "W_VISIT_NO_TIME": 1,
    }  # fmt: skip


def test_dates_are_shifted_only_where_all_of_them_lie_a_lifetime_ahead() -> None:
    ahead, never = np.full(100, TODAY + int(80 * YEAR)), np.full(100, NEVER)
    assert calendar_of(ahead, never).shifted
    assert not calendar_of(np.append(ahead, [TODAY] * 2), np.append(never, [NEVER] * 2)).shifted
    assert not calendar_of(ahead, np.full(100, TODAY - int(60 * YEAR))).shifted, "nobody is 140 years old"
    assert not calendar_of(np.full(3, TODAY + int(9 * YEAR)), never[:3]).shifted


def test_midnights_are_hours_only_where_most_times_are_others(tmp_path: Path) -> None:
    hours = MEDS.replace("standard: meds", "standard: omop-cdm").split("columns:")[0] + (
        'columns:\n  creatinine: {codes: [3016723], units: {"8840": 1}}\n'
    )
    one = tables(measurement_datetime="2020-01-10 00:00:00")["measurement"]
    others = [one.assign(measurement_id=n, measurement_datetime=f"2020-01-10 0{n}:30:00") for n in (2, 3)]
    mixed, account = omop(
        tmp_path / "a", {**tables(), "measurement": pd.concat([one, *others])}, mapping=hours
    )
    assert (len(mixed), reasons(account)) == (1, {})
    _, account = omop(tmp_path / "b", {**tables(), "measurement": one}, mapping=hours)
    assert reasons(account) == {"W_EVENT_TIME_INEXACT": 1}


def test_two_births_are_none_and_rows_in_two_shards_count_once(tmp_path: Path) -> None:
    events = [
        (1, datetime(1960, 5, 4), "MEDS_BIRTH", None),
        (1, datetime(2020, 3, 10, 8), "LAB//50912//mg/dL", 1.0),
    ]
    folder = write_meds(tmp_path / "export", events, [*events, (1, datetime(1961, 5, 4), "MEDS_BIRTH", None)])
    records, account = converted(folder, MEDS)
    assert records["age"].isna().all()
    assert reasons(account) == {"N_EVENT_REPEATED": 1, "N_EVENT_UNMAPPED": 3, "W_STATIC_CONFLICT": 1}
