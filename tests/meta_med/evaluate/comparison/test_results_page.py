"""The evaluation table as a page."""

import pandas as pd
import pytest

from meta_med.evaluate.comparison.results_page import results_page


@pytest.fixture
def page() -> str:
    """Two predictors and the champion, in error and coverage."""
    values = {"champion": 0.25, "un_adapted": 0.5, "last_value": 0.2}
    rows = [
        ("s", outcome, who, "all", size, metric, value * (1 + 0.1 * max(size, 0)), 0.1, 0.9, 42, 50, "mg/dL")
        for who, value in values.items()
        for outcome in ("all", "marker")
        for metric in ("mae", "coverage_90")
        for size in (-1, 0, 1, 2)
    ]
    names = ["study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
             "n_patients", "n_predictions", "unit"]  # fmt: skip
    return results_page(pd.DataFrame(rows, columns=names), "A study")


def test_it_says_how_many_patients(page: str) -> None:
    assert page.startswith("# A study\n")
    assert "Held-out patients: 42." in page


def test_predictors_are_ranked_by_error(page: str) -> None:
    lines = [line for line in page.split("## ")[1].splitlines() if line.startswith("| ")]
    assert [line.split(" | ")[0].strip("| ") for line in lines] == [
        "predictor", "---", "last_value", "champion", "un_adapted",
    ]  # fmt: skip
    assert lines[2].split(" | ")[1:3] == ["0.2 [0.1, 0.9]", "0.22 [0.1, 0.9]"]


def test_each_outcome_stands_beside_the_best_other_predictor(page: str) -> None:
    line = page.strip().splitlines()[-1]
    assert line == "| marker | mae, mg/dL | 0.25 [0.1, 0.9] | last_value | 0.2 [0.1, 0.9] | -50% |"
