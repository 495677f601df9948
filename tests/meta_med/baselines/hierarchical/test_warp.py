"""Values to normal scores and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from meta_med.baselines.hierarchical.warp import BLENDS, Warp
from tests.examples import examples


@examples(30)
@given(st.integers(0, 2**32 - 1), st.sampled_from(BLENDS), st.integers(1, 300))
def test_it_is_increasing_and_turns_back(seed: int, blend: float, n: int) -> None:
    rng = np.random.default_rng(seed)
    values = np.round(np.exp(rng.normal(size=n)), 1)
    warp = Warp.of(values, np.ones(n), blend)
    points = np.linspace(-50, 50, 400)
    scores = warp.scored(points)
    assert (np.diff(scores) > 0).all()
    np.testing.assert_allclose(warp.valued(scores), points, atol=1e-8)
    slope = (warp.scored(points + 1e-7) - scores) / 1e-7
    assert (
        np.mean(np.abs(np.log(slope) - warp.log_slope(points)) < 1e-3) > 0.98
    )  # not where a knot lies between


def test_skewed_values_become_normal() -> None:
    values = np.exp(1.5 * np.random.default_rng(0).normal(size=2000))
    plain, warped = (stats.skew(Warp.of(values, np.ones(2000), b).scored(values)) for b in (0.0, 1.0))
    assert plain > 4
    assert abs(warped) < 0.5


@pytest.mark.parametrize("values", [[3.0], [2.0, 2.0, 2.0], [1.0, 2.0]])
def test_few_or_equal_values_are_only_standardised(values: list[float]) -> None:
    warp = Warp.of(np.array(values), np.ones(len(values)), 1.0)
    assert warp.scored(np.array([np.mean(values)]))[0] == pytest.approx(0.0)
    assert len(warp.values) == 2


def test_a_missing_value_has_no_score_and_no_jacobian() -> None:
    warp = Warp.of(np.arange(10.0), np.ones(10), 0.0)
    assert np.isnan(warp.scored(np.array([np.nan]))).all()
    assert warp.log_slope(np.array([np.nan]))[0] == 0
