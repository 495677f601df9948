"""Rows of several tables are put together by subject, each subject's from one of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.serving.splice import spliced, spliced_by_subject

IDS = ["a", "b", "c", "d"]


def test_rows_of_two_nights_are_by_subject_and_of_one_night_for_each() -> None:
    earlier = pd.DataFrame({"subject_id": ["a", "a", "b", "gone"], "value": [1.0, 2.0, 3.0, 4.0]})
    new = pd.DataFrame({"subject_id": ["b", "b", "joined"], "value": [5.0, 6.0, 7.0]})
    names = pd.Series(["a", "b", "joined", "quiet"], dtype="str")
    fresh = np.array([False, True, True, False])
    found = spliced_by_subject([earlier, new], names, [~fresh, fresh])
    assert list(found.itertuples(index=False, name=None)) == [
        ("a", 1.0), ("a", 2.0), ("b", 5.0), ("b", 6.0), ("joined", 7.0),
    ]  # fmt: skip


def test_a_number_keeps_the_type_that_it_has_in_the_first_table() -> None:
    one, other = pd.DataFrame({"n": np.array([1, 2])}), pd.DataFrame({"n": np.array([3.0])})
    found = spliced([one, other], np.array([2, 0]))
    assert found["n"].tolist() == [3, 1]
    assert found["n"].dtype == np.int64


@given(st.lists(st.lists(st.sampled_from(IDS), max_size=6), min_size=1, max_size=3), st.data())
def test_it_is_what_selecting_and_sorting_gives(subjects: list[list[str]], data: st.DataObject) -> None:
    parts = [
        pd.DataFrame({"subject_id": pd.Series(each, dtype="str"), "at": np.arange(len(each)) + 100.0 * n})
        for n, each in enumerate(subjects)
    ]
    whose = np.array([data.draw(st.integers(0, len(parts) - 1)) for _ in IDS])
    found = spliced_by_subject(parts, pd.Series(IDS, dtype="str"), [whose == n for n in range(len(parts))])
    chosen = [
        part[part["subject_id"].map(dict(zip(IDS, whose, strict=True))) == n] for n, part in enumerate(parts)
    ]
    expected = pd.concat(chosen).sort_values("subject_id", kind="stable", ignore_index=True)
    assert found["at"].tolist() == expected["at"].tolist()
    assert found["subject_id"].tolist() == expected["subject_id"].tolist()


def test_at_least_one_table_is_needed() -> None:
    with pytest.raises(IndexError):
        spliced([], np.array([], dtype=np.int64))
