"""A covariate as numeric columns.

A level has one name, whatever type its column has.
"""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.covariates import covariate_block, level_text, match_words, texts, unmatched_words
from meta_med.study import CovariateSpec
from tests.examples import examples


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (250, "250"),
        (250.0, "250"),
        (np.float32(250), "250"),
        (Decimal("250.00"), "250"),
        (1e17, "100000000000000000"),
        (2**53 + 1, "9007199254740993"),
        (0.5, "0.5"),
        ("007", "007"),
        ("250.0", "250.0"),
        (True, "True"),
        (float("nan"), None),
        (None, None),
        ("NA", "NA"),
    ],
)
def test_a_level_as_text(value: object, text: str | None) -> None:
    assert level_text(value) == text


@pytest.mark.parametrize("word", ["250", "250.0", "2.5e2"])
@pytest.mark.parametrize("kind", ["int64", "float64", "Float64", "Int64"])
def test_a_word_names_a_number_however_it_is_written(word: str, kind: str) -> None:
    column = pd.Series([250, 401]).astype(kind)
    assert match_words(column, [word]).tolist()[0] == word
    assert match_words(column, [word]).isna().tolist() == [False, True]


def test_codes_of_a_text_column_are_never_read_as_numbers() -> None:
    column = pd.Series(["250", "250.0", "007"])
    assert match_words(column, ["250"]).notna().tolist() == [True, False, False]
    assert unmatched_words(column, ["7", "007"]) == ("7",)


@pytest.mark.parametrize("word", ["true", "True", "1"])
def test_yes_and_no_have_several_words(word: str) -> None:
    assert match_words(pd.Series([True, False, True]), [word]).notna().tolist() == [True, False, True]


@examples(30)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20))
def test_whole_numbers_are_the_same_levels_as_integers_as_decimals_and_as_texts(values: list[int]) -> None:
    words = [str(value) for value in values[::2]]
    as_integers = match_words(pd.Series(values), words).notna().tolist()
    assert match_words(pd.Series(values, dtype="float64"), words).notna().tolist() == as_integers
    assert match_words(pd.Series([str(v) for v in values]), words).notna().tolist() == as_integers
    assert texts(pd.Series(values, dtype="float64")).tolist() == [str(v) for v in values]
