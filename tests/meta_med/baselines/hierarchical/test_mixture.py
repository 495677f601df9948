"""Quantiles of mixtures are where the distribution function says so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from meta_med.baselines.hierarchical.mixture import mixture_cdf, mixture_quantile, quantiles_with_mass
from tests.examples import examples


def made(seed: int, patients: int = 5, members: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.full(members, 0.3), patients).T
    return weight, 5 * rng.normal(size=weight.shape), np.exp(2 * rng.normal(size=weight.shape))


@pytest.mark.parametrize("p", [0.001, 0.05, 0.5, 0.9, 0.999])
def test_a_quantile_is_the_root_of_the_distribution_function(p: float) -> None:
    weight, mean, scale = made(0)
    found = mixture_quantile(np.full(5, p), weight, mean, scale)
    for b in range(5):
        known = optimize.brentq(
            lambda q, b=b: weight[:, b] @ stats.norm.cdf(q, mean[:, b], scale[:, b]) - p, -1e3, 1e3
        )
        assert found[b] == pytest.approx(known, abs=1e-7)


@examples(30)
@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 1 - 1e-6))
def test_the_distribution_function_of_a_quantile_is_its_probability(seed: int, p: float) -> None:
    weight, mean, scale = made(seed, patients=40)
    found = mixture_quantile(np.full(40, p), weight, mean, scale)
    np.testing.assert_allclose(mixture_cdf(found, weight, mean, scale), p, atol=1e-9)


def test_beside_a_narrow_member_where_newtons_steps_go_to_and_fro_the_quantile_is_found_too() -> None:
    weight, mean, scale = (
        np.array([row]).T
        for row in ([0.18, 0.27, 0.38, 0.17], [2.13, 9.67, 3.82, 4.31], [1.45, 1.53, 1.22, 0.029])
    )
    found = mixture_quantile(np.array([0.5]), weight, mean, scale)
    assert mixture_cdf(found, weight, mean, scale) == pytest.approx(0.5, abs=1e-9)


def test_a_point_mass_holds_the_quantiles_that_fall_on_it() -> None:
    one, zero = np.ones((1, 3)), np.zeros((1, 3))
    point, mass = np.array([0.5, 0.5, np.nan]), np.array([0.4, 0.05, 0.0])
    median, high = quantiles_with_mass((0.5, 0.9), one, zero, one, point, mass).T
    assert median[0] == 0.5  # 0.6 * F(0.5) = 0.41 lies below, the point holds up to 0.81
    assert median[1] == pytest.approx(stats.norm.ppf(0.5 / 0.95))
    assert median[2] == pytest.approx(0.0)
    assert high[0] == pytest.approx(stats.norm.ppf(0.5 / 0.6))


def test_members_far_apart_leave_no_gap_unfound() -> None:
    weight, mean = np.array([[0.5], [0.5]]), np.array([[-1e6], [1e6]])
    found = mixture_quantile(np.array([0.25]), weight, mean, np.ones((2, 1)))
    assert found[0] == pytest.approx(-1e6, abs=1e-3)
