"""The baseline: what it predicts, saves and survives."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.baselines.hierarchical.hierarchical_mixed import HierarchicalMixed
from meta_med.baselines.mixed_model import MixedModel
from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout
from tests.examples import examples
from tests.meta_med.baselines.made_episodes import LAYOUT, made_episodes

ONE = OutcomeLayout.of([Outcome("a")])


@cache
def model() -> HierarchicalMixed:
    return HierarchicalMixed(LAYOUT).fit(made_episodes(60))


def courses(n: int, seed: int, support: int = 5, unit: float = 1.0) -> Episodes:
    """A level of each patient's own and an Ornstein-Uhlenbeck process; cohorts 0 and 1."""
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.3, 1.7, (n, support + 1)), 1)
    keep = np.exp(-np.diff(time, axis=1) / 4)
    y = [rng.normal(size=n)]
    for i in range(support):
        y.append(keep[:, i] * y[-1] + np.sqrt(1 - keep[:, i] ** 2) * rng.normal(size=n))
    values = (np.stack(y, 1) + 0.8 * rng.normal(size=(n, 1)) + 0.3 * rng.normal(size=time.shape))[..., None]
    x = time[..., None] * unit
    own = (time[:, :-1] - time[:, -1:]) * unit
    absent = np.arange(support) < support - rng.integers(0, support + 1, n)[:, None]
    support_y, support_x = values[:, :-1].copy(), x[:, :-1].copy()
    own[absent], support_y[absent], support_x[absent] = np.nan, np.nan, np.nan
    return Episodes(support_y, support_x, own, x[:, -1], values[:, -1], np.arange(n) % 2, np.arange(n))


def test_it_predicts_courses_as_well_as_the_fitted_mixed_model() -> None:
    train, new = courses(80, 0), courses(400, 1)
    error = [
        np.abs(kind(ONE).fit(train).forecast(new).mean - new.y).mean()
        for kind in (HierarchicalMixed, MixedModel)
    ]
    assert error[0] < 1.01 * error[1]


def test_the_interval_covers_what_it_says() -> None:
    new = courses(600, 1)
    found = HierarchicalMixed(ONE).fit(courses(200, 0)).quantiles(new, (0.05, 0.95))[:, 0]
    covered = (found[:, 0] < new.y[:, 0]) & (new.y[:, 0] < found[:, 1])
    assert 0.86 < covered.mean() < 0.94


def test_the_forecast_has_the_mixtures_median_and_interval() -> None:
    asked = made_episodes(20, 1)
    found, exact = model().forecast(asked), model().quantiles(asked, (0.05, 0.5, 0.95))
    for d in (0, 1):
        np.testing.assert_allclose(found.quantile(0.5, d), exact[:, d, 1])
        width = found.quantile(0.95, d) - found.quantile(0.05, d)
        np.testing.assert_allclose(width, exact[:, d, 2] - exact[:, d, 0])


def test_the_unit_of_time_does_not_matter() -> None:
    one, other = (
        HierarchicalMixed(ONE).fit(courses(24, 0, unit=u)).forecast(courses(20, 1, unit=u))
        for u in (1.0, 365.25)
    )
    np.testing.assert_allclose(other.mean, one.mean, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(other.scale, one.scale, rtol=1e-6)


@examples(6)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_patients_and_padding_do_not_matter(seed: int) -> None:
    asked = made_episodes(12, seed)
    plain = model().forecast(asked)
    order = np.random.default_rng(seed).permutation(12)
    wider = {
        name: np.concatenate([np.full_like(getattr(asked, name)[:, :2], np.nan), getattr(asked, name)], 1)
        for name in ("support_y", "support_x", "support_time")
    }
    np.testing.assert_allclose(model().forecast(asked.take(order)).mean, plain.mean[order], atol=1e-9)
    np.testing.assert_allclose(model().forecast(replace(asked, **wider)).mean, plain.mean, atol=1e-9)


def test_a_saved_state_predicts_the_same() -> None:
    asked = made_episodes(20, 1)
    again = HierarchicalMixed(LAYOUT).restore(*model().state())
    for name in ("mean", "scale", "df"):
        np.testing.assert_array_equal(
            getattr(again.forecast(asked), name), getattr(model().forecast(asked), name)
        )


def lent(asked: Episodes, values: float, records: int) -> Episodes:
    """Asked in a cohort outside of training, whose lenders lend these values."""
    k, n = 4, asked.y.shape[1]
    y = np.full((k, 12, n), np.nan)
    y[3, :records] = values + np.random.default_rng(0).normal(size=(records, n)) * 0.3
    cohort = np.full(len(asked.y), 3)
    return replace(asked, cohort=cohort, context_y=y, context_x=np.zeros((k, 12, asked.x.shape[1])))


def test_a_new_cohort_moves_to_its_lenders() -> None:
    nobody = made_episodes(10, 2)
    nobody = replace(nobody, support_y=np.full_like(nobody.support_y, np.nan))
    none, few, many = (model().forecast(lent(nobody, 6.0, m)).mean[:, 0].mean() for m in (0, 1, 12))
    assert none < few < many


@pytest.mark.parametrize("value", [1e3, -1e12])
def test_extreme_values_give_finite_forecasts(value: float) -> None:
    asked = made_episodes(6, 3)
    found = model().forecast(replace(asked, support_y=np.full_like(asked.support_y, value)))
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.scale[:, :2]).all()


def test_a_constant_outcome_has_a_density() -> None:
    train = courses(30, 0)
    same = replace(
        train, y=np.full_like(train.y, 7.0), support_y=np.where(np.isnan(train.support_y), np.nan, 7.0)
    )
    found = HierarchicalMixed(ONE).fit(same).forecast(same)
    np.testing.assert_allclose(found.mean, 7.0, rtol=1e-6)
    assert (found.scale > 0).all()


def test_one_patient_with_one_record_is_enough_to_answer() -> None:
    one = courses(1, 0).take(np.array([0]))
    found = HierarchicalMixed(ONE).fit(one).forecast(courses(5, 1))
    assert np.isfinite(found.mean).all()
    assert (found.scale > 0).all()
