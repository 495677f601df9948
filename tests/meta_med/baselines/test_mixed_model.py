"""The mixed model as a predictor: every number by the textbook, one episode at a time."""

import numpy as np
import pytest

from meta_med.baselines import mixed_model
from meta_med.baselines.baseline import Episodes
from meta_med.baselines.mixed_model import MixedModel
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b")])


def episodes(n: int = 90, support: int = 4, covariates: int = 3, seed: int = 0) -> Episodes:
    """Two outcomes, three cohorts, covariates and values missing here and there; subject i has one episode or two."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(n, 1, 2))
    y = level + rng.normal(size=(n, support + 1, 2))
    x = rng.normal(size=(n, support + 1, covariates))
    y[rng.random(y.shape) < 0.2] = np.nan
    x[rng.random(x.shape) < 0.2] = np.nan
    time = np.broadcast_to(-np.arange(support, 0, -1.0), (n, support))
    cohort = rng.integers(0, 3, n)
    return Episodes(y[:, :-1], x[:, :-1], time, x[:, -1], y[:, -1], cohort, np.arange(n) // 2)


def design(model: MixedModel, x: np.ndarray, cohort: int) -> np.ndarray:
    """One record's fixed effects."""
    dummies = [float(cohort == c) for c in range(1, model.n_cohorts)]
    return np.array([1.0, *np.nan_to_num(x), *dummies])[model._keep]


def test_a_forecast_is_the_conditional_normal() -> None:
    train, new = episodes(), episodes(12, seed=1)
    model = MixedModel(LAYOUT).fit(train)
    found = model.forecast(new)
    for r in range(12):
        z = np.array([1.0, np.nan_to_num(new.x[r, -1])])
        for d, fit in enumerate(model.fits):
            known = [s for s in range(4) if not np.isnan(new.support_y[r, s, d])]
            own = np.array([[1.0, np.nan_to_num(new.support_x[r, s, -1])] for s in known]).reshape(-1, 2)
            fixed = [design(model, new.support_x[r, s], new.cohort[r]) @ fit.beta for s in known]
            total = own @ fit.covariance @ own.T + fit.sigma**2 * np.eye(len(known))
            gain = z @ fit.covariance @ own.T @ np.linalg.inv(total)
            mean = design(model, new.x[r], new.cohort[r]) @ fit.beta
            mean += gain @ (new.support_y[r, known, d] - np.array(fixed))
            variance = fit.sigma**2 + z @ fit.covariance @ z - gain @ own @ fit.covariance @ z
            assert found.mean[r, d] == pytest.approx(mean, abs=1e-9)
            assert found.scale[r, d] == pytest.approx(np.sqrt(variance), abs=1e-9)


@pytest.mark.parametrize("block", [1, 7, 90, 1000])
def test_the_block_is_no_matter(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = MixedModel(LAYOUT).fit(episodes())
    once = model.forecast(episodes(seed=2))
    monkeypatch.setattr(mixed_model, "BLOCK", block)
    again = model.forecast(episodes(seed=2))
    np.testing.assert_allclose(again.mean, once.mean, rtol=0, atol=1e-12)
    np.testing.assert_allclose(again.scale, once.scale, rtol=0, atol=1e-12)


def test_a_cohort_never_seen_is_read_as_the_first() -> None:
    model, new = MixedModel(LAYOUT).fit(episodes()), episodes(20, seed=3)
    unseen = Episodes(**{**vars(new), "cohort": np.full(20, 9)})
    first = Episodes(**{**vars(new), "cohort": np.zeros(20, dtype=np.int64)})
    np.testing.assert_allclose(model.forecast(unseen).mean, model.forecast(first).mean)
