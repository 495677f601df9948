"""A value in another unit is the same value: order, judgement, shares and precision stay what they are."""

import math

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.outcome_kinds import kind_of
from dashboard.units.unit import DIFFERENCES, VALUES, Unit, converted, converted_errors, units_of
from tests.examples import examples

BILIRUBIN = {
    "name": "bili", "kind": "continuous", "unit": "mg/dL", "scale": "log", "whole": 0,
    "reference_low": 0.1, "reference_high": 1.2, "decimals": 1.0, "predicted_decimals": 1.0,
}  # fmt: skip
SI = Unit("µmol/L", 17.104)
FAHRENHEIT = Unit("°F", 1.8, 32.0)
units = st.builds(Unit, st.just("other"), st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))


def rows(values: list[float], outcome: str = "bili") -> pd.DataFrame:
    return pd.DataFrame({"outcome": outcome, "value": values, "what": "as it was"})


@examples(100)
@given(unit=units, values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9))
def test_every_value_follows_and_their_order_stays(unit: Unit, values: list[float]) -> None:
    found = converted(rows(values), {"bili": unit})
    assert found["value"].tolist() == [unit.value(value) for value in values]
    assert found["what"].tolist() == ["as it was"] * len(values)
    ordered = converted(rows(sorted(values)), {"bili": unit})["value"]
    assert ordered.is_monotonic_increasing


@examples(100)
@given(unit=units, first=st.floats(0.01, 1e3), second=st.floats(0.01, 1e3))
def test_a_difference_of_two_values_has_no_zero(unit: Unit, first: float, second: float) -> None:
    table = pd.DataFrame({"outcome": ["bili"], "moved": [first - second]})
    moved = converted(table, {"bili": unit}, DIFFERENCES, differences=True)["moved"].iloc[0]
    assert math.isclose(moved, unit.value(first) - unit.value(second), rel_tol=1e-6, abs_tol=1e-6)


def test_other_outcomes_missing_values_and_the_published_unit_stay_as_they_are() -> None:
    table = pd.concat([rows([1.0, np.nan]), rows([1.0], "albumin")], ignore_index=True)
    found = converted(table, {"bili": SI, "albumin": Unit("g/dL")})["value"]
    assert found.iloc[0] == 17.104
    assert math.isnan(found.iloc[1])
    assert found.iloc[2] == 1.0
    assert converted(table, {"bili": Unit("mg/dL")}) is table


@examples(100)
@given(factor=st.floats(1e-4, 1e4), decimals=st.integers(0, 4))
def test_the_written_step_is_the_nearest_power_of_ten_to_the_converted_one(
    factor: float, decimals: int
) -> None:
    found = Unit("other", factor).decimals(float(decimals))
    step = factor * 10.0**-decimals
    assert found is not None
    assert found >= 0
    if step < 1:
        assert abs(math.log10(step) + found) <= 0.5 + 1e-9
    else:
        assert found == 0


def test_bilirubin_glucose_and_degrees_are_written_as_laboratories_do() -> None:
    assert [SI.decimals(1.0), Unit("mmol/L", 0.05551).decimals(0.0), FAHRENHEIT.decimals(1.0)] == [0, 1, 1]
    assert SI.decimals(None) is None
    assert math.isnan(SI.decimals(math.nan) or 0.0)


@examples(60)
@given(mean=st.floats(0.02, 40), unit=st.builds(Unit, st.just("other"), st.floats(1e-3, 1e3)))
def test_a_prediction_is_judged_alike_in_every_unit(mean: float, unit: Unit) -> None:
    prediction = {"mean": mean, "lower_90": mean / 2, "upper_90": mean * 2}
    own = kind_of(BILIRUBIN).headline(BILIRUBIN, prediction)[1].split(" the reference")[0]
    there = {name: unit.value(value) for name, value in prediction.items()}
    assert kind_of(BILIRUBIN).headline(unit.of(BILIRUBIN), there)[1].startswith(own)


def test_the_reference_range_is_written_with_the_digits_that_it_was_given_with() -> None:
    shown = kind_of(BILIRUBIN).headline(SI.of(BILIRUBIN), {"mean": 60.0, "lower_90": 40.0, "upper_90": 80.4})
    assert shown == (
        "60 µmol/L", "expected, above the reference range 1.71 to 20.5", "90 % interval 40 to 80 µmol/L"
    )  # fmt: skip
    fever = {**BILIRUBIN, "scale": "identity", "reference_low": 36.0, "reference_high": 37.5}
    assert "96.8 to 99.5" in kind_of(fever).headline(FAHRENHEIT.of(fever), {"mean": 98.0})[1]


def test_errors_of_the_evaluation_have_no_zero_and_shares_no_unit() -> None:
    table = pd.DataFrame(
        {
            "unit": ["°C", "share", None],
            "value": [0.5, 0.9, 1.0],
            "ci_low": [0.4, 0.8, np.nan],
            "ci_high": 0.95,
        }
    )
    found = converted_errors(table, "°C", FAHRENHEIT)
    assert found["value"].tolist() == [0.9, 0.9, 1.0]
    assert found["unit"].tolist()[:2] == ["°F", "share"]
    assert converted_errors(table, "", FAHRENHEIT) is table


def test_a_conversion_that_is_none_is_not_offered() -> None:
    entries = [
        {"unit": "umol/L", "factor": 17.104, "offset": 0.0},
        *({"unit": "x", "factor": factor, "offset": 0.0} for factor in (0.0, -1.0, math.inf, math.nan)),
        {"unit": "y", "factor": 1.0, "offset": math.inf},
    ]
    assert units_of({"other_units": {"bili": entries}}, BILIRUBIN) == (Unit("mg/dL"), SI)
    assert units_of({}, BILIRUBIN) == (Unit("mg/dL"),)


def test_every_column_of_values_is_one_of_a_published_table() -> None:
    from meta_med.published.tables import CONTENT

    named = {str(column.name) for table in CONTENT.values() for column in table.columns}
    assert {*VALUES, *DIFFERENCES} <= named
