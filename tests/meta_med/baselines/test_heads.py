"""Of start, linear part and trees, the parts are used that predict left-out subjects.

Boosted trees are stored without pickle and give the numbers of scikit-learn's own.
"""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.baselines.heads import Columns, Trees, tuned_head
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


def drawn(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, 5))
    x[rng.random(x.shape) < 0.2] = np.nan
    return x, np.nan_to_num(x[:, 0]) * 2 + np.nan_to_num(x[:, 1] > 0) + 0.1 * rng.normal(size=n)


@pytest.mark.parametrize("leaves", [2, 6, 31])
def test_regression_trees_predict_what_scikit_learn_predicts(leaves: int) -> None:
    x, y = drawn()
    model = HistGradientBoostingRegressor(max_iter=40, max_leaf_nodes=leaves, random_state=0).fit(x, y)
    new, _ = drawn(900)
    np.testing.assert_allclose(Trees.of(model).raw(new), model.predict(new), rtol=1e-12, atol=1e-12)


def test_classification_trees_give_scikit_learns_probabilities() -> None:
    x, y = drawn()
    model = HistGradientBoostingClassifier(max_iter=40, random_state=0).fit(x, y > 0.5)
    np.testing.assert_allclose(expit(Trees.of(model).raw(x)), model.predict_proba(x)[:, 1], rtol=1e-10)


def test_a_value_on_a_threshold_and_an_infinite_one_go_the_same_way() -> None:
    x, y = drawn()
    model = HistGradientBoostingRegressor(max_iter=20, random_state=0).fit(x, y)
    trees = Trees.of(model)
    thresholds = trees.num_threshold[trees.is_leaf == 0]
    edge = np.repeat(thresholds[:50, None], 5, 1)
    edge = np.concatenate([edge, np.full((1, 5), np.inf), np.full((1, 5), -np.inf), np.full((1, 5), np.nan)])
    np.testing.assert_allclose(trees.raw(edge), model.predict(edge), rtol=1e-12)


def test_a_model_without_a_single_split_is_a_constant() -> None:
    model = HistGradientBoostingRegressor(max_iter=3, early_stopping=False).fit(
        np.zeros((30, 1)), np.arange(30.0)
    )
    assert Trees.of(model).raw(np.ones((2, 1))).tolist() == pytest.approx([14.5, 14.5])


def test_many_rows_are_read_in_parts_with_the_same_numbers() -> None:
    x, y = drawn()
    model = HistGradientBoostingRegressor(max_iter=5, random_state=0).fit(x, y)
    many, _ = drawn(9000)
    np.testing.assert_allclose(Trees.of(model).raw(many), model.predict(many), rtol=1e-12)
