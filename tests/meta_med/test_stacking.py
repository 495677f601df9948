"""Weights of a pool: what is minimised, and that its slopes are right."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from meta_med import stacking
from meta_med.scores import crps_student_t, log_loss
from meta_med.stacking import Stack


def stack(*, binary: bool, rows: int = 60) -> Stack:
    rng = np.random.default_rng(0)
    truth = rng.normal(size=rows)
    mean = truth + rng.normal(size=(3, rows)) * np.array([[0.2], [1.0], [1.0]])
    y = (truth > 0).astype(float) if binary else truth
    mean = 1 / (1 + np.exp(-mean)) if binary else mean
    return Stack(mean, np.full((3, rows), 0.8), y, np.arange(rows) // 3, binary)


PRIOR = np.full(3, 1 / 3)


def test_a_pool_is_scored_by_the_crps_of_its_normal_distribution() -> None:
    found = stack(binary=False)
    expected = crps_student_t(found.y, PRIOR @ found.mean, np.full(60, 0.8), 1e8)
    np.testing.assert_allclose(found.score(PRIOR), expected, atol=1e-6)


def test_a_pool_of_probabilities_is_scored_by_its_log_loss() -> None:
    found = stack(binary=True)
    np.testing.assert_allclose(found.score(PRIOR), log_loss(found.y, PRIOR @ found.mean), atol=1e-9)


@pytest.mark.parametrize("binary", [False, True])
def test_the_slopes_that_the_fit_descends_are_those_of_its_objective(
    binary: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught = {}

    def catch(objective, start, **_: object):
        caught["error"] = check_grad(
            lambda w: objective(w)[0], lambda w: objective(w)[1], start + 0.3 * np.arange(3)
        )
        return type("Found", (), {"x": start})

    monkeypatch.setattr(stacking, "minimize", catch)
    stack(binary=binary).fit(PRIOR)
    assert caught["error"] < 1e-5


@pytest.mark.parametrize("binary", [False, True])
def test_weight_goes_to_the_predictor_that_is_right(binary: bool) -> None:
    weights = stack(binary=binary).fit(PRIOR)
    assert weights.argmax() == 0
    assert weights.sum() == pytest.approx(1.0)


def test_a_subject_is_scored_by_weights_that_never_saw_it() -> None:
    found = stack(binary=False)
    worse = Stack(found.mean, found.scale, found.y.copy(), found.subject, binary=False)
    worse.y[found.subject == 4] += 50.0
    others = (found.subject % stacking.FOLDS) == 4
    unchanged = others & (found.subject != 4)
    np.testing.assert_array_equal(found.cross_fitted(PRIOR)[unchanged], worse.cross_fitted(PRIOR)[unchanged])
