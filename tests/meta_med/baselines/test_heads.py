"""Of start, linear part and trees, the parts are used that predict left-out subjects."""

import numpy as np
import pytest

from meta_med.baselines.heads import Columns, tuned_head
from meta_med.cohorts.record_table import Floats, Ints


def columns(n: int = 400) -> tuple[Columns, Floats, Ints]:
    """Three inputs, a good start and none; noise; folds."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, 3))
    starts = {"nothing": np.zeros(n), "expected": rng.normal(size=n)}
    return Columns(x, starts), rng.normal(size=n), np.arange(n) % 4


def test_a_start_that_says_all_is_left_alone() -> None:
    told, noise, fold = columns()
    head, _ = tuned_head(told, told.starts["expected"] + 0.1 * noise, fold, binary=False, thorough=False)
    assert head.start == "expected"
    assert np.abs(head.centre(told) - told.starts["expected"]).mean() < 0.05


def test_what_is_linear_is_found_by_the_linear_part() -> None:
    told, noise, fold = columns()
    y = told.starts["expected"] + told.x @ [1.0, -2.0, 0.0] + 0.1 * noise
    head, _ = tuned_head(told, y, fold, binary=False, thorough=False)
    assert head.linear is not None
    assert np.abs(head.centre(told) - y).mean() < 0.15


def test_what_is_not_linear_is_left_to_the_trees() -> None:
    told, noise, fold = columns()
    y = np.where(told.x[:, 0] * told.x[:, 1] > 0, 1.0, -1.0) + 0.1 * noise
    head, left_out = tuned_head(told, y, fold, binary=False, thorough=True)
    assert head.share > 0
    assert np.abs(left_out - y).mean() < 0.5


@pytest.mark.parametrize("bend", [False, True])
def test_probabilities_come_from_logistic_regression_or_trees(bend: bool) -> None:
    told, noise, fold = columns(800)
    score = 3 * told.x[:, 0] * (np.sign(told.x[:, 1]) if bend else 1.0)
    y = (score + noise > 0).astype(float)
    head, left_out = tuned_head(told, y, fold, binary=True, thorough=True)
    assert (head.share > 0.5) == bend
    assert np.square(left_out - y).mean() < 0.13


def test_an_outcome_that_never_happened_is_improbable_and_breaks_nothing() -> None:
    told, _, fold = columns()
    head, _ = tuned_head(told, np.zeros(400), fold, binary=True, thorough=True)
    assert (head.centre(told) < 0.02).all()


def test_columns_that_are_missing_or_constant_are_no_trouble() -> None:
    told, noise, fold = columns()
    x = told.x.copy()
    x[:, 1], x[::2, 2], x[:, 0] = np.nan, np.nan, 7.0
    head, left_out = tuned_head(Columns(x, told.starts), noise, fold, binary=False, thorough=True)
    assert np.isfinite(left_out).all()
    assert np.isfinite(head.centre(Columns(x, told.starts))).all()
