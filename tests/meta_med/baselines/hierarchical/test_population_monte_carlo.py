"""Weighted draws are of the posterior, and their mean weight is the marginal likelihood."""

import numpy as np
import pytest

from meta_med.baselines.hierarchical.courses import Latent
from meta_med.baselines.hierarchical.evidence import CohortEvidence
from meta_med.baselines.hierarchical.population_monte_carlo import sampled

PLACE = np.r_[1.2, -0.7, np.zeros(8)]


def told(latent: Latent, spread: float) -> CohortEvidence:
    """A normal likelihood of the first two coordinates around PLACE."""
    log = -0.5 * ((latent.at[:, :2] - PLACE[:2]) ** 2).sum(1) / spread**2
    return CohortEvidence(log[None], np.zeros((1, len(log))), np.ones((1, len(log))))


@pytest.mark.parametrize("spread", [1.0, 0.2])
def test_the_posterior_of_a_normal_likelihood_is_known(spread: float) -> None:
    found = sampled(lambda latent: told(latent, spread), seed=0)
    weight = np.exp(found.log_weight)
    shrunk = 1 / (1 + spread**2)
    np.testing.assert_allclose(weight @ found.latent.at[:, :2], PLACE[:2] * shrunk, atol=0.15)
    marginal = np.log(spread**2 * shrunk) - 0.5 * (PLACE[:2] ** 2).sum() * shrunk
    assert found.log_marginal == pytest.approx(marginal, abs=0.3)


def test_perturbing_finds_more_models_where_the_likelihood_is_narrow() -> None:
    once, refined = (sampled(lambda latent: told(latent, 0.05), 0, rounds=r) for r in ((), (150, 150, 150)))
    effective = [1 / np.exp(2 * found.log_weight).sum() for found in (once, refined)]
    assert effective[1] > 4 * effective[0]


def test_forms_keep_their_share_of_the_prior_where_nothing_tells_them_apart() -> None:
    found = sampled(lambda latent: told(latent, 0.5), seed=1)
    assert np.exp(found.log_weight) @ found.latent.sloped == pytest.approx(0.7, abs=0.1)


def test_a_seed_gives_the_same_models() -> None:
    one, other = (sampled(lambda latent: told(latent, 0.5), seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.latent.at, other.latent.at)
    np.testing.assert_array_equal(one.log_weight, other.log_weight)


def test_the_likeliest_models_share_the_whole_weight() -> None:
    found = sampled(lambda latent: told(latent, 0.5), seed=0).likeliest(10)
    assert len(found.log_weight) == len(found.latent.at) == 10
    assert np.exp(found.log_weight).sum() == pytest.approx(1.0)
