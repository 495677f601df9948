"""Stacked weights: exact slopes, proper scores, and a prior that holds while patients are few."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from meta_med.scores import crps_student_t, log_loss
from meta_med.stacking import PRIOR_STRENGTH, Stack

THIRDS = np.full(3, 1 / 3)


def stack(
    binary: bool, subjects: int = 40, records: int = 3, noise: tuple[float, ...] = (0.3, 0.6, 1.2)
) -> Stack:
    rng = np.random.default_rng(0)
    n = subjects * records
    subject = np.repeat(np.arange(subjects), records)
    spread = np.array(noise)[:, None]
    if binary:
        z = rng.normal(size=n)
        y = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float)
        mean = 1 / (1 + np.exp(-(z + spread * rng.normal(size=(3, n)))))
        return Stack(mean, np.full((3, n), np.nan), y, subject, binary=True)
    y = rng.normal(size=n)
    return Stack(
        y + spread * rng.normal(size=(3, n)), np.broadcast_to(spread, (3, n)).copy(), y, subject, binary=False
    )


def test_scores_are_the_crps_of_a_normal_and_the_log_loss() -> None:
    weights = np.array([0.2, 0.5, 0.3])
    normal, binary = stack(False), stack(True)
    expected = crps_student_t(normal.y, weights @ normal.mean, weights @ normal.scale, 1e6)
    np.testing.assert_allclose(normal.score(weights), expected, atol=1e-5)
    np.testing.assert_allclose(binary.score(weights), log_loss(binary.y, weights @ binary.mean))


@pytest.mark.parametrize("binary", [False, True])
def test_slopes_are_the_derivatives_of_the_score(binary: bool) -> None:
    one = stack(binary, subjects=1, records=1)

    def score(weights: np.ndarray) -> float:
        return float(one.score(weights)[0])

    def slope(weights: np.ndarray) -> np.ndarray:
        _, by_mean, by_scale = one._score(weights, slice(None))
        return one.mean[:, 0] * by_mean[0] + np.nan_to_num(one.scale[:, 0]) * by_scale[0]

    for weights in np.random.default_rng(1).dirichlet(np.ones(3), 20):
        assert check_grad(score, slope, weights) < 1e-5


@pytest.mark.parametrize("binary", [False, True])
def test_fitted_weights_are_at_least_as_good_as_any_others(binary: bool) -> None:
    found = stack(binary)
    best = found.fit(THIRDS)
    assert best.sum() == pytest.approx(1.0)
    assert (best > 0).all()

    def objective(w: np.ndarray) -> float:
        return float(found.score(w).mean() - PRIOR_STRENGTH * (THIRDS @ np.log(w)))

    others = np.random.default_rng(2).dirichlet(np.ones(3), 300).clip(1e-9)
    assert all(objective(best) <= objective(w) + 1e-6 for w in others)


def test_predictors_that_are_alike_keep_their_prior_weights() -> None:
    found = stack(False)
    alike = Stack(
        found.mean[:1].repeat(3, 0), found.scale[:1].repeat(3, 0), found.y, found.subject, binary=False
    )
    np.testing.assert_allclose(alike.fit(np.array([0.6, 0.3, 0.1])), [0.6, 0.3, 0.1], atol=1e-3)


def test_each_subject_weighs_the_same_however_many_records() -> None:
    found = stack(False, records=1)
    copies = np.r_[np.arange(40), np.zeros(200, dtype=np.int64)]
    columns = (found.mean[:, copies], found.scale[:, copies], found.y[copies], found.subject[copies])
    repeated = Stack(*columns, binary=False)
    np.testing.assert_allclose(repeated.fit(THIRDS), found.fit(THIRDS), atol=1e-3)


def test_cross_fitted_scores_come_from_weights_that_never_saw_the_subject() -> None:
    found = stack(False)
    held = found.subject % 5 == 2
    changed = Stack(
        found.mean, found.scale, np.where(held, found.y + 50, found.y), found.subject, binary=False
    )
    rest = np.flatnonzero(~held)
    np.testing.assert_array_equal(found.fit(THIRDS, rest), changed.fit(THIRDS, rest))
    weights = found.fit(THIRDS, rest)
    np.testing.assert_array_equal(
        changed.cross_fitted(THIRDS)[held], changed.score(weights, np.flatnonzero(held))
    )
