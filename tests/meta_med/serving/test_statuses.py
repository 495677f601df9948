"""The status of a prediction: personalised, of the cohort, or withheld because too little or too old is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.episodes.prepared import Prepared
from meta_med.serving.statuses import COHORT, PERSONALISED, WITHHELD
from meta_med.study import TimeSpec
from tests import scenario
from tests.meta_med.serving.everybody import frame_of, serving


def without_pressure(subject: int) -> Prepared:
    """The study with one patient whose pressure was never measured."""
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.offsets[subject] : ready.table.offsets[subject + 1], 1] = np.nan
    changed = Prepared.with_scaling(ready.study, replace(ready.table, y=y), ready.splits, ready.scaling)
    return replace(changed, context=ready.context)


def status_of(frame: pd.DataFrame, subject: int, outcome: str) -> pd.Series:
    return frame[(frame["subject"] == subject) & (frame["outcome"] == outcome)].iloc[0]


def test_a_patient_with_own_values_is_personalised() -> None:
    found = serving()
    frame = frame_of(found)
    row = status_of(frame, 0, "marker")
    assert (row["status"], row["reason"]) == (PERSONALISED, "")
    assert row["newest_value_age_days"] == pytest.approx(365.25, abs=0.01)


def test_an_outcome_never_measured_gets_the_cohorts_prediction_and_says_so() -> None:
    found = serving(without_pressure(0))
    frame = frame_of(found)
    row = status_of(frame, 0, "pressure")
    assert (row["status"], row["support_size"]) == (COHORT, 0)
    assert "None of the records used" in row["reason"]
    assert np.isnan(row["newest_value_age_days"])
    assert status_of(frame, 0, "marker")["status"] == PERSONALISED


def test_a_value_that_is_too_old_is_withheld() -> None:
    found = serving(max_age_days=300.0)
    frame = frame_of(found)
    assert set(frame[frame["outcome"] == "marker"]["status"]) == {WITHHELD}
    assert "more than 300 days" in frame["reason"].iloc[0]


def test_the_age_of_a_value_too_long_ago_to_be_used_counts_for_the_limit_and_is_not_shown_as_the_newest() -> (
    None
):
    ready = scenario.prepared()
    most = ready.study.budget.max_support
    subject = int(np.diff(ready.table.offsets).argmax())
    first = ready.table.offsets[subject]
    y = ready.table.y.copy()
    y[first + 1 : ready.table.offsets[subject + 1], 1], y[first, 1] = np.nan, 120.0
    budget = replace(ready.study.budget, max_support=min(most, int(np.diff(ready.table.offsets).max()) - 1))
    changed = Prepared.with_scaling(
        replace(ready.study, budget=budget), replace(ready.table, y=y), ready.splits, ready.scaling
    )
    found = serving(replace(changed, context=ready.context), max_age_days=10_000.0)
    row = status_of(frame_of(found), subject, "pressure")
    assert (row["status"], row["support_size"]) == (COHORT, 0)
    assert np.isnan(row["newest_value_age_days"])
    strict = serving(replace(changed, context=ready.context), max_age_days=1.0)
    assert status_of(frame_of(strict), subject, "pressure")["status"] == WITHHELD


def test_a_patient_not_heard_of_for_too_long_is_withheld_where_times_are_dates() -> None:
    ready = scenario.prepared()
    dated = replace(
        ready.study, records=replace(ready.study.records, time=TimeSpec(column="day", unit="date"))
    )
    newest = ready.table.time[ready.table.newest]
    limit = float((newest.max() - np.median(newest)) * 365.25)
    found = serving(replace(ready, study=dated), max_age_days=1e9, max_silence_days=limit)
    frame = frame_of(found)
    silent = frame.groupby("subject")["status"].agg(lambda s: set(s) == {WITHHELD})
    assert silent.tolist() == ((newest.max() - newest) * 365.25 > limit + 1e-9).tolist()
