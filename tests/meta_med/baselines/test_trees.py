"""Boosted trees are stored without pickle and give the numbers of scikit-learn's own."""

import numpy as np
import pytest
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

from meta_med.baselines.trees import Trees


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


def test_a_row_has_the_same_number_alone_and_among_many() -> None:
    x, y = drawn()
    trees = Trees.of(HistGradientBoostingRegressor(max_iter=40, random_state=0).fit(x, y))
    alone = np.concatenate([trees.raw(x[[row]]) for row in range(20)])
    np.testing.assert_allclose(alone, trees.raw(x)[:20], rtol=1e-14)
