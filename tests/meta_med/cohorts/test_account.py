"""The account says of how many rows and patients a count is, and what changes the question."""

import numpy as np
import pandas as pd

from meta_med.cohorts.account import MOST_WITHOUT_OUTCOME, NO_EARLIER_RECORD, earlier_outcomes
from meta_med.cohorts.assemble import Assembled, assemble_with_account
from meta_med.study import CohortsSpec, OutcomeSpec, RecordsSpec, StudySpec, TimeSpec
from tests import scenario


def study(**records) -> StudySpec:
    source = RecordsSpec(**{"source": "t", "subject": "id", "time": TimeSpec(column="day"), **records})
    outcome = OutcomeSpec(name="a", determined="allow")
    return scenario.study(records=source, outcomes=(outcome,), covariates=(), cohorts=CohortsSpec())


def days(patients: int, each: int, with_outcome: int) -> pd.DataFrame:
    """Patients with `each` rows, of which the last `with_outcome` have the outcome."""
    place = np.tile(np.arange(each), patients)
    value = np.random.default_rng(0).normal(size=len(place))
    return pd.DataFrame(
        {
            "id": np.repeat([f"P{p:02d}" for p in range(patients)], each),
            "day": 1.0 * place,
            "a": np.where(place >= each - with_outcome, value, np.nan),
        }
    )


def messages(found: Assembled) -> dict[str, str]:
    return {entry["code"]: entry["message"] for entry in found.account.to_json()["counted"]}


def test_rows_without_an_outcome_are_told_with_the_number_of_all() -> None:
    said = messages(assemble_with_account({"t": days(20, 4, 3)}, study()))
    assert said["N_ROW_NO_OUTCOME"] == "20 of 80 accepted rows of t have none of the study's outcomes."
    assert not {MOST_WITHOUT_OUTCOME, NO_EARLIER_RECORD} & set(said)


def test_most_rows_without_an_outcome_and_no_earlier_record_are_told_apart() -> None:
    said = messages(assemble_with_account({"t": days(20, 8, 1)}, study()))
    assert said[MOST_WITHOUT_OUTCOME].startswith(
        "140 of 160 accepted rows of t have none of the study's outcomes"
    )
    assert said[NO_EARLIER_RECORD].startswith("20 of 20 patients of t have one record with an outcome only")


def test_one_record_per_patient_as_the_study_declares_is_no_news() -> None:
    rows = days(20, 1, 1)
    for records in ({"time": TimeSpec()}, {"first": 1}):
        assert NO_EARLIER_RECORD not in messages(assemble_with_account({"t": rows}, study(**records)))
    assert NO_EARLIER_RECORD in messages(assemble_with_account({"t": rows}, study()))


def test_patients_are_persons_and_series_are_told_beside_them() -> None:
    rows = days(20, 4, 4).assign(stay=lambda f: (f["day"] > 1).astype(int))
    account = assemble_with_account({"t": rows}, study(series=("stay",))).account.to_json()
    assert (account["patients"], account["series"]) == (20, 40)
    rows["person"] = rows["id"].str.removeprefix("P").astype(int) // 2
    account = assemble_with_account({"t": rows}, study(person={"person": ""})).account.to_json()
    assert (account["patients"], account["series"]) == (10, 20)


def test_earlier_outcomes_are_counted_within_a_subject() -> None:
    rows = days(2, 4, 2)
    rows.loc[0, "a"] = 1.0
    table = assemble_with_account({"t": rows}, study()).table
    assert earlier_outcomes(table).tolist() == [0, 1, 2, 0, 1]
