"""The core as a predictor of a study: what it lends, and that it keeps to the words of a baseline."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.study_core.predictor import LENDERS, StudyCorePredictor
from meta_med.study_core.training import TrainingConfig, new_core
from tests.meta_med.baselines.made_episodes import LAYOUT, in_unit, made_episodes

CORE = new_core(TrainingConfig(models=6, width=8, heads=2, blocks=1)).eval().requires_grad_(False)


def fitted(n: int = 60) -> StudyCorePredictor:
    return StudyCorePredictor(LAYOUT, CORE).fit(made_episodes(n))


def test_own_values_tell_more_than_the_cohort() -> None:
    asked = made_episodes(400, seed=1)
    forecast, predictor = fitted().forecast(asked), fitted()
    assert forecast.mean.shape == asked.y.shape
    assert np.isfinite(forecast.mean).all()
    assert (forecast.scale[:, :2] > 0).all()
    assert np.isnan(forecast.scale[:, 2]).all()
    with_own = asked.size > 1
    alone = replace(asked, support_time=np.full_like(asked.support_time, np.nan))
    alone = replace(alone, support_y=np.full_like(asked.support_y, np.nan))
    error, without = (
        np.nanmean(np.abs(f.mean - asked.y)[with_own, 0]) for f in (forecast, predictor.forecast(alone))
    )
    assert error < 0.85 * without


def test_events_have_the_shrunk_rate_of_own_values() -> None:
    rate = fitted().forecast(made_episodes(50, seed=2)).mean[:, 2]
    assert ((rate > 0) & (rate < 1)).all()


def test_a_saved_predictor_says_the_same() -> None:
    asked, first = made_episodes(20, seed=3), fitted()
    again = StudyCorePredictor(LAYOUT, CORE).restore(*first.state())
    assert np.array_equal(again.forecast(asked).mean, first.forecast(asked).mean)
    assert np.array_equal(again.forecast(asked).scale, first.forecast(asked).scale, equal_nan=True)


def test_no_more_lenders_of_a_cohort_than_there_is_room_for() -> None:
    lenders = fitted(400).lenders
    assert {cohort: len(runs) for cohort, runs in lenders.items()} == {-1: LENDERS, 0: LENDERS, 1: LENDERS}


@pytest.mark.parametrize("lent", [True, False])
def test_a_cohort_outside_training_is_read_from_what_it_lends_or_else_from_everybody(lent: bool) -> None:
    predictor, asked = fitted(), made_episodes(30, seed=4)
    new = replace(asked, cohort=np.full(30, 7))
    if lent:
        shift = 50.0
        context_y = np.full((8, 24, 3), np.nan)
        context_y[7, :, :2] = shift + np.random.default_rng(0).normal(size=(24, 2))
        context_x = np.zeros((8, 24, asked.x.shape[1]))
        time = np.tile(np.arange(4.0), (8, 6))
        new = replace(new, context_y=context_y, context_x=context_x, context_time=time, context_each=4)
    alone = replace(
        new,
        support_y=np.full_like(asked.support_y, np.nan),
        support_time=np.full_like(asked.support_time, np.nan),
    )
    centre = predictor.forecast(alone).mean[:, 0]
    assert (np.abs(centre - 50) < 5).all() if lent else (np.abs(centre) < 5).all()


def test_another_unit_of_an_outcome_changes_nothing() -> None:
    plain, asked = made_episodes(60), made_episodes(20, seed=5)
    first = StudyCorePredictor(LAYOUT, CORE).fit(plain).forecast(asked)
    other = StudyCorePredictor(LAYOUT, CORE).fit(in_unit(plain, y=8.0)).forecast(in_unit(asked, y=8.0))
    assert other.mean[:, 0] == pytest.approx(8 * first.mean[:, 0], rel=1e-4, abs=1e-4)
    assert other.scale[:, 0] == pytest.approx(8 * first.scale[:, 0], rel=1e-4)


def test_a_prediction_does_not_depend_on_who_is_predicted_with_it() -> None:
    predictor, asked = fitted(), made_episodes(20, seed=6)
    together = predictor.forecast(asked).mean
    one = predictor.forecast(asked.take(np.array([7]))).mean
    assert one[0] == pytest.approx(together[7], rel=1e-5, abs=1e-5)
