"""One pass over the records gives the numbers of dense covariance matrices."""

import numpy as np
from scipy import stats

from meta_med.baselines.hierarchical.course_filter import Filtered, filtered, to_the_left
from tests.meta_med.baselines.hierarchical.dense import courses, covariance, series


def test_the_likelihood_is_the_dense_normal_density() -> None:
    models, (time, y) = courses(), series()
    since, left = to_the_left(time, y)
    uncertain, centre = np.linspace(0.1, 0.6, 6), np.linspace(-1, 1, 6)
    found = filtered(models, since, left, centre, uncertain).log_likelihood()
    for m in range(6):
        for b in range(len(y)):
            seen = ~np.isnan(y[b])
            if not seen.any():
                assert found[m, b] == 0
                continue
            t = time[b, seen] - time[b, seen][0]
            dense = covariance(models, m, t, uncertain[m])
            known = stats.multivariate_normal(centre[m] + models.drift[m] * t, dense).logpdf(y[b, seen])
            np.testing.assert_allclose(found[m, b], known, rtol=1e-10, atol=1e-10)


def test_the_next_value_is_the_conditional_normal() -> None:
    models, (time, y) = courses(), series(records=4)
    since, left = to_the_left(time, y)
    ahead = np.nanmax(np.c_[since, np.zeros(len(y))], 1) + 1.5
    states = filtered(models, since, left, np.zeros(6)).at(models, ahead)
    mean, variance, _ = states.next_value(models)
    for m in range(6):
        for b in range(len(y)):
            t = np.r_[since[b][~np.isnan(left[b])], ahead[b]]
            own = left[b][~np.isnan(left[b])] - models.drift[m] * t[:-1]
            dense = covariance(models, m, t)
            gain = np.linalg.solve(dense[:-1, :-1], dense[:-1, -1])
            np.testing.assert_allclose(mean[0, m, b], gain @ own, rtol=1e-10, atol=1e-10)
            np.testing.assert_allclose(variance[m, b], dense[-1, -1] - gain @ dense[:-1, -1], rtol=1e-10)


def test_a_newer_record_is_added_without_the_older_ones() -> None:
    models, (time, y) = courses(), series()
    since, left = to_the_left(time, y)
    whole = filtered(models, since, left, np.zeros(6))
    stepwise = Filtered.before(models, len(y))
    for t, value in zip(since.T, left.T, strict=True):
        side = (value - models.drift[:, None] * t)[None]
        stepwise = stepwise.given(models, np.nan_to_num(t), side, ~np.isnan(value))
    for name, known in vars(whole).items():
        np.testing.assert_allclose(getattr(stepwise, name), known, rtol=0, atol=1e-12)


def test_adding_a_record_leaves_the_earlier_states_as_they_were() -> None:
    models = courses()
    before = Filtered.before(models, 2)
    before.given(models, np.ones(2), np.ones((1, 6, 2)), np.ones(2, dtype=bool))
    assert not before.seen.any()
    assert not before.mean.any()


def test_records_are_moved_to_the_left_and_timed_from_the_first() -> None:
    time = np.array([[-5.0, -3.0, -1.0], [np.nan, -4.0, -2.0]])
    y = np.array([[np.nan, 7.0, 8.0], [3.0, np.nan, 4.0]])
    since, left = to_the_left(time, y)
    np.testing.assert_array_equal(since, [[0.0, 2.0], [0.0, np.nan]])
    np.testing.assert_array_equal(left, [[7.0, 8.0], [4.0, np.nan]])
