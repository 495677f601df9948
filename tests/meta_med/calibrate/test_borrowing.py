"""Blends that borrow: outcomes and strata lend each other strength, subjects without records stay apart."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.calibrate.borrowing import Problem, cross_fitted, fit_blends, screened
from meta_med.calibrate.stacking import Stack, concatenated
from meta_med.calibrate.strata import STRATA
from meta_med.outcomes import kind_of

HALVES = np.full(2, 0.5)


def stack(noise: tuple[float, float], per_stratum: int = 60, skew: float = 0.0, seed: int = 0) -> Stack:
    """Two predictors that see the truth with this much noise; every subject has one record in each stratum."""
    rng = np.random.default_rng(seed)
    n = per_stratum * len(STRATA)
    y = rng.normal(size=n)
    spread = np.array(noise)[:, None]
    return Stack(
        mean=y + spread * rng.normal(size=(2, n)) - skew,
        scale=np.broadcast_to(spread, (2, n)).copy(),
        y=y,
        subject=np.repeat(np.arange(per_stratum), len(STRATA)),
        stratum=np.tile(np.arange(len(STRATA)), per_stratum),
        cohort=np.zeros(n, dtype=np.int64),
        kind=kind_of("continuous"),
    )


def problem(*stacks: Stack) -> Problem:
    return Problem(stacks, (HALVES, HALVES))


def only(found: Stack, stratum: int, subjects: int) -> Stack:
    """Few subjects in one stratum, everybody elsewhere."""
    return found.take((found.stratum != stratum) | (found.subject < subjects))


def test_a_stratum_without_subjects_takes_its_neighbours_weights() -> None:
    full = stack((0.1, 1.0))
    blends = fit_blends(problem(only(full, 3, 0)))[0]
    assert blends[3].weights[0] == pytest.approx(blends[2].weights[0], abs=0.05)
    assert blends[3].weights[0] > 0.8


def test_an_outcome_with_few_subjects_borrows_from_the_others() -> None:
    few = stack((0.1, 1.0), per_stratum=4, seed=1)
    alone = fit_blends(problem(few))[0][1].weights[0]
    helped = fit_blends(problem(few, stack((0.1, 1.0)), stack((0.1, 1.0), seed=2)))[0][1].weights[0]
    assert helped > alone


def test_a_stratum_with_many_subjects_goes_its_own_way() -> None:
    one, other = stack((0.1, 1.0), 400), stack((1.0, 0.1), 400)
    rows = one.stratum == 4
    mixed = replace(
        one, mean=np.where(rows, other.mean, one.mean), scale=np.where(rows, other.scale, one.scale)
    )
    blends = fit_blends(problem(mixed))[0]
    assert blends[1].weights[0] > 0.8
    assert blends[4].weights[1] > 0.8


def test_those_without_records_neither_lend_nor_borrow() -> None:
    full = stack((0.1, 1.0))
    changed = replace(full, mean=np.where(full.stratum == 0, full.mean + 30, full.mean))
    one, other = fit_blends(problem(full))[0], fit_blends(problem(changed))[0]
    for s in range(1, len(STRATA)):
        np.testing.assert_array_equal(one[s].weights, other[s].weights)
    assert not np.allclose(one[0].width, other[0].width)


def test_a_centre_is_moved_only_where_it_is_beyond_doubt_off_the_median() -> None:
    assert fit_blends(problem(stack((0.5, 0.5))))[0][1].shift == 0.0
    found = fit_blends(problem(stack((0.5, 0.5), skew=0.4)))[0][1]
    assert found.shift > 0.5
    assert fit_blends(problem(stack((0.5, 0.5), per_stratum=4, skew=0.4)))[0][1].shift == 0.0


def test_cross_fitted_pools_come_from_blends_that_never_saw_the_subject() -> None:
    full = stack((0.3, 0.6), 20)
    held = full.subject % 5 == 2
    changed = replace(full, y=np.where(held, full.y + 50, full.y))
    begin = fit_blends(problem(full))
    rest = fit_blends(problem(full.take(~held)), begin)[0]
    found = cross_fitted(problem(changed), begin)[0]
    for s in range(len(STRATA)):
        rows = held & (full.stratum == s)
        expected = full.take(rows).pool(rest[s])
        np.testing.assert_array_equal(found.centre[rows], expected.centre)
        np.testing.assert_array_equal(found.scale[rows], expected.scale)


def test_many_subjects_of_one_new_cohort_are_one_draw_of_a_cohort() -> None:
    full = stack((0.5, 0.7), per_stratum=200)
    among_known = fit_blends(problem(full))[0][1].weights[0]
    one_new = fit_blends(replace(problem(full), new_cohorts=True))[0][1].weights[0]
    spread = replace(full, cohort=full.subject)
    many_new = fit_blends(replace(problem(spread), new_cohorts=True))[0][1].weights[0]
    assert 0.5 < one_new < among_known
    assert many_new == pytest.approx(among_known)


def test_one_new_cohorts_bias_is_not_taken_for_everybodys() -> None:
    biased = stack((0.5, 0.5), skew=0.4)
    assert fit_blends(problem(biased))[0][1].shift > 0.5
    assert fit_blends(replace(problem(biased), new_cohorts=True))[0][1].shift == 0.0


def test_a_new_cohort_is_scored_by_a_blend_that_saw_none_of_it() -> None:
    """In each of two cohorts another predictor is right: what one teaches is wrong in the other."""
    one, other = stack((0.1, 1.0)), stack((1.0, 0.1), seed=1)
    both = replace(
        concatenated([one, replace(other, subject=other.subject + 60)]),
        cohort=np.repeat([0, 1], len(one.y)),
    )
    known, new = problem(both), replace(problem(both), new_cohorts=True)
    as_known, as_new = (
        np.abs(cross_fitted(p, fit_blends(p))[0].centre - both.y).mean() for p in (known, new)
    )
    assert as_new > 1.2 * as_known


def test_a_predictor_far_behind_the_best_has_hardly_any_prior_weight_and_a_near_one_keeps_it() -> None:
    prior = np.array([0.25, 0.75])
    far, near = stack((0.1, 1.0)), stack((0.5, 0.8))
    assert screened(prior, far, far.subject)[1] < 0.03
    np.testing.assert_allclose(screened(prior, near, near.subject), prior)
    np.testing.assert_allclose(screened(prior, far, far.cohort), prior)  # one new cohort is one draw


def test_a_binary_outcome_that_hardly_changes_leaves_no_weight_on_a_baseline_that_does_not_know_it() -> None:
    """The last value is right in 19 of 20 records; the cohort's share is all that the other baseline knows."""
    rng = np.random.default_rng(0)
    n = 60 * len(STRATA)
    last = rng.integers(0, 2, n).astype(float)
    y = np.where(rng.random(n) < 0.05, 1 - last, last)
    sticky = replace(
        stack((0.1, 1.0)),
        mean=np.stack([np.where(last == 1, 2.9, -2.9), np.zeros(n)]),
        scale=np.full((2, n), np.nan),
        y=y,
        kind=kind_of("binary"),
    )
    for blend in fit_blends(problem(sticky))[0][1:]:
        assert blend.weights[1] < 0.02
