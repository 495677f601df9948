"""Every baseline: what it predicts, how it is saved, and what it makes of missing values."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from meta_med.baselines.baseline import Baseline, spread_by_size
from meta_med.baselines.own_values import LastValue, PatientMean
from meta_med.baselines.registry import BASELINES, create_baseline
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.queries import most_recent, queries_of
from meta_med.meta_train.fit import training_queries
from meta_med.meta_train.saved_predictors import load_baseline, save_baseline
from meta_med.outcomes import Outcome, OutcomeLayout
from tests import scenario

CONTINUOUS = OutcomeLayout.of([Outcome("a")])
NONE = np.nan


@cache
def fitted(name: str) -> Baseline:
    """The baseline of the small study; fitted here where the study does not have it."""
    known = scenario.fitted().baselines
    if name in known:
        return known[name][0]
    ready = scenario.prepared()
    some = ready.episodes(training_queries(ready))
    return create_baseline(name, ready.layout).fit(some).fit_scale(some)


def episodes(support: list[list[float]], y: list[float], cohort: list[int] | None = None) -> Episodes:
    """One outcome; support values from oldest to newest at -S .. -1 years, NaN where not observed."""
    own = np.array(support, dtype=float).reshape(len(support), -1)
    rows, s = own.shape
    time = np.broadcast_to(np.arange(-s, 0, dtype=float), own.shape)
    return Episodes(
        support_y=own[..., None],
        support_x=np.zeros((rows, s, 1)),
        support_time=np.array(time),
        x=np.zeros((rows, 1)),
        y=np.array(y, dtype=float)[:, None],
        cohort=np.zeros(rows, dtype=np.int64) if cohort is None else np.array(cohort),
        subject=np.arange(rows),
    )


def test_the_last_observed_value_is_carried_forward() -> None:
    train = episodes([[1, 2]], [0.0])
    found = LastValue(CONTINUOUS).fit(train).centre(episodes([[1, 2], [3, NONE]], [0, 0]))
    assert found[:, 0].tolist() == [2.0, 3.0]


def test_the_patients_mean_is_unshrunk_over_what_was_observed() -> None:
    train = episodes([[1, 2]], [0.0])
    found = PatientMean(CONTINUOUS).fit(train).centre(episodes([[1, 2], [3, NONE]], [0, 0]))
    assert found[:, 0].tolist() == [1.5, 3.0]


@pytest.mark.parametrize("kind", [LastValue, PatientMean])
def test_without_own_values_the_cohorts_mean_stands_in(kind: type) -> None:
    train = episodes([[NONE]] * 400, [0.0] * 200 + [4.0] * 200, [0] * 200 + [1] * 200)
    found = kind(CONTINUOUS).fit(train).centre(episodes([[NONE]] * 3, [0, 0, 0], [0, 1, 9]))[:, 0]
    assert found[0] < 0.1
    assert found[1] > 3.9
    assert found[2] == pytest.approx(2.0)  # a cohort that training never saw


def test_a_last_state_is_turned_into_how_often_it_was_followed_by_the_event() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    followed = [1.0] * 80 + [0.0] * 20 + [1.0] * 10 + [0.0] * 90
    train = episodes([[1.0]] * 100 + [[0.0]] * 100, followed)
    found = LastValue(layout).fit(train).centre(episodes([[1.0], [0.0]], [0, 0]))[:, 0]
    np.testing.assert_allclose(found, [0.8, 0.1], atol=0.02)


def test_the_spread_is_learned_by_support_size_and_shrunk_where_few_are_seen() -> None:
    residual = np.r_[np.full(2000, 2.0), np.full(2000, 1.0), [9.0]][:, None]
    size = np.r_[np.zeros(2000, int), np.ones(2000, int), [2]]
    spread = spread_by_size(residual, size, 3)[:, 0]
    pooled = np.sqrt((residual**2).mean())
    np.testing.assert_allclose(spread[:2], [2.0, 1.0], rtol=0.01)
    assert pooled < spread[2] < 3.0
    assert spread[3] == pytest.approx(pooled)


@pytest.mark.parametrize("name", BASELINES.names())
def test_a_saved_baseline_forecasts_the_same(name: str, tmp_path: Path) -> None:
    ready, baseline = scenario.prepared(), fitted(name)
    save_baseline(tmp_path / name, baseline)
    again = load_baseline(tmp_path / name, name, ready.layout)
    held_out = ready.episodes(queries_of(ready, "held_out", "next"))
    one, other = baseline.forecast(held_out), again.forecast(held_out)
    for part in ("mean", "scale", "df"):
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part))


@pytest.mark.parametrize("name", BASELINES.names())
def test_forecasts_are_finite_with_every_value_missing(name: str) -> None:
    ready = scenario.prepared()
    some = ready.episodes(most_recent(ready, ready.rows("held_out")[:5]))
    numbers = {k: v for k, v in vars(some).items() if isinstance(v, np.ndarray) and v.dtype.kind == "f"}
    blank = replace(some, **{k: np.full_like(v, np.nan) for k, v in numbers.items()})
    found = fitted(name).forecast(blank)
    assert np.isfinite(found.mean).all()
    assert (found.scale[:, :2] > 0).all()
    assert np.isnan(found.scale[:, 2]).all()


@pytest.mark.parametrize("name", BASELINES.names())
def test_probabilities_are_probabilities(name: str) -> None:
    ready = scenario.prepared()
    found = fitted(name).forecast(ready.episodes(queries_of(ready, "held_out", "next"))).mean[:, 2]
    assert ((found > 0) & (found < 1)).all()


@pytest.mark.parametrize("name", sorted(set(BASELINES.built_in) - {"population", "cohort_offset"}))
def test_own_records_improve_a_forecast(name: str) -> None:
    ready, baseline = scenario.prepared(), fitted(name)
    rows = ready.rows("held_out")
    rows = rows[ready.support_size(rows) >= 2]
    y = ready.scaling.outcomes(ready.table.y[rows])[:, 0]
    error = {
        k: np.abs(baseline.forecast(ready.episodes(most_recent(ready, rows, k))).mean[:, 0] - y).mean()
        for k in (0, 6)
    }
    assert error[6] < 0.6 * error[0]


def test_the_population_does_not_look_at_own_records() -> None:
    ready, (baseline,) = scenario.prepared(), scenario.fitted().baselines["population"]
    rows = ready.rows("held_out")
    one, other = (baseline.forecast(ready.episodes(most_recent(ready, rows, k))).mean for k in (0, 6))
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", BASELINES.names())
def test_forecasting_does_not_change_the_baseline(name: str) -> None:
    ready, baseline = scenario.prepared(), fitted(name)
    some = ready.episodes(queries_of(ready, "held_out", "next"))
    one, other = baseline.forecast(some), baseline.forecast(some)
    np.testing.assert_array_equal(one.scale, other.scale)
    np.testing.assert_array_equal(one.mean, other.mean)


@pytest.mark.parametrize("name", BASELINES.names())
def test_a_forecast_is_the_same_alone_and_whatever_the_truth_is(name: str) -> None:
    ready, baseline = scenario.prepared(), fitted(name)
    some = ready.episodes(queries_of(ready, "held_out", "next"))
    every = baseline.forecast(some).mean
    np.testing.assert_array_equal(baseline.forecast(replace(some, y=np.full_like(some.y, 99.0))).mean, every)
    for i in (0, len(every) - 1):
        np.testing.assert_allclose(baseline.forecast(some.take(np.array([i]))).mean[0], every[i], atol=1e-6)


@pytest.mark.parametrize("name", BASELINES.names())
def test_an_outcome_that_training_subjects_lack_is_survived(name: str) -> None:
    layout = OutcomeLayout.of([Outcome("a"), Outcome("b"), Outcome("c", "binary")])
    rng = np.random.default_rng(0)
    values = rng.normal(size=(60, 4))
    one = episodes(values[:, :3].tolist(), values[:, 3].tolist(), (np.arange(60) % 3).tolist())
    support, y = np.repeat(one.support_y, 3, 2), np.repeat(one.y, 3, 1)
    support[..., 1:], y[:, 1:] = np.nan, np.nan
    some = replace(one, support_y=support, y=y)
    found = create_baseline(name, layout).fit(some).fit_scale(some).forecast(some)
    assert np.isfinite(found.mean).all()
    assert (found.scale[:, :2] > 0).all()


def test_an_unknown_baseline_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match="baseline 'lats_value' is unknown; known: population, cohort_offset"
    ):
        create_baseline("lats_value", CONTINUOUS)
