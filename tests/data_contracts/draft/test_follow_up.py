"""A draft tells how long a patient was followed from when a record was made."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import load
from data_contracts.contract.model import Table
from data_contracts.draft import Draft, draft
from data_contracts.draft.column_types import column_facts, read_table
from data_contracts.draft.roles import Roles, guess_roles
from tests.data_contracts.draft.tables import PATIENTS, survival_tables, visits

SURVIVAL = survival_tables()


def roles_of(frame: pd.DataFrame, folder: Path) -> Roles:
    path = folder / "t.csv"
    frame.to_csv(path, index=False)
    return guess_roles([column_facts(n, c) for n, c in read_table(path).columns.items()])[0]


def drafted(frame: pd.DataFrame, folder: Path) -> tuple[Draft, Table]:
    path = folder / "t.csv"
    frame.to_csv(path, index=False)
    made = draft(path, now=datetime(2024, 6, 1, tzinfo=UTC))
    (folder / "t.yaml").write_text(made.text)
    return made, load(folder / "t.yaml").tables["t"]


@pytest.mark.parametrize("name", SURVIVAL)
def test_follow_up_time_of_a_survival_table_is_not_the_time_of_a_record(name: str, tmp_path: Path) -> None:
    frame, times, events = SURVIVAL[name]
    found = roles_of(frame, tmp_path)
    assert set(found.follow_up.times) == times
    assert set(found.follow_up.events) == events
    assert found.time not in times


def test_a_calendar_year_stays_the_time_of_the_record(tmp_path: Path) -> None:
    assert roles_of(SURVIVAL["rotterdam"][0], tmp_path).time == "year"


def test_the_draft_declares_follow_up_time_and_says_what_can_be_done(tmp_path: Path) -> None:
    made, table = drafted(SURVIVAL["flchain"][0], tmp_path)
    assert (made.verdict, table.time) == ("accept", None)
    assert (table.column("futime").role, table.column("death").role) == ("follow_up_time", "event_indicator")
    assert {r.rule for r in table.rules if r.column == "death"} >= {"allowed"}
    said = next(r for r in made.remarks if r.startswith("'futime'"))
    assert "how long each patient was followed" in said
    assert "'death' for whether the event was seen" in said
    assert "within a fixed time" in said
    assert "'role: time'" in said
    assert not [r for r in made.remarks if "looks like the time" in r]


def test_visits_keep_their_time_beside_an_end_that_is_noted_in_every_row(tmp_path: Path) -> None:
    ends = {
        "futime": np.repeat(np.arange(PATIENTS) * 9 + 30, 4),
        "status": np.repeat(np.arange(PATIENTS) % 2, 4),
    }
    found = roles_of(visits(**ends), tmp_path)
    assert (found.time, found.follow_up.times, found.follow_up.events) == ("day", ("futime",), ("status",))


@pytest.mark.parametrize("name", ["time", "followup_month", "fu_days", "day"])
def test_a_time_that_moves_within_a_patient_is_no_follow_up_time(name: str, tmp_path: Path) -> None:
    relapsed = np.tile([0, 0, 1, 1], PATIENTS)
    found = roles_of(visits(times=name, status=relapsed, relapse=relapsed), tmp_path)
    assert found.follow_up.times == found.follow_up.doubtful == ()


def test_one_row_each_with_a_day_and_a_yes_or_no_is_asked_about(tmp_path: Path) -> None:
    first = visits().drop_duplicates("patient").assign(day=range(PATIENTS))
    made, table = drafted(first.assign(smoker=np.arange(PATIENTS) % 2), tmp_path)
    assert (table.time, table.column("day").role) == (None, "")
    assert [r for r in made.remarks if r.startswith("'day': could be when the record was made")]


@pytest.mark.parametrize("columns", [{}, {"sex": "f"}, {"male": 1}])
def test_one_row_each_without_anything_that_may_be_an_event_keeps_its_time(
    columns: dict[str, object], tmp_path: Path
) -> None:
    first = visits().drop_duplicates("patient").assign(day=range(PATIENTS), **columns)
    for name in columns:
        first.loc[first.index[::2], name] = {"f": "m", 1: 0}[columns[name]]
    assert roles_of(first, tmp_path).time == "day"


def test_a_prothrombin_time_is_no_follow_up_time(tmp_path: Path) -> None:
    assert "protime" not in roles_of(SURVIVAL["pbc"][0], tmp_path).follow_up.times


def test_findings_beside_enough_events_are_no_event_indicators(tmp_path: Path) -> None:
    frame = SURVIVAL["flchain"][0].assign(relapse=np.arange(PATIENTS) % 3 == 0)
    assert roles_of(frame.astype({"relapse": int}), tmp_path).follow_up.events == ("death",)
