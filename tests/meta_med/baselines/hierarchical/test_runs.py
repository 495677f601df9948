"""Whole series from training episodes and from contexts."""

from dataclasses import replace

import numpy as np

from meta_med.baselines.hierarchical.runs import lent_runs, series_of_cohorts, training_runs
from tests.meta_med.baselines.hierarchical.made import made_runs
from tests.meta_med.baselines.made_episodes import made_episodes


def test_a_training_subjects_run_is_its_support_and_its_query() -> None:
    some = made_episodes(12)
    runs = training_runs(some, 100)
    order = np.lexsort((some.subject, some.cohort))
    np.testing.assert_array_equal(runs.cohort, some.cohort[order])
    np.testing.assert_array_equal(runs.y[:, -1], some.y[order])
    np.testing.assert_array_equal(runs.y[:, :-1], some.support_y[order])
    assert (runs.time[:, -1] == 0).all()


def test_a_lenders_records_are_one_series() -> None:
    y = np.array([[[1.0], [3.0], [2.0], [np.nan]], [[5.0], [np.nan], [np.nan], [np.nan]]])
    time = np.array([[-9.0, -4.0, -1.0, np.nan], [-2.0, np.nan, np.nan, np.nan]])
    some = replace(
        made_episodes(3), context_y=y, context_x=np.zeros((2, 4, 2)), context_time=time, context_each=2
    )
    first, second = lent_runs(some, 0), lent_runs(some, 1)
    np.testing.assert_array_equal(first.y[..., 0], [[1.0, 3.0], [2.0, np.nan]])
    np.testing.assert_array_equal(first.time, [[-9.0, -4.0], [-1.0, np.nan]])
    assert second.y[..., 0].tolist()[0][0] == 5.0
    assert second.cohort.tolist() == [1]


def test_records_without_times_count_as_made_at_one_time() -> None:
    y = np.array([[[1.0], [3.0]]])
    time, _, _ = series_of_cohorts(replace(made_episodes(3), context_y=y, context_x=np.zeros((1, 2, 2))))
    assert time.tolist() == [[[0.0], [0.0]]]


def test_a_cohort_without_context_has_no_series() -> None:
    some = made_episodes(3)
    assert len(lent_runs(some, 0)) == 0
    lent = replace(some, context_y=np.full((1, 2, 3), np.nan), context_x=np.zeros((1, 2, 2)))
    assert len(lent_runs(lent, 0)) == len(lent_runs(lent, 5)) == 0


def test_a_bound_is_kept_in_every_cohort_and_evenly() -> None:
    runs = made_runs(patients=40, cohorts=2)
    some = runs.evenly(5)
    assert np.bincount(some.cohort).tolist() == [5, 5]
    assert len(runs.evenly(100)) == 40
