"""The mixed model as a predictor: every number by the textbook, one episode at a time."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.baselines import mixed_model
from meta_med.baselines.mixed.serial import SerialFit, series_of
from meta_med.baselines.mixed_model import MixedModel
from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b")])


def episodes(
    n: int = 90, support: int = 4, covariates: int = 3, seed: int = 0, apart: float = 0.0
) -> Episodes:
    """Two outcomes, three cohorts, covariates and values missing here and there; subject i has one episode or two."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=(n, 1, 2))
    y = level + rng.normal(size=(n, support + 1, 2))
    x = rng.normal(size=(n, support + 1, covariates))
    y[rng.random(y.shape) < 0.2] = np.nan
    x[rng.random(x.shape) < 0.2] = np.nan
    time = np.broadcast_to(-np.arange(support, 0, -1.0), (n, support))
    cohort = rng.integers(0, 3, n)
    y += apart * (cohort - 1.0)[:, None, None]
    return Episodes(y[:, :-1], x[:, :-1], time, x[:, -1], y[:, -1], cohort, np.arange(n) // 2)


def fixed_effects(model: MixedModel, fit: SerialFit, x: np.ndarray, cohort: int) -> float:
    """One record's fixed effects and its cohort's."""
    z = (x - model.x_mean) / model.x_sd
    column = [1.0, *np.nan_to_num(z[model.usable]), *np.isnan(x[model.flagged]), *np.eye(3)[cohort]]
    return float(np.array(column) @ fit.beta)


def own_covariance(fit: SerialFit, slope: np.ndarray, time: np.ndarray) -> np.ndarray:
    """Of records, without noise, by the textbook."""
    z = np.stack([np.ones(len(slope)), slope], 1)
    root = np.array([[fit.level, 0.0], [fit.tilt, fit.slope]])
    drift = fit.drift**2 * np.exp(-np.abs(time[:, None] - time[None]) / fit.years)
    return fit.sigma**2 * (z @ root @ root.T @ z.T + drift)


def test_a_forecast_is_the_conditional_normal() -> None:
    train, new = episodes(), episodes(12, seed=1)
    model = MixedModel(LAYOUT).fit(train)
    found = model.forecast(new)
    for r in range(12):
        for d, fit in enumerate(f.common for f in model.fits):
            known = [s for s in range(4) if not np.isnan(new.support_y[r, s, d])]
            x = np.concatenate([new.support_x[r, known], new.x[[r]]])
            slope = np.nan_to_num((x[:, -1] - model.x_mean[-1]) / model.x_sd[-1])
            total = own_covariance(fit, slope, np.r_[new.support_time[r, known], 0.0])
            fixed = np.array([fixed_effects(model, fit, row, new.cohort[r]) for row in x])
            noisy = total + fit.sigma**2 * np.eye(len(total))
            gain = total[-1, :-1] @ np.linalg.inv(noisy[:-1, :-1])
            own = (new.support_y[r, known, d] - model.y_mean[d]) / model.y_sd[d]
            mean = model.y_mean[d] + model.y_sd[d] * (fixed[-1] + gain @ (own - fixed[:-1]))
            variance = noisy[-1, -1] - gain @ total[:-1, -1]
            assert found.mean[r, d] == pytest.approx(mean, abs=1e-9)
            assert found.scale[r, d] == pytest.approx(model.y_sd[d] * np.sqrt(variance), abs=1e-9)


@pytest.mark.parametrize("block", [1, 7, 90, 1000])
def test_the_block_is_no_matter(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = MixedModel(LAYOUT).fit(episodes())
    once = model.forecast(episodes(seed=2))
    monkeypatch.setattr(mixed_model, "BLOCK", block)
    again = model.forecast(episodes(seed=2))
    np.testing.assert_allclose(again.mean, once.mean, rtol=0, atol=1e-12)
    np.testing.assert_allclose(again.scale, once.scale, rtol=0, atol=1e-12)


def site(code: int, context: list[float]) -> Episodes:
    """Patients without own records in cohort 3, that training never saw, or another; with its context."""
    lent = np.full((4, 20, 2), np.nan)
    lent[code, : len(context)] = np.array(context)[:, None]
    new = episodes(5, support=0, seed=3)
    x = np.zeros((4, 20, 3))
    return replace(new, cohort=np.full(5, code), context_x=x, context_y=lent)


def test_a_new_cohort_is_an_average_one_until_its_context_says_otherwise() -> None:
    model = MixedModel(LAYOUT).fit(episodes(seed=4, apart=1.0))
    nobody, few, many = (model.forecast(site(3, [4.0] * m)) for m in (0, 2, 20))
    assert (nobody.mean < few.mean).all()
    assert (few.mean < many.mean).all()
    assert (many.scale < nobody.scale).all()


def test_context_changes_nothing_where_training_knew_the_cohort() -> None:
    model = MixedModel(LAYOUT).fit(episodes())
    one, other = (model.forecast(site(1, [4.0] * m)).mean for m in (0, 20))
    np.testing.assert_array_equal(one, other)


def test_a_lenders_records_are_as_alike_as_they_are_of_one_subject() -> None:
    model = MixedModel(LAYOUT).fit(episodes(seed=4, apart=1.0))
    many = site(3, [4.0] * 12)
    nobody, apart, together = (
        model.forecast(e).mean for e in (site(3, []), many, replace(many, context_each=20))
    )
    assert (nobody < together).all()
    assert (together < apart).all()


def test_coefficients_are_told_by_all_runs_and_variances_by_some(monkeypatch: pytest.MonkeyPatch) -> None:
    train = replace(episodes(400, support=2, covariates=2), subject=np.arange(400))
    everything = MixedModel(LAYOUT).fit(train)
    some = series_of(train, runs=50)
    drawn = MixedModel(LAYOUT).fit(train.take(some))
    monkeypatch.setattr(mixed_model, "series_of", lambda e, runs=50: series_of(e, runs=runs))
    both = MixedModel(LAYOUT).fit(train)
    assert len(some) < 100
    every = ([fits.common for fits in model.fits] for model in (both, drawn, everything))
    for fit, of_some, of_all in zip(*every, strict=True):
        # what one is relative to is each one's own: `drawn` standardises by the runs that it has
        assert (fit.level, fit.drift) == pytest.approx((of_some.level, of_some.drift), rel=1e-2)
        assert np.abs(fit.beta - of_all.beta).max() < np.abs(of_some.beta - of_all.beta).max()
