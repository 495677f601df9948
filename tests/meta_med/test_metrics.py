"""Scores, against numeric integration, scikit-learn and hand-made examples."""

import numpy as np
import pytest
import scoringrules
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss as sklearn_log_loss
from sklearn.metrics import roc_auc_score

from meta_med.metrics import (
    auroc,
    calibration_line,
    crps_of_quantiles,
    log_loss,
    per_subject_mean,
)


@pytest.mark.parametrize("df", [2.5, 8.0, 1e6])
def test_the_crps_of_quantiles_tends_to_that_of_the_distribution(df: float) -> None:
    """Jordan, Krueger and Lerch 2019, by the package of the same name."""
    p = (np.arange(4000) + 0.5) / 4000
    y, mean, scale = np.array([0.3, -4.0, 2.0]), np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.5, 3.0])
    quantiles = mean[:, None] + scale[:, None] * stats.t.ppf(p, df)
    exact = scoringrules.crps_t(y, df, mean, scale)
    np.testing.assert_allclose(crps_of_quantiles(y, quantiles), exact, rtol=2e-3)


def test_the_crps_of_a_point_is_its_absolute_error() -> None:
    np.testing.assert_allclose(crps_of_quantiles(np.array([1.0, -2.0]), np.zeros((2, 20))), [1.0, 2.0])


def test_the_crps_is_proper_the_true_scale_scores_best() -> None:
    y, unit = np.random.default_rng(0).normal(size=20_000), stats.norm.ppf((np.arange(20) + 0.5) / 20)
    scores = {
        s: crps_of_quantiles(y, np.broadcast_to(s * unit, (len(y), 20))).mean() for s in (0.5, 1.0, 2.0)
    }
    assert min(scores, key=scores.get) == 1.0


@pytest.mark.parametrize("ties", [False, True])
def test_auroc_is_scikit_learns(ties: bool) -> None:
    rng = np.random.default_rng(1)
    y, p = rng.integers(0, 2, 200).astype(float), rng.random(200)
    p = p.round(1) if ties else p
    assert auroc(y, p) == pytest.approx(roc_auc_score(y, p))


def test_auroc_of_one_class_is_not_a_number() -> None:
    assert np.isnan(auroc(np.ones(3), np.array([0.1, 0.2, 0.3])))


def test_log_loss_is_scikit_learns_and_finite_for_false_certainty() -> None:
    rng = np.random.default_rng(1)
    y, p = rng.integers(0, 2, 200).astype(float), rng.uniform(0.01, 0.99, 200)
    assert log_loss(y, p).mean() == pytest.approx(sklearn_log_loss(y, p))
    assert np.isfinite(log_loss(np.array([1.0, 0.0]), np.array([0.0, 1.0]))).all()


def test_the_calibration_line_is_a_logistic_regression_on_the_predicted_log_odds() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=3000)
    y = (rng.random(3000) < 1 / (1 + np.exp(-(0.5 + 0.7 * x)))).astype(float)
    intercept, slope, intercept_error, slope_error = calibration_line(
        y, 1 / (1 + np.exp(-x)), np.arange(len(y))
    )
    exact = LogisticRegression(C=np.inf).fit(x[:, None], y)
    assert intercept == pytest.approx(exact.intercept_[0], abs=1e-3)
    assert slope == pytest.approx(exact.coef_[0, 0], abs=1e-3)
    assert abs(slope - 0.7) < 3 * slope_error
    assert abs(intercept - 0.5) < 3 * intercept_error


@pytest.mark.parametrize(
    ("y", "p"),
    [
        (np.ones(10), np.linspace(0.1, 0.9, 10)),  # one class
        (np.arange(10) % 2.0, np.full(10, 0.3)),  # one probability
        ((np.arange(10) > 4) * 1.0, np.linspace(0.1, 0.9, 10)),  # parted
        (
            (np.arange(10) > 4) * 1.0,
            np.r_[0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9],
        ),  # parted but for a tie
    ],
)
def test_a_calibration_line_that_has_no_estimate_is_not_a_number(y: np.ndarray, p: np.ndarray) -> None:
    assert np.isnan(calibration_line(y, p, np.arange(10))).all()


def test_errors_of_the_calibration_line_are_those_of_leaving_each_subject_out() -> None:
    rng = np.random.default_rng(3)
    subject = np.repeat(np.arange(40), 5)
    x = rng.normal(size=200) + rng.normal(size=40)[subject]
    y = (rng.random(200) < 1 / (1 + np.exp(-0.8 * x))).astype(float)
    p = 1 / (1 + np.exp(-x))
    whole = np.array(calibration_line(y, p, subject))
    left_out = [
        calibration_line(y[subject != i], p[subject != i], subject[subject != i])[:2] for i in range(40)
    ]
    jackknife = np.sqrt(39 / 40 * ((np.array(left_out) - whole[:2]) ** 2).sum(0))
    np.testing.assert_allclose(whole[2:], jackknife, rtol=0.05)


def test_a_line_that_one_subject_alone_holds_has_no_error() -> None:
    y, p = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0]), np.array([0.2, 0.4, 0.5, 0.5, 0.5, 0.5])
    subject = np.array([0, 0, 1, 1, 2, 2])
    _, slope, _, error = calibration_line(np.r_[y, 1.0], np.r_[p, 0.2], np.r_[subject, 0])
    assert np.isfinite(slope)
    assert np.isnan(error)


def test_each_subject_weighs_the_same_in_a_mean_over_subjects() -> None:
    score, subject = np.array([1.0, 3.0, np.nan, 10.0, np.nan]), np.array([4, 4, 4, 9, 11])
    mean, who = per_subject_mean(score, subject)
    assert mean.tolist() == [2.0, 10.0]
    assert who.tolist() == [4, 9]
