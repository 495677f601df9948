"""Distances between cohorts whose means are known, and the map that keeps them."""

import numpy as np
import pandas as pd
import pytest

from dashboard.cohorts.similarity import distances, nearest, places, profiles
from meta_med.published.release import LEAST_PATIENTS as LEAST

SCALES = {"a": "identity", "b": "log"}


def newest(means: dict[str, tuple[float, float]], n: int = 20) -> pd.DataFrame:
    """Values around each cohort's mean of outcome a, and of the logarithm of outcome b."""
    spread = np.linspace(-1.0, 1.0, n)
    parts = [
        pd.DataFrame({"outcome": outcome, "cohort": name, "value": value})
        for name, (a, b) in means.items()
        for outcome, value in (("a", a + spread), ("b", np.exp(b + spread)))
    ]
    return pd.concat(parts, ignore_index=True)


def test_a_distance_is_the_typical_difference_in_standard_deviations() -> None:
    values = newest({"x": (0.0, 0.0), "y": (2.0, 0.0), "z": (0.0, 2.0)})
    far = distances(profiles(values, SCALES))
    spread = values.loc[values["outcome"] == "a", "value"].std()
    assert far.loc["x", "y"] == pytest.approx(2.0 / spread / np.sqrt(2))
    assert far.loc["y", "z"] == pytest.approx(2.0 / spread)
    assert np.array_equal(far, far.T)
    assert (np.diag(far) == 0).all()


def test_the_map_keeps_distances_that_fit_on_paper() -> None:
    far = distances(profiles(newest({"x": (0.0, 0.0), "y": (3.0, 0.0), "z": (0.0, 4.0)}), SCALES))
    at = places(far).set_index("cohort")
    for one, other in (("x", "y"), ("x", "z"), ("y", "z")):
        assert np.hypot(*(at.loc[one] - at.loc[other])) == pytest.approx(far.loc[one, other])


def test_the_nearest_cohort_comes_first() -> None:
    far = distances(profiles(newest({"x": (0.0, 0.0), "y": (3.0, 0.0), "z": (1.0, 0.0)}), SCALES))
    assert list(nearest(far, "x").index) == ["z", "y"]


def test_a_cohort_of_few_patients_is_not_compared() -> None:
    values = pd.concat([newest({"x": (0.0, 0.0), "y": (1.0, 0.0)}), newest({"few": (9.0, 9.0)}, LEAST - 1)])
    assert list(profiles(values, SCALES).index) == ["x", "y"]


def test_cohorts_without_a_shared_outcome_are_left_out() -> None:
    values = newest({"x": (0.0, 0.0), "y": (1.0, 0.0), "z": (2.0, 0.0)})
    values = pd.concat([values, values[values["outcome"] == "a"].assign(outcome="c", cohort="alone")])
    assert list(distances(profiles(values, {**SCALES, "c": "identity"})).index) == ["x", "y", "z"]


def test_an_outcome_that_is_the_same_for_everybody_tells_nothing() -> None:
    values = newest({"x": (0.0, 0.0), "y": (1.0, 0.0)})
    same = values[values["outcome"] == "a"].assign(outcome="c", value=1.0)
    means = profiles(pd.concat([values, same]), {**SCALES, "c": "identity"})
    assert list(means.columns) == ["a", "b"]


def test_nothing_to_compare_is_no_map() -> None:
    assert distances(profiles(newest({"x": (0.0, 0.0)}), {})).empty
