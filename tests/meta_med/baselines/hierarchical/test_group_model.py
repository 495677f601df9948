"""Cohorts that share course models."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.baselines.hierarchical.group_model import (
    GroupModel,
    telling,
    usual_gap,
    weighted_courses,
)
from tests.meta_med.baselines.hierarchical.made import made_runs, nobody

NONE = np.zeros(0, dtype=int)


def test_the_means_of_cohorts_are_found_and_shrunk() -> None:
    found = GroupModel.fit(made_runs(apart=2.0), NONE, seed=0)
    mean = np.exp(found.log_weight) @ found.mean.T
    assert found.cohorts.tolist() == [0, 1]
    assert mean[1] - mean[0] == pytest.approx(1.35, abs=0.5)  # of standardised scores
    assert (found.variance > 0).all()


def test_courses_fit_how_the_series_move() -> None:
    steady, jumpy = (GroupModel.fit(made_runs(noise=n), NONE, seed=0) for n in (0.1, 3.0))
    share = [
        np.exp(g.log_weight) @ ((g.courses.noise + g.courses.fast) / (g.courses.level + g.courses.slow))
        for g in (steady, jumpy)
    ]
    assert share[0] < 0.15
    assert share[1] > 1.0


def test_a_fit_comes_with_the_marginal_likelihood_of_its_scores() -> None:
    runs = made_runs(apart=2.0)
    group, log_marginal = GroupModel.with_log_marginal(runs, NONE, seed=0)
    assert log_marginal == weighted_courses(group.series(telling(runs)), seed=0).log_marginal


def test_a_new_cohort_is_told_by_its_lenders() -> None:
    group = GroupModel.fit(made_runs(apart=1.0), NONE, seed=0)
    high = replace(made_runs(patients=8, cohorts=1, seed=3), cohort=np.full(8, 5))
    high = replace(high, y=high.y + 4.0)
    nothing, some = group.given(nobody(high)), group.given(high)
    assert (nothing.mean == 0).all()
    assert np.exp(some.log_weight) @ some.mean[0] > 1.0
    assert (some.variance < nothing.variance).all()
    assert some.cohorts.tolist() == [5]


def test_the_usual_gap_is_of_observed_records() -> None:
    runs = made_runs(patients=2, records=3)
    time = np.array([[0.0, 2.0, 4.0], [0.0, 1.0, 4.0]])
    y = np.array([[1.0, 1.0, 1.0], [1.0, np.nan, 1.0]])
    assert usual_gap(replace(runs, time=time, y=y)) == 2.0
    assert usual_gap(nobody(runs)) == 1.0


def test_skewed_values_are_warped_and_normal_ones_need_not_be() -> None:
    runs = made_runs(patients=60)
    skewed = GroupModel.fit(replace(runs, y=np.exp(2 * runs.y)), NONE, seed=0)
    normal = GroupModel.fit(runs, NONE, seed=0)
    assert len(skewed.warp.values) > 2
    assert len(normal.warp.values) == 2
