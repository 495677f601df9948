"""Levels of cohorts are shrunk by as much as cohorts are alike."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.baselines.cohort_levels import CohortLevels
from meta_med.cohorts.record_table import Floats
from meta_med.episodes.episode_arrays import Episodes


def levels(between: float, n_cohorts: int = 30, each: int = 20) -> tuple[CohortLevels, Floats]:
    """Levels of cohorts whose true levels have this standard deviation, and the raw means."""
    rng = np.random.default_rng(0)
    cohort = np.repeat(np.arange(n_cohorts), each)
    y = between * rng.normal(size=n_cohorts)[cohort] + rng.normal(size=len(cohort))
    raw = y.reshape(n_cohorts, each).mean(1)
    return CohortLevels.of(y[:, None], cohort, np.arange(len(cohort))), raw


def test_cohorts_that_do_not_differ_have_one_level() -> None:
    found, _ = levels(0.0)
    assert np.ptp(found.mean) < 0.3


def test_cohorts_that_differ_much_keep_their_means() -> None:
    found, raw = levels(5.0)
    np.testing.assert_allclose(found.mean[:, 0], raw, atol=0.1)


def test_the_prior_is_the_ratio_of_variances() -> None:
    assert levels(1.0, 400)[0].prior[0] == pytest.approx(1.0, rel=0.25)


def test_a_subject_counts_once_however_many_records_it_has() -> None:
    y = np.array([0.0] * 9 + [1.0])[:, None]
    found = CohortLevels.of(y, np.zeros(10, dtype=np.int64), np.array([0] * 9 + [1]))
    assert found.overall[0] == pytest.approx(0.5)


def test_a_new_cohort_moves_from_the_overall_level_to_its_context() -> None:
    found, _ = levels(1.0)
    lent = np.full((31, 500, 1), np.nan)
    lent[30, :500] = 9.0
    by_code = found.by_code(lent)[:, 0]
    np.testing.assert_array_equal(by_code[:30], found.mean[:, 0])
    assert by_code[30] == pytest.approx(9.0, abs=0.1)
    assert by_code[31] == pytest.approx(found.overall[0])


def test_records_of_one_lender_count_once_however_many_they_are() -> None:
    found, _ = levels(1.0)
    one = Episodes(
        support_y=np.zeros((1, 0, 1)), support_x=np.zeros((1, 0, 1)), support_time=np.zeros((1, 0)), x=np.zeros((1, 1)),
        y=np.zeros((1, 1)), cohort=np.array([30]), subject=np.array([0]), context_x=np.zeros((31, 6, 1)),
        context_y=np.full((31, 6, 1), np.nan), context_each=3,
    )  # fmt: skip
    one.context_y[30, :4, 0] = [4.0, 4.0, 4.0, 1.0]
    few = replace(one, context_y=one.context_y[:, 2:4], context_x=one.context_x[:, 2:4], context_each=1)
    assert found.at(one)[0, 0] == pytest.approx(found.at(few)[0, 0], abs=1e-12)
    assert found.at(replace(one, context_each=1))[0, 0] > found.at(one)[0, 0] + 0.1


def test_a_code_beyond_all_is_nobodys() -> None:
    found, _ = levels(1.0)
    one = Episodes(
        support_y=np.zeros((1, 0, 1)), support_x=np.zeros((1, 0, 1)), support_time=np.zeros((1, 0)), x=np.zeros((1, 1)),
        y=np.zeros((1, 1)), cohort=np.array([99]), subject=np.array([0]),
    )  # fmt: skip
    assert found.at(one)[0, 0] == pytest.approx(found.overall[0])
    assert found.at(replace(one, cohort=np.array([3])))[0, 0] == found.mean[3, 0]
