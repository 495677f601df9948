"""Values are written with the decimals that they were measured with."""

import pandas as pd
import pytest

from dashboard import cache
from dashboard.access.authorize import everything
from dashboard.outcome_kinds import kind_of
from dashboard.precision import Precision, precision_of
from dashboard.release import current_release
from dashboard.wording.numbers import written_unit
from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened


@pytest.mark.parametrize(
    ("values", "precision"),
    [
        ([0.1, 1.4, 2.0, 17.5, 3.0], Precision(1, 1)),
        ([3.14, 2.95, 4.0, 3.1, 2.22], Precision(2, 2)),
        ([147.0, 235.0, 81.0, 400.0, 12.0], Precision(0, 0)),  # a count: a mean between two is no news
        ([4.0, 11.0, 27.0, 0.0, 9.0], Precision(0, 1)),  # a score: a mean of 4.6 is not 5
        ([1.0 / 3, 2.0 / 7, 3.0 / 11, 0.1, 0.2], Precision(None, None)),  # computed, not measured
        ([1.5, 2.5], Precision(None, None)),
        ([0.1 * i for i in range(200)], Precision(1, 1)),
        ([float(i) for i in range(2_000)] + [0.123456], Precision(0, 0)),  # one slip is not the precision
    ],
)
def test_the_precision_is_that_of_nearly_all_values(values: list[float], precision: Precision) -> None:
    assert precision_of(pd.Series(values)) == precision


def test_outcomes_of_a_release_carry_their_precision(store: str, release: Release) -> None:
    found = cache.outcomes(current_release(store, release.study, everything("tests"))).set_index("name")
    assert found.loc[["bili", "albumin", "platelet"], "decimals"].tolist() == [1.0, 2.0, 0.0]
    assert found.loc["edema", "decimals"] == 0.0  # yes or no: not shown as a number
    assert found.loc["platelet", "unit"] == "×10⁹/L"


def test_values_predictions_and_intervals_have_it() -> None:
    outcome = {"kind": "continuous", "unit": "mg/dL", "reference_low": None, "reference_high": None,
               "decimals": 1.0, "predicted_decimals": 1.0}  # fmt: skip
    ends = {f"{end}_{level}": v for end, v in (("lower", 0.349), ("upper", 2.251)) for level in (50, 80, 90)}
    prediction = {"mean": 1.2345, "unadapted_mean": 1.678, **ends}
    kind = kind_of(outcome)
    assert kind.headline(outcome, prediction) == ("1.2 mg/dL", "expected", "90 % interval 0.3 to 2.3 mg/dL")
    row = kind.numbers(outcome, prediction, 1.0)
    assert (row["Last value"], row["Predicted"], row["90 % interval"], row["Un-adapted"]) == (
        "1.0", "1.2", "0.3 to 2.3", "1.7",
    )  # fmt: skip


def test_the_worklist_writes_it_too(store: str) -> None:
    table = opened("worklist", store).dataframe[0].value
    assert table["Predicted (mg/dL)"].str.fullmatch(r"\d+\.\d|–").all()
    assert table["Last value (mg/dL)"].str.fullmatch(r"\d+\.\d|–").all()


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("10^9/L", "×10⁹/L"), ("10*3/uL", "×10³/µL"), ("×10^9/L", "×10⁹/L"),
     ("umol/L", "µmol/L"), ("mg/dL", "mg/dL"), ("ug/L", "µg/L"),
     ("", ""), ("units", "units"), ("mmol/mol", "mmol/mol")],
)  # fmt: skip
def test_units_are_written_as_laboratories_print_them(unit: str, shown: str) -> None:
    assert written_unit(unit) == shown
