"""Coverage by horizon on a page: a sentence, a table, and what is left out."""

from dataclasses import replace

from meta_med.evaluate.comparison.study_result import StudyResult
from meta_med.evaluate.horizon_check import OVER_TIME
from orchestration.results.over_time import over_time_line, over_time_part
from tests.orchestration.results.test_pages import result

INTERVALS = {
    "coverage_50": 0.51, "coverage_80": 0.8, "coverage_90": 0.902, "coverage_90_low": 0.88, "coverage_90_high": 0.92,
    "pooled_coverage_90": 0.861, "predicted": None, "observed": None, "n_patients": 200, "n_predictions": 900,
}  # fmt: skip
NONE = {name: None if isinstance(value, float) else value for name, value in INTERVALS.items()}
ROWS = [
    {"outcome": "all", "horizon_days": 365.25, **INTERVALS},
    {"outcome": "all", "horizon_days": 730.5, **INTERVALS, "coverage_90": 0.893},
    {"outcome": "marker", "horizon_days": 91.3125, **INTERVALS, "n_patients": 7},
    {"outcome": "marker", "horizon_days": 730.5, **INTERVALS, "coverage_90": 0.893},
    {"outcome": "event", "horizon_days": 730.5, **NONE, "predicted": 0.31, "observed": 0.295},
]


def with_rows(rows: list[dict]) -> StudyResult:
    found = result()
    return replace(found, facts={**found.facts, OVER_TIME: rows})


def test_the_sentence_names_each_horizon_with_and_without_its_own_calibration() -> None:
    (line,) = over_time_line(with_rows(ROWS))
    assert line == (
        "Forecast over time: 90 % intervals, calibrated for each horizon, held 90.2 % of values after 12 months and "
        "89.3 % after 2 years; without that, 86.1 % and 86.1 %."
    )


def test_the_tables_have_intervals_and_risks_and_say_what_is_left_out() -> None:
    text = "\n".join(over_time_part(with_rows(ROWS)))
    assert (
        "| **all together** | 12 months | 51.0 % | 80.0 % | 90.2 % [88.0 %, 92.0 %] | 86.1 % | 200 |" in text
    )
    assert "| 2 years | 31.0 % | 29.5 % | 200 |" in text
    assert "3 months" not in text
    assert "1 pair of outcome and horizon is left out: fewer than 20 patients have a value there." in text


def test_a_study_without_a_forecast_over_time_says_nothing() -> None:
    for rows in ([], ROWS[2:3]):
        assert list(over_time_line(with_rows(rows))) == []
    assert list(over_time_part(with_rows([]))) == []
    assert list(over_time_part(result())) == []
