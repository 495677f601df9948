"""The cut-offs of guards: false alarms no more often than stated, and none where too little is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.forecast import Forecast
from meta_med.serving.guards import (
    COVARIATES,
    FALSE_ALARMS,
    TRAJECTORY,
    Guards,
    cutoff,
    isolation,
    surprise,
    training_ranges,
    watched_columns,
)
from tests.examples import examples

SCORES = st.lists(
    st.sampled_from([0.0, 0.3, 1.0, 1.5, 2.0, 2.0, 7.0, np.inf]) | st.floats(0, 50), min_size=11, max_size=80
)


@examples(60)
@given(SCORES, st.sampled_from(sorted(FALSE_ALARMS)))
def test_each_patient_against_the_others_exceeds_the_cutoff_no_more_often_than_stated(
    scores: list[float], guard: str
) -> None:
    """Patients are exchangeable, so the share over all ways to leave one out is the rate of false alarms."""
    score, n = np.asarray(scores), len(scores)
    cuts = [cutoff(guard, np.delete(score, i)) for i in range(n)]
    guards = [
        Guards({guard: cut}, training_ranges(np.zeros((1, 1)), [False], [False], [True]), np.ones(1, bool))
        for cut in cuts
    ]
    exceeded = np.mean([g.beyond(guard, np.asarray(s)) for g, s in zip(guards, score, strict=True)])
    assert exceeded <= max(FALSE_ALARMS[guard], 1 / n) + 1e-9
    assert exceeded <= np.mean([cut.false_alarms for cut in cuts]) + 1e-9


def test_two_patients_of_one_score_do_not_lower_the_rate_that_is_stated() -> None:
    """Of 40 patients two have the same score above all others': each is flagged by the cut-off of the rest."""
    cut = cutoff("covariates", np.r_[np.zeros(37), 0.3, 0.3])
    assert cut.value == 0.3
    assert cut.false_alarms == pytest.approx(2 / 40)


@pytest.mark.parametrize("n", [0, 1, 8])
def test_with_too_few_calibration_patients_a_guard_is_off_and_states_no_rate(n: int) -> None:
    cut = cutoff(TRAJECTORY, np.r_[np.full(3, np.nan), np.arange(n, dtype=float)])
    ranges = training_ranges(np.zeros((1, 1)), [False], [False], [True])
    off = Guards({TRAJECTORY: cut}, ranges, np.ones(1, dtype=bool))
    assert cut.n == n
    assert np.isnan(cut.value)
    assert np.isnan(cut.false_alarms)
    assert not off.beyond(TRAJECTORY, np.array([0.0, 1e9, np.inf])).any()


def test_a_category_that_is_new_for_most_patients_is_not_watched_and_the_other_covariates_are() -> None:
    over = np.zeros((40, 4))
    over[:25, 0] = np.inf  # 25 of 40 patients lie in a ward that no training patient had
    over[0, 1] = np.inf  # one of 40 has an unseen sex
    columns = watched_columns(over, ["ward=7", "sex=x", "sex=f", "age"])
    assert columns.tolist() == [False, True, True, True]
    assert cutoff(COVARIATES, np.abs(over[:, columns]).max(1)).value < 1.0


def test_a_learner_that_agrees_with_anybody_is_not_alone() -> None:
    means = np.array([[[0.0]], [[9.0]], [[9.1]], [[0.2]]])
    apart = isolation(means[:2], means, np.full((1, 1), 0.5))
    np.testing.assert_allclose(apart.ravel(), [0.4, 0.2])


def test_surprise_is_counted_in_half_widths_and_binary_outcomes_are_not_watched() -> None:
    forecast = Forecast(np.array([[1.0, 0.2]]), np.array([[1.0, np.nan]]), np.full(2, 1e6))
    np.testing.assert_allclose(
        surprise(np.array([[4.0, 1.0]]), forecast, np.array([[2.0, np.nan]])), [[1.5, 0.0]]
    )
