"""Forecasts as arrays, and their pools."""

from pathlib import Path

import numpy as np
import torch
from scipy import stats
from scipy.special import logit

from meta_med.forecast import NORMAL, Forecast, concatenate, from_prediction, pool
from meta_med.meta_train.saved_predictors import load_forecasts, save_forecasts
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.prediction import Prediction

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b", "binary")])
ONE = Forecast(
    np.array([[0.0, 0.2], [1.0, 0.4]]), np.array([[1.0, np.nan], [2.0, np.nan]]), np.array([5.0, NORMAL])
)
OTHER = Forecast(
    np.array([[2.0, 0.6], [3.0, 0.8]]), np.array([[3.0, np.nan], [4.0, np.nan]]), np.array([5.0, NORMAL])
)


def test_a_pool_averages_quantiles_and_log_odds() -> None:
    weights = np.array([[0.25, 0.5], [0.75, 0.5]])
    pooled = pool([ONE, OTHER], weights, LAYOUT)
    for p in (0.05, 0.5, 0.9):
        each = 0.25 * ONE.quantile(p, 0) + 0.75 * OTHER.quantile(p, 0)
        np.testing.assert_allclose(pooled.quantile(p, 0), each)
    odds = [0.5 * (logit(0.2) + logit(0.6)), 0.5 * (logit(0.4) + logit(0.8))]
    np.testing.assert_allclose(logit(pooled.mean[:, 1]), odds)
    assert np.isnan(pooled.scale[:, 1]).all()


def test_all_weight_on_one_gives_that_one() -> None:
    pooled = pool([ONE, OTHER], np.array([[1.0, 1.0], [0.0, 0.0]]), LAYOUT)
    np.testing.assert_allclose(pooled.mean, ONE.mean)
    np.testing.assert_array_equal(pooled.scale, ONE.scale)


def test_quantiles_are_scipys() -> None:
    np.testing.assert_allclose(ONE.quantile(0.9, 0), stats.t(5, ONE.mean[:, 0], ONE.scale[:, 0]).ppf(0.9))


def test_a_pool_of_different_tails_averages_medians_and_ninetieth_percentiles() -> None:
    normal = Forecast(OTHER.mean, OTHER.scale, np.array([NORMAL, NORMAL]))
    pooled = pool([ONE, normal], np.array([[0.25, 0.5], [0.75, 0.5]]), LAYOUT)
    for p in (0.1, 0.5, 0.9):
        each = 0.25 * ONE.quantile(p, 0) + 0.75 * normal.quantile(p, 0)
        np.testing.assert_allclose(pooled.quantile(p, 0), each)
    assert 5.0 < pooled.df[0] < NORMAL


def test_a_predictor_without_weight_is_left_out_whatever_it_says() -> None:
    broken = Forecast(np.full((2, 2), np.nan), np.full((2, 2), np.inf), OTHER.df)
    pooled = pool([ONE, broken], np.array([[1.0, 1.0], [0.0, 0.0]]), LAYOUT)
    np.testing.assert_allclose(pooled.mean, ONE.mean)


def test_weights_may_differ_by_record() -> None:
    weights = np.stack([np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])])
    pooled = pool([ONE, OTHER], weights, LAYOUT, ONE.df)
    np.testing.assert_allclose(pooled.mean, [[0.0, 0.6], [3.0, 0.4]])


def test_taking_and_joining_rows() -> None:
    joined = concatenate([ONE, OTHER])
    np.testing.assert_array_equal(joined.take(np.array([3, 0])).mean, [OTHER.mean[1], ONE.mean[0]])


def test_a_learners_prediction_keeps_the_order_of_outcomes() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary"), Outcome("a")])
    location = torch.tensor([[[0.0, np.log(3.0), 7.0]]])
    found = from_prediction(Prediction(layout, location, torch.full((1, 1, 1), 2.0), torch.tensor([4.0])))
    np.testing.assert_allclose(found.mean, [[0.75, 7.0]])
    np.testing.assert_array_equal(found.scale, [[np.nan, 2.0]])
    assert found.df.tolist() == [NORMAL, 4.0]


def test_saved_forecasts_are_read_back(tmp_path: Path) -> None:
    save_forecasts(tmp_path / "f.safetensors", {"b.x": OTHER, "a": ONE})
    again = load_forecasts(tmp_path / "f.safetensors")
    assert list(again) == ["a", "b.x"]
    np.testing.assert_array_equal(again["b.x"].mean, OTHER.mean)
    np.testing.assert_array_equal(again["a"].df, ONE.df)
