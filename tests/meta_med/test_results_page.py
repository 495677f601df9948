"""The evaluation table as a page of Markdown."""

import pandas as pd

from meta_med.evaluate import COLUMNS, POOLED
from meta_med.results_page import results_page


def line(
    outcome: str, predictor: str, size: int, metric: str, value: float, unit: str = "sd"
) -> tuple[object, ...]:
    return ("s", outcome, predictor, "all", size, metric, value, value - 0.1, value + 0.1, 30, 60, unit)


def page() -> str:
    rows = [
        line("all", predictor, size, "mae", value)
        for predictor, value in (("champion", 0.4), ("last_value", 0.5), ("un_adapted", 0.8))
        for size in (0, 1, 2)
    ]
    rows += [
        line("hdl", predictor, POOLED, "mae", value, "mg/dL")
        for predictor, value in (("champion", 4.0), ("last_value", 5.0), ("un_adapted", 8.0))
    ]
    return results_page(pd.DataFrame(rows, columns=list(COLUMNS)), "A study")


def test_predictors_are_ranked_by_their_mean_error_over_one_to_five_own_records() -> None:
    lines = [text for text in page().splitlines() if text.startswith("| ") and "[" in text]
    assert [text.split(" | ")[0] for text in lines[:3]] == ["| champion", "| last_value", "| un_adapted"]
    assert lines[0].endswith("| 0.400 |")


def test_each_value_stands_with_its_confidence_interval() -> None:
    assert "0.5 [0.4, 0.6]" in page()


def test_outcomes_are_compared_in_their_own_unit() -> None:
    assert "| hdl | mae, mg/dL | 4 [3.9, 4.1] | last_value | 5 [4.9, 5.1] | -50% |" in page()


def test_what_was_not_measured_has_no_section() -> None:
    assert "Width" not in page()
