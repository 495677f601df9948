"""A forecast allows for repeats of the last value where training patients repeat it, and only there."""

from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from meta_med.baselines.boosting import BoostedLags
from meta_med.baselines.repeats import mixture_median, narrowing
from meta_med.episodes.episode_arrays import Episodes
from meta_med.meta_train.saved_predictors import load_baseline, save_baseline
from meta_med.outcomes import Outcome, OutcomeLayout

from .made_episodes import in_unit

LAYOUT = OutcomeLayout.of([Outcome("a")])


@pytest.mark.parametrize("chance", [0.0, 0.1, 0.3, 0.6])
@pytest.mark.parametrize("last", [-2.0, -0.1, 0.0, 0.1, 2.0])
def test_half_of_the_mixture_lies_on_either_side_of_its_median(chance: float, last: float) -> None:
    centre, spread = 0.3, 1.5
    found = float(mixture_median(*(np.array([v]) for v in (centre, spread, last, chance)))[0])

    def below(value: float, *, itself: bool) -> float:
        point = chance * (last <= value if itself else last < value)
        return float((1 - chance) * norm.cdf((value - centre) / spread)) + point

    tiny = 1e-9
    assert below(found - tiny, itself=False) <= 0.5 + tiny
    assert below(found + tiny, itself=True) >= 0.5 - tiny


def test_a_likely_repeat_is_the_median_and_no_last_value_moves_nothing() -> None:
    one = np.ones(2)
    found = mixture_median(0 * one, one, np.array([5.0, np.nan]), np.array([0.6, 0.0]))
    np.testing.assert_array_equal(found, [5.0, 0.0])


def test_the_likelier_a_repeat_the_narrower_and_never_of_no_width() -> None:
    factors = narrowing(np.linspace(0, 0.98, 20))
    assert factors[0] == 1
    assert (np.diff(factors) < 0).all()
    assert factors[-1] > 0.3


def doses(kept: list[float], patients: int = 60, support: int = 4, seed: int = 0) -> Episodes:
    """One cohort per entry: its patients keep their value with this chance, else they draw another around a level."""
    rng = np.random.default_rng(seed)
    share = np.repeat(kept, patients)[:, None]
    n = len(share)
    y = rng.normal(size=(n, 1)) + rng.normal(size=(n, support + 1))
    stays = rng.random(y.shape) < share
    for k in range(1, support + 1):
        y[:, k] = np.where(stays[:, k], y[:, k - 1], y[:, k])
    x = np.stack([rng.normal(size=y.shape), np.arange(support + 1.0) * np.ones(y.shape)], 2)
    time = np.broadcast_to(-np.arange(support, 0, -1.0), (n, support))
    cohort = np.repeat(np.arange(len(kept)), patients)
    return Episodes(y[:, :-1, None], x[:, :-1], time, x[:, -1], y[:, -1:], cohort, np.arange(n))


@pytest.fixture(scope="module")
def sticky() -> BoostedLags:
    return BoostedLags(LAYOUT).fit(doses([0.7, 0.0])).fit_scale(doses([0.7, 0.0]))


def test_the_last_value_is_served_in_the_cohort_that_keeps_it(sticky: BoostedLags) -> None:
    new = doses([0.7, 0.0], seed=1)
    repeated = sticky.forecast(new).mean[:, 0] == new.support_y[:, -1, 0]
    assert repeated[new.cohort == 0].mean() > 0.8
    assert repeated[new.cohort == 1].mean() < 0.1


def test_scales_are_smaller_where_values_are_kept(sticky: BoostedLags) -> None:
    new = doses([0.7, 0.0], seed=1)
    scale = sticky.forecast(new).scale[:, 0]
    assert scale[new.cohort == 0].mean() < 0.8 * scale[new.cohort == 1].mean()


def test_medians_that_allow_for_repeats_err_less(sticky: BoostedLags) -> None:
    new = doses([0.7, 0.0], patients=300, seed=2)
    error = np.abs(new.y - sticky.forecast(new).mean).mean()
    repeats, sticky.repeats = sticky.repeats, {}
    plain = np.abs(new.y - sticky.forecast(new).mean).mean()
    sticky.repeats = repeats
    assert error < 0.98 * plain


def test_a_saved_forecast_is_the_same(sticky: BoostedLags, tmp_path: Path) -> None:
    new = doses([0.7, 0.0], seed=3)
    save_baseline(tmp_path / "boosted_lags", sticky)
    again = load_baseline(tmp_path / "boosted_lags", "boosted_lags", LAYOUT)
    np.testing.assert_array_equal(again.forecast(new).mean, sticky.forecast(new).mean)
    np.testing.assert_array_equal(again.forecast(new).scale, sticky.forecast(new).scale)


def test_a_repeat_is_one_in_any_unit(sticky: BoostedLags) -> None:
    train, new = doses([0.7, 0.0]), doses([0.7, 0.0], seed=1)
    other = BoostedLags(LAYOUT).fit(in_unit(train, y=1024.0))
    found = other.centre(in_unit(new, y=1024.0)) / 1024.0
    np.testing.assert_allclose(found, sticky.centre(new), rtol=0, atol=1e-5)


def test_where_nothing_repeats_nothing_is_fitted() -> None:
    assert not BoostedLags(LAYOUT).fit(doses([0.0, 0.0])).repeats
