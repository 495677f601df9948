"""Exact repeats are used where they are more than rounding explains."""

import numpy as np
import pytest

from meta_med.baselines.hierarchical.repeats import Repeats


def sticky(patients: int, share: float, digits: int = 12, seed: int = 0) -> np.ndarray:
    """Series that repeat their last value with this chance, else move freely."""
    rng = np.random.default_rng(seed)
    y = np.round(rng.normal(size=(patients, 8)), digits)
    for i in range(1, 8):
        same = rng.random(patients) < share
        y[same, i] = y[same, i - 1]
    return y


def test_the_share_of_repeats_is_found() -> None:
    found = Repeats.of(sticky(200, 0.4))
    assert found.share == pytest.approx(0.4, abs=0.04)
    assert found.beyond > 0.99


def test_rounding_is_no_reason_to_repeat() -> None:
    found = Repeats.of(sticky(300, 0.0, digits=0))
    assert found.share > 0.2
    assert found.share * found.beyond < 0.1


def test_rounding_before_a_logarithm_is_found_too() -> None:
    counted = np.log(np.random.default_rng(0).poisson(6, (300, 8)) + 1.0)
    found = Repeats.of(counted)
    assert found.share * found.beyond < 0.05


def test_own_repeats_count_where_patients_differ() -> None:
    y = np.concatenate([sticky(60, 0.95), sticky(60, 0.02, seed=1)])
    found = Repeats.of(y)
    steady, moving = np.full((1, 5), 2.0), np.array([[1.0, 2.0, 3.0, 4.0, 5.0]])
    assert found.mass(steady)[0] > 0.8
    assert found.mass(moving)[0] < 0.2


def test_without_own_values_nothing_is_repeated() -> None:
    found = Repeats.of(sticky(20, 0.5))
    assert found.mass(np.full((2, 3), np.nan)).tolist() == [0.0, 0.0]
    assert found.mass(np.zeros((2, 0))).tolist() == [0.0, 0.0]
    assert Repeats.of(np.zeros((0, 0))).beyond == 0.0
