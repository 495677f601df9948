"""Mean and spread of a column: the same in any unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.moments import moments, spread_or_size
from tests.examples import examples


@examples(60)
@given(st.integers(0, 2**32 - 1), st.floats(-100, 100))
def test_a_unit_changes_nothing_but_the_unit(seed: int, power: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(rng.normal(), rng.gamma(1.0), (int(rng.integers(1, 30)), 3))
    values[rng.random(values.shape) < 0.2] = np.nan
    unit, mean, spread = 10.0**power, *moments(values)
    for found, known in zip(moments(values * unit), (mean, spread), strict=True):
        np.testing.assert_allclose(
            found, known * unit, rtol=1e-9, atol=1e-9 * unit * np.nanmax(np.abs(known))
        )
    exact = 2.0 ** int(power)
    for found, known in zip(moments(values * exact), (mean, spread), strict=True):
        assert np.array_equal(found, known * exact)


def test_they_are_numpys_where_nothing_is_missing() -> None:
    values = np.random.default_rng(0).normal(3.0, 2.0, (200, 4))
    mean, spread = moments(values)
    np.testing.assert_allclose(mean, values.mean(0), rtol=1e-14)
    np.testing.assert_allclose(spread, values.std(0), rtol=1e-14)


@pytest.mark.parametrize("unit", [1e-300, 1e-9, 1.0, 1e9, 1e300])
def test_a_constant_is_told_by_its_values_not_by_their_size(unit: float) -> None:
    constant, rounded, varies = (
        np.full(5, 0.1),
        np.array([0.3, 0.1 + 0.2, 0.3, 0.3, 0.3]),
        np.arange(1.0, 6.0),
    )
    _, spread = moments(unit * np.stack([constant, rounded, varies], 1))
    assert spread[:2].tolist() == [0.0, 0.0]
    assert spread[2] == pytest.approx(unit * np.sqrt(2.0))


def test_what_does_not_vary_has_its_size_for_a_unit() -> None:
    columns = np.stack([np.full(3, -140.0), np.zeros(3), np.full(3, np.nan)], 1)
    assert spread_or_size(columns).tolist() == [140.0, 1.0, 1.0]
