"""A covariate as columns of numbers."""

import numpy as np
import pandas as pd

from meta_med.cohorts.covariates import covariate_block
from meta_med.study import CovariateSpec


def test_texts_stand_for_their_stated_numbers_and_others_are_missing() -> None:
    frame = pd.DataFrame({"age": ["60 - 69", "90+", None, "?"]})
    names, block = covariate_block(frame, CovariateSpec(name="age", values={"60 - 69": 65, "90+": 93}))
    assert names == ["age"]
    np.testing.assert_array_equal(block[:, 0], [65, 93, np.nan, np.nan])


def test_a_code_belongs_to_the_first_group_whose_pattern_it_matches_whole() -> None:
    frame = pd.DataFrame({"diagnosis": ["250.01", "428", "42", None]})
    groups = {"diabetes": r"250.*", "circulatory": r"4[0-5]\d"}
    names, block = covariate_block(frame, CovariateSpec(name="diagnosis", kind="category", groups=groups))
    assert names == ["diagnosis=circulatory", "diagnosis=diabetes", "diagnosis=other"]
    np.testing.assert_array_equal(block, [[0, 1, 0], [1, 0, 0], [0, 0, 1], [np.nan] * 3])
