"""Ranges and units that a draft proposes."""

import pandas as pd
import pytest

from data_contracts.draft.ranges import (
    Spread,
    known_measurement,
    measure_and_unit,
    possible_range,
    usual_range,
)


def spread(*values: float) -> Spread:
    return Spread.of(pd.Series(values), whole=False)


@pytest.mark.parametrize(
    ("name", "measurement", "unit"),
    [
        ("weight_kg", "weight", "kg"),
        ("glucose (mg/dL)", "glucose", "mg/dL"),
        ("hr_bpm", "hr", "/min"),
        ("temp_c", "temp", "°C"),
        ("age_years", "age", "years"),
        ("crp_mg_per_l", "crp", "mg/L"),
        ("Peak flow (L/min)", "peak_flow", "L/min"),
        ("Filtration [mL/min/1.73m2]", "filtration", "mL/min/1.73m2"),
        ("days_since_randomization", "days_since_randomization", "days"),
        ("OS_MONTHS", "os", "months"),
        ("core_temp_f", "core_temp", "°F"),
        ("duration_min", "duration", "minutes"),
        ("height_m", "height", "m"),
    ],
)
def test_a_name_says_its_unit(name: str, measurement: str, unit: str) -> None:
    what, said = measure_and_unit(name)
    known, _ = known_measurement(name, 1.0)
    assert (what, known.unit if known else said) == (measurement, unit)


@pytest.mark.parametrize(
    "name",
    ["hdl_c", "vitamin_d", "protein_c", "hr_min", "factor_h", "stage_m", "checked_in", "smoker (yes/no)",
     "sex (m/f)", "pain (0-10)", "score"],
)  # fmt: skip
def test_an_ending_that_only_looks_like_a_unit_is_none(name: str) -> None:
    assert measure_and_unit(name)[1] == ""


def test_the_smallest_value_of_a_sample_is_not_the_smallest_possible_one() -> None:
    assert possible_range(spread(12, 15, 18), None) == {"min": 0, "max": 24}
    assert possible_range(spread(-5, 15), None)["min"] == -25
    assert possible_range(spread(900, 1000), None)["min"] == 0


def test_a_lower_bound_above_zero_has_a_known_measurement_behind_it() -> None:
    known, _ = known_measurement("temp_c", 37)
    assert possible_range(spread(36, 39), known) == {"min": 20, "max": 46}


@pytest.mark.parametrize(
    ("name", "values"),
    [("bmi", (7, 20, 90)), ("spo2", (60, 95, 100)), ("x", (12, 15, 18)), ("x", (0, 3)), ("bilirubin_mg_dl", (0.05, 1))],
)  # fmt: skip
def test_the_soft_range_lies_inside_the_hard_one_and_around_what_was_seen(
    name: str, values: tuple[float, ...]
) -> None:
    known, _ = known_measurement(name, values[1])
    hard, soft = possible_range(spread(*values), known), usual_range(spread(*values), known)
    assert hard["min"] <= soft["min"] <= min(values) <= max(values) <= soft["max"] <= hard["max"]
