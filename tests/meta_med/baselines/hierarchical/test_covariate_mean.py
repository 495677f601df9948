"""Ridge regression whose strength the data choose."""

import numpy as np
import pytest

from meta_med.baselines.hierarchical.covariate_mean import CovariateMean


def made(n: int, effect: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 3))
    return x, effect * x[:, 0] + rng.normal(size=n)


def test_a_true_effect_is_found_and_others_are_small() -> None:
    x, y = made(400, 1.0)
    found = CovariateMean.of(x, y, np.ones(400), np.array([0, 1]))
    at = found.at(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])) - found.at(np.zeros((1, 3)))
    assert at[0] == pytest.approx(1.0, abs=0.15)
    assert abs(at[1]) < 0.15


def test_noise_of_few_patients_is_not_believed() -> None:
    x, y = made(8, 0.0)
    found = CovariateMean.of(x, y, np.ones(8), np.array([0, 1]))
    assert np.std(found.at(x)) < 0.35 * np.std(y)


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e9])
def test_units_of_covariates_do_not_matter(unit: float) -> None:
    x, y = made(60, 0.5)
    one, other = (
        CovariateMean.of(z, y, np.ones(60), np.array([0, 1])).at(z) for z in (x, x * unit + 3 * unit)
    )
    np.testing.assert_allclose(other, one, rtol=1e-6, atol=1e-9)


def test_missing_covariates_count_as_average_ones() -> None:
    x, y = made(60, 1.0)
    found = CovariateMean.of(x, y, np.ones(60), np.array([0]))
    assert found.at(np.full((1, 3), np.nan))[0] == pytest.approx(0.0)
    assert (
        CovariateMean.of(x[:, :0], y, np.ones(60), np.zeros(0, dtype=int)).at(x[:, :0]).tolist() == [0.0] * 60
    )
