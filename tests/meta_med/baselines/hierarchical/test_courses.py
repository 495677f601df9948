"""The library of course models."""

import numpy as np
import pytest

from meta_med.baselines.hierarchical.courses import LATENT, LEAST_NOISE, Courses, Latent


def test_the_prior_has_about_the_variance_of_standardised_values() -> None:
    drawn = Latent.draw(4000, np.random.default_rng(0)).courses()
    variance = drawn.level + drawn.slow + drawn.fast + drawn.noise
    assert np.median(variance) == pytest.approx(1.0, abs=0.1)
    assert (drawn.noise / variance).min() > LEAST_NOISE / 2
    assert 0.25 < (drawn.slope == 0).mean() < 0.35
    assert 0.35 < (drawn.drift == 0).mean() < 0.45


def test_the_density_of_the_prior_tells_the_forms_apart() -> None:
    flags = np.array([[True, True], [True, False], [False, True], [False, False]])
    latent = Latent(np.zeros((4, LATENT)), flags[:, 0], flags[:, 1])
    np.testing.assert_array_equal(latent.form, [3, 2, 1, 0])
    np.testing.assert_allclose(np.exp(latent.log_prior()).sum(), 1.0)


def test_a_table_gives_the_courses_back() -> None:
    drawn = Latent.draw(3, np.random.default_rng(0)).courses()
    again = Courses.of_table(drawn.table())
    for name, known in vars(drawn).items():
        np.testing.assert_array_equal(getattr(again, name), known)
