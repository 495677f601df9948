"""Which figures the model page shows, and that it says which."""

from pathlib import Path

import pandas as pd
import pytest

from dashboard.views import model_figures
from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.synthetic_release import made_release

ABOUT = {
    "evaluated_on": "2026-11-05",
    "fingerprint": "0123456789abcdef",
    "setting": "next",
    "folds": 5,
    "repeats": 1,
    "n_patients": 312,
}


def cross_fitted() -> Release:
    made = made_release(20)
    every = made.frames["evaluation"]
    every = every.assign(value=every["value"] * 2, n_patients=312)
    return Release("pbc", {**made.frames, "cross_fitted": every}, {**made.manifest, "cross_fitted": ABOUT})


def test_the_figures_of_all_patients_come_first_and_are_named(tmp_path: Path) -> None:
    test = opened("model", published(tmp_path, cross_fitted()))
    assert not test.exception
    told = words(test)
    assert "Measured on 312 patients: every patient was held out once." in told
    assert "Evaluated on 5 November 2026" in told
    assert "0123456789abcdef" in told
    assert test.metric[-1].value == "312"
    every = float(test.metric[0].value)
    test.segmented_control(key="pbc/figures").set_value(model_figures.OWN).run()
    assert "Measured with the published model on held-out patients" in words(test)
    assert every == pytest.approx(2 * float(test.metric[0].value), rel=0.02)


def test_without_a_cross_fitted_evaluation_nothing_is_asked(store: str) -> None:
    test = opened("model", store)
    assert "Measured with the published model on held-out patients (62 patients)" in words(test)
    assert not [control for control in test.segmented_control if control.label == "Figures"]


def test_new_cohorts_and_repeats_are_told_as_what_they_are() -> None:
    assert "whole cohorts were held out" in model_figures.of_all_patients(ABOUT | {"setting": "new_cohort_5"})
    assert "once in each of 3 repeats" in model_figures.of_all_patients(ABOUT | {"repeats": 3})


OF_AN_OUTCOME = (
    *("records", "predictions", "horizons", "horizon_check", "champions"),
    *("replay", "influences", "width_reasons", "what_if"),
)


def test_a_study_of_one_yes_or_no_question_has_a_page_without_own_records(tmp_path: Path) -> None:
    made = made_release(20)
    rows = made.frames["evaluation"].query("outcome == 'edema' and support_size == 0")
    frames = {
        **{name: made.frames[name].query("outcome == 'edema'") for name in OF_AN_OUTCOME},
        "outcomes": made.frames["outcomes"].query("name == 'edema'"),
        "evaluation": rows,
    }
    url = published(tmp_path, Release("pbc", {**made.frames, **frames}, made.manifest))
    test = opened("model", url)
    assert not test.exception
    assert test.selectbox(key="pbc/model_outcome").options == ["Oedema or ascites"]
    assert "holds no evaluation" not in words(test)
    assert [metric.label for metric in test.metric] == [
        "Brier score", "Against the best baseline", "Patients evaluated"
    ]  # fmt: skip
    assert len(test.table[0].value) == rows["predictor"].nunique()
    patient = opened("patient", url, patient="P0001")
    assert not patient.exception
    assert all(len(table.value) for table in patient.table)
    assert not [name for name in patient.table[0].value if "interval" in name]


def test_too_few_rows_to_count_patients_are_told_without_a_count() -> None:
    assert "patients who took no part" in model_figures.of_one_split(pd.DataFrame({"n_patients": []}))
