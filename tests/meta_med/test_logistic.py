"""Newton's method against a general minimiser, and the existence of a line against a linear programme."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from meta_med.logistic import estimate_exists, fit_logistic
from tests.examples import examples

seeds = st.integers(0, 2**32 - 1)


def table(seed: int, sure: float) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds up to `sure` that say little of y, a few or many records."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 60))
    x = sure * rng.choice([-1.0, 0.3, 1.0], n) + rng.choice([0.0, 0.1]) * rng.normal(size=n)
    return x, (rng.random(n) < rng.uniform(0.05, 0.95)).astype(float)


@examples(60)
@given(seeds, st.floats(0.1, 14.0))
def test_a_line_is_the_most_likely_one_however_sure_the_predictions(seed: int, sure: float) -> None:
    x, y = table(seed, sure)
    if not estimate_exists(x, y):
        return
    a, b = fit_logistic(np.stack([np.ones(len(x)), x], 1), y)

    def loss(line: np.ndarray) -> float:
        z = line[0] + line[1] * x
        return float(np.sum(np.logaddexp(0, z) - y * z))

    best = minimize(loss, [0.0, 0.0], method="BFGS")
    assert loss(np.array([a, b])) <= best.fun + 1e-9
    mu = 1 / (1 + np.exp(-(a + b * x)))
    np.testing.assert_allclose([np.sum(mu - y), np.sum(x * (mu - y))], 0, atol=1e-6)


@examples(60)
@given(seeds)
def test_a_line_exists_where_no_other_parts_the_classes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 8))
    x, y = rng.integers(0, 4, n).astype(float), rng.integers(0, 2, n).astype(float)
    signed = (2 * y - 1)[:, None] * np.stack([np.ones(n), x], 1)
    # some line has no record on its wrong side, and one on its right (Albert and Anderson 1984)
    parts = linprog(-signed.sum(0), A_ub=-signed, b_ub=np.zeros(n), bounds=[(-1, 1)] * 2)
    assert estimate_exists(x, y) == (np.ptp(x) > 0 and -parts.fun < 1e-9)


@pytest.mark.parametrize("start", [0.0, 50.0])
def test_a_penalty_holds_where_no_line_exists(start: float) -> None:
    x, y = np.linspace(-1, 1, 20), np.ones(20)
    design = np.stack([np.ones(20), x], 1)
    found = fit_logistic(design, y, penalty=2.0, centre=start)
    mu = 1 / (1 + np.exp(-design @ found))
    np.testing.assert_allclose(design.T @ (mu - y) + 2.0 * (found - start), 0, atol=1e-6)


def test_what_has_no_minimum_is_not_a_number() -> None:
    assert np.isnan(fit_logistic(np.zeros((3, 2)), np.ones(3))).all()
