"""The map of cohorts: all cohorts inside, however wide the page, and a step as long in both directions."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.cohort import MAP_HEIGHT, cohort_map
from tests.examples import EACH, examples

coordinate = st.floats(-3, 3)


def ends(scale: Any, width: int) -> tuple[float, float]:
    """Of a scale's domain; its expressions are read as Python."""
    known = {"max": max, "width": width, "height": MAP_HEIGHT}
    low, high = (eval(scale[end]["expr"], {}, known) for end in ("domainMin", "domainMax"))
    return low, high


@pytest.mark.parametrize("width", [340, *(pytest.param(w, marks=pytest.mark.nightly) for w in (720, 1340))])
@examples(25, EACH)
@given(at=st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12, unique=True))
def test_every_cohort_is_inside_and_steps_are_equal(width: int, at: list[tuple[float, float]]) -> None:
    places = pd.DataFrame(
        {"cohort": [f"c{n}" for n in range(len(at))], "x": [x for x, _ in at], "y": [y for _, y in at]}
    )
    drawn = cohort_map(places, "c0", frozenset({"c0"})).to_dict()
    encoding = next(layer["encoding"] for layer in drawn["layer"] if "shape" in layer["encoding"])
    (left, right), (low, high) = (ends(encoding[axis]["scale"], width) for axis in "xy")
    assert places["x"].between(left, right, inclusive="neither").all()
    assert places["y"].between(low, high, inclusive="neither").all()
    assert (right - left) / width == pytest.approx((high - low) / MAP_HEIGHT)
