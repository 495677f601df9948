"""Bounds of a risk: never 0 or 1, and never beyond what was observed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.outcomes.binary import bounds_of_risk
from tests.examples import examples


def test_a_rare_event_is_not_told_ten_times_as_often_as_it_is() -> None:
    """60 patients with 8 visits each, one of 480 visits with the event."""
    y = np.zeros(480)
    y[100] = 1
    low, high = bounds_of_risk(y, np.repeat(np.arange(60), 8))
    assert low == pytest.approx(0.5 / 481, rel=0.02)
    assert high == pytest.approx(1 - 0.5 / 481, rel=0.02)


def test_visits_that_are_all_alike_in_a_patient_count_as_one() -> None:
    y = np.repeat(np.arange(40) < 20, 10).astype(float)
    assert bounds_of_risk(y, np.repeat(np.arange(40), 10))[0] == pytest.approx(0.5 / 41)


def test_without_any_record_nothing_is_bounded() -> None:
    assert bounds_of_risk(np.zeros(0), np.zeros(0, dtype=np.int64)) == (0.0, 1.0)


def test_one_patient_counts_as_one_and_patients_who_are_all_alike_as_all_their_visits() -> None:
    y = np.asarray([0.0, 1.0, 0.0, 1.0])
    assert bounds_of_risk(y, np.zeros(4, dtype=np.int64))[0] == pytest.approx(0.25)
    assert bounds_of_risk(y, np.asarray([0, 0, 1, 1]))[0] == pytest.approx(0.5 / 5)


@examples(50)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=60), st.randoms())
def test_bounds_leave_room_for_what_was_observed_and_are_those_of_the_opposite_turned_round(
    told, shuffle
) -> None:
    shuffle.shuffle(told)
    subject, y = (np.asarray(part) for part in zip(*told, strict=True))
    y = y.astype(float)
    low, high = bounds_of_risk(y, subject)
    assert 0 < low <= high < 1
    share = y.mean()
    assert low <= (share or 0.5 / (len(y) + 1))
    assert high >= 1 - ((1 - share) or 0.5 / (len(y) + 1))
    assert bounds_of_risk(1 - y, subject) == pytest.approx((1 - high, 1 - low))
