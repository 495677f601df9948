"""Texts are looked up as pandas would, whatever type their column has."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.columns.text_places import begins, places_among
from tests.examples import examples

TYPES = ["str", "object", "large_string[pyarrow]"]


@examples(50)
@given(
    texts=st.lists(st.text(max_size=3)) | st.lists(st.sampled_from(["a", "b"]), min_size=8),
    known=st.lists(st.text(max_size=3), unique=True),
    types=st.tuples(st.sampled_from(TYPES), st.sampled_from(TYPES)),
)
def test_the_place_of_each_text_is_that_of_pandas(
    texts: list[str], known: list[str], types: tuple[str, str]
) -> None:
    found = places_among(pd.Series(texts, dtype=types[0]), pd.Series(known, dtype=types[1]))
    assert found.dtype == np.int64
    np.testing.assert_array_equal(
        found, pd.Index(known, dtype=object).get_indexer(pd.Index(texts, dtype=object))
    )


@pytest.mark.parametrize("none", [[], ["a"]])
def test_among_nobody_nothing_has_a_place(none: list[str]) -> None:
    assert (places_among(pd.Series(none, dtype="str"), pd.Series([], dtype="str")) == -1).all()


@examples(50)
@given(st.lists(st.sampled_from(["a", "b", None])), st.sampled_from(TYPES))
def test_a_text_begins_where_the_one_before_is_another_or_either_is_missing(
    texts: list[str | None], dtype: str
) -> None:
    found = begins(pd.Series(texts, dtype=dtype))
    expected = [i == 0 or None in texts[i - 1 : i + 1] or texts[i] != texts[i - 1] for i in range(len(texts))]
    assert found.tolist() == expected
