"""The evaluation table as a page."""

import pandas as pd
import pytest

from meta_med.evaluate.comparison.results_page import results_page

COLUMNS = ["study", "outcome", "predictor", "cohort", "support_size", "metric", "value", "ci_low", "ci_high",
           "n_patients", "n_predictions", "unit"]  # fmt: skip


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
    return results_page(pd.DataFrame(rows, columns=COLUMNS), "A study")


def test_it_says_how_many_patients(page: str) -> None:
    assert page.startswith("# A study\n")
    assert "Held-out patients: 42." in page


def test_predictors_are_ranked_by_error(page: str) -> None:
    lines = [line for line in page.split("## ")[1].splitlines() if line.startswith("| ")]
    assert [line.split(" | ")[0].strip("| ") for line in lines] == [
        "predictor", "---", "last_value", "champion", "un_adapted",
    ]  # fmt: skip
    assert lines[2].split(" | ")[1:] == [
        "0.2 [0.1, 0.9]",
        "0.22 [0.1, 0.9]",
        "0.24 [0.1, 0.9]",
        "0.2 [0.1, 0.9] |",
    ]


def test_each_outcome_stands_beside_the_best_other_predictor(page: str) -> None:
    line = page.strip().splitlines()[-1]
    assert line == "| marker | mae, mg/dL | 0.25 [0.1, 0.9] | last_value | 0.2 [0.1, 0.9] | -50.0 % |"


def test_an_outcome_of_yes_or_no_alone_has_every_table(page_of_events: str) -> None:
    assert "## Brier score: event, by own records" in page_of_events
    assert "## Ranking (AUROC): event, by own records" in page_of_events
    assert "| records with the event | 7 |" in page_of_events
    assert "| event | brier | 0.2 | last_value | 0.25 | -33.3 % |" in page_of_events
    assert "nan" not in page_of_events


@pytest.fixture
def page_of_events() -> str:
    """One record a patient; no interval is known."""
    values = {"champion": 0.2, "un_adapted": 0.3, "last_value": 0.25}
    nothing = float("nan")
    rows = [
        ("s", "event", who, "all", 0, metric, value, nothing, nothing, 42, 42, "1")
        for who, error in values.items()
        for metric, value in (("brier", error), ("auroc", 1 - error), ("events", 7.0))
    ]
    return results_page(pd.DataFrame(rows, columns=COLUMNS), "A study")
