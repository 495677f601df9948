"""What publication leaves out of the evaluation and the cohorts: figures of cohorts of few patients."""

import pandas as pd

from meta_med.enough import needed
from meta_med.serving.release_frames import shown_cohorts, shown_evaluation

LEAST = needed("show a cohort")


def test_figures_of_a_cohort_of_few_evaluated_patients_are_not_published() -> None:
    rows = [("all", 3), ("all", 60), ("large", LEAST), ("small", LEAST - 1), ("three", 3)]
    table = pd.DataFrame(rows, columns=["cohort", "n_patients"]).assign(setting="next", value=1.0)
    shown = shown_evaluation(table)
    assert list(zip(shown["cohort"], shown["n_patients"], strict=True)) == rows[:3]
    assert "setting" not in shown


def test_small_counts_of_patients_of_a_cohort_are_missing() -> None:
    cohorts = pd.DataFrame(
        {
            "cohort": ["large", "three", "empty"], "n_subjects": [60, 3, 0], "n_records": [240, 12, 0],
            "n_train": [40, 2, 0], "n_tuning": [10, 1, 0], "n_calibration": [0, 0, 0], "n_held_out": [10, 0, 0],
        }
    )  # fmt: skip
    shown = shown_cohorts(cohorts)
    assert shown["cohort"].tolist() == ["large", "three", "empty"]
    assert shown.loc[0, ["n_subjects", "n_records", "n_train"]].tolist() == [60, 240, 40]
    assert shown.loc[0, ["n_tuning", "n_held_out"]].isna().all()
    assert shown.loc[1, ["n_subjects", "n_records", "n_train", "n_tuning"]].isna().all()
    assert shown.loc[2, "n_subjects"] == 0
