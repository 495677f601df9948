"""Error by the age of the newest own record."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.evaluate.comparison.compare import error_by_age
from tests.meta_med.scored_example import scored


def test_each_bin_holds_its_own_records_and_none_without_own_ones() -> None:
    one = scored(sizes=5)
    table = error_by_age(one, ["champion", "last_value"])
    assert set(table["predictor"]) == {"champion", "last_value"}
    first = table[(table["bin"] == 0) & (table["predictor"] == "champion")].iloc[0]
    rows = (one.age >= first["from_days"]) & (one.age < first["to_days"])
    assert first["value"] == pytest.approx(one.scores["champion"]["all", "mae", "sd"][rows].mean())
    assert first["from_days"] == 30.0
    assert table["to_days"].max() == 120.0


@pytest.mark.parametrize("age", [np.nan, 7.0])
def test_nothing_is_shown_where_ages_are_not_known_or_all_the_same(age: float) -> None:
    one = scored()
    assert error_by_age(replace(one, age=np.full(len(one.size), age)), ["champion"]).empty
