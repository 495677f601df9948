"""Stacked weights: exact slopes, proper scores, and a prior that holds while patients are few."""

from dataclasses import replace

import numpy as np
import pytest
import scoringrules
from scipy.optimize import check_grad

from meta_med.calibrate.stacking import MOST_RECORDS, Blend, Stack, concatenated
from meta_med.metrics import log_loss
from meta_med.outcomes import kind_of

THIRDS = np.full(3, 1 / 3)
STRENGTH = 2.0


def stack(
    binary: bool, subjects: int = 40, records: int = 3, noise: tuple[float, ...] = (0.3, 0.6, 1.2)
) -> Stack:
    rng = np.random.default_rng(0)
    n = subjects * records
    nil = np.zeros(n, dtype=np.int64)
    subject = np.repeat(np.arange(subjects), records)
    spread = np.array(noise)[:, None]
    z = rng.normal(size=n)
    if binary:
        y = (rng.random(n) < 1 / (1 + np.exp(-z))).astype(float)
        mean, scale = z + spread * rng.normal(size=(3, n)), np.full((3, n), np.nan)
    else:
        y = z
        mean, scale = y + spread * rng.normal(size=(3, n)), np.broadcast_to(spread, (3, n)).copy()
    return Stack(
        mean, scale, y, subject, stratum=nil, cohort=nil, kind=kind_of("binary" if binary else "continuous")
    )


def test_scores_are_the_crps_of_a_normal_and_the_log_loss() -> None:
    weights = np.array([0.2, 0.5, 0.3])
    normal, binary = stack(False), stack(True)
    scale = weights @ normal.scale
    expected = scoringrules.crps_normal(normal.y, weights @ normal.mean + 0.3 * 1.5 * scale, 1.5 * scale)
    np.testing.assert_allclose(normal.score(Blend(weights, 1.5, 0.3)), expected)
    probability = 1 / (1 + np.exp(-1.5 * weights @ binary.mean))
    np.testing.assert_allclose(binary.score(Blend(weights, 1.5)), log_loss(binary.y, probability))


@pytest.mark.parametrize("binary", [False, True])
def test_slopes_are_the_derivatives_of_the_score(binary: bool) -> None:
    one = stack(binary, subjects=1, records=1)

    def score(weights: np.ndarray) -> float:
        return float(one._score(weights, 1.3)[0][0])

    def slope(weights: np.ndarray) -> np.ndarray:
        _, by_mean, by_scale = one._score(weights, 1.3)
        return np.asarray(one.mean[:, 0] * by_mean[0] + np.nan_to_num(one.scale[:, 0]) * by_scale[0])

    for weights in np.random.default_rng(1).dirichlet(np.ones(3), 20):
        assert check_grad(score, slope, weights) < 1e-5


@pytest.mark.parametrize("binary", [False, True])
def test_a_fitted_blend_is_at_least_as_good_as_any_other(binary: bool) -> None:
    found = stack(binary)
    best = found.fit(Blend(THIRDS), STRENGTH)
    assert best.weights.sum() == pytest.approx(1.0)
    assert (best.weights > 0).all()
    held = kind_of("binary").width_prior if binary else 1.0

    def objective(blend: Blend) -> float:
        prior = held * np.log(blend.width) ** 2 - THIRDS @ np.log(blend.weights)
        return float(found.score(blend).mean() + STRENGTH / 40 * prior)

    rng = np.random.default_rng(2)
    others = [Blend(w.clip(1e-9), rng.lognormal(0, 0.3)) for w in rng.dirichlet(np.ones(3), 300)]
    assert all(objective(best) <= objective(other) + 1e-5 for other in others)


def test_predictors_that_all_claim_too_much_are_made_wider() -> None:
    found = stack(False)
    certain = replace(found, scale=0.25 * found.scale)
    assert certain.fit(Blend(THIRDS), 0.1).width == pytest.approx(
        4 * found.fit(Blend(THIRDS), 0.1).width, rel=0.1
    )


def test_predictors_that_are_alike_keep_their_prior_weights() -> None:
    found = stack(False)
    alike = replace(found, mean=found.mean[:1].repeat(3, 0), scale=found.scale[:1].repeat(3, 0))
    np.testing.assert_allclose(
        alike.fit(Blend(np.array([0.6, 0.3, 0.1])), 1.0).weights, [0.6, 0.3, 0.1], atol=1e-3
    )


def test_the_prior_counts_for_so_many_subjects_and_fades() -> None:
    few, many = stack(False, subjects=10), stack(False, subjects=1000)
    prior = Blend(np.array([0.1, 0.1, 0.8]))
    assert few.fit(prior, 50.0).weights[2] > 0.4
    assert many.fit(prior, 50.0).weights[2] < 0.2


def test_each_subject_weighs_the_same_however_many_records() -> None:
    found = stack(False, records=1)
    repeated = found.take(np.r_[np.arange(40), np.zeros(200, dtype=np.int64)])
    np.testing.assert_allclose(
        repeated.fit(Blend(THIRDS), 1.0).weights, found.fit(Blend(THIRDS), 1.0).weights, atol=1e-3
    )


def test_very_many_records_are_thinned_evenly() -> None:
    found = stack(False, subjects=MOST_RECORDS, records=2)
    assert len(found.subsample().y) == MOST_RECORDS
    assert len(np.unique(found.subsample().subject)) == MOST_RECORDS
    assert stack(False).subsample().y is not None


def test_outcomes_of_any_unit_are_pooled_on_one_scale() -> None:
    found = stack(False)
    large = replace(found, mean=1000 * found.mean, scale=1000 * found.scale, y=1000 * found.y)
    both = concatenated([found, large.in_units_of(np.full(len(large.y), 1000.0))])
    np.testing.assert_allclose(both.y[: len(found.y)], both.y[len(found.y) :])
    np.testing.assert_allclose(
        both.fit(Blend(THIRDS), 1.0).weights, found.fit(Blend(THIRDS), 1.0).weights, atol=1e-3
    )
