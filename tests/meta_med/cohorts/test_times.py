"""Rows of one time are a set."""

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.times import ROWS, merge_ties, refuse_ties
from meta_med.study import StudyMismatch

FRAME = pd.DataFrame(
    {
        "who": ["a", "a", "a", "b", "b"],
        "when": [1, 1, 2, 1, 1],
        "number": [1.0, 2.0, 5.0, 0.3, np.nan],
        "code": [1, 3, 2, 2, 2],
        "yes": [0, 1, 1, 1, 1],
        "text": ["x", "x", "y", None, "z"],
        ROWS: [1, 1, 1, 1, 1],
    }
)


def test_numbers_are_averaged_and_classes_are_what_all_agree_on() -> None:
    one, disagree = merge_ties(FRAME, ["who", "when"], {"code"})
    assert one["number"].tolist() == [1.5, 5.0, 0.3]
    np.testing.assert_array_equal(one["code"].astype(float), [np.nan, 2, 2])
    np.testing.assert_array_equal(one["yes"].astype(float), [np.nan, 1, 1])
    assert one["text"].tolist() == ["x", "y", "z"]
    assert one[ROWS].tolist() == [2, 1, 2]
    assert disagree["code"].tolist() == disagree["yes"].tolist() == [True, False, False]
    assert not disagree["text"].any()


def test_what_comes_out_does_not_depend_on_the_order_of_the_rows() -> None:
    rng = np.random.default_rng(0)
    many = pd.DataFrame(
        {"who": "a", "when": 1, "number": rng.normal(size=40) * 10.0 ** rng.integers(-9, 9, 40)}
    )
    first, _ = merge_ties(many, ["who", "when"], ())
    for seed in range(5):
        again, _ = merge_ties(many.sample(frac=1, random_state=seed), ["who", "when"], ())
        assert again["number"].tolist() == first["number"].tolist()


def test_ties_are_refused_with_their_number_and_nobodys_name() -> None:
    with pytest.raises(StudyMismatch, match="4 rows of 2 patients"):
        refuse_ties(FRAME, ["who", "when"])
