"""One record per patient, at a time from near zero, with a yes or no: follow-up time, and refused."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.study import CohortsSpec, OutcomeSpec, RecordsSpec, StudyMismatch, StudySpec, TimeSpec
from tests import scenario

PATIENTS = 40
SURVIVAL = pd.DataFrame(
    {
        "id": np.arange(PATIENTS),
        "futime": 5.0 + 31 * np.arange(PATIENTS),
        "death": np.arange(PATIENTS) % 3 == 0,
        "sodium": 140 + np.arange(PATIENTS) % 7,
    }
).astype({"death": int})
DEATH, SODIUM = OutcomeSpec(name="death", kind="binary"), OutcomeSpec(name="sodium")


def study(outcomes: tuple[OutcomeSpec, ...] = (DEATH,), **time: object) -> StudySpec:
    records = RecordsSpec(source="t", subject="id", time=TimeSpec(**({"column": "futime"} | time)))
    return replace(scenario.study(), records=records, outcomes=outcomes, covariates=(), cohorts=CohortsSpec())


@pytest.mark.parametrize("unit", ["days", "hours", "years", "order"])
@pytest.mark.parametrize("outcomes", [(DEATH,), (SODIUM, DEATH)])
def test_follow_up_time_is_refused_with_the_reason_and_what_to_write(
    unit: str, outcomes: tuple[OutcomeSpec, ...]
) -> None:
    with pytest.raises(
        StudyMismatch, match=r"(?s)40 patients.*column futime.*outcome death.*of_record: true"
    ):
        assemble({"t": SURVIVAL}, study(outcomes, unit=unit))


def test_a_study_may_say_that_the_time_is_that_of_the_record() -> None:
    assert assemble({"t": SURVIVAL}, study(of_record=True)).n_records == PATIENTS


def test_one_record_each_needs_no_time() -> None:
    assert assemble({"t": SURVIVAL}, study(column="")).n_records == PATIENTS


def test_outcomes_that_are_amounts_have_no_event() -> None:
    assert assemble({"t": SURVIVAL}, study((SODIUM,))).n_records == PATIENTS


def test_dates_and_years_of_the_calendar_have_one_origin_for_all() -> None:
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(SURVIVAL["futime"], "D")
    assert assemble({"t": SURVIVAL.assign(futime=days)}, study(unit="date")).n_records == PATIENTS
    years = SURVIVAL.assign(futime=2000 + np.arange(PATIENTS) % 20)
    assert assemble({"t": years}, study(unit="years")).n_records == PATIENTS


@pytest.mark.parametrize("futime", [-3.0, np.zeros(PATIENTS), np.arange(PATIENTS) - 3.0])
def test_times_before_the_origin_or_at_one_point_are_no_durations(futime: object) -> None:
    assert assemble({"t": SURVIVAL.assign(futime=futime)}, study()).n_records == PATIENTS


def test_one_patient_with_two_records_is_enough_to_be_no_survival_table() -> None:
    again = SURVIVAL.iloc[:1].assign(futime=99.0)
    assert assemble({"t": pd.concat([SURVIVAL, again])}, study()).n_records == PATIENTS + 1
