"""The logistic mixed model: its integrals by brute force, its parameters found again, and the model as a predictor."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from meta_med.baselines.mixed.expected import Expected
from meta_med.baselines.mixed.logistic_mixed import Prior, chance, chances, fit_logistic_mixed, of_cohorts
from meta_med.baselines.mixed.serial_likelihood import Windows
from meta_med.baselines.mixed_model import MixedModel
from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("event", "binary")])
START = {"level": 1.0, "tilt": 0.0, "slope": 0.1, "drift": 0.7, "years": 1.0, "pull": 10.0}
GRID = np.linspace(-12, 12, 4001)


def by_quadrature(level: float, odds: np.ndarray, y: np.ndarray, ahead: float) -> float:
    """P(next = 1) of a subject with a level N(0, level^2), on a fine grid of levels."""
    u = level * GRID
    weight = norm.pdf(GRID) * np.prod(expit((2 * y - 1)[:, None] * (odds[:, None] + u)), axis=0)
    return float((weight * expit(ahead + u)).sum() / weight.sum())


@pytest.mark.parametrize("level", [0.3, 1.0, 2.5])
def test_a_chance_is_the_integral_over_the_patients_level(level: float) -> None:
    rng = np.random.default_rng(0)
    odds, y, ahead = rng.normal(size=(20, 5)), (rng.random((20, 5)) < 0.6).astype(float), rng.normal(size=20)
    square, ones = level**2, np.ones((20, 5))
    expected = Expected(odds, square * np.ones((20, 5, 5)), ahead, square * np.ones(20), square * ones)
    found = chances(expected, y, ones)
    exact = [by_quadrature(level, *row) for row in zip(odds, y, ahead, strict=True)]
    np.testing.assert_allclose(found, exact, rtol=0, atol=0.01)


def test_a_chance_is_the_integral_over_records_that_are_correlated() -> None:
    covariance = np.array([[2.0, 0.9], [0.9, 1.5]])
    expected = Expected(
        np.array([[0.3]]),
        covariance[None, :1, :1],
        np.array([-0.2]),
        covariance[1, 1:],
        covariance[None, 0, 1:],
    )
    root = np.linalg.cholesky(covariance)
    a, b = np.meshgrid(*[np.linspace(-8, 8, 400)] * 2)
    weight = norm.pdf(a) * norm.pdf(b) * expit(0.3 + root[0, 0] * a)
    exact = (weight * expit(-0.2 + root[1, 0] * a + root[1, 1] * b)).sum() / weight.sum()
    assert chances(expected, np.ones((1, 1)), np.ones((1, 1)))[0] == pytest.approx(exact, abs=2e-4)


def test_records_that_are_not_seen_say_nothing() -> None:
    expected = Expected(np.zeros((1, 3)), np.ones((1, 3, 3)), np.zeros(1), np.ones(1), np.ones((1, 3)))
    y = np.array([[1.0, 0.0, 1.0]])
    assert chances(expected, y, np.zeros((1, 3))) == pytest.approx(chance(np.zeros(1), np.ones(1)))
    np.testing.assert_allclose(
        chances(expected, y, np.array([[1.0, 0.0, 1.0]])),
        chances(expected, 1 - 0 * y, np.array([[1.0, 0.0, 1.0]])),
    )


def drawn(n: int = 500, records: int = 6, level: float = 1.5, seed: int = 0) -> Windows:
    """Subjects of two cohorts with a level N(0, level^2) on the log-odds scale, and a covariate of effect 0.8."""
    rng = np.random.default_rng(seed)
    x, member = rng.normal(size=(n, records)), np.eye(2)[np.arange(n) % 2]
    odds = -0.5 + 0.8 * x + level * rng.normal(size=(n, 1)) + member @ np.array([0.6, -0.6])[:, None]
    y = (rng.random(odds.shape) < expit(odds)).astype(float)
    time = np.broadcast_to(np.arange(records, dtype=float), y.shape)
    return Windows(np.stack([np.ones_like(x), x], 2), time, time, y, np.ones_like(y), member)


def marginal_deviance(windows: Windows, beta: np.ndarray, level: float) -> float:
    """-2 log likelihood of a model with a random level, by Gauss-Hermite quadrature with many nodes."""
    odds = windows.x @ beta[:2] + (windows.member @ beta[2:])[:, None]
    sign, total = 2 * windows.y - 1, 0.0
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    for row, s in zip(odds, sign, strict=True):
        total += np.log(
            (weights / weights.sum()) @ np.prod(expit(s[:, None] * (row[:, None] + level * nodes)), 0)
        )
    return -2 * float(total)


def test_the_fit_is_where_the_exact_likelihood_is_largest() -> None:
    windows = drawn()
    fit = fit_logistic_mixed(windows, [("level", "pull")], START)
    assert fit.sigma == 1.0
    assert fit.level == pytest.approx(1.5, abs=0.25)
    assert fit.beta[1] == pytest.approx(0.8, abs=0.12)
    assert fit.beta[2] - fit.beta[3] == pytest.approx(1.2, abs=0.35)
    here = marginal_deviance(windows, fit.beta, fit.level)
    around = [marginal_deviance(windows, fit.beta, fit.level * by) for by in np.linspace(0.7, 1.4, 15)]
    assert here - min(around) < 0.5


def test_a_cohort_effect_follows_from_its_context() -> None:
    y, seen = np.repeat([[1.0], [0.0]], 12, 0), np.ones((24, 1))
    prior = Prior(np.zeros((24, 1)), np.ones((24, 1, 1)))
    gain, weight = of_cohorts(prior, y, seen, cohorts=2, pull=1.0)
    u = GRID
    p = np.array([chance(np.array([v]), np.ones(1))[0] for v in u[::20]])
    posterior = norm.pdf(u[::20]) * p**12
    exact = float((u[::20] * posterior).sum() / posterior.sum())
    np.testing.assert_allclose(gain / (weight + 1.0), [exact, -exact], atol=0.05)


def episodes(n: int = 300, support: int = 4, seed: int = 0) -> Episodes:
    rng = np.random.default_rng(seed)
    x = np.concatenate(
        [rng.normal(size=(n, support + 1, 1)), np.arange(support + 1.0)[:, None] * np.ones((n, 1, 1))], 2
    )
    odds = 2 * rng.normal(size=(n, 1, 1)) + x[..., :1] - 1
    y = (rng.random(odds.shape) < expit(odds)).astype(float)
    time = np.broadcast_to(-np.arange(support, 0, -1.0), (n, support))
    return Episodes(y[:, :-1], x[:, :-1], time, x[:, -1], y[:, -1], rng.integers(0, 2, n), np.arange(n))


def test_chances_are_calibrated_however_rare_or_usual_an_event_was() -> None:
    new = episodes(4000, seed=1)
    p = MixedModel(LAYOUT).fit(episodes()).forecast(new).mean[:, 0]
    assert ((p > 0) & (p < 1)).all()
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.7), (0.7, 1.0)):
        at = (p >= low) & (p < high)
        assert p[at].mean() == pytest.approx(new.y[at, 0].mean(), abs=0.06)


def test_a_new_cohort_moves_with_its_context() -> None:
    model = MixedModel(LAYOUT).fit(episodes())
    new = replace(episodes(50, seed=2), cohort=np.full(50, 2))
    often, never = (
        replace(new, context_x=np.zeros((3, 20, 2)), context_y=np.full((3, 20, 1), value))
        for value in (1.0, 0.0)
    )
    assert (model.forecast(often).mean > model.forecast(never).mean).all()


def test_one_patient_alone_is_predicted_as_among_others_and_after_saving() -> None:
    model, new = MixedModel(LAYOUT).fit(episodes()), episodes(30, seed=3)
    every = model.forecast(new).mean
    again = MixedModel(LAYOUT).restore(*model.state())
    np.testing.assert_array_equal(again.forecast(new).mean, every)
    for i in range(30):
        alone = model.forecast(new.take(np.array([i]))).mean
        np.testing.assert_allclose(alone[0], every[i], rtol=0, atol=1e-9)
